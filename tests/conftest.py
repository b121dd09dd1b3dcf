"""Fixtures that all tests share: the shipped dataset, and a miniature one that may be broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from nimrights import Dataset, _files, load, versions
from nimrights.publishing import compile_sources

settings.register_profile("nimrights", deadline=None, derandomize=True)
settings.load_profile("nimrights")

_HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def ds() -> Dataset:
    """The newest dataset that the package ships."""
    return load()


@pytest.fixture(scope="session")
def mini_root() -> Path:
    """The folder of the miniature dataset; read it only."""
    return _HERE / "mini"


@pytest.fixture(scope="session")
def mini(mini_root: Path) -> Dataset:
    """The miniature dataset, compiled."""
    return compile_sources(mini_root)


@pytest.fixture
def mini_copy(mini_root: Path, tmp_path: Path) -> Path:
    """A copy of the miniature dataset's folder, for breaking."""
    return Path(shutil.copytree(mini_root, tmp_path / "mini_copy"))


@pytest.fixture
def swap(mini_copy: Path) -> Callable[[str, str, str], None]:
    """Replace a text that stands once in a file of the copy."""

    def swap(file: str, old: str, new: str) -> None:
        path = mini_copy / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return swap


@pytest.fixture
def releases(mini_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The releases of the copy, none yet, in the place of the installed ones; nothing loaded is remembered."""
    folder = mini_copy / "releases"
    folder.mkdir()
    monkeypatch.setattr(_files, "_IN_WHEEL", str(folder))
    forgetful = lru_cache(maxsize=8)(versions._load_published.__wrapped__)
    monkeypatch.setattr(versions, "_load_published", forgetful)
    return folder
