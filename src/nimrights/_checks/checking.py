"""What the checks share: their registry, and ways to go through records that may be broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from nimrights.authoring import Json, Tables

Found = Iterator[tuple[str, str]]  # (id, message)
CHECKS: Final[dict[str, Callable[[Tables], Found]]] = {}


def check_for(code: str) -> Callable[[Callable[[Tables], Found]], Callable[[Tables], Found]]:
    """Register a check under *code*."""

    def register(function: Callable[[Tables], Found]) -> Callable[[Tables], Found]:
        CHECKS[code] = function
        return function

    return register


def rows(tables: Tables, *names: str) -> Iterator[tuple[str, str, Json]]:
    """Give table, id and record of the tables named, or of all."""
    for name in names or tuple(tables.rows):
        yield from ((name, key, row) for key, row in tables.rows[name].items())


def list_of(row: Json, field: str) -> list[Any]:
    """Give a list field, empty where it is missing or no list (the structure check reports that)."""
    value = row.get(field)
    return value if isinstance(value, list) else []


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Give every value below *value* with its path; lists have the path of their field."""
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from walk(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for item in value:
            yield from walk(item, path)
