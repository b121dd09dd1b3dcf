"""What changed between two versions, record by record and field by field."""

from __future__ import annotations

import pytest

from nimrights.differences import Change, FieldChange, diff
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
            "changed",
            "rights",
            "play",
            (FieldChange("description", description, {**description, "en": "Children may play."}),),
        ),
        Change(
            "changed",
            "recommendations",
            "upr9-7.2",
            (
                FieldChange("areas", None, ["playgrounds"]),
                FieldChange("municipal", "none", "delivers"),
                FieldChange("position_note", "the report", None),
            ),
        ),
    )


def test_a_retired_record_names_its_replacement(mini, mini_copy, swap, new_version):
    (mini_copy / "recommendations" / "other.toml").unlink()
    swap("recommendations/play-c-nor-co-1.toml", "[play1-6]", '["play1-6.1"]')
    with (mini_copy / "retired.toml").open("a", encoding="utf-8") as file:
        file.write('\n["play1-6"]\nreplacement = "play1-6.1"\nreason = "numbered anew"\nsince = "2026.2"\n')
        file.write('\n["upr9-7.2"]\nreason = "was no recommendation"\nsince = "2026.2"\n')
    assert diff(mini, new_version()) == (
        Change("retired", "recommendations", "play1-6", replacement="play1-6.1"),
        Change("added", "recommendations", "play1-6.1"),
        Change("retired", "recommendations", "upr9-7.2"),
    )


def test_what_follows_from_a_change_is_a_change_too(mini, swap, new_version):
    """The date from which a treaty is Norwegian law decides the force of the duties that rest on it."""
    swap("instruments/lek.toml", 'since = "2026-01-01"', 'since = "2027-01-01"')
    changes = diff(mini, new_version())
    assert [(c.table, c.id, [f.field for f in c.fields]) for c in changes] == [
        ("instruments", "lek", ["force"]),
        ("obligations", "playgrounds/hear-children", ["force"]),
        ("obligations", "playgrounds/keep-safe", ["force"]),
        ("obligations", "playgrounds/let-play", ["force"]),
    ]
    assert [(c.fields[0].old, c.fields[0].new) for c in changes[1:]] == [
        ("incorporated-treaty", "treaty"),
        ("incorporated-treaty", "statute"),
        ("incorporated-treaty", "statute"),
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
            elif before[key] != after[key]:
                assert changes.pop((name, key)) == "changed"
    assert changes == {}
