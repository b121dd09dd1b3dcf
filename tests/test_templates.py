"""Templates for new records: whatever a contributor is given can be read back, and the checks say what is missing."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nimrights._checks.templates import KINDS, append, file_for, new
from nimrights.authoring import DERIVED, read_sources
from nimrights.checks import PLACEHOLDER, check_sources
from nimrights.exceptions import BadQuery, DataError
from nimrights.models import TABLES
from nimrights.vocabulary import LANGUAGES

TABLE = {cls.kind: name for name, cls in TABLES.items()}
#: an id that a new record of a kind may have
ODD = {
    "body": "BREAK",
    "obligation": "playgrounds/rest",
    "module": "course-new",
    "question": "course-play/rest",
}
KEY = {kind: ODD.get(kind, "new-1") for kind in KINDS}
every_kind = pytest.mark.parametrize("kind", KINDS)


def fields_of(kind):
    derived = (*DERIVED.get(TABLE[kind], ("id",)), *(("questions",) if kind == "module" else ()))
    return [field.name for field in TABLES[TABLE[kind]].__attrs_attrs__ if field.name not in derived]


def record_in(text, kind, key):
    """The one record that the text of a template holds."""
    found = tomllib.loads(text)
    if kind == "module":
        return found
    if kind in ("obligation", "question"):
        [(place, inner)] = found.items()
        assert place == f"{kind}s"
        found, key = inner, key.partition("/")[2]
    assert list(found) == [key]
    return found[key]


@pytest.fixture(scope="module")
def templates(mini_root):
    """File and text of a template of every kind, as a command of its own gives them."""
    program = f"""
import json
from pathlib import Path
from nimrights._checks.templates import new
print(json.dumps({{kind: new(Path({str(mini_root)!r}), kind, key, {{}}) for kind, key in {KEY!r}.items()}}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


# -- what a template says ----------------------------------------------------------------------


def test_there_is_a_template_for_every_record_that_is_written_in_toml():
    assert set(KINDS) == {cls.kind for cls in TABLES.values()} - {
        "term",
        "instrument",
        "provision",
        "area",
        "municipality",
        "code",
    }


@every_kind
def test_a_template_is_a_record_with_all_required_fields_still_to_fill_in(templates, kind):
    _, text = templates[kind]
    row = record_in(text, kind, KEY[kind])
    attributes = {field.name: field for field in TABLES[TABLE[kind]].__attrs_attrs__}
    required = {name for name in fields_of(kind) if attributes[name].default.__class__.__name__ == "_Nothing"}
    assert required <= set(row)
    assert set(row) <= set(fields_of(kind))
    assert PLACEHOLDER in text


@every_kind
def test_texts_stand_in_three_languages(templates, kind):
    row = record_in(templates[kind][1], kind, KEY[kind])
    for name in ("label", "title", "statement", "summary", "description", "court", "questions"):
        if name in row and kind != "source" and (kind, name) != ("step", "questions"):
            assert list(row[name]) == list(LANGUAGES)
    parts = {
        "step": ("questions", ["text"]),
        "module": ("sections", ["heading", "body"]),
        "question": ("answers", ["text", "feedback"]),
    }
    if kind in parts:
        name, texts = parts[kind]
        for part in row[name].values() if kind == "step" else row[name]:
            assert [list(part[text]) for text in texts] == [list(LANGUAGES)] * len(texts)


@every_kind
def test_the_checks_say_of_a_template_only_what_is_to_be_filled_in(templates, mini_copy, kind):
    file, text = templates[kind]
    append(mini_copy, file, text)
    problems = check_sources(mini_copy)
    assert "E105" in {problem.code for problem in problems}
    assert {(problem.file, problem.key) for problem in problems} == {(file, KEY[kind])}
    told = {problem.code for problem in problems}
    assert not told & {"E101", "E102", "E103", "E104", "E111", "E302"}
    assert not told & {"E110", "E202"}  # of a placeholder E105 says enough


@every_kind
def test_a_template_is_the_same_after_other_sources_were_checked(templates, mini_root, kind):
    """A program may check, and ask for a template then."""
    check_sources(mini_root)
    assert list(new(mini_root, kind, KEY[kind], {})) == templates[kind]


def test_comments_tell_the_values_and_the_tables_that_a_field_allows(templates):
    lines = templates["recommendation"][1].splitlines()
    assert 'municipal = "TODO"  # named, delivers, none' in lines
    assert 'areas = ["TODO"]  # id of one of the areas' in lines
    assert 'type = "TODO"  # concluding-observations' in templates["document"][1].splitlines()
    assert 'duty = "TODO"  # respect, protect, fulfil, procedural' in templates["obligation"][1].splitlines()


def test_an_obligation_asks_for_the_provision_that_lays_down_the_duty(templates):
    row = record_in(templates["obligation"][1], "obligation", KEY["obligation"])
    assert row["legal_basis"] == [{"provision": PLACEHOLDER, "operative": True}]


def test_a_question_has_a_right_and_a_wrong_answer(templates):
    row = record_in(templates["question"][1], "question", KEY["question"])
    assert [answer["correct"] for answer in row["answers"]] == [True, False]


def test_what_has_an_order_comes_last_in_it_unless_told_otherwise(templates, mini_root):
    orders = {kind: record_in(templates[kind][1], kind, KEY[kind])["order"] for kind in ("step", "module", "element")}
    assert orders == {"step": 3, "module": 2, "element": 3}
    assert record_in(new(mini_root, "step", "guide-x", {"order": "7"})[1], "step", "guide-x")["order"] == 7


def test_the_first_of_a_kind_is_the_first_in_order(mini_copy):
    (mini_copy / "guide.toml").write_text("", encoding="utf-8")
    assert record_in(new(mini_copy, "step", "guide-x", {})[1], "step", "guide-x")["order"] == 1


def test_what_follows_from_the_rest_is_not_asked_for(templates):
    for kind, (_, text) in templates.items():
        assert not set(DERIVED.get(TABLE[kind], ("id",))) & set(record_in(text, kind, KEY[kind]))


# -- where it goes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "given", "file"),
    [
        ("recommendation", "x-1", {}, "recommendations/other.toml"),
        ("recommendation", "x-1", {"document": "play-c-nor-co-1"}, "recommendations/play-c-nor-co-1.toml"),
        ("obligation", "parks/rest", {}, "areas/parks.toml"),
        ("source", "src-x", {}, "sources.toml"),
        ("body", "X", {}, "bodies.toml"),
        ("advice", "x", {}, "advice.toml"),
        ("finding", "x", {}, "findings.toml"),
        ("practice", "x", {}, "practices.toml"),
        ("step", "guide-x", {}, "guide.toml"),
        ("element", "city-x", {}, "city.toml"),
        ("module", "course-x", {}, "course/x.toml"),
        ("question", "course-x/y", {}, "course/x.toml"),
    ],
)
def test_each_record_has_its_file(kind, key, given, file):
    assert file_for(kind, key, given) == file


@every_kind
def test_the_file_of_a_template_is_where_such_records_are_read(templates, mini_copy, kind):
    file, text = templates[kind]
    append(mini_copy, file, text)
    assert read_sources(mini_copy).file_of.get(KEY[kind]) == file
    assert KEY[kind] in read_sources(mini_copy).rows[TABLE[kind]]


def test_appending_leaves_what_was_there_and_one_blank_line_between(mini_copy):
    path = mini_copy / "bodies.toml"
    before = path.read_bytes()
    for more in (b"", b"\n\n\n"):
        path.write_bytes(before + more)
        append(mini_copy, "bodies.toml", "[X]\n")
        assert path.read_bytes() == before.rstrip(b"\n") + b"\n\n[X]\n"


def test_a_file_of_a_new_document_is_made(mini_copy):
    append(mini_copy, "recommendations/new-document.toml", "[x-1]\n")
    assert (mini_copy / "recommendations" / "new-document.toml").read_text(encoding="utf-8") == "[x-1]\n"


def test_an_obligation_needs_the_file_of_its_area(mini_copy):
    with pytest.raises(DataError, match=r"swings\.toml does not exist"):
        append(mini_copy, "areas/swings.toml", "[obligations.x]\n")
    assert not (mini_copy / "areas" / "swings.toml").exists()


def test_a_question_needs_the_file_of_its_module_and_a_module_makes_it(mini_copy):
    _, question = new(mini_copy, "question", "course-swings/who", {})
    with pytest.raises(DataError, match=r"swings\.toml does not exist: a question needs the file of its module"):
        append(mini_copy, "course/swings.toml", question)
    append(mini_copy, *new(mini_copy, "module", "course-swings", {}))
    append(mini_copy, "course/swings.toml", question)
    tables = read_sources(mini_copy)
    assert tables.problems == []
    assert tables.rows["course"]["course-swings"]["questions"] == ["course-swings/who"]
    assert len(tables.rows["questions"]["course-swings/who"]["answers"]) == 2


def test_asking_for_a_template_writes_nothing(mini_copy):
    before = {path: path.read_bytes() for path in mini_copy.rglob("*") if path.is_file()}
    new(mini_copy, "recommendation", "x-1", {"document": "play-c-nor-co-2"})
    assert {path: path.read_bytes() for path in mini_copy.rglob("*") if path.is_file()} == before


# -- what is given -----------------------------------------------------------------------------


def test_given_values_are_filled_in(mini_root):
    given = {"document": "play-c-nor-co-1", "body": "PLAY", "paragraph": "7", "date": "2024-05-07", "areas": "parks"}
    row = record_in(new(mini_root, "recommendation", "play1-7", given)[1], "recommendation", "play1-7")
    assert {name: row[name] for name in given} == {**given, "areas": ["parks"]}


@every_kind
def test_no_given_value_is_lost(mini_root, kind):
    """It is filled in, or refused: never left out in silence."""
    lost = []
    for name in fields_of(kind):
        try:
            _, text = new(mini_root, kind, KEY[kind], {name: "27"})
        except BadQuery:
            continue
        if "27" not in text:
            lost.append(name)
    assert lost == []


@pytest.mark.parametrize("value", ['5("a")', "a\\b", "line\nbreak", "tab\t", "'", '"""', "# no comment", "ø", ""])
def test_a_given_value_is_read_back_as_it_was_given(mini_root, value):
    given = {"paragraph": value, "states": value}
    row = record_in(new(mini_root, "recommendation", "x-1", given)[1], "recommendation", "x-1")
    assert (row["paragraph"], row["states"]) == (value, [value])


@pytest.mark.parametrize("value", ["7", "0"])
def test_a_given_number_is_a_number(mini_root, value):
    row = record_in(new(mini_root, "document", "x", {"stated": value})[1], "document", "x")
    assert row["stated"] == int(value)


@every_kind
@pytest.mark.parametrize("name", ["colour", "id", "", "title.nb", "force", "linked", "kind"])
def test_a_field_that_the_kind_does_not_have_is_refused_naming_those_it_has(mini_root, kind, name):
    assert name not in fields_of(kind)
    with pytest.raises(BadQuery, match=rf"a {kind} has no {name}; it has .*{fields_of(kind)[-1]}"):
        new(mini_root, kind, KEY[kind], {name: "x"})


@pytest.mark.parametrize("kind", ["", "area", "instrument", "provision", "term", "code", "municipality", "records"])
def test_a_kind_without_a_template_is_refused_naming_the_others(mini_root, kind):
    with pytest.raises(
        BadQuery, match=r"there is no template for .*recommendation, obligation, module, question, source"
    ):
        new(mini_root, kind, "x", {})


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("play1-6", r"is in recommendations/play-c-nor-co-1\.toml"),
        ("playgrounds", r"is in areas/playgrounds\.toml"),
        ("kostra/335", r"is in kostra\.csv"),
        ("swings", "was retired and never comes back"),
        ("playgrounds/old-duty", "was retired and never comes back"),
    ],
)
@pytest.mark.parametrize("kind", ["recommendation", "right"])
def test_an_id_that_is_taken_or_retired_is_refused(mini_root, kind, key, why):
    with pytest.raises(BadQuery, match=f"the id '{key}' {why}; choose another"):
        new(mini_root, kind, key, {})


@pytest.mark.parametrize(
    ("kind", "key", "wanted"),
    [
        ("obligation", "rest", "an area, a slash and a name"),
        ("module", "new", "course- and a name"),
        ("module", "course-", "course- and a name"),
        ("module", "course-new/x", "course- and a name"),
        ("question", "course-new", "a module, a slash and a name"),
        ("question", "play/x", "a module, a slash and a name"),
        ("question", "course-play/x/y", "a module, a slash and a name"),
        ("step", "guide/x", "letters, digits, hyphens and dots"),
    ],
)
def test_an_id_of_another_make_is_refused_saying_how_it_is_made(mini_root, kind, key, wanted):
    with pytest.raises(BadQuery, match=f"'{key}' is no id of a {kind}: use {wanted}"):
        new(mini_root, kind, key, {})


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("recommendation", "upr9-7.3"),
        ("recommendation", "a b"),
        ("recommendation", 'a"b'),
        ("recommendation", "a\\b"),
        ("recommendation", "ø"),
        ("recommendation", ""),
        ("obligation", "playgrounds/a b"),
        ("obligation", "playgrounds/ø"),
        ("obligation", "playgrounds"),
        ("obligation", "playgrounds/"),
        ("obligation", ""),
    ],
)
def test_an_odd_id_is_refused_or_written_so_that_it_is_read_back(mini_root, kind, key):
    try:
        _, text = new(mini_root, kind, key, {})
    except BadQuery:
        return
    assert record_in(text, kind, key)


def test_a_folder_that_is_no_dataset_is_refused(tmp_path):
    with pytest.raises(DataError, match="is no dataset folder"):
        new(tmp_path, "right", "x", {})


def test_sources_that_cannot_be_read_do_not_keep_anybody_from_a_template(mini_copy):
    Path(mini_copy / "rights.toml").write_text("= 5", encoding="utf-8")
    assert "[x-1]" in new(mini_copy, "recommendation", "x-1", {})[1]
