"""The one door to the disk: whole files or a clear error."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nimrights import DataError, _files
from nimrights._files import read_bytes, releases_dir, replace_whole


def test_a_wheel_carries_its_releases_and_a_checkout_has_them_in_the_datasets(monkeypatch, tmp_path):
    wheel, checkout = tmp_path / "package" / "_releases", tmp_path / "datasets" / "releases"
    monkeypatch.setattr(_files, "_IN_WHEEL", str(wheel))
    monkeypatch.setattr(_files, "_IN_CHECKOUT", str(checkout))
    assert Path(releases_dir()) == checkout
    wheel.mkdir(parents=True)
    assert Path(releases_dir()) == wheel


def test_this_installation_has_releases():
    assert (Path(releases_dir()) / "index.json").is_file()


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_read_whole(tmp_path, kind):
    data = bytes(range(256)) * 300 + b"\r\n\x1a"
    (tmp_path / "x").write_bytes(data)
    assert read_bytes(kind(tmp_path / "x")) == data


@pytest.mark.parametrize(("name", "why"), [("missing", "No such file"), (".", "directory")])
def test_what_cannot_be_read_is_a_data_error_with_path_and_reason(tmp_path, name, why):
    if sys.platform == "win32":
        why = ""
    with pytest.raises(DataError, match=f"cannot read .*{why}") as caught:
        read_bytes(tmp_path / name)
    assert str(tmp_path) in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_replaced_whole(tmp_path, kind):
    path = tmp_path / "x.json"
    for data in (b"first and long", b"second"):
        replace_whole(kind(path), data)
        assert path.read_bytes() == data
        assert [p.name for p in tmp_path.iterdir()] == ["x.json"]


def test_a_file_in_the_working_folder_is_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    replace_whole("x.json", b"data")
    assert (tmp_path / "x.json").read_bytes() == b"data"


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "x.json"
    target.mkdir()
    (target / "inside").write_bytes(b"old")
    with pytest.raises(DataError, match=r"cannot write .*x\.json"):
        replace_whole(target, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]
    assert (target / "inside").read_bytes() == b"old"


def test_a_folder_that_does_not_exist_is_a_data_error(tmp_path):
    with pytest.raises(DataError, match="cannot write"):
        replace_whole(tmp_path / "nowhere" / "x.json", b"new")
    assert list(tmp_path.iterdir()) == []
