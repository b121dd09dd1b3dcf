"""Records from the lines of a release, without cattrs.

Releases are written by us and checked before they are published, so reading one needs no
validation, only the right classes in the right places: the fields' annotations say which.
Importing cattrs for it would cost a cold command a fifth of its time; a test holds that both
ways give equal records.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, Final

import attrs

from nimrights.models import TABLES, Record

#: gives the record of a class by its id
Resolve = Callable[[type[Record], str], Record]
_Make = Callable[[Any, Resolve], Any]

_TUPLE: Final = re.compile(r"tuple\[(\w+), \.\.\.\]")
_RECORDS: Final = frozenset(TABLES.values())


class Reader:
    """Makes records; asks *resolve* for what they link to."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._makers: dict[type, dict[str, _Make]] = {}

    def read(self, raw: dict[str, Any], cls: type[Any]) -> Any:  # noqa: ANN401 - an instance of cls
        """Make an instance of the attrs class *cls* from plain JSON values."""
        makers = self._makers.get(cls)
        if makers is None:
            # cls.__annotations__ are text; attrs' own types turn into classes once cattrs has seen them
            names = vars(sys.modules[cls.__module__])
            makers = self._makers[cls] = {
                a.name: self._maker(cls.__annotations__[a.name], names) for a in attrs.fields(cls)
            }
        return cls(**{name: makers[name](value, self._resolve) for name, value in raw.items()})

    def _maker(self, annotation: str, names: dict[str, Any]) -> _Make:
        """Give how to make a value of an annotated field: ``Text``, ``str | None``, ``tuple[Right, ...]``."""
        name = annotation.removesuffix(" | None")
        if match := _TUPLE.fullmatch(name):
            make = self._maker(match[1], names)
            return lambda values, resolve: tuple([make(value, resolve) for value in values])
        cls = names.get(name)
        if cls is None:  # str, int
            return lambda value, _: value
        if cls in _RECORDS:
            return lambda value, resolve: resolve(cls, value)
        if attrs.has(cls):
            return lambda value, _: self.read(value, cls)
        return lambda value, _: cls(value)
