"""Search over texts of your own: the engine of `nimrights.search` without its dataset, for up to 300,000 texts.

An index is made once, written to a file and opened in milliseconds: the file is mapped, not read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import frozen

from nimrights._engine.closeness import Close, Closeness
from nimrights._engine.index import Index
from nimrights._engine.indexing import Entry, build
from nimrights._engine.matching import LOWEST, Matching, Stage, check_number, read_query
from nimrights._engine.matching import MOST_CHARACTERS as MOST_CHARACTERS  # noqa: PLC0414 - part of this module for its users
from nimrights._engine.spelling import part_of
from nimrights._files import AnyPath, map_file, replace_whole
from nimrights.exceptions import BadQuery
from nimrights.text import fold

if TYPE_CHECKING:
    from mmap import mmap

_MOST: Final = 1000
#: so many of the best are looked at twice
_COMPARED: Final = 32
#: most points that the likeness of its labels as a whole adds to a document
_WHOLE: Final = 5.0
#: what the first look, the likeness of words and their nearness count in a score
_COUNTED, _LIKE, _NEAR = 0.7, 27.0, 3.0
#: the place of a label is written in two bytes
_MOST_LABELS: Final = 65_000


@frozen
class TextHit:
    """One text that was found."""

    key: str
    score: float  #: 0 to 100
    stage: Stage
    words: tuple[tuple[str, str], ...]  #: (word of the query, word of the text)


class TextIndex:
    """Texts that can be searched by word, inflection, part of a compound and misspelling.

    >>> index = TextIndex.build([("a", "Vern mot vold i nære relasjoner", ()), ("b", "Universell utforming", ("UU",))])
    >>> [(hit.key, hit.stage) for hit in index.search("universel utfroming")]
    [('b', 'fuzzy')]
    """

    def __init__(self, index: Index, data: bytes | mmap) -> None:
        self._index, self._data = index, data

    @classmethod
    def build(cls, documents: Iterable[tuple[str, str, Iterable[str]]]) -> TextIndex:
        """Make an index of *documents*: a key, a text, and labels (names by which it is looked up), which may be none.

        Raises `BadQuery` for a key that is empty, no printable string or stands twice, for a text that is no string,
        and for labels that are one string instead of several, or more than 65,000.
        """
        seen: set[str] = set()
        entries: list[tuple[str, tuple[Entry, ...]]] = []
        for key, text, labels in documents:
            if not isinstance(key, str) or not key or not key.isprintable() or key in seen:
                raise BadQuery(
                    f"the key {key!r} is no printable text or stands twice: give each document one of its own"
                )
            names = () if isinstance(labels, str) else tuple(labels)
            sound = all(isinstance(name, str) for name in (text, *names)) and len(names) <= _MOST_LABELS
            if isinstance(labels, str) or not sound:
                raise BadQuery(f"document {key!r}: expected a text and a list of at most {_MOST_LABELS} labels")
            seen.add(key)
            entries.append((key, (*(Entry("label", "", label) for label in names), Entry("text", "", text))))
        data = build(entries)
        return cls(Index(data), data)

    @classmethod
    def open(cls, path: AnyPath) -> TextIndex:
        """Open the file of an index; raise `DataError` if it is none, is cut off, or cannot be read.

        The file is mapped, not read, so damage inside it is not noticed.
        """
        data = map_file(path)
        return cls(Index(data, os.fspath(path)), data)

    def save(self, path: AnyPath) -> None:
        """Write the index to a file, whole or not at all; raise `DataError` if that is impossible."""
        replace_whole(path, bytes(self._data))

    def __len__(self) -> int:
        """Give the number of texts."""
        return self._index.size

    def search(self, query: str, *, limit: int = 10) -> list[TextHit]:
        """Find texts, best first, of equal ones those that were given first.

        All texts are counted by the words that they have; then the 32 best are compared with the query letter by
        letter, function words and nearness included. What *limit* asks for beyond them stands below them, in the order
        of the first look. A text that is added later can push another out of those that are compared.

        Raises `BadQuery` if *query* is no string or *limit* (1 to 1000) out of range.
        """
        folded = fold(read_query(query))
        check_number("limit", limit, 1, _MOST)
        if not folded:
            return []
        matching = Matching(self._index, folded)
        candidates = matching.best(max(limit, _COMPARED))
        matching.weigh(candidates)
        first = sorted((-matching.score(n), n) for n in candidates if matching.score(n) >= LOWEST)
        again = _SecondLook(self._index, matching, folded)
        compared = sorted((-again.score(n), n) for _, n in first[:_COMPARED])
        hits = [again.hit(n) for _, n in compared[:limit]]
        lowest = -compared[-1][0] if compared else 0.0
        hits += [again.first_hit(n, min(-score, lowest)) for score, n in first[_COMPARED:limit]]
        return [hit for hit in hits if hit.score >= LOWEST]


class _SecondLook:
    """Scores documents by what says most for them: their labels as a whole, or their texts word by word."""

    def __init__(self, index: Index, matching: Matching, folded: str) -> None:
        self._index, self._matching, self._folded = index, matching, folded
        self._best: dict[int, tuple[float, Close | None]] = {}

    @cached_property
    def _closeness(self) -> Closeness:  # names alone need none
        return Closeness(self._folded, self._matching.ranking.asked)

    def score(self, number: int) -> float:
        """Give the score of a document."""
        labels, text = self._index.labels_and_text(number)
        best, close = 0.0, None
        if labels:
            likeness = part_of(self._folded, labels.decode())
            best = min(100.0, self._matching.score(number) + _WHOLE * likeness)
        if text:
            found = self._closeness.of(text)
            counted = _COUNTED * self._matching.by_words(number)
            if (again := counted + _LIKE * found.likeness + _NEAR * found.nearness) > best:
                best, close = again, found
        self._best[number] = round(best, 1), close
        return self._best[number][0]

    def hit(self, number: int) -> TextHit:
        """Make a hit of a document that has its score."""
        score, close = self._best[number]
        if close is None:
            return self.first_hit(number, score)
        return TextHit(self._index.keys[number], score, "fuzzy" if close.fuzzy else "stem", close.words)

    def first_hit(self, number: int, score: float) -> TextHit:
        """Make a hit of a document for the reason that the first look gave."""
        reason = self._matching.reason(number, self._matching.score(number))
        return TextHit(self._index.keys[number], score, reason.stage, reason.words)
