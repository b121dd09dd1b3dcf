"""The one door to cattrs: checking records in the sources, and exporting them. A link is an id there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from cattrs import Converter

from nimrights.models import TABLES, Record
from nimrights.vocabulary import ENUMERATIONS

_Hook = Callable[[Any, Any], Any]


def strict_reader() -> Converter:
    """Make a converter for sources: unknown keys and wrong types are errors, all of them collected.

    Links are left as ids; whether they point to something is another check.
    """
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - only checks need it

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for scalar in (str, int):
        converter.register_structure_hook(scalar, partial(_exactly, scalar))
    for kind in ENUMERATIONS:  # an enumeration of strings would else pass for a plain string
        converter.register_structure_hook(kind, lambda value, cls: cls(value))
    for cls in TABLES.values():
        plain = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(cls, partial(_link_or, plain))
    return converter


def _link_or(plain: _Hook, value: Any, cls: Any) -> Any:  # noqa: ANN401 - a hook takes whatever a file holds
    return value if isinstance(value, str) else plain(value, cls)


def _exactly(kind: type, value: Any, _: Any) -> Any:  # noqa: ANN401 - a hook takes whatever a file holds
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {value!r}")
    return value


def to_dict(record: Record) -> dict[str, Any]:
    """Give *record* as plain JSON values, links as ids, fields that hold their default left out."""
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415 - only exports need it

    converter = Converter(omit_if_default=True)
    for kind in ENUMERATIONS:
        converter.register_unstructure_hook(kind, lambda value: value.value)
    for cls in TABLES.values():
        converter.register_unstructure_hook(cls, lambda linked: linked.id)
    plain = make_dict_unstructure_fn(type(record), converter, _cattrs_omit_if_default=True)
    values: dict[str, Any] = plain(record)
    return values
