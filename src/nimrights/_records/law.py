"""The law's records: instruments, provisions, rights, obligations and the areas that they belong to."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from nimrights._records.record import BaseRecord, Provenance, Review
from nimrights.text import Text, Texts
from nimrights.vocabulary import Basis, Duty, Force, InstrumentKind


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
    reviewed: tuple[Review, ...] = ()  #: with the labels of its provisions

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
    reviewed: tuple[Review, ...] = ()


@frozen(kw_only=True)
class LegalBasis:
    """A provision that an obligation rests on, with the paragraph where one is meant."""

    provision: Provision
    paragraph: str | None = None
    operative: bool = False  #: lays down the detailed duty; the others stand behind it
    basis: Basis | None = None  #: how this link was made; ``None`` before data 2026.2
    made: str | None = None  #: ISO date on which it was made


@frozen(kw_only=True, eq=False, repr=False)
class Obligation(BaseRecord):
    """What an area's rights require of the municipality: binding, and naming its provisions.

    Several areas may share one; its id names the area that it was written for.
    """

    kind: ClassVar[str] = "obligation"
    id: str  #: area id, a slash, a name
    statement: Text
    rights: tuple[Right, ...]
    duty: Duty
    legal_basis: tuple[LegalBasis, ...]
    force: Force  #: the strongest force among its legal basis on the dataset's date
    operative_force: Force | None = None  #: force of the provisions that lay down the detailed duty
    questions: Texts  #: what to ask in a case
    applies_to: str = "all"  #: a value of the vocabulary ``applies``
    basis: Basis  #: how it was read out of the provisions
    doubt: Text | None = None  #: what is uncertain about it
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()

    @property
    def area(self) -> str:
        """Give the id of the policy area that it was written for; others may share it."""
        return self.id.partition("/")[0]

    @property
    def operative(self) -> tuple[Provision, ...]:
        """Give the provisions that lay down the detailed duty, each once, in order."""
        return tuple(dict.fromkeys(basis.provision for basis in self.legal_basis if basis.operative))

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
    reviewed: tuple[Review, ...] = ()


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
    kcodes: tuple[str, ...] = ()  #: main classes of the archive key K-koder
    sdg: tuple[str, ...] = ()  #: targets of the Sustainable Development Goals
    groups: tuple[str, ...] = ()  #: values of the vocabulary ``group``
    obligations: tuple[Obligation, ...]
    decisions: tuple[Decision, ...] = ()
    doubt: Text | None = None  #: what is uncertain about it
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()
