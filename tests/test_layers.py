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
MODULES = {path.stem: path for path in sorted(PACKAGE.glob("*.py")) if path.stem != "__init__"}

#: a module may import those above it in this list
ORDER = """
    _version exceptions vocabulary _folding _kinds text _safe _record _law _monitoring _local _learning models _convert _links _reader _files release _tables _catalogue dataset authoring _checking
    _promise_checks _prose_checks _learning_checks checks _templates versions
    _numbers _grammar citations _bits _common _norwegian _indexing _sections _spelling _index _matching _closeness hits _searchable _shelf lookup snippets suggestions texts _model cases classifier _workers frames _parquet _rows archive spark differences coverage publishing _words _naming _lines _hit_lines _learning_pages render explanation _page_style _filled _blocks _to_markdown _to_html _to_docx _asking _assessment_words _assessment_parts _assessment_pages _assessment_files assessment quizzes _course_words _course_pages _gift _scorm course_export _markup _charts _record_items _city_words _city_status _city_files city _city_pages _city_drafts city_documents _report_words _report_figures _report_pages report _output _options _search_command _classify_command _assess_command _case_commands _course_commands _data_commands _city_commands _report_command cli __main__
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
                found.add(node.module.removeprefix("nimrights."))
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
        ("cattrs", {"_convert", "checks"}),
        ("rapidfuzz", {"_spelling", "_tables"}),
        (
            "click",
            {
                "cli",
                "_output",
                "_options",
                "_search_command",
                "_classify_command",
                "_assess_command",
                "_case_commands",
                "_city_commands",
                "_course_commands",
                "_data_commands",
                "_report_command",
            },
        ),
        ("docx", {"_to_docx"}),
        ("tomli_w", {"_filled"}),
        ("matplotlib", {"_charts"}),
        ("numpy", set()),
        ("pandas", {"frames", "spark"}),
        ("polars", {"frames"}),
        ("pyarrow", {"_parquet", "frames", "spark"}),
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
    assert not {"nimrights.checks", "nimrights._convert", "nimrights.lookup", "nimrights.cli"} & set(modules)
    assert opened > 0


def test_a_search_makes_no_records_and_loads_none_of_their_classes():
    code = "import nimrights; [(hit.id, hit.matched) for hit in nimrights.search('barnevern')]"
    heavy, modules, _ = run(WATCH.format(code))
    assert heavy == []
    assert not {"nimrights.models", "nimrights._tables", "nimrights.citations"} & set(modules)


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
