"""What changed between two versions, record by record and field by field."""

from __future__ import annotations

import re

import pytest

from nimrights import load
from nimrights.differences import Change, FieldChange, changelog, diff, kind_of
from nimrights.models import TABLES
from nimrights.publishing import compile_sources


@pytest.fixture
def new_version(mini_copy, swap):
    """Give a function that compiles the changed copy as the next version."""

    def compiled():
        swap("dataset.toml", 'version = "2026.1"', 'version = "2026.2"')
        return compile_sources(mini_copy)

    return compiled


def test_a_version_does_not_differ_from_itself(mini, mini_root, ds):
    assert diff(mini, mini) == ()
    assert diff(mini, compile_sources(mini_root)) == ()
    assert diff(ds, ds) == ()


def test_a_new_version_with_the_same_records_has_no_differences(mini, new_version):
    assert diff(mini, new_version()) == ()


def test_a_record_is_added_or_removed(mini, mini_copy, swap, new_version):
    (mini_copy / "recommendations" / "other.toml").unlink()
    swap("bodies.toml", "[PLAY]", '[REST]\nlabel = { nb = "Hvilekomiteen", nn = "Kvilekomiteen", en = "Committee on Rest" }\nabbreviation = "REST"\norganisation = "UN"\ntype = "treaty-body"\n\n[PLAY]')  # fmt: skip
    new = new_version()
    assert diff(mini, new) == (
        Change("added", "bodies", "REST"),
        Change("removed", "recommendations", "upr9-7.2"),
    )
    assert diff(new, mini) == (
        Change("removed", "bodies", "REST"),
        Change("added", "recommendations", "upr9-7.2"),
    )


def test_a_changed_record_says_which_fields(mini, swap, new_version):
    swap("recommendations/other.toml", 'municipal = "none"', 'municipal = "delivers"')
    swap("recommendations/other.toml", 'position_note = "the report"\n', "")
    swap("recommendations/other.toml", 'rights = ["play"]', 'rights = ["play"]\nareas = ["playgrounds"]')
    swap("rights.toml", 'description.en = "Every child must be able to play."', 'description.en = "Children may play."')
    description = mini.raw("play")["description"]
    assert diff(mini, new_version()) == (
        Change(
            "corrected",
            "rights",
            "play",
            (FieldChange("description", description, {**description, "en": "Children may play."}),),
        ),
        Change(
            "corrected",
            "recommendations",
            "upr9-7.2",
            (
                FieldChange("areas", None, ["playgrounds"]),
                FieldChange("municipal", "none", "delivers"),
                FieldChange("position_note", "the report", None),
            ),
        ),
    )


# -- kinds of change ---------------------------------------------------------------------------

#: a field of a record, a change of it in the sources, and what kind of change that is
KINDS = [
    ("rights.toml", '"Right to play"', '"The right to play"', "rights", "label", "relabelled"),
    ("rights.toml", 'aliases.en = ["play"]', 'aliases.en = ["play", "games"]', "rights", "aliases", "relabelled"),
    ("areas/playgrounds.toml", 'synonyms.en = ["playground", ', "synonyms.en = [", "areas", "synonyms", "relabelled"),
    ("instruments/lek.toml", 'heading = "Play"', 'heading = "On play"', "provisions", "heading", "relabelled"),
    ("practices.toml", 'place.en = "Lekeby"', 'place.en = "Playtown"', "practices", "place", "relabelled"),
    ("rights.toml", 'provisions = ["lek-3"]', 'provisions = ["lek-3", "lek-12"]', "rights", "provisions", "remapped"),
    ("areas/playgrounds.toml", 'kostra = ["335"]', 'kostra = ["335", "257"]', "areas", "kostra", "remapped"),
    ("areas/parks.toml", 'sdg = ["3.4", ', "sdg = [", "areas", "sdg", "remapped"),
    ("areas/playgrounds.toml", '"procedural"', '"protect"', "obligations", "duty", "remapped"),
    ("recommendations/other.toml", 'rights = ["play"]', 'rights = ["safe-places"]', "recommendations", "rights", "remapped"),
    ("recommendations/older.toml", 'repeats = ["play1-5a"]', 'repeats = ["play0-3"]', "recommendations", "repeats", "remapped"),
    ("kostra.csv", "257|258", "258", "codes", "replaced_by", "remapped"),
    ("rights.toml", '"Every child must be able to play."', '"Let all play."', "rights", "description", "corrected"),
    ("documents.toml", "stated = 3", "stated = 4", "documents", "stated", "corrected"),
    ("recommendations/other.toml", '"accepted"', '"noted"', "recommendations", "position", "corrected"),
    ("advice.toml", '"a course every year"', '"two courses"', "advice", "measures", "corrected"),
    ("guide.toml", 'part = "duties"', 'part = "case"', "guide", "part", "remapped"),
    ("guide.toml", "order = 2", "order = 5", "guide", "order", "remapped"),
    ("guide.toml", '"Whose right is it?"', '"Whose is it?"', "guide", "questions", "corrected"),
    ("guide.toml", '"The convention is only read in part."', '"Read in part."', "guide", "note", "annotated"),
    ("course/play.toml", '"elected", "leaders"', '"elected"', "course", "audiences", "remapped"),
    ("course/play.toml", '"The municipality supervises."', '"It supervises."', "course", "sections", "corrected"),
    ("course/play.toml", '"know who supervises"', '"know who does"', "course", "goals", "corrected"),
    ("course/play.toml", '"Who has to make it safe?"', '"Who makes it safe?"', "questions", "text", "corrected"),
    ("course/play.toml", '"The parents do not own the playground."', '"No."', "questions", "answers", "corrected"),
    ("course/play.toml", 'decisions = ["hr-2020-1-a"]', "decisions = []", "questions", "decisions", "remapped"),
    ("city.toml", '"Adopt a promise."', '"Promise."', "city", "measures", "corrected"),
    ("city.toml", '"When were the swings last counted?"', '"Counted?"', "city", "questions", "corrected"),
    ("city.toml", 'advice = ["play-advice-1"]', "advice = []", "city", "advice", "remapped"),
    ("guide.toml", 'origin = "guide"', 'origin = "fra"', "guide", "origin", "annotated"),
    ("kostra.csv", "2023-12-31", "2022-12-31", "codes", "until", "corrected"),
    ("findings.toml", '"chapter 4"', '"chapter 5"', "findings", "provenance", "annotated"),
    ("rights.toml", 'basis = "own-reading"', 'basis = "read-in-source"', "rights", "basis", "annotated"),
    ("areas/parks.toml", '"Some parks belong to the State."', '"Who knows."', "areas", "doubt", "annotated"),
    ("recommendations/play-c-nor-co-1.toml", '"The State published a guide."', '"There is a guide."', "recommendations", "developments", "annotated"),
]  # fmt: skip


@pytest.mark.parametrize("case", KINDS, ids=lambda case: f"{case[3]}.{case[4]}")
def test_what_changed_has_its_kind(mini, swap, new_version, case):
    file, old, new, table, field, kind = case
    if field == "position":
        swap("terms.toml", "[position.accepted]", '[position.noted]\nlabel = { nb = "a", nn = "b", en = "c" }\n\n[position.accepted]')  # fmt: skip
    swap(file, old, new)
    [change] = [c for c in diff(mini, new_version()) if c.table != "terms"]
    assert (change.table, change.change) == (table, kind)
    assert [(f.field, f.kind) for f in change.fields] == [(field, kind)]
    assert (change.why, change.error, change.replacement) == (None, False, None)


def test_every_field_of_every_record_has_a_kind_of_a_changed_record():
    kinds = {kind_of(field.name) for cls in TABLES.values() for field in cls.__attrs_attrs__}
    assert kinds == {"corrected", "relabelled", "remapped", "annotated"}


def test_links_to_records_are_ties_and_never_corrections():
    for table, cls in TABLES.items():
        for field in cls.__attrs_attrs__:
            named = set(re.findall(r"\w+", str(field.type))) & {other.__name__ for other in TABLES.values()}
            if named and field.name != "instrument":  # which is part of a provision's id
                assert kind_of(field.name, table) == "remapped", (cls, field.name)


@pytest.mark.parametrize(
    ("fields", "gravest"),
    [
        (('label.en = "Right to safe places"', 'description.en = "The places where children play must be safe."'), "corrected"),
        (('label.en = "Right to safe places"', 'provisions = ["lek-12", "lpl-4a-3"]'), "relabelled"),
        (('provisions = ["lek-12", "lpl-4a-3"]', 'basis = "own-reading"'), "remapped"),
        (('basis = "own-reading"', 'locator = "article 12"'), "annotated"),
    ],
)  # fmt: skip
def test_a_record_with_several_changes_has_the_gravest_kind(mini, swap, new_version, fields, gravest):
    other = {"label": '"Safe places"', "description": '"Safe."', "provisions": '["lek-12"]', "basis": '"read-in-source"', "locator": '"art. 12"'}  # fmt: skip
    for field in fields:
        name = field.partition(" ")[0]
        swap("rights.toml", field, f"{name} = {other[name.partition('.')[0]]}")
    [change] = diff(mini, new_version())
    assert change.change == gravest
    assert len(change.fields) == 2


# -- why ---------------------------------------------------------------------------------------


def test_a_new_review_says_why_and_whether_a_reader_was_misled(mini, swap, new_version):
    swap("rights.toml", '"Every child must be able to play."', '"Let all play."')
    swap("rights.toml", 'provisions = ["lek-3"]', 'reviewed = [{ date = "2026-11-22", against = "source-text", changed = ["description.en"], error = true, note = "article 3 says all" }, { date = "2026-11-22", against = "records", note = "as in other rights" }]\nprovisions = ["lek-3"]')  # fmt: skip
    [change] = diff(mini, new_version())
    assert (change.change, change.id) == ("corrected", "play")
    assert [field.field for field in change.fields] == ["description", "reviewed"]
    assert change.why == "article 3 says all; as in other rights"
    assert change.error


def test_only_reviews_that_are_new_say_why(mini, swap, new_version):
    """The review of the older version told of an error that had been corrected before."""
    swap("recommendations/play-c-nor-co-1.toml", '"Municipalities should build more playgrounds."', '"Build."')
    [change] = diff(mini, new_version())
    assert (change.change, change.why, change.error) == ("corrected", None, False)


def test_a_review_that_found_all_right_is_an_annotation(mini, swap, new_version):
    swap("rights.toml", 'provisions = ["lek-3"]', 'reviewed = [{ date = "2026-11-22", against = "records" }]\nprovisions = ["lek-3"]')  # fmt: skip
    [change] = diff(mini, new_version())
    assert (change.change, change.why, change.error) == ("annotated", None, False)


def test_a_retired_record_names_its_replacement(mini, mini_copy, swap, new_version):
    (mini_copy / "recommendations" / "other.toml").unlink()
    swap("recommendations/play-c-nor-co-1.toml", "[play1-6]", '["play1-6.1"]')
    with (mini_copy / "retired.toml").open("a", encoding="utf-8") as file:
        file.write('\n["play1-6"]\nreplacement = "play1-6.1"\nreason = "numbered anew"\nsince = "2026.2"\n')
        file.write('\n["upr9-7.2"]\nreason = "was no recommendation"\nsince = "2026.2"\n')
    assert diff(mini, new_version()) == (
        Change("retired", "recommendations", "play1-6", replacement="play1-6.1", why="numbered anew"),
        Change("added", "recommendations", "play1-6.1"),
        Change("retired", "recommendations", "upr9-7.2", why="was no recommendation"),
    )


def test_what_follows_from_a_change_is_a_change_too(mini, swap, new_version):
    """The date from which a treaty is Norwegian law decides the force of the duties that rest on it."""
    swap("instruments/lek.toml", 'since = "2026-01-01"', 'since = "2027-01-01"')
    changes = diff(mini, new_version())
    assert [(c.table, c.id, c.change, [f.field for f in c.fields]) for c in changes] == [
        ("instruments", "lek", "corrected", ["force"]),
        ("obligations", "parks/sami-signs", "remapped", ["force"]),
        ("obligations", "playgrounds/hear-children", "remapped", ["force", "operative_force"]),
        ("obligations", "playgrounds/keep-safe", "remapped", ["force"]),
        ("obligations", "playgrounds/let-play", "remapped", ["force", "operative_force"]),
    ]
    assert [(f.old, f.new) for c in changes[1:] for f in c.fields] == [
        ("incorporated-treaty", "statute"),
        ("incorporated-treaty", "treaty"),
        ("incorporated-treaty", "treaty"),
        ("incorporated-treaty", "statute"),
        ("incorporated-treaty", "statute"),
        ("incorporated-treaty", "treaty"),
    ]


def test_differences_come_in_the_order_of_tables_and_ids(mini, ds):
    order = list(TABLES)
    for changes in (diff(mini, ds), diff(ds, mini)):
        keys = [(order.index(change.table), change.id) for change in changes]
        assert keys == sorted(keys)
        assert {change.change for change in changes} >= {"added", "removed"}


def test_every_difference_is_told_and_nothing_else(mini, ds):
    changes = {(c.table, c.id): c.change for c in diff(mini, ds)}
    for name in TABLES:
        before, after = mini.table(name), ds.table(name)
        for key in {*before, *after}:
            if key not in before:
                assert changes.pop((name, key)) == "added"
            elif key not in after:
                assert changes.pop((name, key)) == "removed"
            elif mini.raw_in(name, key) != ds.raw_in(name, key):
                assert changes.pop((name, key)) in ("corrected", "relabelled", "remapped", "annotated")
    assert changes == {}


# -- change log --------------------------------------------------------------------------------


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def table_of(text):
    """The counts of a change log: table -> kind -> number."""
    head, _, *rows = [cells(line) for line in text.splitlines() if line.startswith("|")]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize("which", ["miniature", "shipped"])
def test_a_changelog_counts_every_change_by_table_and_kind(mini, swap, new_version, ds, which):
    if which == "shipped":
        old, new = load("2026.1"), ds
    else:
        for number in (0, 6, 13, 17):
            swap(*KINDS[number][:3])
        old, new = mini, new_version()
    changes = diff(old, new)
    text = changelog(old, new)
    assert text.splitlines()[0] == f"### Data {new.version}, as of {new.as_of}, compared with {old.version}"
    counted = table_of(text)
    assert set(counted) == {change.table for change in changes}
    for table, row in counted.items():
        assert int(row.pop("records now")) == len(new.table(table))
        for kind, number in row.items():
            assert int(number or 0) == sum((c.table, c.change) == (table, kind) for c in changes)
    kinds = {change.change for change in changes}
    assert all(set(row) == kinds for row in counted.values())


def test_a_changelog_names_what_is_retired_with_its_replacement_and_reason(mini, mini_copy, swap, new_version):
    (mini_copy / "recommendations" / "other.toml").unlink()
    swap("recommendations/play-c-nor-co-1.toml", "[play1-6]", '["play1-6.1"]')
    with (mini_copy / "retired.toml").open("a", encoding="utf-8") as file:
        file.write('\n["play1-6"]\nreplacement = "play1-6.1"\nreason = "numbered anew"\nsince = "2026.2"\n')
        file.write('\n["upr9-7.2"]\nreason = "was no recommendation"\nsince = "2026.2"\n')
    text = changelog(mini, new_version())
    assert "- `play1-6` -> `play1-6.1`: numbered anew.\n" in text
    assert "- `upr9-7.2` -> nothing: was no recommendation.\n" in text


def test_a_changelog_names_errors_that_misled_and_no_other_corrections(mini, swap, new_version):
    swap("rights.toml", '"Every child must be able to play."', '"Let all play."')
    swap("rights.toml", 'provisions = ["lek-3"]', 'reviewed = [{ date = "2026-11-22", against = "source-text", changed = ["description.en"], error = true, note = "article 3 says all" }]\nprovisions = ["lek-3"]')  # fmt: skip
    swap("rights.toml", '"Right to safe places"', '"Safe places"')
    text = changelog(mini, new_version())
    _, _, errors = text.partition("Errors corrected")
    assert "- `play`: article 3 says all.\n" in errors
    assert "safe-places" not in text


def test_a_changelog_of_the_same_data_names_nothing(mini, ds):
    for dataset in (mini, ds):
        text = changelog(dataset, dataset)
        assert table_of(text) == {}
        assert "- `" not in text


def test_a_changelog_never_shows_the_inside_of_python(mini, mini_copy, swap, new_version):
    """A record that is gone without a tombstone, and an error that nobody explained, have no reason to show."""
    (mini_copy / "findings.toml").write_text("", encoding="utf-8")
    swap("rights.toml", 'provisions = ["lek-3"]', 'reviewed = [{ date = "2026-11-22", against = "records", error = true }]\nprovisions = ["lek-3"]')  # fmt: skip
    text = changelog(mini, new_version())
    assert "`play-survey-2021`" in text
    assert "`play`" in text
    assert "None" not in text


def test_the_changelog_of_the_shipped_versions_gives_a_reason_for_all_that_it_names(ds):
    lines = [line for line in changelog(load("2026.1"), ds).splitlines() if line.startswith("- `")]
    assert all(len(line.partition(": ")[2]) > 10 and "None" not in line for line in lines)


def test_nothing_that_was_published_is_gone_without_a_tombstone(ds):
    assert [change.id for change in diff(load("2026.1"), ds) if change.change == "removed"] == []
