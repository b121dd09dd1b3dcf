"""What records link to, and how and when each link was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from nimrights.models import (
    Area,
    Decision,
    Element,
    Finding,
    Module,
    Obligation,
    Practice,
    Question,
    Recommendation,
    Record,
    Right,
    Step,
)
from nimrights.vocabulary import Basis

Json = dict[str, Any]

#: fields of a raw record, and of the values in it, that hold ids of other records
_FIELDS: Final = frozenset(
    "instrument body document provision provisions rights obligations decisions areas repeats replaced_by questions "
    "advice practices".split()
)


@attrs.frozen
class Link:
    """One link from a record to another."""

    field: str  #: field that holds it
    to: Record = attrs.field(repr=lambda record: record.id)
    basis: Basis  #: a source says so, or it is our reading
    made: str  #: ISO date on which it was made or last confirmed; ``""`` where the record tells none
    via: str | None = None  #: id of the obligation through which an area links to a provision


def linked_ids(raw: Json) -> Iterator[str]:
    """Give the ids that a record of a release links to; sources are not followed."""
    for name, value in raw.items():
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                yield from linked_ids(item)
            elif name in _FIELDS:
                yield item


def links_of(record: Record) -> tuple[Link, ...]:
    """Give the links of *record* with their reasons; none for a kind that has no links of its own."""
    return tuple(_each(record))


def _each(record: Record) -> Iterator[Link]:
    checked = _checked(record)
    match record:
        case Obligation():
            for entry in record.legal_basis:
                yield Link("legal_basis", entry.provision, entry.basis or record.basis, entry.made or checked)
            yield from (Link("rights", right, record.basis, checked) for right in record.rights)
        case Recommendation():
            made = record.linked or checked
            for name in ("areas", "rights"):
                yield from (Link(name, other, record.basis, made) for other in getattr(record, name))
            yield from (Link("repeats", other, Basis.READING, made) for other in record.repeats)
        case Right() | Decision():
            yield from (Link("provisions", provision, record.basis, checked) for provision in record.provisions)
        case Area():
            yield from _through_obligations(record)
            yield from (Link("decisions", decision, Basis.READING, checked) for decision in record.decisions)
        case Finding() | Practice():
            yield from (Link("areas", area, Basis.READING, checked) for area in record.areas)
        case Step() | Question() | Module() | Element():
            yield from dict.fromkeys(Link(name, to, Basis.READING, checked) for name, to in _learning(record))


def _through_obligations(area: Area) -> Iterator[Link]:
    for obligation in area.obligations:
        for link in _each(obligation):
            if link.field == "legal_basis":
                yield Link("obligations", link.to, link.basis, link.made, obligation.id)


def _learning(record: Record) -> Iterator[tuple[str, Record]]:
    """Give field and target of the links of a step, module, question or element, its parts included.

    The questions of a module are part of it and need no reason.
    """
    for name in ("areas", "rights", "provisions", "obligations", "decisions", "advice", "practices"):
        yield from ((name, other) for other in getattr(record, name, ()))
    match record:
        case Step():
            yield from (("questions", provision) for asked in record.questions for provision in asked.provisions)
        case Module():
            yield from (("sections", provision) for section in record.sections for provision in section.provisions)


def _checked(record: Any) -> str:  # noqa: ANN401 - records without sources have no date either
    """Give the first day on which the sources of a record were read, or the record itself where it has none."""
    read = [entry.checked for entry in getattr(record, "provenance", ())]
    return min(read or [review.date for review in getattr(record, "reviewed", ())], default="")
