"""Links say how and when they were made."""

from __future__ import annotations

import re

import attrs
import pytest

from nimrights import Link, NotFound, Retired, load
from nimrights._records.links import linked_ids
from nimrights.models import TABLES, Record, Source
from nimrights.publishing import compile_sources
from nimrights.vocabulary import Basis

READ, READING = Basis.SOURCE, Basis.READING


def shown(links):
    return [(link.field, link.to.id, link.basis, link.made) for link in links]


def test_an_obligation_tells_of_each_provision_and_right(mini):
    links = mini.links("playgrounds/keep-safe")
    assert shown(links) == [
        ("legal_basis", "lek-12", READ, "2026-11-21"),
        ("legal_basis", "lek-12", READING, "2026-11-20"),  # said of this link alone
        ("legal_basis", "lpl-4a-3", READ, "2026-11-21"),
        ("rights", "safe-places", READ, "2026-11-21"),
    ]
    assert all(link.via is None for link in links)
    assert links[0].to is mini.provisions["lek-12"]


def test_a_recommendation_tells_of_areas_rights_and_what_it_repeats(mini):
    assert shown(mini.links("play1-5a")) == [
        ("areas", "playgrounds", READING, "2026-11-22"),
        ("rights", "play", READING, "2026-11-22"),
        ("repeats", "play0-3", READING, "2026-11-22"),
    ]
    assert shown(mini.links("upr9-7.2")) == [("rights", "play", READ, "2026-11-22")]


def test_an_area_tells_of_the_provisions_of_its_obligations_shared_ones_too(mini):
    links = mini.links("parks")
    assert {link.field for link in links} == {"obligations"}
    assert [(link.via, link.to.id, link.basis) for link in links] == [
        ("parks/sami-signs", "lek-12", READING),
        ("parks/sami-signs", "lpl-4a-3", READING),
        ("playgrounds/supervise", "lpl-4a-3", READ),
        ("playgrounds/keep-safe", "lek-12", READ),
        ("playgrounds/keep-safe", "lek-12", READING),
        ("playgrounds/keep-safe", "lpl-4a-3", READ),
        ("playgrounds/hear-children", "lek-3", READING),
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("safe-places", [("provisions", "lek-12", READING, "2026-11-22"), ("provisions", "lpl-4a-3", READING, "2026-11-22")]),
        ("hr-2020-1-a", [("provisions", "lek-12", READ, "2026-11-22")]),
        ("play-survey-2021", [("areas", "playgrounds", READING, "2026-11-22")]),
        ("lekeby-play-city", [("areas", "playgrounds", READING, "2026-11-22")]),
        ("guide-which-right", []),
        # nothing says when
        ("guide-hear-children", [("areas", "playgrounds", READING, ""), ("rights", "play", READING, ""), ("provisions", "lek-3", READING, ""), ("questions", "lek-3", READING, ""), ("questions", "lpl-4a-3", READING, "")]),
        # its questions are part of it; what two sections cite stands once
        ("course-play", [("areas", "playgrounds", READING, ""), ("sections", "lek-3", READING, ""), ("sections", "lpl-4a-3", READING, "")]),
        ("course-play/swing", [("areas", "playgrounds", READING, "2026-11-21"), ("provisions", "lpl-4a-3", READING, "2026-11-21"), ("obligations", "playgrounds/keep-safe", READING, "2026-11-21"), ("decisions", "hr-2020-1-a", READING, "2026-11-21")]),
        ("city-promise", [("areas", "playgrounds", READING, "2026-11-22"), ("advice", "play-advice-1", READING, "2026-11-22"), ("practices", "lekeby-play-city", READING, "2026-11-22")]),
        ("city-swing-count", []),
        ("9901", []),
        ("play-advice-1", []),
        ("src-act", []),
        ("group/sami", []),
    ],
)  # fmt: skip
def test_links_of_other_kinds(mini, key, expected):
    assert shown(mini.links(key)) == expected
    assert mini.links(mini[key]) == mini.links(key)


def test_a_record_without_sources_dates_its_links_by_its_first_reading(mini_copy, swap):
    swap("course/play.toml", 'note = "Written for the tests."', 'reviewed = [{ date = "2026-11-22", against = "records" }, { date = "2026-11-20", against = "records" }]')  # fmt: skip
    assert {link.made for link in compile_sources(mini_copy).links("course-play")} == {"2026-11-20"}


def test_links_of_an_unknown_or_retired_id_are_an_error(mini):
    with pytest.raises(NotFound):
        mini.links("lek-33")
    with pytest.raises(Retired):
        mini.links("playgrounds/old-duty")


def test_a_link_shows_its_record_by_id(mini):
    link = mini.links("hr-2020-1-a")[0]
    assert "to=lek-12," in repr(link)
    assert link == Link("provisions", mini.provisions["lek-12"], READ, "2026-11-22")


@pytest.mark.parametrize(
    "table",
    ["areas", "obligations", "recommendations", "rights", "decisions", "findings", "practices", "guide", "questions", "course", "city"],
)  # fmt: skip
def test_every_link_of_the_data_says_how_and_when(ds, table):
    count = 0
    for record in ds.table(table).values():
        for link in ds.links(record):
            assert isinstance(link.basis, Basis)
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", link.made), (record.id, link)
            assert link.made <= ds.as_of
            assert link.via is None or link.via in ds.obligations
            count += 1
    assert count > 0


def records_in(value):
    """The records that are, or stand in, a value; sources are not among them."""
    if isinstance(value, Record):
        return [] if isinstance(value, Source) else [value]
    if isinstance(value, tuple):
        return [other for item in value for other in records_in(item)]
    return (
        [r for f in attrs.fields(type(value)) for r in records_in(getattr(value, f.name))]
        if attrs.has(type(value))
        else []
    )


@pytest.mark.parametrize(
    "table",
    ["obligations", "recommendations", "rights", "decisions", "findings", "practices", "guide", "questions", "course", "city"],
)  # fmt: skip
def test_no_link_of_a_reading_is_left_out(ds, mini, table):
    """Only what a record plainly belongs to (its document, its body) or holds (its questions) needs no reason."""
    for dataset in (ds, mini):
        for record in dataset.table(table).values():
            told = {(link.field, link.to.id) for link in dataset.links(record)}
            held = set()
            for field in type(record).__attrs_attrs__:
                value = getattr(record, field.name)
                found = value if isinstance(value, tuple) else (value,)
                held |= {(field.name, other.id) for item in found for other in records_in(item)}
            plain = ("document", "body", "questions") if table == "course" else ("document", "body")
            assert told == {pair for pair in held if pair[0] not in plain}


def test_links_of_a_version_that_says_less_are_dated_by_their_sources():
    old = load("2026.1")
    for key in ("child-welfare/best-interests", "rec-007", "child-welfare"):
        links = old.links(key)
        assert links
        assert all(isinstance(link.basis, Basis) and link.made <= old.as_of for link in links)
    record = old["rec-007"]
    assert record.linked is None
    assert {link.made for link in old.links(record)} == {min(entry.checked for entry in record.provenance)}


# -- as the sources are compiled ---------------------------------------------------------------


def test_a_link_of_an_obligation_is_dated_by_the_first_reading_of_its_sources(mini):
    assert [(entry.basis, entry.made) for entry in mini.obligations["playgrounds/keep-safe"].legal_basis] == [
        (READ, "2026-11-21"),
        (READING, "2026-11-20"),
        (READ, "2026-11-21"),
    ]


def test_a_comparison_with_other_records_confirms_links_and_another_reading_does_not(mini_copy, swap):
    file = "recommendations/play-c-nor-co-1.toml"
    swap(file, '{ date = "2026-11-21", against = "source-text"', '{ date = "2026-11-22", against = "source-text"')
    swap(file, '{ date = "2026-11-22", against = "records" }', '{ date = "2026-11-21", against = "records" }')
    recommendations = compile_sources(mini_copy).recommendations
    assert recommendations["play1-5a"].linked == "2026-11-21"
    assert recommendations["play1-6"].linked == "2026-11-22"  # only its source was read


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("guide-hear-children", {"playgrounds", "play", "lek-3", "lpl-4a-3"}),
        ("guide-which-right", set()),
        ("course-play", {"playgrounds", "lek-3", "lpl-4a-3", "course-play/swing", "course-play/before-building"}),
        ("course-play/swing", {"playgrounds", "lpl-4a-3", "playgrounds/keep-safe", "hr-2020-1-a"}),
        ("city-promise", {"playgrounds", "play-advice-1", "lekeby-play-city"}),
        ("playgrounds/keep-safe", {"lek-12", "lpl-4a-3", "safe-places"}),
        ("kostra/254", {"kostra/257", "kostra/258"}),
    ],
)
def test_ids_are_found_in_the_parts_of_a_record_and_texts_are_none(mini, key, expected):
    assert set(linked_ids(mini.raw(key))) == expected


@pytest.mark.parametrize("table", TABLES)
def test_linked_ids_are_the_ids_of_records(ds, table):
    for key in [*ds.table(table)][:200]:
        assert all(other in ds for other in linked_ids(ds.raw_in(table, key)))
