"""What records link to, and how and when each link was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from nimrights.models import Area, Decision, Finding, Obligation, Practice, Recommendation, Record, Right
from nimrights.vocabulary import Basis

Json = dict[str, Any]

#: fields of a raw record that hold ids of other records
_FIELDS: Final = (
    "instrument", "body", "document", "provisions", "rights", "obligations", "decisions", "areas", "repeats",
    "replaced_by",
)  # fmt: skip


@attrs.frozen
class Link:
    """One link from a record to another."""

    field: str  #: field that holds it
    to: Record = attrs.field(repr=lambda record: record.id)
    basis: Basis  #: a source says so, or it is our reading
    made: str  #: ISO date on which it was made or last confirmed
    via: str | None = None  #: id of the obligation through which an area links to a provision


def linked_ids(raw: Json) -> Iterator[str]:
    """Give the ids that a record of a release links to; sources are not followed."""
    for name in _FIELDS:
        value = raw.get(name, ())
        yield from [value] if isinstance(value, str) else value
    for basis in raw.get("legal_basis", ()):
        yield basis["provision"]


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


def _through_obligations(area: Area) -> Iterator[Link]:
    for obligation in area.obligations:
        for link in _each(obligation):
            if link.field == "legal_basis":
                yield Link("obligations", link.to, link.basis, link.made, obligation.id)


def _checked(record: Any) -> str:  # noqa: ANN401 - records without sources have no date either
    """Give the first day on which the sources of a record were read."""
    return min((entry.checked for entry in getattr(record, "provenance", ())), default="")
