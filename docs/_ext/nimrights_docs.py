"""Sphinx extension: writes the generated pages and tables of the docs from the library itself.

What it writes is never committed. `generate` needs no Sphinx, so the tests use it too.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _coverage
import _figures
import classifier_figures
from _areas import advice_page, area_index, area_page, repeated
from _commands import EXAMPLES, cli, commands
from _coverage import draw
from _walk import walkthrough

import nimrights

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    _figures.counts, _figures.verification, _figures.gaps, _figures.positions, _figures.force, _figures.links,
    _figures.reviews, _figures.doubts, _figures.changes, _figures.crosswalk, _figures.schemes, _figures.laws,
    _figures.vocabularies, _figures.checks, _figures.classifier, _figures.training, _figures.versions,
    _coverage.coverage, _coverage.coverage_notes, _coverage.coverage_picture, cli,
    *classifier_figures.PARTS,
)  # fmt: skip


def generate(folder: Path) -> list[Path]:
    """Write every generated file below *folder* and give their paths; files that are right stay untouched."""
    ds = nimrights.load()
    missing = {name for name, _ in commands()} ^ set(EXAMPLES)
    if missing:
        raise ValueError(f"commands and examples differ: {sorted(missing)}")
    pages = {f"parts/{part.__name__}.md": part(ds) for part in PARTS}
    pages |= {f"parts/{name}.md": text for name, text in walkthrough().items()}
    later = repeated(ds)
    pages |= {f"areas/{key}.md": area_page(area, ds, later) for key, area in ds.areas.items()}
    pages |= {"areas/index.md": area_index(ds), "advice.md": advice_page(ds)}
    for old in set(folder.rglob("*.md")) - {folder / name for name in pages}:
        old.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def write_all(folder: Path) -> None:
    """Write the pages and the pictures."""
    generate(folder)
    draw(nimrights.load(), folder)
    classifier_figures.draw(folder)


def once(_app: Sphinx, _what: str, name: str, obj: object, skip: bool, _options: object) -> bool | None:  # noqa: FBT001
    """Leave out of a module's section what is documented under the package's name."""
    public = name in nimrights.__all__ and getattr(nimrights, name) is obj
    return True if public and not inspect.ismodule(obj) else skip or None


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.connect("builder-inited", lambda app: write_all(Path(app.srcdir, "_generated")))
    app.connect("autodoc-skip-member", once)
    return {"version": nimrights.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
