"""The one door to cattrs: records to and from plain JSON values. A link is an id there."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from operator import is_
from typing import Any, get_args

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from nimrights.models import TABLES, Record

#: gives the record of a class by its id
Resolve = Callable[[type[Record], str], Record]


def structurer(resolve: Resolve, *, detailed: bool = False) -> Converter:
    """Make a converter that structures records and asks *resolve* for what they link to.

    Keys that a class does not know are an error. With *detailed*, every problem of a record is
    collected (for people who write sources); without, the first one stops (for releases).
    """
    converter = Converter(detailed_validation=detailed, forbid_extra_keys=True)

    def linked(cls: type[Record]) -> None:
        plain = make_dict_structure_fn(
            cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=detailed
        )
        converter.register_structure_hook(
            cls, lambda value, _: resolve(cls, value) if isinstance(value, str) else plain(value, cls)
        )

    def strict(kind: type) -> Callable[[Any, Any], Any]:
        def check(value: Any, _: Any) -> Any:  # noqa: ANN401 - a hook takes whatever a file holds
            if type(value) is not kind:
                raise TypeError(f"expected {kind.__name__}, got {value!r}")
            return value

        return check

    for scalar in (str, int):  # by identity: an enumeration of strings is no plain string
        converter.register_structure_hook_func(partial(is_, scalar), strict(scalar))
    for record_class in get_args(Record):
        linked(record_class)
    return converter


def _unstructurer() -> Converter:
    converter = Converter(omit_if_default=True)
    converter.register_unstructure_hook(Enum, lambda value: value.value)
    for cls in TABLES.values():
        converter.register_unstructure_hook(cls, lambda record: record.id)
    return converter


def to_dict(record: Record) -> dict[str, Any]:
    """Give *record* as plain JSON values, links as ids, fields that hold their default left out."""
    converter = _unstructurer()
    plain = make_dict_unstructure_fn(type(record), converter, _cattrs_omit_if_default=True)
    values: dict[str, Any] = plain(record)
    return values
