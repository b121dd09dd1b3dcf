"""Suggestions: names that begin so while typing, and names that are spelled so when nothing is certain."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, search
from nimrights.lookup import CONFIDENT
from nimrights.suggestions import complete, did_you_mean
from nimrights.text import fold
from nimrights.vocabulary import LANGUAGES

JUNK = ["", " ", "?!", "\0", "\ud800", "\U0001f600", "xqzwvk", "q" * 1_000_000, "<>'; --", ".*+?[("]


@pytest.mark.parametrize("function", [complete, did_you_mean])
@pytest.mark.parametrize("text", JUNK)
def test_junk_is_answered_with_nothing(function, text):
    assert function(text) == []


@pytest.mark.parametrize("function", [complete, did_you_mean])
@pytest.mark.parametrize("text", [None, 8, b"barn", ["barn"]])
def test_what_is_no_text_is_refused(function, text):
    with pytest.raises(BadQuery, match=type(text).__name__):
        function(text)


@pytest.mark.parametrize("function", [complete, did_you_mean])
@pytest.mark.parametrize("limit", [0, 101, -1, 1.0, "3", True])
def test_limit_out_of_range_is_refused(function, limit):
    with pytest.raises(BadQuery, match="1 to 100"):
        function("barn", limit=limit)


# -- complete ----------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=6), st.sampled_from(["barn", "skol", "Åp", "opn", "crc", "Grl", "vold i n"])))
@example("barnehagel")
def test_names_begin_with_what_was_typed_shortest_first(prefix):
    names = complete(prefix, limit=20)
    assert len(names) <= 20
    assert all(fold(name).startswith(fold(prefix)) for name in names)
    assert [len(fold(name)) for name in names] == sorted(len(fold(name)) for name in names)
    assert len(set(names)) == len(names)


def test_the_name_of_every_area_is_completed_from_its_first_letters(ds):
    for area in ds.areas.values():
        for lang in LANGUAGES:
            name = area.label[lang]
            assert fold(name) in map(fold, complete(name[: max(4, 2 * len(name) // 3)], limit=100))


def test_a_completed_name_is_found_exactly():
    for prefix in ("barnev", "skolemi", "kvinnek", "tvangs", "Oslo", "bæ", "CRPD/C"):
        for name in complete(prefix, limit=5):
            assert search(name, limit=1)[0].stage in ("id", "citation", "exact", "alias")


@pytest.mark.parametrize(
    ("typed", "same"), [("BARNEV", "barnev"), ("åpenhet", "apenhet"), ("skoleskyss ", "skoleskyss")]
)
def test_case_accents_and_blanks_do_not_count(typed, same):
    assert complete(typed) == complete(same)
    assert complete(unicodedata.normalize("NFD", typed)) == complete(typed)


def test_fewer_is_the_beginning_of_more():
    assert complete("barn", limit=3) == complete("barn", limit=16)[:3]
    assert len(complete("barn", limit=16)) == 16


def test_names_come_from_the_dataset_that_is_asked(mini):
    assert complete("leke", dataset=mini) != complete("leke")
    assert complete("leke", dataset=mini)


# -- did you mean ------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["barnevern", "tvang på sykehjem", "EMK art. 8", "crc-3", "Oslo", "barnvern"])
def test_what_is_found_for_certain_needs_no_suggestion(query):
    assert search(query, limit=1)[0].score >= CONFIDENT
    assert did_you_mean(query) == []


def unsure(ds):
    """Names of areas with so many letters changed that nothing is certain."""
    for area in ds.areas.values():
        for name in (area.label.nb, area.label.nn):
            half = len(name) // 2
            broken = name[1 : half - 1] + name[half:].replace("e", "i").replace("r", "l")
            hits = search(broken, limit=1)
            if not hits or not hits[0].confident:
                yield name, broken


def test_names_that_are_spelled_like_it_are_suggested_when_nothing_is_certain(ds):
    pairs = list(unsure(ds))
    suggested = {broken: did_you_mean(broken) for _, broken in pairs}
    assert len(pairs) >= 5
    assert any(name in suggested[broken] for name, broken in pairs)
    assert all(len(names) <= 3 for names in suggested.values())
    for names in suggested.values():
        assert all(search(name, limit=1)[0].confident for name in names)


def test_at_most_so_many_and_fewer_is_the_beginning_of_more(ds):
    for _, broken in unsure(ds):
        names = did_you_mean(broken, limit=10)
        assert did_you_mean(broken, limit=1) == names[:1]
        assert len(set(names)) == len(names)
