"""The four tasks of a contributor, done with the command on a copy of the miniature dataset.

Each test goes the whole way: what is typed, what the checks say on the way, and what stands in the data after it.
"""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nimrights import Retired, load, published
from nimrights._commands.output import DATA, FOUND, NOTHING
from nimrights.cli import main

_APART = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
REC = "recommendations/play-c-nor-co-1.toml"

Swap = Callable[[str, str, str], None]


def run(*args: Any, expect: int = FOUND) -> Result:
    """Type a command; it ends as expected and shows no traceback."""
    result = CliRunner(**_APART).invoke(main, [str(a) for a in args], env={"LC_ALL": "en_GB", "COLUMNS": "88"})
    assert result.exit_code == expect, result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    return result


def typed(*args: Any) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, as a shell starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "nimrights", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == FOUND, done.stderr
    return done


def problems(root: Path) -> list[str]:
    """What `data check` lists of the copy."""
    result = run("data", "check", root, expect=DATA)
    lines = result.stdout.splitlines()
    assert result.stderr == f"{len(lines)} problem(s)\n"
    return lines


@pytest.fixture
def first(mini_copy: Path, releases: Path) -> Path:
    """The copy, with its version 2026.1 published and the next one begun."""
    run("data", "publish", mini_copy)
    file = mini_copy / "dataset.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('version = "2026.1"', 'version = "2026.2"'), encoding="utf-8")
    return mini_copy


def test_add_a_recommendation_from_a_template(first: Path, swap: Swap):
    given = ("--set", "body=PLAY", "--set", "document=play-c-nor-co-1", "--set", "paragraph=7", "--set", "areas=parks")
    done = typed("data", "new", "recommendation", "play1-7", *given, "--root", first, "--append")
    assert "fill in TODO and run: nimrights data check" in done.stderr

    # the checks say what is missing, and nothing else is wrong
    told = problems(first)
    assert all(f" {REC}: play1-7: " in line for line in told)
    missing = {line.split(": ")[2].split(" is still")[0] for line in told if line.startswith("E105")}
    asked = {f"{name}.{lang}" for name in ("title", "summary") for lang in ("nb", "nn", "en")}
    asked |= {f"provenance.{name}" for name in ("source", "locator", "verification", "checked")}
    assert missing >= asked | {"rights", "municipal", "basis"}
    assert not missing & {"areas", "body", "document", "paragraph"}

    # a published version cannot have it half done
    run("data", "publish", first, expect=DATA)
    assert [row.version for row in published()] == ["2026.1"]

    values = {
        "title.nb": "Flere parker", "title.nn": "Fleire parkar", "title.en": "More parks",
        "summary.nb": "Norge bør ha flere parker.", "summary.nn": "Noreg bør ha fleire parkar.",
        "summary.en": "Norway should have more parks.", "municipal": "delivers", "basis": "own-reading",
    }  # fmt: skip
    path = first / REC
    before, begin, template = path.read_text(encoding="utf-8").partition("[play1-7]\n")
    for name, value in values.items():
        assert template.count(f'{name} = "TODO"') == 1, name
        template = template.replace(f'{name} = "TODO"', f'{name} = "{value}"')
    assert template.count('rights = ["TODO"]') == 1
    template = template.replace('rights = ["TODO"]', 'rights = ["play"]')
    wanted = {"source": "src-report", "locator": "para. 7", "verification": "primary", "checked": "2026-11-22"}
    for name, value in wanted.items():
        template = template.replace(f'{name} = "TODO"', f'{name} = "{value}"')
    path.write_text(before + begin + template, encoding="utf-8")

    assert run("data", "check", first).stderr == "0 problem(s)\n"
    run("data", "publish", first)
    added = load("2026.2").recommendations["play1-7"]
    assert (added.title.en, added.paragraph, [a.id for a in added.areas]) == ("More parks", "7", ["parks"])
    assert added.linked == "2026-11-22"
    assert "added recommendations play1-7" in " ".join(run("data", "diff", "2026.1", "2026.2").stdout.split())
    assert "play1-7" not in load("2026.1")


def test_correct_a_fact(first: Path, swap: Swap):
    swap("documents.toml", 'date = "2024-05-07"', 'date = "2024-05-70"')
    assert problems(first) == [
        "E303 documents.toml: play-c-nor-co-1: date is '2024-05-70'; write YYYY, YYYY-MM or YYYY-MM-DD"
    ]
    swap("documents.toml", 'date = "2024-05-70"', 'date = "2024-05-17"')
    swap(
        "decisions.toml",
        'date = "2020"',
        'date = "2020-01-15"\nreviewed = [{ date = "2026-11-22", against = "source-text", changed = ["date"], error = true, note = "the judgment is of January" }]',
    )
    assert run("data", "check", first).stdout == ""
    run("data", "publish", first)

    shown = run("data", "diff", "2026.1", "2026.2").stdout
    assert '"2024-05-07" -> "2024-05-17"' in shown
    assert "corrected  decisions  hr-2020-1-a  (the judgment is of January)" in shown
    log = run("data", "changelog", "2026.1", "2026.2").stdout
    assert "- `hr-2020-1-a`: the judgment is of January.\n" in log.partition("Errors corrected")[2]
    # the older version says what it said
    assert load("2026.1").decisions["hr-2020-1-a"].date == "2020"
    assert load("2026.2").decisions["hr-2020-1-a"].date == "2020-01-15"
    assert "2024-05-17" in run("show", "play-c-nor-co-1").stdout
    assert "2024-05-07" in run("show", "play-c-nor-co-1", "--dataset", "2026.1").stdout


def test_retire_an_id(first: Path, swap: Swap):
    path = first / "areas" / "playgrounds.toml"
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("[obligations.hear-children]"), text.index("[obligations.supervise]")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")

    # every link that is left, and an area that has too few duties now
    told = problems(first)
    assert [line.split(": ")[:2] for line in told] == [["E201 areas/parks.toml", "parks"], ["E205 areas/playgrounds.toml", "playgrounds"]]  # fmt: skip
    assert "'playgrounds/hear-children'" in told[0]
    swap("areas/parks.toml", '"playgrounds/hear-children"', '"playgrounds/let-play"')
    swap("areas/playgrounds.toml", 'sdg = ["11.7"]', 'sdg = ["11.7"]\nshared = ["parks/sami-signs"]')
    tombstone = '\n["playgrounds/hear-children"]\nreplacement = "playgrounds/let-play"\nreason = "the same duty"\n'
    with (first / "retired.toml").open("a", encoding="utf-8") as file:
        file.write(tombstone.replace("let-play", "let-plan"))
    assert "its replacement 'playgrounds/let-plan' does not exist" in problems(first)[0]
    swap("retired.toml", "let-plan", "let-play")
    assert run("data", "check", first).stdout == ""
    run("data", "publish", first)

    ds = load("2026.2")
    for look in (ds.__getitem__, ds.obligations.__getitem__, ds.citing, ds.links):
        with pytest.raises(Retired) as caught:
            look("playgrounds/hear-children")
        assert caught.value.replacement == "playgrounds/let-play"
        assert caught.value.reason == "the same duty"
        assert caught.value.replacement in ds
    assert "playgrounds/hear-children" not in ds
    assert load("2026.1").obligations["playgrounds/hear-children"].statement.en
    message = run("show", "playgrounds/hear-children", expect=NOTHING).stderr
    assert "was retired (the same duty); use 'playgrounds/let-play'" in message

    # it never comes back: neither by hand nor by template
    run("data", "new", "obligation", "playgrounds/hear-children", "--root", first, expect=2)
    swap("areas/parks.toml", "[obligations.sami-signs]", "[obligations.sami-signs2]")
    path.write_text(text, encoding="utf-8")
    assert any(line.startswith("E112 areas/playgrounds.toml: playgrounds/hear-children") for line in problems(first))


def test_publish_a_release(first: Path, swap: Swap, releases: Path):
    swap("rights.toml", '"Every child must be able to play."', '"Every child must be free to play."')
    done = run("data", "publish", first)
    row = published()[-1]
    assert done.stdout == f"2026.2: {row.records} records, sha256:{row.sha256}\n"
    verified = [f"{r.version}: OK, sha256:{r.sha256}" for r in published()]
    assert run("data", "verify").stdout.splitlines() == [*verified, "2026.2: search index OK"]
    before = {path.name: path.read_bytes() for path in releases.iterdir()}
    assert sorted(before) == ["2026.1.jsonl", "2026.2.index", "2026.2.jsonl", "index.json"]

    # the same bytes again: nothing changes
    assert run("data", "publish", first).stdout == done.stdout
    assert {path.name: path.read_bytes() for path in releases.iterdir()} == before

    # other bytes under the same version: refused, and nothing changes
    swap("rights.toml", '"Every child must be free to play."', '"Every child may play."')
    refused = run("data", "publish", first, expect=DATA)
    assert f"version 2026.2 is published with sha256 {row.sha256} and never changes" in refused.stderr
    assert "raise the version in dataset.toml" in refused.stderr
    assert {path.name: path.read_bytes() for path in releases.iterdir()} == before
    assert load(f"2026.2@sha256:{row.sha256}").rights["play"].description.en == "Every child must be free to play."

    # under the next version it is published beside them
    swap("dataset.toml", 'version = "2026.2"', 'version = "2026.3"')
    run("data", "publish", first)
    assert [r.version for r in published()] == ["2026.1", "2026.2", "2026.3"]
    kept = {name: data for name, data in before.items() if name.endswith(".jsonl")}  # the index goes to the newest
    assert {name: (releases / name).read_bytes() for name in kept} == kept
    assert load().rights["play"].description.en == "Every child may play."
