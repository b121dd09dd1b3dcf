"""Versions are found, pinned and verified, and damaged ones are refused."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from nimrights import BadPin, DataError, Dataset, NimrightsError, NotFound, Version, load, published, versions
from nimrights.publishing import publish

WRONG = "0" * 64


@pytest.fixture
def several(releases: Path, mini_copy: Path, swap: Callable[[str, str, str], None]) -> Path:
    """A folder of releases with three versions of the miniature, published out of order."""
    before = "2026.1"
    publish(mini_copy, releases)
    for version in ("2026.10", "2026.2"):
        swap("dataset.toml", f'version = "{before}"', f'version = "{version}"')
        publish(mini_copy, releases)
        before = version
    return releases


def test_without_a_wish_the_newest_version_is_loaded_and_kept(ds):
    assert load() is load()
    assert load().version == published()[-1].version
    assert isinstance(ds, Dataset)


def test_a_version_is_loaded_and_kept():
    assert load("2026.1").version == "2026.1"
    assert load("2026.1") is load("2026.1")
    assert load(published()[-1].version) is load()


#: what was published once, with its format; anybody may have pinned it
PUBLISHED = [
    ("2026.1@sha256:db45ead9a97cc14e53198b07848a61425b44919ad0fbaf3bd2505c0c1cc4bb30", 1),
    ("2026.2@sha256:999676e94a569cc4be07f149d1584dd357d795bf9598cf342eb9061f677e92f7", 2),
]


@pytest.mark.parametrize(("pin", "form"), PUBLISHED)
def test_a_published_version_is_what_it_was_byte_for_byte(pin, form):
    version, _, sha256 = pin.partition("@sha256:")
    dataset = load(pin)
    assert dataset.pin == pin
    assert hashlib.sha256(Path(versions.file_of(version)).read_bytes()).hexdigest() == sha256
    assert json.loads(Path(versions.file_of(version)).read_bytes().partition(b"\n")[0])["format"] == form
    assert versions.verify(version).sha256 == sha256


def test_a_version_from_before_the_guide_the_course_and_the_city_has_none_of_them():
    for pin, _ in PUBLISHED:
        dataset = load(pin)
        assert [len(table) for table in (dataset.guide, dataset.course, dataset.questions, dataset.city)] == [0] * 4
        assert dataset.citing("crc-3", kind="question") == ()


def test_the_index_says_what_the_shipped_versions_are():
    for row in published():
        dataset = load(row.version)
        assert (row.version, row.as_of, row.sha256) == (dataset.version, dataset.as_of, dataset.sha256)
        assert versions.verify(row.version) == row


def test_versions_are_ordered_by_number_not_by_text(several):
    assert [row.version for row in published()] == ["2026.1", "2026.2", "2026.10"]
    assert load().version == "2026.10"
    assert [row.order for row in published()] == [(2026, 1), (2026, 2), (2026, 10)]


def test_a_version_is_a_value(several):
    first, second = published()[:2]
    assert first == first._replace(version=first.version)
    assert first != second
    with pytest.raises(AttributeError):
        first.sha256 = WRONG


def test_a_pin_gives_exactly_that_data(several):
    for row in published():
        dataset = load(f"{row.version}@sha256:{row.sha256}")
        assert dataset is load(row.version)
        assert dataset.pin == f"{row.version}@sha256:{row.sha256}"


def test_a_pin_with_another_hash_names_both():
    real = load("2026.1").sha256
    wrong = real[:-1] + ("0" if real[-1] != "0" else "1")
    with pytest.raises(DataError) as caught:
        load(f"2026.1@sha256:{wrong}")
    assert real in str(caught.value)
    assert wrong in str(caught.value)
    assert not isinstance(caught.value, BadPin)


@pytest.mark.parametrize("which", ["1999.1", "2026.99", f"1999.1@sha256:{WRONG}"])
def test_a_version_that_was_never_published_is_not_found_and_those_there_are_are_named(several, which):
    with pytest.raises(NotFound) as caught:
        load(which)
    assert caught.value.suggestions == ("2026.1", "2026.2", "2026.10")
    assert isinstance(caught.value, KeyError)


@pytest.mark.parametrize(
    "which",
    [
        "",
        "latest",
        "2026",
        "2026.0",
        "2026.01",
        "v2026.1",
        "2026.1\n",
        " 2026.1",
        "2026.1@",
        "2026.1@sha256:",
        "2026.1@sha256:abc",
        f"2026.1@md5:{WRONG}",
        f"2026.1@sha256:{'A' * 64}",
        f"2026.1@sha256:{WRONG}0",
        "no/such/file.jsonl",
        "a\x00b",
        "x" * 5000,
        Path("2026.1"),
        5,
        2026.1,
        True,
        b"2026.1",
        ["2026.1"],
    ],
    ids=lambda which: repr(which)[:40],
)
def test_what_is_neither_a_pin_nor_a_file_is_a_bad_pin(which):
    with pytest.raises(BadPin) as caught:
        load(which)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, NimrightsError)


def test_a_folder_is_no_release(tmp_path):
    with pytest.raises(BadPin):
        load(tmp_path)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_release_is_loaded_from_its_path(several, kind, monkeypatch, tmp_path):
    path = Path(versions.file_of("2026.2"))
    assert load(kind(path)).pin == load("2026.2").pin
    monkeypatch.chdir(path.parent)
    assert load(kind(path.name)).pin == load("2026.2").pin


def test_a_path_is_read_as_it_is_now(several, tmp_path):
    path = tmp_path / "some.release"
    for version in ("2026.1", "2026.2"):
        path.write_bytes(Path(versions.file_of(version)).read_bytes())
        assert load(path).version == version


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: data[: len(data) // 2], "truncated"),
        (lambda data: data[:-1], "truncated"),
        (lambda data: b"", "not a nimrights release"),
        (lambda data: b"\x1f\x8b\x08\x00 garbage", "not a nimrights release"),
        (lambda data: b"id,label\n0301,Oslo\n", "not a nimrights release"),
        (lambda data: b'{"version": "2026.1"}\n', "not a nimrights release"),
    ],
    ids=["half", "last byte", "empty", "gzip", "csv", "json"],
)
def test_a_file_that_is_cut_off_or_foreign_is_refused_by_name(several, tmp_path, damage, says):
    path = tmp_path / "broken.jsonl"
    path.write_bytes(damage(Path(versions.file_of("2026.1")).read_bytes()))
    with pytest.raises(DataError, match=says) as caught:
        load(path)
    assert "broken.jsonl" in str(caught.value)


def flip(path: str, old: bytes, new: bytes) -> None:
    """Change some bytes of a file in place, keeping its length."""
    data = Path(path).read_bytes()
    assert old in data
    assert len(old) == len(new)
    Path(path).write_bytes(data.replace(old, new, 1))


def test_a_published_file_that_was_changed_is_refused(several):
    expected = published()[1].sha256
    flip(versions.file_of("2026.2"), b"Playgrounds", b"Battlefield")
    for act in (load, versions.verify):
        with pytest.raises(DataError) as caught:
            act("2026.2")
        actual = str(caught.value).partition("got ")[2][:64]
        assert expected in str(caught.value)
        assert len(actual.strip()) == 64
        assert actual != expected
        assert "2026.2" in str(caught.value)
    assert versions.verify("2026.1").version == "2026.1"
    assert load("2026.1").version == "2026.1"


def test_a_pin_is_checked_against_the_bytes_not_against_the_index(several):
    """Somebody who changes a file may change the index with it; the pin still tells."""
    pin = load("2026.2").pin
    versions._load_published.cache_clear()
    path = Path(versions.file_of("2026.2"))
    flip(str(path), b"Playgrounds", b"Battlefield")
    rows = [row._asdict() for row in published()]
    rows[1]["crc32"] = zlib.crc32(path.read_bytes())
    (several / versions.INDEX).write_text(json.dumps(rows))
    with pytest.raises(DataError, match="the pin says"):
        load(pin)


def test_a_published_file_that_is_gone_is_a_data_error(several):
    Path(versions.file_of("2026.2")).unlink()
    for act in (load, versions.verify):
        with pytest.raises(DataError, match=r"cannot read .*2026\.2"):
            act("2026.2")


def test_a_published_file_that_is_cut_off_is_refused(several):
    path = Path(versions.file_of("2026.10"))
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(DataError, match=r"2026\.10"):
        load()
    with pytest.raises(DataError, match="expected sha256"):
        versions.verify("2026.10")


def test_only_published_versions_can_be_verified(several):
    for act in (versions.verify, versions.file_of, versions.model_file_of):
        with pytest.raises(NotFound) as caught:
            act("2027.1")
        assert caught.value.suggestions == ("2026.1", "2026.2", "2026.10")


def test_a_version_without_a_model_says_so(several):
    with pytest.raises(DataError, match=r"version 2026\.2 was published without a model"):
        versions.model_file_of("2026.2")


@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"5",
        b"null",
        b'"text"',
        b"[]",
        b"{}",
        b"[5]",
        b"[{}]",
        b'[{"version": "2026.1"}]',
        b'[{"version": "2026.1", "as_of": "2026-11-22", "sha256": "0", "crc32": 0, "records": 1, "colour": "red"}]',
        b'[{"version": "newest", "as_of": "2026-11-22", "sha256": "0", "crc32": 0, "records": 1}]',
        b'[{"version": "2026", "as_of": "2026-11-22", "sha256": "0", "crc32": 0, "records": 1}]',
        b'[{"version": 2026.1, "as_of": "2026-11-22", "sha256": "0", "crc32": 0, "records": 1}]',
        b'[{"version": null, "as_of": "2026-11-22", "sha256": "0", "crc32": 0, "records": 1}]',
    ],
)
def test_a_damaged_index_is_a_data_error_that_says_where(several, index):
    (several / versions.INDEX).write_bytes(index)
    with pytest.raises(DataError) as caught:
        load()
    assert str(several) in str(caught.value)


def test_an_installation_without_releases_says_what_it_cannot_read(releases):
    with pytest.raises(DataError, match=r"cannot read .*index\.json"):
        published()
    with pytest.raises(DataError, match=r"cannot read .*index\.json"):
        load()


def test_a_version_row_needs_what_identifies_it():
    with pytest.raises(TypeError):
        Version(version="2026.1")


def test_versions_are_ordered_by_year_and_number():
    first, second = (Version(f"2026.{n}", "2026-01-01", WRONG, 1, 1) for n in (9, 10))
    assert first < second
    assert second > first
    assert first <= second
    assert second >= first
    assert max(second, first) is second
    with pytest.raises(TypeError):
        assert first < "2026.10"
