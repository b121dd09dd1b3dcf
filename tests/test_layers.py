"""Imports point down, importing costs nothing, and the surface is what it says."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import nimrights

PACKAGE = Path(nimrights.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.stem != "__init__"
}

#: a module may import those above it in this list
ORDER = """
    _version exceptions vocabulary _engine.folding _records.kinds _records.suggesting text _safe _records.record _records.law _records.monitoring _records.local _records.learning models _records.convert _records.links _records.reader _files release _records.tables _records.catalogue dataset authoring _checks.checking
    _checks.promises _checks.prose _checks.learning checks _checks.templates versions
    _citing.numbers _citing.grammar citations _engine.bits _engine.common _engine.norwegian _engine.indexing _engine.sections _engine.spelling _engine.index _engine.matching _engine.closeness hits _engine.searchable _engine.shelf lookup snippets suggestions texts _cases.model cases classifier _cases.workers frames _cases.parquet _cases.rows archive spark differences coverage publishing _pages.words _pages.naming _pages.lines _pages.hit_lines _pages.learning_pages render explanation _pages.page_style _assessing.filled _pages.blocks _pages.to_markdown _pages.to_html _pages.to_docx _assessing.asking _assessing.words _assessing.parts _assessing.pages _assessing.files assessment quizzes _courses.words _courses.pages _courses.gift _courses.scorm course_export _pages.markup _pages.charts _pages.record_items _cities.words _cities.status _cities.files city _cities.pages _cities.drafts city_documents _reports.words _reports.figures _reports.pages report _commands.output _commands.options _commands.search_command _commands.classify_command _commands.assess_command _commands.case_commands _commands.course_commands _commands.data_commands _commands.city_commands _commands.report_command cli __main__
""".split()

MOST_LINES = 320


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Modules of the package that a file imports anywhere, ``""`` for the package root itself."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import in line {node.lineno}"
            if node.module == "nimrights":
                found |= {alias.name if alias.name in MODULES else "" for alias in node.names}
            elif node.module.startswith("nimrights."):
                name = node.module.removeprefix("nimrights.")
                inside = {f"{name}.{alias.name}" for alias in node.names} & set(MODULES)
                found |= inside or {name}
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.partition(".")[0] == "nimrights"]
            found |= {name.partition(".")[2] for name in names}
    return found


def test_every_module_has_its_place():
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name):
    allowed = set(ORDER[: ORDER.index(name)])
    assert imported(MODULES[name]) - {""} <= allowed


@pytest.mark.parametrize("name", MODULES)
def test_nobody_imports_the_package_root(name):
    assert "" not in imported(MODULES[name])


def test_the_imports_are_really_read():
    assert {"exceptions", "models", "release"} <= imported(MODULES["dataset"])
    assert imported(MODULES["exceptions"]) == set()


@pytest.mark.parametrize(
    ("package", "doors"),
    [
        ("cattrs", {"_records.convert", "checks"}),
        ("rapidfuzz", {"_engine.spelling", "_records.suggesting"}),
        (
            "click",
            {
                "cli",
                "_commands.output",
                "_commands.options",
                "_commands.search_command",
                "_commands.classify_command",
                "_commands.assess_command",
                "_commands.case_commands",
                "_commands.city_commands",
                "_commands.course_commands",
                "_commands.data_commands",
                "_commands.report_command",
            },
        ),
        ("docx", {"_pages.to_docx"}),
        ("tomli_w", {"_assessing.filled"}),
        ("matplotlib", {"_pages.charts"}),
        ("numpy", set()),
        ("pandas", {"frames", "spark"}),
        ("polars", {"frames"}),
        ("pyarrow", {"_cases.parquet", "frames", "spark"}),
        ("pyspark", {"spark"}),
    ],
)
def test_a_foreign_package_has_its_doors(package, doors):
    users = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == package)
        or (isinstance(node, ast.Import) and any(a.name.partition(".")[0] == package for a in node.names))
    }
    assert users == doors


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_file_can_be_read_in_one_sitting(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines < MOST_LINES


@pytest.mark.parametrize("name", MODULES)
def test_no_public_function_has_the_name_of_its_module(name):
    defined = {
        node.name for node in tree(MODULES[name]).body if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
    }  # fmt: skip
    assert name not in defined


def test_no_public_name_of_the_package_hides_a_module():
    assert not set(nimrights.__all__) & set(MODULES)


def run(program: str) -> object:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


#: prints the foreign and own modules that were imported, and the data files that were opened
WATCH = """
import json, sys
opened = []
def watch(event, args):
    if event == "open" and isinstance(args[0], str) and "releases" in args[0]:
        opened.append(args[0])
sys.addaudithook(watch)
before = set(sys.modules)
{}
new = set(sys.modules) - before
heavy = sorted({{name.partition(".")[0] for name in new}} & {{"attr", "attrs", "cattrs", "rapidfuzz", "click", "numpy"}})
print(json.dumps([heavy, sorted(name for name in new if name.startswith("nimrights.")), len(opened)]))
"""


def test_importing_the_package_loads_no_data_and_nothing_heavy():
    assert run(WATCH.format("import nimrights")) == [[], [], 0]


def test_looking_around_in_the_package_loads_nothing_either():
    assert run(WATCH.format("import nimrights; dir(nimrights); nimrights.__version__; nimrights.__all__")) == [
        [],
        ["nimrights._version"],
        0,
    ]


def test_reading_a_record_needs_neither_cattrs_nor_rapidfuzz():
    heavy, modules, opened = run(WATCH.format("import nimrights; nimrights.load()['crc-3']"))
    assert set(heavy) <= {"attr", "attrs"}
    assert {"nimrights.dataset", "nimrights.versions"} <= set(modules)
    assert not {"nimrights.checks", "nimrights._records.convert", "nimrights.lookup", "nimrights.cli"} & set(modules)
    assert opened > 0


def test_a_search_makes_no_records_and_loads_none_of_their_classes():
    code = "import nimrights; [(hit.id, hit.matched) for hit in nimrights.search('barnevern')]"
    heavy, modules, _ = run(WATCH.format(code))
    assert heavy == []
    assert not {"nimrights.models", "nimrights._records.tables", "nimrights.citations"} & set(modules)


def test_all_names_can_be_imported_and_are_all_there_is():
    for name in nimrights.__all__:
        assert getattr(nimrights, name) is not None
    assert dir(nimrights) == sorted(nimrights.__all__)
    assert len(set(nimrights.__all__)) == len(nimrights.__all__)
    names: dict[str, object] = {}
    exec("from nimrights import *", names)
    assert set(nimrights.__all__) <= set(names)


def test_a_public_name_is_the_object_of_its_module():
    for name, module in nimrights._MODULE_OF.items():
        assert getattr(nimrights, name) is getattr(importlib.import_module(f"nimrights.{module}"), name)
    assert {*nimrights._MODULE_OF, "__version__"} == set(nimrights.__all__)


def test_type_checkers_see_the_names_that_are_there_at_run_time():
    shown = {}
    for node in tree(PACKAGE / "__init__.py").body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for line in node.body:
                assert isinstance(line, ast.ImportFrom)
                shown |= {alias.name: line.module.removeprefix("nimrights.") for alias in line.names}
    assert shown == nimrights._MODULE_OF


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'nimrights' has no attribute 'sourch'"):
        nimrights.sourch  # noqa: B018
    with pytest.raises(ImportError):
        exec("from nimrights import sourch")


def test_every_module_and_public_function_says_what_it_is_for():
    bare = []
    for name, path in MODULES.items():
        module = tree(path)
        if not ast.get_docstring(module):
            bare.append(name)
        for node in module.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                bare += [] if ast.get_docstring(node) else [f"{name}.{node.name}"]
    assert bare == []


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file()
