"""Areas by the codes that municipal systems hold: what each way finds, and what it refuses."""

from __future__ import annotations

import pytest

from nimrights import Area, Areas, NotFound, load
from nimrights.models import code_id
from nimrights.publishing import compile_sources

#: way -> field of an area that it reads, scheme of its codes
WAYS = {"for_kostra": ("kostra", "kostra"), "for_los": ("los", "los"), "for_kcode": ("kcodes", "k-codes")}
every_way = pytest.mark.parametrize("way", WAYS)


def by(areas, way, *code):
    return list(getattr(areas, way)(*code))


# -- codes of schemes --------------------------------------------------------------------------


@every_way
@pytest.mark.parametrize("which", ["shipped", "miniature"])
def test_every_code_of_a_scheme_gives_exactly_the_areas_that_name_it(ds, mini, which, way):
    dataset = ds if which == "shipped" else mini
    field, scheme = WAYS[way]
    named = 0
    for code in dataset.codes.where(scheme=scheme).values():
        if code.replaced_by:
            continue
        expected = [key for key, area in dataset.areas.items() if code.code in getattr(area, field)]
        assert by(dataset.areas, way, code.code) == expected, code.id
        named += len(expected)
    assert named > 0


@every_way
def test_every_code_that_an_area_names_leads_back_to_it(ds, way):
    field, _ = WAYS[way]
    for key, area in ds.areas.items():
        for code in getattr(area, field):
            assert key in by(ds.areas, way, code)


@pytest.mark.parametrize(
    ("way", "code"),
    [
        *((way, code) for way in WAYS for code in ("", " ", "?!", "\0", "§ 3")),
        *((way, code) for way in ("for_kostra", "for_los") for code in ("F", "254258", "x" * 5000)),
        ("for_kostra", "kostra/244"),
        ("for_los", "https://example.org/los/ord/fosterhjem"),
    ],
)
def test_a_code_that_its_scheme_does_not_have_is_not_found(ds, way, code):
    with pytest.raises(NotFound) as caught:
        getattr(ds.areas, way)(code)
    assert caught.value.where == WAYS[way][1]
    assert len(caught.value.suggestions) <= 3


def test_a_misspelled_code_suggests_codes_of_its_scheme(ds):
    with pytest.raises(NotFound) as caught:
        ds.areas.for_kostra("2544")
    assert "254" in caught.value.suggestions
    assert all(code_id("kostra", code) in ds.codes for code in caught.value.suggestions)


def test_a_code_that_touches_no_area_gives_an_empty_table(mini):
    found = mini.areas.for_kostra("257")
    assert (type(found), len(found)) == (Areas, 0)


def test_blanks_around_a_code_do_not_count(mini):
    assert by(mini.areas, "for_kostra", " 335\n") == ["playgrounds"]
    assert by(mini.areas, "for_los", " https://psi.norge.no/los/ord/lekeplass ") == ["playgrounds"]
    assert by(mini.areas, "for_kcode", " c ") == ["parks", "playgrounds"]
    assert by(mini.areas, "for_sdg", " 3.4 ") == ["parks"]
    assert by(mini.areas, "for_law", " lpl ", " 4 A-3 ") == ["parks", "playgrounds"]


def test_a_retired_function_stands_for_those_that_replaced_it(mini, ds):
    assert by(mini.areas, "for_kostra", "254") == ["parks"]
    assert set(ds.areas.for_kostra("254")) == {*ds.areas.for_kostra("257"), *ds.areas.for_kostra("258")} != set()


def test_of_a_class_only_the_main_class_is_read(mini):
    for code in ("C", "c", "C60", "c60.1", "C & 14"):
        assert by(mini.areas, "for_kcode", code) == ["parks", "playgrounds"]
    with pytest.raises(NotFound, match="'F' is not in k-codes"):
        mini.areas.for_kcode("F47")


# -- goals -------------------------------------------------------------------------------------


def test_a_target_or_a_whole_goal(mini, ds):
    assert by(mini.areas, "for_sdg", "11.7") == by(mini.areas, "for_sdg", "11") == ["parks", "playgrounds"]
    assert by(mini.areas, "for_sdg", "3") == ["parks"]
    targets = {target for area in ds.areas.values() for target in area.sdg}
    for target in targets:
        whole = "." not in target  # an area may name a whole goal
        expected = [
            key
            for key, area in ds.areas.items()
            if any(t == target or (whole and t.startswith(f"{target}.")) for t in area.sdg)
        ]
        assert by(ds.areas, "for_sdg", target) == expected
    for goal in {target.partition(".")[0] for target in targets}:
        expected = [key for key, area in ds.areas.items() if goal in {target.partition(".")[0] for target in area.sdg}]
        assert by(ds.areas, "for_sdg", goal) == expected


@pytest.mark.parametrize("target", ["", "1", "1.7", "11.77", "7", "11.", ".7", "117", "99", "goal 11", "None"])
def test_a_target_that_no_area_has_gives_an_empty_table(mini, target):
    assert by(mini.areas, "for_sdg", target) == []


# -- laws --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "law",
    [
        "lpl",
        "LPL",
        "LOV-2001-05-04-9",
        "lov-2001-05-04-9",
        "https://example.org/eli/lov/2001/05/04/9",
        "https://example.org/eli/lov/2001/05/04/9/",
        "https://example.org/act",
        "Lekeplassloven",
        "leikeplasslova",
        "Playgrounds Act",
        "lekepl.",
        "LEKEPL",
    ],
)
def test_a_law_by_its_names(mini, law):
    assert by(mini.areas, "for_law", law) == ["parks", "playgrounds"]
    assert by(mini.areas, "for_law", law, "4 A-3") == ["parks", "playgrounds"]


def test_an_abbreviation_in_any_language(mini, ds):
    for law in ("LK", "CP", "cp", "lk."):
        assert by(mini.areas, "for_law", law, "3") == ["parks", "playgrounds"]
    assert (
        by(ds.areas, "for_law", "BK", "3") == by(ds.areas, "for_law", "CRC", "3") == by(ds.areas, "for_law", "crc", "3")
    )


@pytest.mark.parametrize("section", ["4 A-3", "4A-3", "4a-3", "§ 4 A-3", "§4A-3", " § 4 a-3 "])
def test_a_section_in_any_spelling(mini, section):
    assert by(mini.areas, "for_law", "lpl", section) == ["parks", "playgrounds"]


def test_every_law_and_section_gives_exactly_the_areas_whose_obligations_rest_on_it(ds):
    resting = {
        key: {provision for duty in area.obligations for provision in duty.provisions} for key, area in ds.areas.items()
    }
    for key in [*ds.instruments][::4]:
        expected = [area for area, found in resting.items() if any(p.instrument.id == key for p in found)]
        assert by(ds.areas, "for_law", key) == expected
    for provision in [*ds.provisions.values()][::12]:
        expected = [area for area, found in resting.items() if provision in found]
        assert by(ds.areas, "for_law", provision.instrument.id, provision.number) == expected


def test_a_law_by_every_number_and_address_of_the_data(ds):
    for key, instrument in [*ds.instruments.items()][::6]:
        expected = list(ds.areas.for_law(key))
        abbreviation = instrument.abbreviation or instrument.label
        for name in (instrument.number, instrument.eli, instrument.label.nn, abbreviation.nb):
            assert name is None or list(ds.areas.for_law(name)) == expected


@pytest.mark.parametrize(
    "law", ["", " ", "swing", "LOV-1900-01-01-1", "https://example.org/eli/lov/2001/05/04/99", "/"]
)
def test_an_unknown_law_is_not_found(mini, law):
    with pytest.raises(NotFound) as caught:
        mini.areas.for_law(law)
    assert caught.value.where == "instruments"


def test_a_section_that_the_data_does_not_hold_is_not_found_and_others_of_the_law_are_suggested(ds):
    with pytest.raises(NotFound) as caught:
        ds.areas.for_law("bvl", "1-33")
    assert caught.value.where == "provisions"
    assert caught.value.suggestions
    assert all(ds.provisions[key].instrument.id == "bvl" for key in caught.value.suggestions)


# -- tables ------------------------------------------------------------------------------------


def test_areas_that_were_found_are_a_table_to_go_on_from(mini):
    found = mini.areas.for_sdg("11.7")
    assert isinstance(found, Areas)
    assert all(isinstance(area, Area) and area is mini.areas[key] for key, area in found.items())
    assert by(found, "for_kostra", "258") == ["parks"]
    assert by(mini.areas.for_kostra("335"), "for_kostra", "258") == []
    both = mini.areas.where(group="children")
    assert isinstance(both, Areas)
    assert by(both, "for_law", "lpl") == ["playgrounds"]
    assert repr(found) == "<Table of 2 areas>"
    with pytest.raises(NotFound):
        mini.areas.for_kostra("335")["parks"]


def test_data_without_lists_of_codes_compares_with_what_areas_name():
    old = load("2026.1")
    assert by(old.areas, "for_kostra", "244") == ["child-welfare"]
    assert by(old.areas, "for_kostra", "999") == []
    assert by(old.areas, "for_kcode", "F") == []
    assert by(old.areas, "for_los", "https://psi.norge.no/los/ord/fosterhjem") == ["child-welfare"]
    assert "child-welfare" in old.areas.for_sdg("16.2")
    assert "child-welfare" in old.areas.for_law("bvl", "1-3")


def test_a_code_that_ended_for_good_touches_only_areas_that_still_name_it(mini_copy, swap):
    swap("kostra.csv", "254,Et avviklet område,yes,2023-12-31,257|258", "254,Et avviklet område,yes,2023-12-31,")
    assert by(compile_sources(mini_copy).areas, "for_kostra", "254") == []
