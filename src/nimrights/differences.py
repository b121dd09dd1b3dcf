"""What changed between two dataset versions, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from nimrights.dataset import Dataset
from nimrights.models import TABLES

Kind = Literal["added", "changed", "retired", "removed"]


@frozen
class FieldChange:
    """One field with its old and new value, as they stand in the releases."""

    field: str
    old: object
    new: object


@frozen
class Change:
    """One record that differs between two versions."""

    change: Kind
    table: str
    id: str
    fields: tuple[FieldChange, ...] = ()  #: for ``changed``
    replacement: str | None = None  #: for ``retired``


def diff(old: Dataset, new: Dataset) -> tuple[Change, ...]:
    """Give every record that differs between *old* and *new*, in the order of tables and ids.

    A record that is gone is ``retired`` if *new* has a tombstone for it, else ``removed``,
    which a published version should never do.
    """
    return tuple(change for table in TABLES for change in _table(old, new, table))


def _table(old: Dataset, new: Dataset, table: str) -> Iterator[Change]:
    before, after = old.table(table), new.table(table)
    for key in sorted({*before, *after}):
        if key not in before:
            yield Change("added", table, key)
        elif key not in after:
            tombstone = new.tombstone(key)
            yield Change(
                "removed" if tombstone is None else "retired",
                table,
                key,
                replacement=(tombstone or {}).get("replacement"),
            )
        else:
            was, now = old.raw_in(table, key), new.raw_in(table, key)
            fields = tuple(
                FieldChange(name, was.get(name), now.get(name))
                for name in sorted({*was, *now})
                if was.get(name) != now.get(name)
            )
            if fields:
                yield Change("changed", table, key, fields)
