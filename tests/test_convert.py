"""Records to and from plain JSON values: nothing is lost, nothing unknown gets in."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from enum import Enum

import attrs
import pytest

from nimrights._records.convert import StrictReader, to_dict
from nimrights._records.reader import Reader
from nimrights.models import TABLES, Body, Document, Record, Term
from nimrights.text import Texts


def without_defaults(cls, raw):
    """What the record says beyond the defaults of its class."""
    said = dict(raw)
    for field in attrs.fields(cls):
        default = field.default.factory() if isinstance(field.default, attrs.Factory) else field.default
        plain = {(): [], Texts(): {}}.get(default, default) if default is not attrs.NOTHING else ...
        if field.name in said and said[field.name] == plain:
            del said[field.name]
    return said


@pytest.mark.parametrize("table", TABLES)
def test_every_shipped_record_makes_the_round_trip(ds, table):
    """to_dict(structure(raw)) == raw, but for defaults that the sources spell out."""
    cls = TABLES[table]
    assert ds.table(table)
    for key, record in ds.table(table).items():
        assert to_dict(record) == without_defaults(cls, ds.raw_in(table, key)), key


@pytest.mark.parametrize("table", TABLES)
def test_every_record_of_the_miniature_comes_back_from_its_dict(mini, table):
    """structure(to_dict(record)) == record, with links resolved in the same dataset."""
    names = {cls: name for name, cls in TABLES.items()}
    reader = Reader(lambda cls, key: mini.table(names[cls])[key])
    for record in mini.table(table).values():
        values = json.loads(json.dumps(to_dict(record)))
        assert reader.read(values, TABLES[table]) == record


def test_plain_values_hold_no_enumerations_and_no_records(mini):
    def walk(value):
        assert not isinstance(value, Enum)
        assert type(value) in (dict, list, tuple, str, int, bool, type(None)), value
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
            walk(item)

    for table in TABLES:
        for record in mini.table(table).values():
            walk(to_dict(record))


def test_links_become_ids_and_defaults_are_left_out(mini):
    values = to_dict(mini.obligations["playgrounds/hear-children"])
    assert values["rights"] == ["play"]
    assert values["legal_basis"] == [
        {"provision": "lek-3", "operative": True, "basis": "own-reading", "made": "2026-11-22"}
    ]
    assert "applies_to" not in values
    assert values["provenance"][0]["source"] == "src-convention"
    assert "note" not in values["provenance"][0]
    assert "doubt" not in values
    assert "reviewed" not in values


def test_a_record_of_the_same_table_becomes_an_id_too(mini):
    values = to_dict(mini.recommendations["play1-5a"])
    assert values["repeats"] == ["play0-3"]
    assert values["developments"][0]["provenance"][0]["source"] == "src-report"
    misled, right = values["reviewed"]
    assert (misled["error"], misled["changed"]) == (True, ["summary.en"])
    assert right == {"date": "2026-11-22", "against": "records"}


def test_the_parts_of_a_record_keep_their_links_as_ids(mini):
    step = to_dict(mini.guide["guide-hear-children"])
    assert (step["questions"][0]["key"], step["questions"][0]["provisions"]) == ("heard", ["lek-3", "lpl-4a-3"])
    assert "provenance" not in step
    module = to_dict(mini.course["course-play"])
    assert module["questions"] == ["course-play/swing", "course-play/before-building"]
    assert [section["provisions"] for section in module["sections"]] == [["lek-3"], ["lek-3", "lpl-4a-3"]]
    assert [answer["correct"] for answer in to_dict(mini.questions["course-play/swing"])["answers"]] == [True, False]


def test_the_reader_asks_for_what_a_record_links_to(mini):
    asked = []

    def resolve(cls, key):
        asked.append((cls, key))
        return mini[key]

    document = Reader(resolve).read(mini.raw("play-c-nor-co-1"), Document)
    assert document == mini.documents["play-c-nor-co-1"]
    assert (Body, "PLAY") in asked
    assert document.body is mini.bodies["PLAY"]


def same(strict, read):
    """Say whether the two readers made the same value; the strict one leaves links as ids."""
    if isinstance(read, Record):
        return strict == read.id
    if type(strict) is not type(read):
        return False
    if attrs.has(type(read)):
        return all(same(getattr(strict, f.name), getattr(read, f.name)) for f in attrs.fields(type(read)))
    if isinstance(read, tuple):
        return len(strict) == len(read) and all(map(same, strict, read))
    return strict == read


@pytest.mark.parametrize("table", TABLES)
def test_the_strict_reader_makes_the_records_that_the_dataset_gives(ds, table):
    converter = StrictReader()
    cls = TABLES[table]
    for key, record in ds.table(table).items():
        strict = converter.structure(ds.raw_in(table, key), cls)
        for field in attrs.fields(cls):
            assert same(getattr(strict, field.name), getattr(record, field.name)), (key, field.name)


def test_records_are_whole_after_others_were_checked_or_exported():
    """cattrs resolves the annotations of the classes in place; reading must not depend on that."""
    program = """
from nimrights import load
from nimrights._records.convert import StrictReader, to_dict
ds = load()
StrictReader().structure(ds.raw("crc-3"), type(ds["crc-3"]))
to_dict(ds["play-leisure"] if "play-leisure" in ds else next(iter(ds.rights.values())))
duty = next(iter(ds.obligations.values()))
assert duty.force.binding
assert duty.statement.nb
assert duty.provisions[0].instrument.label.en
assert duty.provenance[0].source.url
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def put(raw, path, value):
    """Give a copy of *raw* with *value* at *path*."""
    changed = copy.deepcopy(raw)
    *steps, last = path
    place = changed
    for step in steps:
        place = place[step]
    place[last] = value
    return changed


@pytest.mark.parametrize(
    ("table", "key", "path"),
    [
        ("rights", "play", ["colour"]),
        ("rights", "play", ["label", "se"]),
        ("rights", "play", ["aliases", "se"]),
        ("rights", "play", ["provenance", 0, "page"]),
        ("instruments", "lek", ["force", 1, "from"]),
        ("obligations", "playgrounds/keep-safe", ["legal_basis", 0, "section"]),
        ("recommendations", "play1-5a", ["reviewed", 0, "by"]),
        ("recommendations", "play1-5a", ["developments", 0, "source"]),
        ("recommendations", "play1-5a", ["developments", 0, "text", "se"]),
        ("advice", "play-advice-1", ["measures", 0, "who"]),
        ("obligations", "playgrounds/supervise", ["doubt", "se"]),
        ("codes", "kostra/254", ["label"]),
        ("guide", "guide-which-right", ["questions", 1, "answer"]),
        ("course", "course-play", ["sections", 0, "heading", "se"]),
        ("questions", "course-play/swing", ["answers", 1, "points"]),
        ("city", "city-promise", ["measures", "se"]),
    ],
)
def test_an_unknown_key_is_an_error_at_every_depth(mini, table, key, path):
    with pytest.raises(Exception, match=r"(?s).*") as caught:
        StrictReader().structure(put(mini.raw(key), path, "x"), TABLES[table])
    assert path[-1] in repr(leaves(caught.value))


@pytest.mark.parametrize("missing", ["label", "basis", "provisions", "provenance", "description"])
def test_a_missing_key_is_an_error(mini, missing):
    raw = mini.raw("play")
    del raw[missing]
    with pytest.raises(Exception, match="Right"):
        StrictReader().structure(raw, TABLES["rights"])


@pytest.mark.parametrize(
    ("table", "key", "path", "value"),
    [
        ("rights", "play", ["label", "nb"], 5),
        ("rights", "play", ["label"], "lek"),
        ("rights", "play", ["aliases", "nb"], "lek"),
        ("rights", "play", ["aliases", "nb"], [5]),
        ("rights", "play", ["provisions"], "lek-3"),
        ("rights", "play", ["provisions"], 5),
        ("rights", "play", ["provisions"], [5]),
        ("rights", "play", ["basis"], "guess"),
        ("rights", "play", ["basis"], 5),
        ("rights", "play", ["provenance"], "src-act"),
        ("rights", "play", ["provenance", 0, "checked"], 20261122),
        ("rights", "play", ["provenance", 0, "verification"], "hearsay"),
        ("instruments", "lek", ["aliases"], "LK"),
        ("instruments", "lek", ["url"], 5),
        ("instruments", "lek", ["force", 0, "since"], 2013),
        ("instruments", "lek", ["force"], "treaty"),
        ("areas", "playgrounds", ["groups"], "children"),
        ("areas", "playgrounds", ["kostra"], [335]),
        ("documents", "play-c-nor-co-1", ["stated"], "3"),
        ("documents", "play-c-nor-co-1", ["stated"], True),
        ("documents", "play-c-nor-co-1", ["stated"], 3.5),
        ("documents", "play-c-nor-co-1", ["symbol"], False),
        ("recommendations", "upr9-7.2", ["states"], {"Chile": 1}),
        ("obligations", "playgrounds/keep-safe", ["legal_basis", 0, "paragraph"], 1),
        ("obligations", "playgrounds/keep-safe", ["legal_basis", 2, "operative"], "true"),
        ("obligations", "playgrounds/keep-safe", ["legal_basis", 2, "operative"], 1),
        ("obligations", "playgrounds/keep-safe", ["legal_basis", 0, "basis"], "guess"),
        ("obligations", "playgrounds/supervise", ["doubt"], "perhaps"),
        ("recommendations", "play1-5a", ["repeats"], "play0-3"),
        ("recommendations", "play1-5a", ["reviewed", 0, "error"], "yes"),
        ("recommendations", "play1-5a", ["reviewed", 0, "changed"], "summary"),
        ("recommendations", "play1-5a", ["developments"], {"date": "2025"}),
        ("codes", "kostra/254", ["ended"], "yes"),
        ("codes", "kostra/254", ["replaced_by"], "kostra/257"),
        ("advice", "play-advice-1", ["number"], "1"),
        ("advice", "play-advice-1", ["number"], True),
        ("practices", "lekeby-play-city", ["year"], 2018),
        ("guide", "guide-which-right", ["order"], "1"),
        ("guide", "guide-hear-children", ["questions", 0, "provisions"], "lek-3"),
        ("guide", "guide-hear-children", ["questions"], {"heard": {}}),
        ("course", "course-play", ["order"], 1.5),
        ("course", "course-play", ["audiences"], "elected"),
        ("course", "course-play", ["goals"], ["know the right to play"]),
        ("questions", "course-play/swing", ["answers", 0, "correct"], "true"),
        ("questions", "course-play/swing", ["answers", 0, "correct"], 1),
        ("questions", "course-play/swing", ["scenario"], "a swing"),
        ("city", "city-promise", ["advice"], "play-advice-1"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_and_never_bent(mini, table, key, path, value):
    converter = StrictReader()
    changed = put(mini.raw(key), path, value)
    with pytest.raises(Exception, match=r"(?s).*"):
        converter.structure(changed, TABLES[table])


@pytest.mark.parametrize("value", [5, None, ["PLAY"], {"id": "X", "abbreviation": "X"}])
def test_a_link_is_an_id_and_nothing_else(mini, value):
    with pytest.raises(Exception, match=r"(?s).*"):
        StrictReader().structure(put(mini.raw("play-c-nor-co-1"), ["body"], value), Document)


def leaves(error):
    inner = getattr(error, "exceptions", None)
    return [leaf for e in inner for leaf in leaves(e)] if inner else [error]


def test_all_problems_of_a_record_are_collected():
    raw = {"id": "x", "label": {"nb": "a", "nn": "b", "de": "c"}, "colour": "red"}
    with pytest.raises(Exception, match="Term") as caught:
        StrictReader().structure(raw, Term)
    found = repr(leaves(caught.value))
    assert "colour" in found
    assert "'de'" in found
    assert "'en'" in found
