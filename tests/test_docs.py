"""The documentation says what there is, and its examples and figures hold."""

from __future__ import annotations

import doctest
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

import nimrights
from nimrights import Dataset
from nimrights.checks import codes
from nimrights.cli import main
from nimrights.models import TABLES

ROOT = Path(__file__).parents[1]
WRITTEN = sorted((ROOT / "docs").glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.nb.md"]
FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL | doctest.DONT_ACCEPT_TRUE_FOR_1
EXAMPLE = re.compile(r"^```(?:\{doctest\}|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def extension() -> ModuleType:
    """The Sphinx extension, imported without Sphinx."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        return importlib.import_module("nimrights_docs")
    finally:
        del sys.path[0]


@pytest.fixture(scope="session")
def generated(extension: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The generated pages and parts by name."""
    folder = tmp_path_factory.mktemp("generated")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in extension.generate(folder)}


@pytest.fixture(scope="session")
def everything(generated: dict[str, str]) -> str:
    return "\n".join([*(path.read_text("utf-8") for path in WRITTEN), *generated.values()])


def commands(group: click.Group, before: str) -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{before} {name}"
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")


@pytest.mark.parametrize("name", list(commands(main, "nimrights")))
def test_every_command_is_documented(name, everything):
    assert name in everything


@pytest.mark.parametrize("path", [*WRITTEN, *ROOT.glob("*.md"), ROOT / "datasets" / "README.md"], ids=lambda p: p.name)
def test_a_command_that_the_text_names_is_there(path: Path):
    there = set(commands(main, "nimrights"))
    for name in re.findall(r"(?:`|\$ )(nimrights (?:data )?[a-z]+)", path.read_text("utf-8")):
        assert name in there


@pytest.mark.parametrize("row", codes(), ids=lambda row: row.code)
def test_every_check_code_is_documented_with_its_meaning(row, generated):
    assert f"| `{row.code}` | " in generated["parts/checks.md"]


@pytest.mark.parametrize("name", nimrights.__all__)
def test_every_public_name_is_documented(name):
    assert re.search(rf"\bnimrights\.{name}\b", (ROOT / "docs" / "api.md").read_text("utf-8"))


def test_every_public_module_is_documented():
    named = set(re.findall(r"automodule:: nimrights\.(\w+)", (ROOT / "docs" / "api.md").read_text("utf-8")))
    there = {path.stem for path in (ROOT / "src" / "nimrights").glob("[a-z]*.py")}
    assert there - {"cli"} == named


def part_of(page: str, obligation: str) -> str:
    return page.partition(f"({obligation})=\n")[2].partition("\n(")[0].partition("\n## ")[0]


def test_every_area_has_a_page_with_its_own_obligations_and_their_provisions(generated, ds: Dataset):
    for key, area in ds.areas.items():
        page = generated[f"areas/{key}.md"]
        assert f"\n{key}\n" in generated["areas/index.md"]
        for duty in area.obligations:
            part = part_of(page, duty.id)
            assert bool(part) == (duty.area == key)
            for basis in duty.legal_basis if part else ():
                role = "lays it down" if basis.operative else "behind it"
                assert re.search(rf"\| `{basis.provision.id}` \| [a-z-]+ \| {role} \|", part)


def test_the_force_that_lays_a_duty_down_stands_apart_from_the_strongest(generated, ds: Dataset):
    for duty in ds.obligations.values():
        part = part_of(generated[f"areas/{duty.area}.md"], duty.id)
        assert f"\nOperative force: {duty.operative_force.value}.\n" in part
        strongest = re.search(r"^Strongest force: (.*)\.$", part, re.MULTILINE)[1]
        if duty.operative_force is duty.force:
            assert strongest == "the same"
        else:
            force, _, behind = strongest.partition(", from ")
            assert force == duty.force.value
            assert behind


def test_a_shared_obligation_leads_to_the_page_of_its_home(generated, ds: Dataset):
    shared = [(key, duty) for key, area in ds.areas.items() for duty in area.obligations if duty.area != key]
    assert shared
    for key, duty in shared:
        assert f"\n[{duty.id}](#{duty.id})\n" in generated[f"areas/{key}.md"]
        assert f"]({key}.md)" in part_of(generated[f"areas/{duty.area}.md"], duty.id).partition("Shared with: ")[2]


def test_every_doubt_stands_on_a_page(generated, ds: Dataset):
    doubts = [part_of(generated[f"areas/{o.area}.md"], o.id) for o in ds.obligations.values() if o.doubt]
    assert doubts
    assert all("\n**Uncertain:** " in part for part in doubts)
    for key, area in ds.areas.items():
        assert ("\n**Uncertain:** " in generated[f"areas/{key}.md"].partition("\n## ")[0]) == bool(area.doubt)


def test_what_others_advise_found_or_tried_stands_on_its_page_and_on_its_areas(generated, ds: Dataset):
    for record in (*ds.advice.values(), *ds.findings.values(), *ds.practices.values()):
        assert f"`{record.id}`" in generated["advice.md"]
        for area in getattr(record, "areas", ds.areas.values()):
            assert f"`{record.id}`" in generated[f"areas/{area.id}.md"]


def test_a_recommendation_is_shown_with_its_history(generated, ds: Dataset):
    for r in ds.recommendations.values():
        for area in r.areas:
            (row,) = re.findall(rf"^\| `{re.escape(r.id)}` .*$", generated[f"areas/{area.id}.md"], re.MULTILINE)
            assert (" repeats `" in row) == bool(r.repeats)
            assert (" repeated in `" in row) == bool(ds.citing(r, kind="recommendation"))
            assert all(later.date in row.rpartition(" | ")[2] or later.date in row for later in r.developments)


def test_coverage_counts_every_recommendation_once(generated, ds: Dataset):
    cells = [row.split(" | ") for row in generated["parts/coverage.md"].splitlines()[2:]]
    assert sum(int(row[4]) for row in cells) == len(ds.recommendations)


def test_the_picture_of_the_coverage_says_in_words_what_it_shows(generated, ds: Dataset):
    text = generated["parts/coverage_picture.md"].partition(":alt: ")[2].partition("\n")[0]
    assert sum(map(int, re.findall(r"(\d+) recommendations? held", text))) == len(ds.recommendations)
    assert sum(map(int, re.findall(r"(\d+) known documents?", text))) == len(ds.documents)
    assert sum(map(int, re.findall(r"(\d+) (?:complete|partial|none)", text))) == len(ds.documents)


def test_the_picture_of_the_coverage_is_drawn_alike_every_time(extension: ModuleType, ds: Dataset, tmp_path: Path):
    pytest.importorskip("matplotlib", reason="an extra of the docs")
    first, second = (extension.draw(ds, tmp_path / name).read_bytes() for name in ("first", "second"))
    assert first == second
    assert first.startswith(b"<?xml")


def test_the_walk_through_does_what_its_page_says(generated):
    add, correct, retire, publish = (
        generated[f"parts/walk_{task}.md"] for task in ("add", "correct", "retire", "publish")
    )
    for part in (add, retire):
        problems, _, rest = part.partition("Exit code 3.")
        assert re.search(r"^E\d{3} ", problems, re.MULTILINE)
        assert rest.rstrip().endswith("$ nimrights data check datasets\n0 problem(s)\n```")
    assert "E105" in add
    assert "E201" in retire
    assert correct.rstrip().endswith("\n0 problem(s)\n```")
    changes = re.findall(r"^(added|corrected|retired|remapped) +recommendations", publish, re.MULTILINE)
    assert sorted(changes) == ["added", "corrected", "remapped", "retired"]
    assert "use 'play9-7'" in publish
    assert "is published with sha256" in publish.rpartition("$ nimrights data publish")[2]


def test_no_page_has_the_name_of_one_of_sphinxs_own():
    assert not {path.stem for path in WRITTEN} & {"search", "genindex", "py-modindex", "modindex"}


def test_every_part_is_shown_on_a_page(generated):
    shown = set(re.findall(r"_generated/(parts/\w+\.md)", "".join(path.read_text("utf-8") for path in WRITTEN)))
    assert shown == {name for name in generated if name.startswith("parts/")}


def test_an_example_with_another_exit_code_fails_the_build(extension: ModuleType):
    run = importlib.import_module(extension.cli.__module__).run
    with pytest.raises(ValueError, match="exits 1, not 0"):
        run(["search", "?!"], None, 0)


def test_what_the_diff_leaves_out_is_counted(extension: ModuleType):
    shorten = importlib.import_module(extension.cli.__module__).first_of_each
    lines = [
        "added terms a",
        "added terms b",
        "changed terms c",
        "  label",
        "changed terms d",
        "  label",
        "added areas e",
    ]
    assert shorten(lines) == ["added terms a", "changed terms c", "  label", "added areas e", "[2 more records]"]


def test_generating_again_touches_nothing(extension: ModuleType, tmp_path: Path):
    first = {path: path.stat().st_mtime_ns for path in extension.generate(tmp_path)}
    stray = tmp_path / "areas" / "no-such-area.md"
    stray.write_text("left over", encoding="utf-8")
    assert {path: path.stat().st_mtime_ns for path in extension.generate(tmp_path)} == first
    assert not stray.exists()


@pytest.mark.parametrize("path", [*WRITTEN, *READMES], ids=lambda path: path.name)
def test_examples_give_what_they_say(path: Path):
    text = path.read_text("utf-8")
    assert "```python" not in text, "Sphinx does not run these"
    examples = "\n".join(EXAMPLE.findall(text))
    assert examples.count(">>>") == text.count(">>> ")
    test = doctest.DocTestParser().get_doctest(examples, {}, path.name, str(path), 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append)
    assert not report, "".join(report)


def test_both_readmes_promise_the_same_commands():
    promised = [re.findall(r"^python3 -m venv .*$", path.read_text("utf-8"), re.MULTILINE) for path in READMES]
    assert promised[0] == promised[1]
    assert [("classify" in line, "pytest" in line) for line in promised[0]] == [(True, False), (False, True)]


def test_readmes_count_what_the_newest_version_holds(ds: Dataset):
    tables = {"pol": "areas", "obl": "obligations", "pli": "obligations", "pro": "provisions", "bes": "provisions"}
    tables |= {"rec": "recommendations", "anb": "recommendations"}
    counted = [
        {
            tables[word]: int(n)
            for n, word in re.findall(r"\b(\d{2,}) (obl|pli|pro|bes|rec|anb|pol)", p.read_text("utf-8"))
        }
        for p in READMES
    ]
    assert "areas" in counted[0]
    assert counted[0] == counted[1] == {table: len(ds.table(table)) for table in counted[0]}


@pytest.mark.parametrize("row", nimrights.published(), ids=lambda row: row.version)
def test_the_change_log_counts_the_tables_of_every_version(row):
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    section = re.split(r"^## ", text.partition(f"## Data {row.version}\n")[2], flags=re.MULTILINE)[0]
    ds = nimrights.load(row.version)
    held = {table: str(len(ds.table(table))) for table in TABLES if len(ds.table(table))}
    assert dict(re.findall(r"^- (\w+): (\d+)$", section, re.MULTILINE)) == held


def test_the_citation_and_the_change_log_name_the_version():
    assert f'\nversion: "{nimrights.__version__}"\n' in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {nimrights.__version__}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.md"), *WRITTEN, *(ROOT / "datasets").rglob("*.md")], ids=lambda p: p.name
)
def test_links_between_files_lead_somewhere(path: Path, generated):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
        there = (path.parent / target).exists() or target.removeprefix("_generated/") in generated
        assert there, f"{path.name} links to {target}"
