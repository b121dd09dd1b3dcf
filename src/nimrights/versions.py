"""Dataset versions: finding, pinning, loading and verifying them."""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from typing import Final, NamedTuple

from nimrights._files import AnyPath, read_bytes, releases_dir
from nimrights.dataset import Dataset
from nimrights.exceptions import BadPin, DataError, NotFound
from nimrights.release import Release, decode

INDEX: Final = "index.json"
_PIN = re.compile(r"(?P<version>\d{4}\.[1-9]\d*)(?:@sha256:(?P<sha256>[0-9a-f]{64}))?")


class Version(NamedTuple):
    """One published version of the dataset."""

    version: str  #: ``YYYY.N``
    as_of: str  #: ISO date for which the data speaks
    sha256: str  #: of the canonical bytes
    crc32: int  #: of the same bytes, checked at every load; the hash is checked when a pin has one
    records: int  #: number of records
    model_sha256: str | None = None  #: of the classifier's model; ``None``: it has none

    @property
    def order(self) -> tuple[int, int]:
        """Give year and number, for sorting: 2026.10 comes after 2026.9."""
        year, number = self.version.split(".")
        return int(year), int(number)

    def __lt__(self, other: tuple[object, ...]) -> bool:
        """Say whether it came before another."""
        return self.order < other.order if isinstance(other, Version) else NotImplemented

    def __gt__(self, other: tuple[object, ...]) -> bool:
        """Say whether it came after another."""
        return self.order > other.order if isinstance(other, Version) else NotImplemented

    def __le__(self, other: tuple[object, ...]) -> bool:
        """Say whether it did not come after another."""
        return self.order <= other.order if isinstance(other, Version) else NotImplemented

    def __ge__(self, other: tuple[object, ...]) -> bool:
        """Say whether it did not come before another."""
        return self.order >= other.order if isinstance(other, Version) else NotImplemented


def published() -> tuple[Version, ...]:
    """Give the versions that this installation carries, oldest first.

    Raises `DataError` if the index of releases is missing or damaged.
    """
    path = os.path.join(releases_dir(), INDEX)
    try:
        written = os.stat(path)
    except OSError:
        return read_index(path)  # the error says what is missing
    rows = _read_once(path, written.st_mtime_ns, written.st_size)
    if not rows:
        raise DataError(f"{releases_dir()} holds no published version; install nimrights again")
    return rows


def read_index(path: AnyPath) -> tuple[Version, ...]:
    """Read an index of releases, oldest first; `DataError` if it is missing or damaged."""
    try:
        rows = [Version(**row) for row in json.loads(read_bytes(path))]
        return tuple(sorted(rows, key=lambda row: row.order))
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"{path} is damaged: expected a list of published versions") from error


@lru_cache(maxsize=8)
def _read_once(path: str, _modified: int, _size: int) -> tuple[Version, ...]:
    return read_index(path)


def version_named(version: str) -> Version:
    """Give a published version; `NotFound` names those there are."""
    rows = published()
    for row in rows:
        if row.version == version:
            return row
    raise NotFound(version, "the published versions", [row.version for row in rows][-3:])


def file_of(version: str) -> str:
    """Give the path of a published version's file; `NotFound` names those there are."""
    return os.path.join(releases_dir(), f"{version_named(version).version}.jsonl")


def model_file_of(version: str) -> str:
    """Give the path of the model that was published with a version.

    Raises `NotFound` for an unknown version, `DataError` for one without a model.
    """
    if version_named(version).model_sha256 is None:
        raise DataError(f"version {version} was published without a model; classify with another version")
    return os.path.join(releases_dir(), f"{version}.model")


def load(which: AnyPath | None = None) -> Dataset:
    """Load a dataset version; a published one is read once and then the same object.

    *which* is a version (``"2026.1"``), a version with its hash (``"2026.1@sha256:..."``, as
    container images are pinned), or the path of a release file; without it, the newest version
    in this installation. Nothing is fetched.

    Raises `BadPin` (text that is neither pin nor file), `NotFound` (no such version) or
    `DataError` (wrong hash, truncated or foreign file).

    >>> load("2026.1").as_of
    '2026-11-22'
    >>> load("1999.1")
    Traceback (most recent call last):
    ...
    nimrights.exceptions.NotFound: '1999.1' is not in the published versions; did you mean '2026.1'?
    """
    if which is None:
        return _load_published(published()[-1].version)
    if not isinstance(which, (str, os.PathLike)):
        raise BadPin(f"expected a version, a pin or a path, got {which!r}")
    if isinstance(which, str) and (pin := _PIN.fullmatch(which)):
        dataset = _load_published(pin["version"])
        if pin["sha256"] and pin["sha256"] != dataset.sha256:
            raise DataError(
                f"version {pin['version']} has sha256 {dataset.sha256}, the pin says {pin['sha256']}: "
                f"the data differs from what was pinned"
            )
        return dataset
    if not os.path.isfile(which):
        raise BadPin(f"{str(which)!r} is neither a version (2026.1 or 2026.1@sha256:<64 hex digits>) nor a file")
    return Dataset(_read(which))


@lru_cache(maxsize=8)
def _load_published(version: str) -> Dataset:
    expected = version_named(version)
    release = _read(os.path.join(releases_dir(), f"{version}.jsonl"))
    if release.crc32() != expected.crc32:
        raise DataError(
            f"the file of version {version} is damaged: expected sha256 {expected.sha256}, "
            f"got {release.sha256()}; install nimrights again"
        )
    return Dataset(release)


def _read(path: AnyPath) -> Release:
    return decode(read_bytes(path), os.path.basename(path))


def verify(version: str) -> Version:
    """Check the file of a published version against the index, byte for byte.

    Raises `DataError` naming the expected and the actual hash, or `NotFound`.
    """
    import hashlib  # noqa: PLC0415 - loads a crypto library that most commands need not

    row = version_named(version)
    files = [(file_of(version), row.sha256)]
    if row.model_sha256 is not None:
        files.append((model_file_of(version), row.model_sha256))
    for path, expected in files:
        actual = hashlib.sha256(read_bytes(path)).hexdigest()
        if actual != expected:
            raise DataError(f"{os.path.basename(path)}: expected sha256 {expected}, got {actual}")
    return row
