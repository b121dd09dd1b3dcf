"""A city's own assessment: nothing is said for the municipality, nothing that it wrote is lost, states are compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from nimrights import BadQuery, DataError, Dataset, NotFound, UnknownLanguage
from nimrights._assessing.filled import dump_json, dump_toml, parse, save
from nimrights._cities.files import FORMAT, KIND
from nimrights._cities.status import FIELDS
from nimrights.city import (
    STATES,
    CitySelfAssessment,
    ElementStatus,
    compare,
    from_values,
    new_self_assessment,
    progress,
    read_self_assessment,
    to_values,
    write_self_assessment,
)
from nimrights.publishing import compile_sources
from nimrights.vocabulary import LANGUAGES

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.fixture(scope="module")
def empty(mini: Dataset) -> CitySelfAssessment:
    return new_self_assessment("Lekvik", "2026-11-23", dataset=mini)


@pytest.fixture
def values(empty: CitySelfAssessment) -> dict:
    return to_values(empty.stated("city-promise", state="planned", evidence="Vedtak", answers={1: "Ja"}))


def again(values: dict, mini: Dataset, **options) -> CitySelfAssessment:
    return from_values(json.loads(dump_json(values)), "by.json", dataset=mini, **options)


# -- a new one ---------------------------------------------------------------------------------


def test_a_new_one_says_nothing_for_the_municipality(empty, mini):
    assert [s.element.id for s in empty.statuses] == list(mini.city)
    for status in empty.statuses:
        assert status == ElementStatus(element=status.element)
        assert status.step is None
    assert empty.areas == ()


@pytest.mark.parametrize("name", ["9902", "Husnes", "HUSNJÁRGA", "999999902"])
def test_a_municipality_is_named_as_anywhere_else(name, mini):
    assert new_self_assessment(name, "2026-01-01", dataset=mini).municipality is mini.municipalities["9902"]


def test_what_cannot_be_a_new_one_is_said(mini):
    with pytest.raises(NotFound, match="Lekvik"):
        new_self_assessment("Lekvika", "2026-11-23", dataset=mini)
    with pytest.raises(NotFound, match="playgrounds"):
        new_self_assessment("Lekvik", "2026-11-23", areas=["playground"], dataset=mini)
    with pytest.raises(UnknownLanguage):
        new_self_assessment("Lekvik", "2026-11-23", lang="se", dataset=mini)


@pytest.mark.parametrize("date", ["", "23.11.2026", "2026-11", "2026-02-30", "20261123", None, "2026-W47-1"])
def test_a_date_is_an_iso_date(date, mini):
    with pytest.raises(BadQuery, match="is no date"):
        new_self_assessment("Lekvik", date, dataset=mini)


def test_areas_are_named_by_id_or_record_and_once(mini):
    found = new_self_assessment("Lekvik", "2026-11-23", areas=["parks", mini.areas["parks"]], dataset=mini)
    assert found.areas == (mini.areas["parks"],)


# -- stating -----------------------------------------------------------------------------------


def test_stating_gives_a_copy_in_the_order_of_the_framework(empty):
    new = empty.stated("city-promise", state="under-way", owner="Ordfører")
    assert new.status("city-promise").owner == "Ordfører"
    assert empty.status("city-promise").state is None
    assert [s.element.id for s in new.statuses] == [s.element.id for s in empty.statuses]
    assert evolve(new, statuses=()).stated("city-promise").statuses == (
        evolve(empty, statuses=()).status("city-promise"),
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "done"}, "'done' is no state"),
        ({"owner": 3}, "owner is a text, not int"),
        ({"evidence": "\ud800"}, "half a character"),
        ({"score": "5"}, "an element has no 'score'"),
        ({"answers": ["yes"]}, "by the place of their question"),
        ({"answers": {2: "yes"}}, "has 2 questions, none at 2"),
        ({"answers": {-1: "yes"}}, "none at -1"),
        ({"answers": {0: None}}, "is a text, not NoneType"),
        ({"element": None}, "an element has no 'element'"),
    ],
)
def test_what_cannot_be_stated_is_said(fields, message, empty):
    with pytest.raises(BadQuery, match=message):
        empty.stated("city-promise", **fields)


def test_an_element_that_is_not_there_is_an_error(empty):
    with pytest.raises(NotFound, match="city-promise"):
        empty.stated("city-promises", state="planned")
    with pytest.raises(NotFound):
        empty.status("nothing")


def test_an_empty_answer_is_none(empty):
    assert empty.stated("city-promise", answers={0: "", 1: "x"}).status("city-promise").answers == {1: "x"}


def test_steps_follow_the_states_and_not_relevant_stands_outside(empty):
    steps = [empty.stated("city-promise", state=state).status("city-promise").step for state in STATES]
    assert steps == [0, 1, 2, 3, None]


def test_progress_counts_every_element_once(empty):
    assert progress(empty) == {"tool": {None: 1}, "foundation": {None: 1}}
    new = evolve(empty, statuses=()).stated("city-promise", state="in-place")
    assert progress(new) == {"tool": {None: 1}, "foundation": {"in-place": 1}}


# -- files -------------------------------------------------------------------------------------


@given(
    st.dictionaries(st.sampled_from(FIELDS), TEXTS),
    st.sampled_from([None, *STATES]),
    st.dictionaries(st.integers(0, 1), TEXTS),
    st.sampled_from(LANGUAGES),
)
def test_what_was_written_is_read_again(mini, fields, state, answers, lang):
    one = new_self_assessment("9902", "2026-11-23", lang=lang, areas=["parks"], dataset=mini)
    one = one.stated("city-promise", state=state, answers=answers, **fields)
    for form, dump in (("json", dump_json), ("toml", dump_toml)):
        assert from_values(parse(dump(to_values(one)), form, "x"), dataset=mini) == one


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_a_file_shows_what_to_fill_in(ending, empty, mini, tmp_path: Path):
    path = tmp_path / f"by.{ending}"
    write_self_assessment(path, empty)
    text = path.read_text(encoding="utf-8")
    for said in ("Lekvik", "Løfte om lek", "Har kommunestyret vedtatt et løfte?", "in-place", mini.pin):
        assert said in text
    assert read_self_assessment(path, dataset=mini) == empty


def test_a_date_without_quotation_marks_is_one(empty, mini):
    text = dump_toml(to_values(empty)).replace('"2026-11-23"', "2026-11-23", 1)
    assert from_values(parse(text, "toml", "x"), dataset=mini) == empty


def test_an_answer_is_found_by_its_question_in_any_language(values, mini):
    rows = values["elements"]["city-promise"]["answers"]
    assert rows[1]["question"] == "Vet innbyggerne om det?"
    rows[1]["question"] = "Do the inhabitants know of it?"
    rows.reverse()
    assert again(values, mini).status("city-promise").answers == {1: "Ja"}


def test_elements_that_are_left_out_are_not_assessed_and_can_be_added(values, mini):
    del values["elements"]["city-swing-count"]
    found = again(values, mini)
    assert [s.element.id for s in found.statuses] == ["city-promise"]
    assert [s.element.id for s in found.complete().statuses] == list(mini.city)


def changed(values: dict, where: str, value: object) -> dict:
    *path, last = where.split("/")
    inner = values
    for key in path:
        inner = inner[int(key) if key.isdecimal() else key]
    inner[last] = value
    return values


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        ("kind", "assessment", "kind: expected 'city-self-assessment'"),
        ("format", FORMAT + 1, "is newer than"),
        ("owner", "x", "owner: 'owner' is no key here"),
        ("dat", "x", "did you mean 'date'"),
        ("date", "november", "date: 'november' is no date"),
        ("date", 3, "date is a text"),
        ("lang", "se", "lang: 'se' is not a language"),
        ("municipality", "9999", "municipality: '9999' is not in municipalities"),
        ("name", "Husnes", "name: 9901 is Lekvik, and the number decides"),
        ("areas", "parks", "areas: expected a list"),
        ("areas", ["park"], r"areas\[0\]: 'park' is not in areas; did you mean 'parks'"),
        ("elements", [], "elements: expected a table"),
        ("elements/city-promises", {}, "did you mean 'city-promise'"),
        ("elements/city-promise/state", "plannd", "'plannd' is no state; did you mean 'planned'"),
        ("elements/city-promise/state", "xyz", "use not-started, planned"),
        ("elements/city-promise/statee", "planned", "did you mean 'state'"),
        ("elements/city-promise/label", "Noe annet", "write your own words elsewhere"),
        ("elements/city-promise/owner", ["a"], "owner is a text"),
        ("elements/city-promise/answers", {}, "answers: expected a list"),
        ("elements/city-promise/answers", [{"answer": "x"}], "'question' is missing"),
        ("elements/city-promise/answers", [{"question": "Hm?", "answer": "x"}], "does not ask this in dataset"),
        (
            "elements/city-promise/answers",
            [{"question": "Vet innbyggerne om det?", "answer": "x"}, {"question": "Veit innbyggjarane om han?", "answer": "y"}],
            "answered twice",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_place(where, value, message, values, mini):
    with pytest.raises(DataError, match=message) as error:
        again(changed(values, where, value), mini)
    assert str(error.value).startswith("by.json: ")


@pytest.mark.parametrize("missing", ["municipality", "date"])
def test_what_must_be_there_is_said(missing, values, mini):
    del values[missing]
    with pytest.raises(DataError, match=f"'{missing}' is missing"):
        again(values, mini)


def test_with_update_nothing_that_was_written_is_lost(values, mini, tmp_path: Path):
    changed(values, "elements/city-promise/state", "nearly")
    changed(values, "elements/city-promise/label", "Vårt løfte")
    changed(values, "elements/city-promise/answers", [{"question": "Hm?", "answer": "Tja"}])
    changed(values, "elements/city-dream", {"state": "planned", "owner": "Alle"})
    changed(values, "mayor", "Kari")
    changed(values, "areas", ["parks", "seas"])
    values["dataset"] = "2020.1"
    with pytest.raises(DataError, match=r"filled in with 2020.1"):
        again(values, mini)
    found = again(values, mini, update=True)
    assert found.areas == (mini.areas["parks"],)
    assert found.status("city-promise").evidence == "Vedtak"
    path = tmp_path / "by.json"
    write_self_assessment(path, found)
    saved = read_self_assessment(path, dataset=mini)
    assert saved == found
    kept = {row.where: row.value for row in saved.kept}
    assert kept["elements.city-promise.state"] == "nearly"
    assert kept["elements.city-promise.label"] == "Vårt løfte"
    assert kept["elements.city-promise.answers[0]"] == {"question": "Hm?", "answer": "Tja"}
    assert kept["elements.city-dream"] == {"state": "planned", "owner": "Alle"}
    assert (kept["mayor"], kept["areas[1]"]) == ("Kari", "seas")
    assert read_self_assessment(path, dataset=mini, update=True) == found, "and not kept twice"


@pytest.fixture
def retired(mini_copy: Path) -> Dataset:
    """The miniature dataset, in which an element took the place of two others."""
    path = mini_copy / "retired.toml"
    rows = "".join(
        f'\n["city-{old}"]\nreplacement = "city-promise"\nreason = "merged"\nsince = "2026.1"\n'
        for old in ("vow", "oath")
    )
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return compile_sources(mini_copy)


def test_a_retired_element_follows_its_replacement_once(retired, values):
    rows = values["elements"]
    rows["city-vow"] = rows.pop("city-promise") | {"owner": "Vow", "label": ""}
    values["dataset"] = retired.pin
    with pytest.raises(DataError, match=r"'city-vow' was retired .*use 'city-promise'"):
        again(values, retired)
    found = again(values, retired, update=True)
    assert found.status("city-promise").owner == "Vow"
    assert found.kept == ()
    rows["city-oath"] = {"owner": "Oath"}
    found = again(values, retired, update=True)
    assert {found.status("city-promise").owner, found.kept[0].value["owner"]} == {"Vow", "Oath"}
    rows["city-promise"] = {"owner": "Promise"}
    found = again(values, retired, update=True)
    assert found.status("city-promise").owner == "Promise"
    assert sorted(row.value["owner"] for row in found.kept) == ["Oath", "Vow"]


def test_a_file_is_replaced_only_when_the_new_one_is_whole(empty, tmp_path: Path):
    path = tmp_path / "by.json"
    write_self_assessment(path, empty)
    before = path.read_bytes()
    with pytest.raises(BadQuery):
        write_self_assessment(path.with_suffix(".txt"), empty)
    with pytest.raises(TypeError):
        save(path, {"x": object()})
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["by.json"]


def test_the_file_says_what_it_is(values, mini):
    assert (values["kind"], values["format"], values["dataset"]) == (KIND, FORMAT, mini.pin)


# -- comparing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [
        (None, None, "same"),
        ("planned", "planned", "same"),
        (None, "not-started", "assessed"),
        (None, "not-relevant", "assessed"),
        ("not-started", "planned", "forward"),
        ("planned", "in-place", "forward"),
        ("in-place", "under-way", "back"),
        ("planned", "not-started", "back"),
        ("planned", None, "changed"),
        ("planned", "not-relevant", "changed"),
        ("not-relevant", "in-place", "changed"),
    ],
)
def test_what_became_of_an_element(before, now, move, empty):
    old = empty.stated("city-promise", state=before)
    new = evolve(empty, date="2027-11-23").stated("city-promise", state=now)
    found = {c.element.id: c for c in compare(old, new)}
    assert (found["city-promise"].move, found["city-promise"].before, found["city-promise"].now) == (move, before, now)
    assert found["city-swing-count"].move == "same"


def test_other_words_are_a_change_too(empty):
    new = empty.stated("city-promise", owner="Kari", answers={0: "Ja"})
    assert next(c.fields for c in compare(empty, new) if c.element.id == "city-promise") == ("owner", "answers")


def test_what_is_new_and_what_is_gone(empty):
    old = evolve(empty, statuses=empty.statuses[:1])
    new = evolve(empty, statuses=empty.statuses[1:])
    assert [c.move for c in compare(old, new)] == ["gone", "new"]


def test_what_cannot_be_compared_is_said(empty, mini, retired):
    with pytest.raises(BadQuery, match="compare a municipality with itself"):
        compare(empty, new_self_assessment("9902", "2026-11-23", dataset=mini))
    with pytest.raises(BadQuery, match="name the older one first"):
        compare(evolve(empty, date="2027-01-01"), empty)
    with pytest.raises(BadQuery, match="different dataset versions"):
        compare(empty, new_self_assessment("9901", "2026-11-23", dataset=retired))
