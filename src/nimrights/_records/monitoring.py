"""The records of monitoring: bodies, their documents, and what they recommend."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from nimrights._records.law import Area, Right
from nimrights._records.record import BaseRecord, Provenance, Review
from nimrights.text import Text
from nimrights.vocabulary import Basis, Force, Municipal, Position


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


@frozen(kw_only=True)
class Development:
    """What happened later to what was recommended, as far as a source says so."""

    date: str  #: ISO date, month or year on which it happened
    text: Text
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
    linked: str | None = None  #: ISO date on which they were made or last confirmed
    repeats: tuple[Recommendation, ...] = ()  #: the same demand in other documents, earlier where dates are known
    developments: tuple[Development, ...] = ()
    provenance: tuple[Provenance, ...]
    reviewed: tuple[Review, ...] = ()
