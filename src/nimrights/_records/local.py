"""Municipalities, the codes that their systems use, and what others advise, found or tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from attrs import frozen

from nimrights._records.law import Area
from nimrights._records.record import BaseRecord, Provenance, Review
from nimrights.text import Text
from nimrights.vocabulary import Force


@frozen(kw_only=True, eq=False, repr=False)
class Municipality(BaseRecord):
    """A Norwegian municipality."""

    kind: ClassVar[str] = "municipality"
    id: str  #: four-digit number
    label: str  #: official name or names
    names: tuple[str, ...]  #: each official name
    languages: tuple[str, ...]  #: language of each name (ISO 639-3)
    county: str
    organisation_number: str | None = None
    number_2023: str | None = None
    sami_category: str | None = None  #: category in the Sami language area
    sami_since: str | None = None  #: ISO date
    provenance: tuple[Provenance, ...]

    def is_one_of(self, applies_to: str) -> bool | None:
        """Say whether it belongs to those that an obligation applies to (a value of the vocabulary ``applies``).

        `None`: that depends on what the municipality does or owns, which the data does not know.
        """
        rule = _MEMBERS.get(applies_to)
        return None if rule is None else rule(self)


#: whom an obligation applies to, as far as a municipality's record says
_MEMBERS: Final[dict[str, Callable[[Municipality], bool]]] = {
    "all": lambda _: True,
    "sami-language-area": lambda m: m.sami_category is not None,
    "sami-language-development-revitalisation": lambda m: (
        m.sami_category in ("språkutviklingskommune", "språkvitaliseringskommune")
    ),
    "troms-finnmark": lambda m: m.county in ("55", "56"),
}


@frozen(kw_only=True, eq=False, repr=False)
class Code(BaseRecord):
    """One code of a scheme that municipal systems use: KOSTRA, Los, or the archive key K-koder."""

    kind: ClassVar[str] = "code"
    id: str  #: scheme, a slash, the code, such as ``kostra/244``
    scheme: str  #: a value of the vocabulary ``scheme``
    code: str  #: as systems write it; for Los the address of the concept
    heading: str | None = None  #: as printed, in bokmål
    ended: bool = False  #: it is no longer in the scheme
    until: str | None = None  #: last day on which it held, ISO date; ``None``: it holds, or the day was not seen
    replaced_by: tuple[str, ...] = ()  #: ids of the codes that took over
    provenance: tuple[Provenance, ...]


@frozen(kw_only=True)
class AdviceMeasure:
    """One measure that a piece of advice names, and who is to take it."""

    actor: str  #: a value of the vocabulary ``actor``
    text: Text


@frozen(kw_only=True, eq=False, repr=False)
class Advice(BaseRecord):
    """Advice of Norway's national human rights institution, in our own words. It is never binding."""

    kind: ClassVar[str] = "advice"
    force: ClassVar[Force] = Force.RECOMMENDATION
    id: str
    number: int  #: its number in the report
    label: Text
    statement: Text
    addressee: str  #: a value of the vocabulary ``actor``
    measures: tuple[AdviceMeasure, ...] = ()
    text_seen: str  #: ``"complete"`` or ``"part"``
    note: str | None = None
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Finding(BaseRecord):
    """A fact that somebody measured in municipalities: who asked whom, and when."""

    kind: ClassVar[str] = "finding"
    id: str
    label: Text
    statement: Text
    date: str  #: ISO date, month or year
    publisher: str
    sample: Text | None = None  #: who answered, and how many
    areas: tuple[Area, ...] = ()
    note: str | None = None
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Practice(BaseRecord):
    """What a city, a region or an authority did: an example, not a model."""

    kind: ClassVar[str] = "practice"
    id: str
    label: Text
    summary: Text
    place: Text
    country: str  #: ISO 3166-1 alpha-2, lower case
    year: str | None = None
    themes: tuple[str, ...] = ()  #: values of the vocabulary ``theme``
    areas: tuple[Area, ...] = ()
    note: str | None = None
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()
