"""Files that people fill in: whatever does not fit is said, and nothing that they wrote is lost."""

from __future__ import annotations

import builtins
import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import BadQuery, DataError, Dataset, MissingExtra, __version__
from nimrights._assessing.filled import (
    Kept,
    Reading,
    check_free,
    check_text,
    dump_json,
    dump_toml,
    form_of,
    head,
    kept_rows,
    parse,
    read,
    save,
)

TEXTS = st.text(st.characters(codec="utf-8"))
KEYS = TEXTS
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)
FILES = st.dictionaries(KEYS, VALUES)


def reading(values: dict, dataset: Dataset, **options) -> Reading:
    return Reading(values, "sak.toml", **{"kind": "play", "newest": 2, "dataset": dataset, **options})


@pytest.fixture
def values(mini: Dataset) -> dict:
    return {**head("play", 2, mini), "areas": []}


@given(FILES)
def test_what_was_written_as_json_is_read_again(values):
    assert parse(dump_json(values), "json", "x") == values


@given(FILES)
def test_what_was_written_as_toml_is_read_again(values):
    assert parse(dump_toml(values).encode(), "toml", "x") == values


@pytest.mark.parametrize("text", ["one\r\ntwo", "one\rtwo", 'a """ b\n\\', "\n first", "tab\t\x00\x7f", "", " \n "])
def test_no_line_end_or_quote_is_lost(text):
    for form, dump in (("json", dump_json), ("toml", dump_toml)):
        assert parse(dump({"answer": text, "rows": [{"answer": text}]}), form, "x") == {
            "answer": text, "rows": [{"answer": text}],
        }  # fmt: skip


def test_several_lines_stand_as_several_lines_in_toml():
    assert '"""\nfirst\nsecond"""' in dump_toml({"answer": "first\nsecond"})


def test_json_keeps_the_order_and_the_letters():
    assert list(json.loads(dump_json({"b": "blå", "a": 1}))) == ["b", "a"]
    assert "blå" in dump_json({"b": "blå"})


@pytest.mark.parametrize(
    ("data", "form", "said"),
    [
        (b'{"a": 1', "json", r"sak is no JSON: .*line 1"),
        (b"a = \nb = 1", "toml", r"sak is no TOML: .*line 1"),
        (b"[1]", "json", "expected a JSON object, got list"),
        (b'{"a": "x", "a": "y"}', "json", "the key 'a' stands twice"),
        (b'{"a": NaN}', "json", "NaN is no value"),
        (b'{"a": "\\ud800"}', "json", "half a character"),
        ("å".encode("latin-1"), "toml", "not UTF-8"),
        (b"[" * 100_000, "json", "sak is no JSON"),
        (b"a = 1\na = 2", "toml", "sak is no TOML"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, form, said):
    with pytest.raises(DataError, match=said):
        parse(data, form, "sak")


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert parse(b'\xef\xbb\xbf{"a": 1}', "json", "x") == parse("\ufeffa = 1", "toml", "x") == {"a": 1}


def test_the_ending_says_the_form(tmp_path):
    assert (form_of("A.JSON"), form_of(tmp_path / "b.toml")) == ("json", "toml")
    for name in ("a.yaml", "json", "a"):
        with pytest.raises(BadQuery, match=r"ends in \.json or \.toml"):
            form_of(name)


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_a_saved_file_is_read_again(tmp_path, ending, values):
    path = tmp_path / f"sak.{ending}"
    save(path, values)
    assert read(path) == values
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_save_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "sak.json"
    path.write_text("mine", "utf-8")
    with pytest.raises((ValueError, TypeError)):
        save(path, {"a": object()})
    with pytest.raises(ValueError, match="JSON compliant"):
        save(path, {"a": float("nan")})
    assert path.read_text("utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["sak.json"]


def test_a_file_that_is_there_is_not_replaced_by_another(tmp_path):
    path, other = tmp_path / "a.toml", tmp_path / "b.toml"
    check_free(path)
    path.write_text("x", "utf-8")
    other.write_text("x", "utf-8")
    with pytest.raises(BadQuery, match="name another file, or add --overwrite"):
        check_free(path)
    with pytest.raises(BadQuery):
        check_free(path, same_as=other)
    check_free(path, same_as=tmp_path / "." / "a.toml")
    check_free(path, overwrite=True)


def test_toml_without_its_library_names_the_extra(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **more):
        if name == "tomli_w":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"nimrights\[toml\]"):
        dump_toml({})
    assert dump_json({}) == "{}\n"


@pytest.mark.parametrize("bad", [None, 1, b"x", ["x"], "\ud800"])
def test_a_text_is_one_that_can_be_written(bad):
    with pytest.raises(BadQuery, match="the answer"):
        check_text(bad, "the answer")


def test_the_head_says_what_the_file_is(mini):
    assert head("play", 2, mini) == {
        "kind": "play", "format": 2, "written_by": f"nimrights {__version__}", "dataset": mini.pin,
    }  # fmt: skip


def test_only_what_is_below_the_head_is_the_body(values, mini):
    assert reading(values, mini).body == {"areas": []}
    assert reading({**values, "dataset": mini.version, "format": 1}, mini).kept == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "city"}, "kind: expected 'play', got 'city'"),
        ({"kind": None}, "another kind of file"),
        ({"format": 3, "written_by": "nimrights 7.1"}, r"pip install 'nimrights>=7\.1'"),
        ({"format": 3, "written_by": "mine"}, "pip install --upgrade nimrights"),
        ({"format": 3, "written_by": f"nimrights {__version__}"}, "--upgrade"),
        ({"format": 0}, "expected a whole number from 1 to 2, got 0"),
        ({"format": True}, "got True"),
        ({"format": "1"}, "got '1'"),
        ({"dataset": 7}, "expected a pin"),
        (
            {"dataset": "2026.2"},
            r"filled in with 2026\.2, and 2026\.1@sha256.* is loaded.*nimrights\.load\('2026\.2'\)",
        ),
        ({"dataset": "2031.4@sha256:00"}, r"install a nimrights that has it \(this one has 2026\.1"),
        ({"dataset": "2026.1@sha256:00"}, r"--update, or update=True"),
        ({"kept": {}}, "kept: expected a list"),
        ({"kept": [{"where": "x"}]}, r"kept\[0\]: expected where, value and why"),
        ({"kept": ["x"]}, r"kept\[0\]: expected a table"),
    ],
)
def test_a_head_that_does_not_fit_says_what_to_do(values, mini, changed, said):
    with pytest.raises(DataError, match=said) as error:
        reading({**values, **changed}, mini)
    assert str(error.value).startswith("sak.toml: ")


def test_with_update_another_version_is_brought_over_and_a_newer_format_is_not(values, mini):
    assert reading({**values, "dataset": "2024.1@sha256:00"}, mini, update=True).body == {"areas": []}
    with pytest.raises(DataError, match="newer"):
        reading({**values, "format": 3}, mini, update=True)


def test_an_unknown_key_is_an_error_with_a_suggestion_and_kept_with_update(values, mini):
    table = {"area": "parks", "anwser": "mine", "zzz": {"a": None}}
    with pytest.raises(DataError, match=r"rows\[1\]\.anwser: .*did you mean 'answer'\?.*--update"):
        reading(values, mini).table(table, "rows[1]", ("area", "answer"))
    updated = reading(values, mini, update=True)
    assert updated.table(table, "rows[1]", ("area", "answer")) == {"area": "parks"}
    assert [(kept.where, kept.value) for kept in updated.kept] == [
        ("rows[1].anwser", "mine"), ("rows[1].zzz", {"a": "null"}),
    ]  # fmt: skip
    assert "known here: area, answer" in updated.kept[1].why


def test_a_missing_key_is_named(values, mini):
    with pytest.raises(DataError, match=r"sak\.toml: rows: 'area' is missing"):
        reading(values, mini, update=True).table({}, "rows", ("area",), ("area",))


def test_a_retired_id_names_its_replacement_and_follows_it_with_update(values, mini):
    with pytest.raises(DataError, match=r"at: 'playgrounds/old-duty' was retired .*use 'playgrounds/keep-safe'"):
        reading(values, mini).record("obligations", "playgrounds/old-duty", "at", "mine")
    updated = reading(values, mini, update=True)
    assert updated.record("obligations", "playgrounds/old-duty", "at", "mine").id == "playgrounds/keep-safe"
    assert updated.kept == []


def test_a_retired_id_without_replacement_is_kept_with_update(values, mini):
    with pytest.raises(DataError, match="it has no replacement"):
        reading(values, mini).record("areas", "swings", "at", "mine")
    updated = reading(values, mini, update=True)
    assert updated.record("areas", "swings", "at", {"said": "mine"}) is None
    assert updated.kept == [Kept("at", {"said": "mine"}, updated.kept[0].why)]
    assert "was never an area" in updated.kept[0].why


def test_an_id_that_never_was_is_an_error_with_suggestions(values, mini):
    with pytest.raises(DataError, match="did you mean 'parks'"):
        reading(values, mini).record("areas", "park", "at", "mine")
    with pytest.raises(DataError, match="at is a text, not int"):
        reading(values, mini).record("areas", 1, "at", "mine")


def test_what_was_kept_stays_kept(values, mini):
    kept = [Kept("a", {"b": [1, "x"]}, "gone"), Kept("b", "text", "gone too")]
    found = reading({**values, **kept_rows(kept)}, mini)
    assert found.kept == kept
    assert [row.value for row in found.kept] == [row.value for row in kept]
    assert kept_rows([]) == {}


def test_what_only_one_form_can_hold_is_kept_as_text(values, mini):
    updated = reading(values, mini, update=True)
    updated.keep("at", tomllib.loads("day = 2026-11-23\nnever = nan\nmany = [inf, 1.5]"), "gone")
    rows = kept_rows(updated.kept)
    assert updated.kept[0].value == {"day": "2026-11-23", "never": "nan", "many": ["inf", 1.5]}
    assert parse(dump_json(rows), "json", "x") == parse(dump_toml(rows), "toml", "x") == rows


@pytest.mark.parametrize("bad", ["1", None, True, float("nan"), float("inf")])
def test_a_number_is_a_number(values, mini, bad):
    assert reading(values, mini).number(0.5, "at") == 0.5
    with pytest.raises(DataError, match="at: expected a number"):
        reading(values, mini).number(bad, "at")


@pytest.mark.parametrize("bad", ["x", {"a": 1}, None])
def test_a_list_is_a_list(values, mini, bad):
    with pytest.raises(DataError, match="at: expected a list"):
        reading(values, mini).rows(bad, "at")
