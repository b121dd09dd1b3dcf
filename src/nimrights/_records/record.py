"""What every record has, and the records that say where the others come from."""

from __future__ import annotations

from typing import ClassVar

from attrs import AttrsInstance, frozen

from nimrights.text import Text
from nimrights.vocabulary import Verification


class BaseRecord(AttrsInstance):
    """What all records have: a kind, an id, a short repr, and equality by value.

    Written once here instead of generated for each class: a record holds the records it links
    to, so a generated repr would print half the dataset, and generating costs start-up time.
    """

    __slots__ = ()
    kind: ClassVar[str]
    id: str

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, a.name) == getattr(other, a.name) for a in type(self).__attrs_attrs__)

    def __hash__(self) -> int:
        return hash((self.kind, self.id))


@frozen(kw_only=True, eq=False, repr=False)
class Source(BaseRecord):
    """Where facts were read."""

    kind: ClassVar[str] = "source"
    id: str
    url: str  #: address, or a bibliographic reference where the text has no address
    publisher: str  #: who publishes the page
    title: str | None = None  #: as printed there; ``None`` where it was not recorded
    published: str | None = None  #: ISO date, month or year
    retrieved: str  #: ISO date on which it was read


@frozen(kw_only=True)
class Provenance:
    """One source of a record: where in it, how it was verified, and when."""

    source: Source
    locator: str  #: paragraph, section, page or heading
    verification: Verification
    checked: str  #: ISO date
    note: str | None = None


@frozen(kw_only=True)
class Review:
    """One reading of a record by somebody who did not write it."""

    date: str  #: ISO date
    against: str  #: a value of the vocabulary ``review``: what it was read against
    changed: tuple[str, ...] = ()  #: fields that it changed; empty: all was found right
    error: bool = False  #: a reader would have been misled before
    note: str | None = None  #: why, in English


@frozen(kw_only=True, eq=False, repr=False)
class Term(BaseRecord):
    """One value of a vocabulary with its label, such as ``group/children``."""

    kind: ClassVar[str] = "term"
    id: str
    label: Text
    definition: Text | None = None
