"""How much is held of each document: every recommendation counted once, and nothing called complete that may not be."""

from __future__ import annotations

from collections import Counter

import pytest

from nimrights import load
from nimrights.coverage import Coverage, coverage_of
from nimrights.publishing import compile_sources

DOC = {"nb": "Merknader", "nn": "Merknader", "en": "Observations"}


def document(key, body="PLAY", **fields):
    """The TOML of one more document."""
    label = ", ".join(f'{lang} = "{text}"' for lang, text in DOC.items())
    lines = [f"\n[{key}]", f"label = {{ {label} }}", f'body = "{body}"', 'type = "concluding-observations"']
    lines += [f"{name} = {value!r}".replace("'", '"') for name, value in ({"text_seen": "complete"} | fields).items()]
    provenance = '{ source = "src-report", locator = "list", verification = "secondary", checked = "2026-11-22" }'
    return "\n".join([*lines, f"provenance = [{provenance}]", ""])


def add(root, text):
    with (root / "documents.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def rows(dataset):
    return [(row.body, row.document, row.date, row.stated, row.held) for row in coverage_of(dataset)]


@pytest.fixture
def terms(mini_copy):
    """The copy, with all that may be said of how much of a document was read."""
    with (mini_copy / "terms.toml").open("a", encoding="utf-8") as file:
        for value in ("part", "none"):
            file.write(f'\n[text-seen.{value}]\nlabel = {{ nb = "a", nn = "b", en = "c" }}\n')
    return mini_copy


def test_a_row_for_each_document_then_what_has_no_document_then_what_has_no_body(mini):
    assert rows(mini) == [
        ("PLAY", "play-c-nor-co-1", "2024-05-07", 3, 2),
        ("PLAY", None, None, None, 1),
        (None, None, None, None, 3),
    ]


def test_documents_of_a_body_stand_by_date_and_id(terms):
    add(terms, document("b-2030", date="2026-01") + document("a-2030", date="2026-01") + document("old", date="1999"))
    add(terms, document("undated"))
    found = [row[:3] for row in rows(compile_sources(terms)) if row[1]]
    assert found == [
        ("PLAY", "undated", None),
        ("PLAY", "old", "1999"),
        ("PLAY", "play-c-nor-co-1", "2024-05-07"),
        ("PLAY", "a-2030", "2026-01"),
        ("PLAY", "b-2030", "2026-01"),
    ]


@pytest.mark.parametrize("which", ["shipped", "2026.1", "miniature"])
def test_every_recommendation_is_counted_in_exactly_one_row_and_every_document_has_one(ds, mini, which):
    dataset = {"shipped": ds, "miniature": mini}.get(which) or load(which)
    found = coverage_of(dataset)
    assert sum(row.held for row in found) == len(dataset.recommendations)
    counted = Counter(
        (r.body.id if r.body else None, r.document.id if r.document else None) for r in dataset.recommendations.values()
    )
    assert {(row.body, row.document): row.held for row in found if row.held} == counted
    assert sorted(row.document for row in found if row.document) == list(dataset.documents)
    for row in found:
        if row.document:
            known = dataset.documents[row.document]
            assert (row.body, row.date, row.stated, row.text_seen) == (
                known.body.id,
                known.date,
                known.stated,
                known.text_seen,
            )


def coverage(**fields):
    return Coverage(**{"body": "PLAY", "document": "x", "date": None, "stated": None, "held": 2, **fields})


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text_seen": "complete"}, "complete"),
        ({"text_seen": "complete", "stated": 2}, "complete"),
        ({"text_seen": "part"}, "partial"),
        ({"text_seen": "none"}, "partial"),
        # as many as a source states, wherever they were read
        ({"text_seen": "part", "stated": 2}, "complete"),
        ({"text_seen": "none", "stated": 1}, "complete"),
        ({"text_seen": "part", "stated": 3}, "partial"),
        # none is held: what was read of it does not count
        ({"text_seen": "complete", "held": 0}, "none"),
        ({"text_seen": "part", "held": 0, "stated": 5}, "none"),
        # without a document nobody can say
        ({"document": None}, None),
        ({"document": None, "held": 0}, None),
        ({"document": None, "body": None}, None),
    ],
)
def test_complete_is_only_what_is_known_to_be(fields, status):
    assert coverage(**fields).status == status


def test_fewer_than_a_source_states_are_never_complete():
    assert coverage(text_seen="complete", stated=3).status == "partial"


def test_what_is_read_whole_and_held_is_complete_in_the_data_and_nothing_else(ds):
    for row in coverage_of(ds):
        if row.status == "complete":
            assert row.text_seen == "complete" or row.held >= row.stated > 0
            assert row.stated is None or row.held >= row.stated
        elif row.status == "partial":
            assert row.text_seen != "complete"


def test_a_recommendation_and_its_document_have_the_same_body(ds):
    """Else it would stand in a row of its own beside its document's."""
    other = [r.id for r in ds.recommendations.values() if r.document and r.body is not r.document.body]
    assert other == []


def test_a_row_is_a_value():
    assert coverage() == coverage()
    assert coverage() != coverage(held=3)
