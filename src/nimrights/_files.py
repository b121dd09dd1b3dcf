"""The one door to the disk: reading sources, reading releases, replacing a file whole.

Paths are text here: importing pathlib costs a tenth of a cold start.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from nimrights.exceptions import DataError

if TYPE_CHECKING:
    import mmap

#: releases beside the package in the wheel; in a checkout they are in ``datasets/releases``
_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_IN_WHEEL = os.path.join(_PACKAGE, "_releases")
_IN_CHECKOUT = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "datasets", "releases")

#: a path, as text or as an object that knows its text
AnyPath = str | os.PathLike[str]


def releases_dir() -> str:
    """Give the folder that holds the published releases of this installation."""
    return _IN_WHEEL if os.path.isdir(_IN_WHEEL) else _IN_CHECKOUT


def read_bytes(path: AnyPath) -> bytes:
    """Read a file whole; `DataError` says what could not be read and why."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror or error}") from error


def map_file(path: AnyPath) -> mmap.mmap:
    """Map a file into memory without reading it; `DataError` says what is wrong with it."""
    import mmap  # noqa: PLC0415 - only search needs it

    try:
        with open(path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise DataError(f"cannot read {path}: {error}") from error


def read_lines(path: AnyPath) -> Iterator[bytes]:
    """Give the lines of a file one by one, each with its end; `DataError` says what could not be read and why."""
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror or error}") from error


@contextlib.contextmanager
def whole_file(path: AnyPath) -> Iterator[BinaryIO]:
    """Give a file beside *path* to write to. It takes its place when the block ends well, and else is removed.

    An `OSError` in the block is taken for one of writing and becomes a `DataError`;
    who also reads there turns those of reading into errors of their own.
    """
    folder, name = os.path.split(os.fspath(path))
    beside = os.path.join(folder, f".{name}.{os.getpid()}.part")
    try:
        with open(beside, "wb") as file:
            yield file
        os.replace(beside, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        if isinstance(error, OSError):
            raise DataError(f"cannot write {path}: {error.strerror or error}") from error
        raise


def replace_whole(path: AnyPath, data: bytes) -> None:
    """Write *data* beside *path* and move it there only when it is whole."""
    with whole_file(path) as file:
        file.write(data)


def is_file(path: AnyPath) -> bool:
    """Say whether there is a file."""
    return os.path.isfile(path)


def remove(path: AnyPath) -> None:
    """Remove a file, if it is there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise DataError(f"cannot remove {path}: {error.strerror or error}") from error
