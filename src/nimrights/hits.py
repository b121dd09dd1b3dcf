"""What a search gives: hits with their reasons, and how many records were found in all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from nimrights._engine.matching import Stage

if TYPE_CHECKING:
    from nimrights.models import Record

#: hits below this score are not confident
CONFIDENT: Final = 60.0


class Matched(NamedTuple):
    """What matched: in which field and language, the text, and the words of query and text."""

    field: str  #: ``id``, ``citation``, ``label``, ``alias``, ``heading``, ``text`` or ``linked``
    lang: str  #: language of the text, ``""`` where it has none
    text: str
    words: tuple[tuple[str, str], ...] = ()  #: (word of the query, word of the text)
    via: str | None = None  #: id of the record that led here, where the field is ``linked``


class _Source(Protocol):
    """Where a hit has its record and its reason from."""

    def record(self, number: int) -> Record:
        """Give the record with a number."""

    def reason(self, number: int, score: float) -> tuple[Stage, Matched]:
        """Say how the record was found and what matched."""


class _Known(NamedTuple):
    """A record and a reason that are at hand."""

    what: Record
    stage: Stage
    matched: Matched

    def record(self, _: int) -> Record:
        """Give the record."""
        return self.what

    def reason(self, _: int, __: float) -> tuple[Stage, Matched]:
        """Give the reason."""
        return self.stage, self.matched


class Hit:
    """One record that was found, with its score and the reason.

    Record and reason are made when they are first asked for, so a search of which only ids are
    read need not pay for them; what they say does not depend on when that is.
    """

    id: str  #: of the record
    kind: str  #: of the record, such as ``"area"``
    score: float  #: 0 to 100
    _source: _Source
    _number: int

    def __init__(self, *, id: str, kind: str, score: float, source: _Source, number: int = 0) -> None:
        self.__dict__.update(id=id, kind=kind, score=score, _source=source, _number=number)

    def __setattr__(self, name: str, _: object) -> None:
        """Refuse: a hit never changes."""
        raise AttributeError(f"a hit never changes: {name} cannot be set")

    @classmethod
    def of(cls, record: Record, score: float, stage: Stage, matched: Matched) -> Hit:
        """Make a hit of a record and a reason that are known."""
        return cls(id=record.id, kind=record.kind, score=score, source=_Known(record, stage, matched))

    @cached_property
    def record(self) -> Record:
        """Give the record."""
        return self._source.record(self._number)

    @cached_property
    def _reason(self) -> tuple[Stage, Matched]:
        return self._source.reason(self._number, self.score)

    @property
    def stage(self) -> Stage:
        """Give the stage at which it was found."""
        return self._reason[0]

    @property
    def matched(self) -> Matched:
        """Give what matched."""
        return self._reason[1]

    @property
    def confident(self) -> bool:
        """Say whether the score reaches `CONFIDENT`."""
        return self.score >= CONFIDENT

    def _said(self) -> tuple[object, ...]:
        return self.record, self.score, self.stage, self.matched

    def __eq__(self, other: object) -> bool:
        """Say whether two hits say the same."""
        return self._said() == other._said() if isinstance(other, Hit) else NotImplemented

    def __hash__(self) -> int:
        """Give a number that hits have in common if they say the same."""
        return hash(self._said())

    def __repr__(self) -> str:
        """Say everything but the record's contents."""
        return f"Hit(record={self.id}, score={self.score}, stage={self.stage!r}, matched={self.matched!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a copy in another process have record and reason with it."""
        return Hit.of, (self.record, self.score, self.stage, self.matched)


class Results(list[Hit]):
    """The hits that were asked for, and how many there are in all."""

    def __init__(self, hits: list[Hit], total: int, facets: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__(hits)
        self.total = total  #: how many records were found, shown or not
        #: facet -> value -> how many of the found records have it, most first
        self.facets = facets

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a copy in another process have hits and counts with it."""
        return Results, (list(self), self.total, {name: dict(values) for name, values in self.facets.items()})
