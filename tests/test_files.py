"""The one door to the disk: whole files or a clear error."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nimrights import DataError, _files
from nimrights._files import read_bytes, read_lines, releases_dir, remove, replace_whole, whole_file


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


def test_lines_are_given_with_their_ends(tmp_path):
    (tmp_path / "x").write_bytes(b"one\n\r\n\xfftwo\rthree")
    assert list(read_lines(tmp_path / "x")) == [b"one\n", b"\r\n", b"\xfftwo\rthree"]
    with pytest.raises(DataError, match=r"cannot read .*nowhere"):
        next(read_lines(tmp_path / "nowhere"))


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    with whole_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    ("raised", "caught"),
    [
        (ValueError("x"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (OSError(28, "No space left"), DataError),
    ],
)
def test_a_file_that_does_not_get_whole_leaves_no_trace(tmp_path, raised, caught):
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    with pytest.raises(caught), whole_file(path) as file:  # noqa: PT012 - the block is what fails
        file.write(b"new")
        raise raised
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_removing_is_quiet_about_what_is_not_there(tmp_path):
    (tmp_path / "x").touch()
    remove(tmp_path / "x")
    remove(tmp_path / "x")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DataError, match="cannot remove"):
        remove(tmp_path)
