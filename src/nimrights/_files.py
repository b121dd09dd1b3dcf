"""The one door to the disk: reading sources, reading releases, replacing a file whole."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from nimrights.exceptions import DataError

#: releases beside the package in the wheel; in a checkout they are in ``datasets/releases``
_IN_WHEEL = Path(__file__).parent / "_releases"
_IN_CHECKOUT = Path(__file__).parents[2] / "datasets" / "releases"

#: a release is never larger than this when unpacked; more is not one of ours
_MOST_BYTES = 512 * 2**20


def releases_dir() -> Path:
    """Give the folder that holds the published releases of this installation."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT


def read_bytes(path: Path) -> bytes:
    """Read a file whole; `DataError` says what could not be read and why."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror or error}") from error


def unpack(packed: bytes, name: str) -> bytes:
    """Unpack gzip bytes; `DataError` if they are truncated, damaged or not gzip."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(packed, _MOST_BYTES)
    except zlib.error as error:
        raise DataError(
            f"{name} is not a nimrights release (expected a .jsonl.gz file made by 'nimrights data compile'): {error}"
        ) from error
    if not unpacker.eof:
        raise DataError(f"{name} is truncated: the compressed data ends too early; fetch it again")
    return data


def pack(data: bytes) -> bytes:
    """Compress to gzip without a time stamp or a name."""
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(data) + packer.flush()


def replace_whole(path: Path, data: bytes) -> None:
    """Write *data* beside *path* and move it there only when it is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DataError(f"cannot write {path}: {error.strerror or error}") from error
