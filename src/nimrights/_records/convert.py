"""The one door to cattrs: checking records in the sources, and exporting them. A link is an id there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, get_args, get_origin

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from nimrights.models import TABLES, Record
from nimrights.vocabulary import ENUMERATIONS

_Hook = Callable[[Any, Any], Any]


class StrictReader:
    """Structures records from the sources: unknown keys and wrong types are errors, all of them collected.

    A link must be an id and stays one; whether it points to something is another check.
    """

    def __init__(self) -> None:
        converter = Converter(detailed_validation=True, forbid_extra_keys=True)
        for scalar in (str, int, bool):
            converter.register_structure_hook(scalar, partial(_exactly, scalar))
        for kind in ENUMERATIONS:  # an enumeration of strings would else pass for a plain string
            converter.register_structure_hook(kind, lambda value, cls: cls(value))
        for cls in TABLES.values():
            converter.register_structure_hook(cls, partial(_exactly, str))
        converter.register_structure_hook_factory(_is_tuple, partial(_tuple_of, converter))
        self._plain = {
            cls: make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True) for cls in TABLES.values()
        }

    def structure(self, row: dict[str, Any], cls: type[Record]) -> Record:
        """Structure one record; raises cattrs' `ClassValidationError` with everything that is wrong."""
        return self._plain[cls](row, cls)


def _is_tuple(cls: Any) -> bool:  # noqa: ANN401 - any type
    return get_origin(cls) is tuple


def _tuple_of(converter: Converter, cls: Any) -> _Hook:  # noqa: ANN401 - a type such as tuple[str, ...]
    item = get_args(cls)[0]
    make = converter.get_structure_hook(item)

    def structure(value: Any, _: Any) -> Any:  # noqa: ANN401 - a hook takes whatever a file holds
        if not isinstance(value, list):  # a text would else pass for a list of its letters
            raise TypeError(f"expected a list, got {value!r}")
        return tuple(make(one, item) for one in value)

    return structure


def _exactly(kind: type, value: Any, _: Any) -> Any:  # noqa: ANN401 - a hook takes whatever a file holds
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {value!r}")
    return value


def to_dict(record: Record) -> dict[str, Any]:
    """Give *record* as plain JSON values, links as ids, fields that hold their default left out."""
    converter = Converter(omit_if_default=True)
    for kind in ENUMERATIONS:
        converter.register_unstructure_hook(kind, lambda value: value.value)
    for cls in TABLES.values():
        converter.register_unstructure_hook(cls, lambda linked: linked.id)
    plain = make_dict_unstructure_fn(type(record), converter, _cattrs_omit_if_default=True)
    values: dict[str, Any] = plain(record)
    return values
