"""A file of named sections, read as it lies: bytes in memory or a mapped file."""

from __future__ import annotations

import json
import sys
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from nimrights._engine.indexing import MAGIC
from nimrights.exceptions import DataError


def place_of(text: str, listed: Sequence[str]) -> int | None:
    """Give the place of a text in a sorted list; ``None`` if it is not there."""
    at = bisect_left(listed, text)
    return at if at < len(listed) and listed[at] == text else None


def beginning(text: str, listed: Sequence[str]) -> range:
    """Give the places of those in a sorted list that begin with a text."""
    return range(bisect_left(listed, text), bisect_left(listed, text + "\U0010ffff"))


class Sections:
    """The sections of an index file; nothing is read before it is asked for.

    Raises `DataError` if *data* is no index of this format, its head is damaged or it is cut off; *name* says where
    it came from. The sections are not read, so damage in them is noticed by `check` only.
    """

    def __init__(self, data: Any, name: str) -> None:  # noqa: ANN401 - bytes or mmap
        if sys.byteorder != "little":
            raise DataError("search indexes are read on machines with the lowest byte first only")
        if data[: len(MAGIC)] != MAGIC:
            raise DataError(f"{name} is no search index of this version of nimrights; make it again")
        end = data.find(b"\n", len(MAGIC)) + 1
        written, _, line = data[len(MAGIC) : end].rstrip().partition(b" ")
        if f"{zlib.crc32(line):08x}".encode() != written:
            raise DataError(f"{name} is damaged; make it again")
        self.head: dict[str, Any] = json.loads(line)
        self._places: dict[str, list[int]] = self.head["sections"]
        if len(data) < end + max(at + size for at, size in self._places.values()):
            raise DataError(f"{name} is cut off; make it again")
        self._data, self._begin, self._name = data, end, name
        self._views: dict[str, memoryview] = {}

    def check(self) -> None:
        """Read all sections once; raise `DataError` if they are damaged."""
        if zlib.crc32(memoryview(self._data)[self._begin :]) != self.head["crc32"]:
            raise DataError(f"{self._name} is damaged; make it again")

    def section(self, name: str) -> bytes:
        """Give a section."""
        at, size = self._places[name]
        data: bytes = self._data[self._begin + at : self._begin + at + size]
        return data

    def strings(self, name: str) -> list[str]:
        """Give a section of strings."""
        text = self.section(name).decode()
        return text.split("\n") if text else []

    def numbers(self, name: str) -> memoryview:
        """Give a section of numbers, not copied."""
        found = self._views.get(name)
        if found is None:
            at, size = self._places[name]
            found = memoryview(self._data)[self._begin + at : self._begin + at + size].cast("I")
            self._views[name] = found
        return found

    def row(self, name: str, number: int) -> bytes:
        """Give row *number* of a section of rows."""
        at = self.numbers(f"{name}.at")
        begin = self._begin + self._places[name][0]
        data: bytes = self._data[begin + at[number] : begin + at[number + 1]]
        return data

    def row_of_numbers(self, name: str, number: int) -> Sequence[int]:
        """Give row *number* of a section of rows of numbers."""
        return memoryview(self.row(name, number)).cast("I").tolist()

    def bits(self, name: str, number: int, size: int) -> int:
        """Give row *number* of a section of sets of numbers below *size*; most are compressed."""
        data = self.row(name, number)
        if data and len(data) != (size + 7) >> 3:
            data = zlib.decompress(data)
        return int.from_bytes(data, "little")

    def piece(self, name: str, at: int, size: int) -> bytes:
        """Give *size* bytes of a section from *at* on."""
        begin = self._begin + self._places[name][0] + at
        data: bytes = self._data[begin : begin + size]
        return data

    def aside(self, name: str) -> Any:  # noqa: ANN401 - whatever was put there
        """Give what was put aside in the file under a name; ``None`` if there is nothing."""
        return json.loads(self.section(f"aside.{name}")) if f"aside.{name}" in self._places else None
