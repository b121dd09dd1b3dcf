"""Queries that people write and what must come among the first, on every published version that has the record.

The continuous checks also run this file alone with the lowest version of rapidfuzz that is supported.
"""

from __future__ import annotations

import csv
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest

from nimrights import load, published, search
from nimrights._engine.searchable import KIND_TABLE

with (Path(__file__).parent / "golden_queries.csv").open(encoding="utf-8", newline="") as _file:
    GOLDEN = [tuple(row.values()) for row in csv.DictReader(_file)]

VERSIONS = [row.version for row in published()]


@pytest.mark.parametrize("data", VERSIONS)
@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row[0])
def test_the_record_that_is_meant_is_among_the_first(data, row):
    query, kind, id, first, stage = row
    dataset = load(data)
    if id not in dataset:
        pytest.skip(f"{data} has no {id}")
    hits = search(query, kind=kind or None, limit=int(first), dataset=dataset)
    assert {hit.record.id: hit.stage for hit in hits}.get(id) == stage, f"rapidfuzz {version('rapidfuzz')}: {hits}"


def test_every_row_is_checked_on_the_newest_version(ds):
    assert [id for _, _, id, _, _ in GOLDEN if id not in ds] == []


def test_the_rows_are_many_and_of_every_stage_and_not_all_of_one_kind(ds):
    assert len(GOLDEN) >= 150
    assert [row for row, count in Counter(row[:3] for row in GOLDEN).items() if count > 1] == []
    assert set(Counter(stage for *_, stage in GOLDEN)) == {"id", "citation", "exact", "alias", "stem", "fuzzy"}
    assert {kind for _, kind, *_ in GOLDEN} <= {"", *KIND_TABLE}
    assert set(ds.areas) <= {id for _, _, id, _, _ in GOLDEN}
