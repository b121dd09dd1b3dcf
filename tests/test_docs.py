"""The documentation says what there is, and its examples and figures hold."""

from __future__ import annotations

import doctest
import importlib.util
import re
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
    spec = importlib.util.spec_from_file_location("nimrights_docs", ROOT / "docs" / "_ext" / "nimrights_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def test_every_area_has_a_page_with_its_obligations_and_provisions(generated, ds: Dataset):
    for key, area in ds.areas.items():
        page = generated[f"areas/{key}.md"]
        assert f"\n{key}\n" in generated["areas/index.md"]
        for duty in area.obligations:
            part = page.partition(f"({duty.id})=\n")[2].partition("\n(")[0]
            assert f"Strongest force: {duty.force.value}." in part
            for provision in duty.provisions:
                assert f"| `{provision.id}` |" in part


def test_coverage_counts_every_recommendation_once(generated, ds: Dataset):
    cells = [row.split(" | ") for row in generated["parts/coverage.md"].splitlines()[2:]]
    assert sum(int(row[4]) for row in cells) == len(ds.recommendations)


def test_no_page_has_the_name_of_one_of_sphinxs_own():
    assert not {path.stem for path in WRITTEN} & {"search", "genindex", "py-modindex", "modindex"}


def test_every_part_is_shown_on_a_page(generated):
    shown = set(re.findall(r"_generated/(parts/\w+\.md)", "".join(path.read_text("utf-8") for path in WRITTEN)))
    assert shown == {name for name in generated if name.startswith("parts/")}


def test_an_example_with_another_exit_code_fails_the_build(extension: ModuleType):
    with pytest.raises(ValueError, match="exits 1, not 0"):
        extension.run(["search", "?!"], None, 0, {})


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


def test_readmes_count_what_the_version_holds():
    ds = nimrights.load("2026.1")
    found = [
        list(map(int, re.findall(r"(?<= |,)\b\d{2,}\b(?= (?:obl|pl|prov|best|rec|anb|pol))", p.read_text("utf-8"))))
        for p in READMES
    ]
    assert found == [[len(ds.areas), len(ds.obligations), len(ds.provisions), len(ds.recommendations)]] * 2


@pytest.mark.parametrize("row", nimrights.published(), ids=lambda row: row.version)
def test_the_change_log_counts_the_tables_of_every_version(row):
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    section = re.split(r"^## ", text.partition(f"## Data {row.version}\n")[2], flags=re.MULTILINE)[0]
    ds = nimrights.load(row.version)
    assert dict(re.findall(r"^- (\w+): (\d+)$", section, re.MULTILINE)) == {t: str(len(ds.table(t))) for t in TABLES}


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
