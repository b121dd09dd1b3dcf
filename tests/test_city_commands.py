"""The commands of the city and of the report: from an empty file to a draft, with a message for whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from test_markup import check_page

from nimrights import Dataset
from nimrights._commands import options
from nimrights._commands.output import DATA, FOUND, NOTHING, USAGE
from nimrights.city import new_self_assessment, read_self_assessment, write_self_assessment
from nimrights.cli import main


@pytest.fixture(autouse=True)
def shipped(mini: Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read the miniature dataset instead of the shipped one, in an empty folder."""
    monkeypatch.setattr("nimrights.versions.load", lambda which=None: mini)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)


def run(*args: str, code: int = FOUND):
    result = CliRunner().invoke(main, list(args), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def file(mini: Dataset) -> str:
    one = new_self_assessment("Lekvik", "2026-11-23", lang="en", areas=["playgrounds"], dataset=mini)
    write_self_assessment("one.json", one.stated("city-promise", state="planned", owner="Ola"))
    return "one.json"


def test_the_elements_are_listed_in_their_order(mini):
    lines = run("city", "elements").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(mini.city)
    assert [json.loads(line)["id"] for line in run("city", "elements", "--json").stdout.splitlines()] == list(mini.city)


@pytest.mark.parametrize("name", ["new.toml", "new.json"])
def test_a_new_file_is_written_once(name, mini):
    call = ("city", "new", "--municipality", "lekvik", "--date", "2026-11-23", "-o", name, "--area", "parks")
    run(*call)
    found = read_self_assessment(name, dataset=mini)
    assert (found.municipality.id, found.lang, [a.id for a in found.areas]) == ("9901", "en", ["parks"])
    assert "is there already" in run(*call, code=USAGE).output
    run(*call, "--overwrite")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--municipality", "Lekvika", "--date", "2026-11-23"), NOTHING, "Lekvik"),
        (("--municipality", "Lekvik", "--date", "today"), USAGE, "is no date"),
        (("--municipality", "Lekvik", "--date", "2026-11-23", "--area", "park"), NOTHING, "parks"),
        (("--municipality", "Lekvik"), USAGE, "--date"),
    ],
)
def test_a_new_file_that_cannot_be_is_not_written(args, code, said):
    assert said in run("city", "new", "-o", "x.toml", *args, code=code).output
    assert not Path("x.toml").exists()


def test_progress_as_text_json_page_and_drawing(file):
    text = run("city", "progress", file).stdout
    assert "  - Promise of play: planned\n" in text
    assert "      Owner: Ola\n" in text
    assert json.loads(run("city", "progress", file, "--json").stdout)["progress"] == {
        "tool": {"": 1},
        "foundation": {"planned": 1},
    }
    run("city", "progress", file, "-o", "p.html", "--lang", "nn")
    check_page(Path("p.html").read_text(encoding="utf-8"))
    pytest.importorskip("matplotlib", reason="an extra")
    run("city", "progress", file, "--svg", "p.svg")
    assert Path("p.svg").read_text(encoding="utf-8").startswith('<?xml version="1.0" encoding="utf-8"?>\n<svg')


def test_comparison_says_what_moved_and_exits_with_1_where_nothing_did(file, mini):
    later = evolve(read_self_assessment(file, dataset=mini), date="2027-11-23")
    write_self_assessment("later.json", later)
    assert "2 elements have not changed." in run("city", "compare", file, "later.json", code=NOTHING).stdout
    write_self_assessment("later.json", later.stated("city-promise", state="in-place"))
    assert "Promise of play: planned -> in place (forward)" in run("city", "compare", file, "later.json").stdout
    rows = [json.loads(row) for row in run("city", "compare", file, "later.json", "--json").stdout.splitlines()]
    assert [(row["element"], row["move"]) for row in rows] == [
        ("city-swing-count", "same"),
        ("city-promise", "forward"),
    ]
    run("city", "compare", file, "later.json", "-o", "c.md")
    assert "| Promise of play | forward |" in Path("c.md").read_text(encoding="utf-8")
    assert "name the older one first" in run("city", "compare", "later.json", file, code=USAGE).output


def test_drafts_are_printed_or_written_and_never_over_another_file(file):
    assert run("city", "declaration", file).stdout.startswith("# Draft declaration on human rights: Lekvik\n\n> DRAFT")
    assert run("city", "plan", file, "--lang", "nb").stdout.startswith("# Utkast til handlingsplan")
    for name in ("declaration", "plan"):
        run("city", name, file, "-o", f"{name}.html")
        check_page(Path(f"{name}.html").read_text(encoding="utf-8"))
        assert "is there already" in run("city", name, file, "-o", f"{name}.html", code=USAGE).output
        run("city", name, file, "-o", f"{name}.html", "--overwrite")
    assert "ends neither" in run("city", "plan", file, "-o", "plan.pdf", code=USAGE).output


def test_a_declaration_needs_a_file_or_a_municipality_and_not_both(file):
    assert "Husnes" in run("city", "declaration", "--municipality", "9902", "--lang", "nn").stdout
    for args in ((), (file, "--municipality", "9902")):
        assert "either FILE or --municipality" in run("city", "declaration", *args, code=USAGE).output


def test_a_file_that_does_not_fit_is_brought_over(file, mini):
    values = json.loads(Path(file).read_text(encoding="utf-8"))
    values["dataset"] = "2020.1"
    values["elements"]["city-promise"]["state"] = "nearly"
    values["elements"].pop("city-swing-count")
    values["more"] = {str(n): n for n in range(9)}
    values |= {f"key{n}": n for n in range(9)}
    Path(file).write_text(json.dumps(values), encoding="utf-8")
    before = Path(file).read_bytes()
    assert "filled in with 2020.1" in run("city", "progress", file, code=DATA).output
    shown = run("city", "progress", file, "--update")
    assert "kept: " in shown.output
    assert "more, all of them in the file" in shown.output
    assert Path(file).read_bytes() == before
    Path("other.json").write_text("mine", encoding="utf-8")
    assert "is there already" in run("city", "update", file, "-o", "other.json", code=USAGE).output
    run("city", "update", file)
    found = read_self_assessment(file, dataset=mini)
    assert [s.element.id for s in found.statuses] == list(mini.city)
    assert {row.value for row in found.kept if row.where.endswith("state")} == {"nearly"}


# -- report ------------------------------------------------------------------------------------


def test_a_report_is_printed_or_written(file):
    assert run("report", "--municipality", "Lekvik").stdout.startswith("# Human rights in Lekvik: overview\n")
    run("report", "--municipality", "Lekvik", "-o", "r.html", "--city", file, "--lang", "nb", "--no-charts")
    html = Path("r.html").read_text(encoding="utf-8")
    check_page(html)
    assert "Ola" in html
    assert "<svg" not in html
    run("report", "--municipality", "9902", "-o", "r.html", "--no-charts")  # it was made by a program, not by hand
    assert "Husnes" in Path("r.html").read_text(encoding="utf-8")


def test_a_report_without_the_library_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("nimrights._pages.charts.can_draw", lambda: False)
    assert "nimrights[charts]" in run("report", "--municipality", "Lekvik", "-o", "r.html").output
    assert "nimrights[charts]" not in run("report", "--municipality", "Lekvik", "-o", "r.md").output


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--municipality", "Lekvika"), NOTHING, "did you mean"),
        (("--municipality", "Husnes", "--city", "one.json"), USAGE, "the assessment is of Lekvik"),
        (("--municipality", "Lekvik", "-o", "r.docx"), USAGE, "ends neither"),
        ((), USAGE, "--municipality"),
    ],
)
def test_a_report_that_cannot_be_is_not_written(args, code, said, file):
    assert said in run("report", *args, code=code).output


def test_the_language_is_that_of_the_file_then_of_the_locale(file, monkeypatch):
    monkeypatch.setenv("LC_ALL", "nn_NO.UTF-8")
    assert options.language_of_locale() == "nn"
    assert run("city", "plan", file).stdout.startswith("# Draft action plan")
    assert run("report", "--municipality", "Lekvik").stdout.startswith("# Menneskerettar i Lekvik: oversyn")
