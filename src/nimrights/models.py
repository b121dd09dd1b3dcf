"""The records: frozen values that know nothing of files, indexes or output.

A link to another record is that record. Links only point one way (areas to obligations to
provisions to instruments); the way back is computed by `nimrights.dataset.Dataset.citing`.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from nimrights._record import BaseRecord, Provenance, Source, Term
from nimrights.text import Text, Texts
from nimrights.vocabulary import (
    Basis,
    Duty,
    Force,
    InstrumentKind,
    Municipal,
    Position,
)


@frozen(kw_only=True)
class LegalForce:
    """A legal force and the time in which it holds."""

    force: Force
    since: str | None = None  #: ISO date, month or year; ``None``: the start was not recorded
    until: str | None = None  #: last day, ISO date; ``None``: still holds
    basis: str | None = None  #: the act or decision that gives the force
    note: str | None = None

    def holds_on(self, day: str) -> bool:
        """Say whether it certainly holds on *day* (ISO date).

        A start known only by its year or month is certain once that year or month is over.
        """
        if self.until is not None and day > self.until:
            return False
        if self.since is None:
            return True
        whole = len(self.since) == len("2026-11-22")
        return self.since <= day if whole else self.since < day[: len(self.since)]


@frozen(kw_only=True, eq=False, repr=False)
class Instrument(BaseRecord):
    """A legal text: the Constitution, a convention, a statute, a regulation."""

    kind: ClassVar[str] = "instrument"
    id: str
    type: InstrumentKind
    title: Text  #: full name
    label: Text  #: short name
    abbreviation: Text | None = None  #: how it is cited
    aliases: tuple[str, ...] = ()  #: other names and abbreviations, any language
    unit: str  #: how its provisions are cited: ``"article"`` or ``"section"``
    number: str | None = None  #: for instance ``LOV-2021-06-18-97``
    url: str
    eli: str | None = None  #: European Legislation Identifier
    force: tuple[LegalForce, ...] = ()  #: empty: adopted, but not in force
    replaced_by: str | None = None  #: id of the instrument that will or did replace it
    provenance: tuple[Provenance, ...]

    def force_on(self, day: str) -> Force | None:
        """Give the strongest legal force on *day* (ISO date), or ``None`` if it has none then.

        The UN disability convention was ratified in 2013 and incorporated in 2026:

        >>> from nimrights import load
        >>> crpd = load().instruments["crpd"]
        >>> crpd.force_on("2025-12-31").value, crpd.force_on("2026-01-02").value
        ('treaty', 'incorporated-treaty')
        """
        return Force.strongest(period.force for period in self.force if period.holds_on(day))


@frozen(kw_only=True, eq=False, repr=False)
class Provision(BaseRecord):
    """An article or section of an instrument, such as ``crc-3``."""

    kind: ClassVar[str] = "provision"
    id: str
    instrument: Instrument
    number: str
    label: Text  #: our own words, or the heading itself where the text has one
    aliases: Texts = field(factory=Texts)
    heading: str | None = None  #: as printed in the instrument
    url: str | None = None
    provenance: tuple[Provenance, ...]

    def force_on(self, day: str) -> Force | None:
        """Give the legal force on *day*, which is that of its instrument."""
        return self.instrument.force_on(day)


@frozen(kw_only=True, eq=False, repr=False)
class Right(BaseRecord):
    """One human right, tied to the provisions that protect it."""

    kind: ClassVar[str] = "right"
    id: str
    label: Text
    description: Text
    aliases: Texts = field(factory=Texts)
    provisions: tuple[Provision, ...]
    basis: Basis  #: how the links to the provisions were made
    provenance: tuple[Provenance, ...]


@frozen(kw_only=True)
class LegalBasis:
    """A provision that an obligation rests on, with the paragraph where one is meant."""

    provision: Provision
    paragraph: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Obligation(BaseRecord):
    """What an area's rights require of the municipality: binding, and naming its provisions."""

    kind: ClassVar[str] = "obligation"
    id: str  #: area id, a slash, a name
    statement: Text
    rights: tuple[Right, ...]
    duty: Duty
    legal_basis: tuple[LegalBasis, ...]
    force: Force  #: the strongest force among its legal basis on the dataset's date
    questions: Texts  #: what to ask in a case
    applies_to: str = "all"  #: a value of the vocabulary ``applies``
    basis: Basis  #: how it was read out of the provisions
    provenance: tuple[Provenance, ...]

    @property
    def area(self) -> str:
        """Give the id of the policy area that it belongs to."""
        return self.id.partition("/")[0]

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Give the provisions of the legal basis, each once, in order."""
        return tuple(dict.fromkeys(basis.provision for basis in self.legal_basis))

    def force_on(self, day: str) -> Force | None:
        """Give the strongest legal force among its provisions on *day* (ISO date)."""
        return Force.strongest(f for p in self.provisions if (f := p.force_on(day)) is not None)


@frozen(kw_only=True, eq=False, repr=False)
class Decision(BaseRecord):
    """A judgment or order of a court."""

    kind: ClassVar[str] = "decision"
    id: str
    label: Text
    court: Text
    date: str | None = None  #: ISO date, month or year
    summary: Text
    provisions: tuple[Provision, ...] = ()
    basis: Basis
    provenance: tuple[Provenance, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Area(BaseRecord):
    """A policy area: a field of municipal work."""

    kind: ClassVar[str] = "area"
    id: str
    label: Text
    description: Text
    synonyms: Texts
    los: tuple[str, ...] = ()  #: Los addresses
    kostra: tuple[str, ...] = ()  #: KOSTRA function codes
    sdg: tuple[str, ...] = ()  #: targets of the Sustainable Development Goals
    groups: tuple[str, ...] = ()  #: values of the vocabulary ``group``
    obligations: tuple[Obligation, ...]
    decisions: tuple[Decision, ...] = ()
    provenance: tuple[Provenance, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Body(BaseRecord):
    """A monitoring body: a treaty body, the UPR, a special procedure, a Council of Europe body."""

    kind: ClassVar[str] = "body"
    id: str
    label: Text
    abbreviation: str
    organisation: str  #: ``"UN"`` or ``"Council of Europe"``
    type: str  #: a value of the vocabulary ``body-type``


@frozen(kw_only=True, eq=False, repr=False)
class Document(BaseRecord):
    """A document of a monitoring body about Norway."""

    kind: ClassVar[str] = "document"
    id: str
    symbol: str | None = None  #: as printed; ``None`` where it was not seen
    label: Text
    body: Body
    type: str  #: a value of the vocabulary ``document-type``
    date: str | None = None  #: ISO date, month or year
    date_of: str | None = None  #: what the date is the date of, where it is not publication
    stated: int | None = None  #: number of recommendations in it, where a source states it
    text_seen: str  #: ``"complete"``, ``"part"`` or ``"none"``
    note: str | None = None
    provenance: tuple[Provenance, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Recommendation(BaseRecord):
    """One recommendation to Norway, in our own words. It is never binding."""

    kind: ClassVar[str] = "recommendation"
    force: ClassVar[Force] = Force.RECOMMENDATION
    id: str
    title: Text
    summary: Text
    body: Body | None = None  #: ``None`` where the page read does not name it
    document: Document | None = None
    paragraph: str | None = None
    date: str | None = None  #: ISO date, month or year of the document or the event
    states: tuple[str, ...] = ()  #: recommending States (UPR), English names
    position: Position | None = None  #: Norway's position (UPR)
    position_note: str | None = None
    areas: tuple[Area, ...] = ()
    rights: tuple[Right, ...] = ()
    groups: tuple[str, ...] = ()  #: values of the vocabulary ``group``
    measures: tuple[str, ...] = ()  #: values of the vocabulary ``measure``
    municipal: Municipal
    ministries: tuple[str, ...] = ()  #: as the register names them
    basis: Basis  #: how the links to areas and rights were made
    provenance: tuple[Provenance, ...]


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


Record = (
    Source
    | Term
    | Instrument
    | Provision
    | Right
    | Obligation
    | Decision
    | Area
    | Body
    | Document
    | Recommendation
    | Municipality
)

#: table name -> record class, in the order in which links point
TABLES: dict[str, type[Record]] = {
    "sources": Source,
    "terms": Term,
    "instruments": Instrument,
    "provisions": Provision,
    "rights": Right,
    "obligations": Obligation,
    "decisions": Decision,
    "areas": Area,
    "bodies": Body,
    "documents": Document,
    "recommendations": Recommendation,
    "municipalities": Municipality,
}


def provision_id(instrument: str, number: str) -> str:
    """Give the id of a provision: section numbers are spelled without spaces, in lower case.

    >>> provision_id("pbrl", "4 A-3")
    'pbrl-4a-3'
    """
    return f"{instrument}-{''.join(number.split()).lower()}"
