"""Hold that the newest published version is what the sources compile to, byte for byte.

A checkout may be ahead of the newest version (a higher number in dataset.toml); then there is
nothing to compare yet. The newest published version has a ready-made search index, which must be
what this package makes of it, and the older ones have none.
"""

from __future__ import annotations

from pathlib import Path

from nimrights._engine.searchable import index_is_fresh
from nimrights.publishing import compile_sources
from nimrights.versions import published

ROOT = Path(__file__).parents[1] / "datasets"


def main() -> None:
    compiled = compile_sources(ROOT)
    newest = published()[-1]
    if compiled.version == newest.version and compiled.sha256 != newest.sha256:
        raise SystemExit(
            f"the sources say version {compiled.version} but compile to {compiled.sha256}, "
            f"published was {newest.sha256}: raise the version in datasets/dataset.toml"
        )
    fresh = {row.version: index_is_fresh(row.version) for row in published()}
    if fresh.pop(newest.version) is not True:
        raise SystemExit(f"the search index is not that of {newest.version}: run nimrights data index")
    if ready := [version for version, there in fresh.items() if there is not None]:
        raise SystemExit(f"only the newest version has a search index; remove that of {', '.join(ready)}")
    print(f"sources: {compiled.pin}; newest published: {newest.version}")


if __name__ == "__main__":
    main()
