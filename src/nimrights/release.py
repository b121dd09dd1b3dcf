"""A release: the whole dataset as one canonical file.

The file is JSON Lines: a header, then one record a line, tables in the order of
`nimrights.models.TABLES` and records sorted by id, keys sorted, no spaces, UTF-8.
The same records always give the same bytes, a line can be read without the others
(so a program that asks for one record parses one line), and two versions can be
compared with any line-based tool.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from nimrights._records.kinds import KINDS
from nimrights.exceptions import DataError, NotFound, Retired

Json = dict[str, Any]

#: version of the file format; a reader refuses a newer one. 2 has tables and fields that 1 lacks, 3 has
#: the tables of the guide, the course and the human rights city
FORMAT = 3


def canonical(value: object) -> str:
    """Give the one JSON spelling of *value*: sorted keys, no spaces, real letters.

    >>> canonical({"b": 1, "a": "blå"})
    '{"a":"blå","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(header: Json, tables: Mapping[str, Mapping[str, Json]]) -> bytes:
    """Give the canonical bytes of a release.

    *header* holds ``version`` and ``as_of`` and whatever else describes the dataset; the format
    number and the ids of each table are added.
    """
    order = list(KINDS)
    names = sorted(tables, key=lambda name: (order.index(name) if name in order else len(order), name))
    ids = {name: sorted(tables[name]) for name in names}
    lines = [canonical({**header, "format": FORMAT, "tables": [[name, ids[name]] for name in names]})]
    lines += [canonical(tables[name][key]) for name in names for key in ids[name]]
    return ("\n".join(lines) + "\n").encode()


class Release:
    """The lines of one dataset version; a record is parsed when it is asked for."""

    def __init__(self, header: Json, data: bytes, line_of: dict[str, dict[str, int]], lines: list[bytes]) -> None:
        self.header = header
        self._data, self._line_of, self._lines = data, line_of, lines

    def sha256(self) -> str:
        """Compute the SHA-256 of the canonical bytes, 64 hex digits."""
        import hashlib  # noqa: PLC0415 - loads a crypto library that most commands need not

        return hashlib.sha256(self._data).hexdigest()

    def crc32(self) -> int:
        """Compute the CRC-32 of the same bytes: enough to notice damage, and cheap at every load."""
        return zlib.crc32(self._data)

    @property
    def tables(self) -> list[str]:
        """Give the names of the tables."""
        return list(self._line_of)

    def ids(self, table: str) -> list[str]:
        """Give the ids of *table*, sorted."""
        return list(self._line_of.get(table, ()))

    def raw(self, table: str, key: str) -> Json:
        """Give the record as it stands in the file: links are ids; `NotFound` if there is none."""
        try:
            line = self._lines[self._line_of[table][key]]
        except KeyError:
            raise NotFound(key, table) from None
        record: Json = json.loads(line)
        return record

    def tombstone(self, key: str) -> Json | None:
        """Give what is said of a retired id: ``reason`` and perhaps ``replacement``."""
        found: Json | None = self.header.get("retired", {}).get(key)
        return found

    def raise_if_retired(self, key: str) -> None:
        """Raise `Retired`, which names the replacement, if *key* is the id of a retired record."""
        tombstone = self.tombstone(key)
        if tombstone is not None:
            raise Retired(key, tombstone.get("replacement"), tombstone["reason"])

    def mentioning(self, text: str) -> Iterator[tuple[str, str]]:
        """Give table and id of every record in whose line *text* stands as a JSON string.

        A scan of the bytes: far cheaper than parsing, and never misses a link.
        """
        needle = canonical(text).encode()
        lines = self._lines
        for table, rows in self._line_of.items():
            yield from ((table, key) for key, line in rows.items() if needle in lines[line])

    def table_of(self, key: str) -> str | None:
        """Give the name of the table that holds the id *key*, or ``None``."""
        return next((name for name, rows in self._line_of.items() if key in rows), None)


def decode(data: bytes, name: str) -> Release:
    """Read the bytes of a release; *name* says in errors where they came from.

    Raises `DataError` when the bytes are no release, are cut off, or are of a newer format.
    """
    first, _, rest = data.partition(b"\n")
    try:
        header = json.loads(first)
        version, tables, form, _ = (header[name] for name in ("version", "tables", "format", "as_of"))
        readable = form in range(1, FORMAT + 1)
        ids_of = {str(table): [str(key) for key in ids] for table, ids in tables} if readable else {}
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{name} is not a nimrights release: its first line should be "
            f"a JSON object with version, as_of, tables and format"
        ) from error
    if not readable:
        raise DataError(f"{name} has format {form!r}; this nimrights reads 1 to {FORMAT}: upgrade nimrights")
    lines = rest.split(b"\n")
    line_of: dict[str, dict[str, int]] = {}
    start = 0
    for table, ids in ids_of.items():
        line_of[table] = {key: start + n for n, key in enumerate(ids)}
        start += len(ids)
    if len(lines) != start + 1 or lines[-1]:
        raise DataError(
            f"{name} is truncated: version {version} has {start} records, "
            f"the file holds {len(lines) - 1}; fetch it again"
        )
    del header["tables"]
    return Release(header, data, line_of, lines)
