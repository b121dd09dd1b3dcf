"""A second look at the best texts: how like the words of a query their words are, letter by letter, and how near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from nimrights._engine.common import STOP_WORDS
from nimrights._engine.index import Asked
from nimrights._engine.spelling import likenesses

#: so many function words of a query are looked for
_MOST_FUNCTION_WORDS: Final = 16
#: more words than these are looked up among those of a text before they are looked for in it
_MANY: Final = 24


class _Sought(NamedTuple):
    """A word of texts that may stand for one of a query."""

    value: float  #: how well it does, 0 to 1
    asked: str
    word: str
    needle: bytes  #: as it stands in the texts of a document
    fuzzy: bool


class Close(NamedTuple):
    """How close a text comes to a query."""

    likeness: float  #: mean over the words of the query, 0 to 1
    nearness: float  #: 1 if those words stand side by side, less the farther they are apart
    words: tuple[tuple[str, str], ...]  #: (word of the query, word of the text)
    fuzzy: bool  #: one of them is spelled otherwise, by mistake as it seems


class Closeness:
    """Compares texts with one query. Function words count here too, though they find nothing."""

    def __init__(self, folded: str, asked: Sequence[Asked]) -> None:
        #: for each word of the query its share of the whole, what may stand for it, and for its parts
        self._sought: list[tuple[list[_Sought], list[tuple[float, list[_Sought]]]]] = []
        for one in asked:
            if not one.of:
                parts = [(len(p.word) / len(one.word), _sought(p)) for p in asked if p.of == one.word]
                self._sought.append((_sought(one), parts))
        function_words = [word for word in dict.fromkeys(folded.split()) if word in STOP_WORDS]
        for word in function_words[:_MOST_FUNCTION_WORDS]:
            self._sought.append(([_Sought(1.0, word, word, b" %b " % word.encode(), fuzzy=False)], []))

    def of(self, text: bytes) -> Close:
        """Compare a text of folded words, each between spaces."""
        likeness, letters, fuzzy = 0.0, 0, False
        begin, end = len(text), 0
        words: list[tuple[str, str]] = []
        for whole, parts in self._sought:
            standing = _first(whole, text)
            for share, found in [(1.0, standing)] if standing else [(size, _first(part, text)) for size, part in parts]:
                if found is None:
                    continue
                best, at = found
                likeness += share * best.value
                if best.word not in STOP_WORDS:
                    words.append((best.asked, best.word))
                    fuzzy = fuzzy or best.fuzzy
                    letters += len(best.needle) - 1
                    begin, end = min(begin, at), max(end, at + len(best.needle) - 1)
        nearness = min(1.0, letters / (end - begin)) if words else 0.0
        return Close(likeness / len(self._sought), nearness, tuple(words), fuzzy)


def _first(sought: list[_Sought], text: bytes) -> tuple[_Sought, int] | None:
    """Give the first of some words that stands in a text, and where."""
    if len(sought) > _MANY:
        there = set(text.split())
        sought = [other for other in sought if other.needle[1:-1] in there]
    for other in sought:
        at = text.find(other.needle)
        if at >= 0:
            return other, at
    return None


def _sought(asked: Asked) -> list[_Sought]:
    """Give the words that may stand for a word of a query, the best first.

    A slip is worth how like it is; what else meets the word is halfway between that and its quality.
    """
    others: list[tuple[str, float | None]] = [(met.word, None if met.fuzzy else met.quality) for met in asked.met]
    others += [(word, None) for word in asked.function_words]
    like = dict(likenesses(asked.word, [other for other, _ in others], 0.0))
    rows = []
    for place, (other, quality) in enumerate(others):
        value = like.get(place, 0.0) if quality is None else (like.get(place, 0.0) + quality) / 2
        rows.append(_Sought(value, asked.word, other, b" %b " % other.encode(), fuzzy=quality is None))
    return sorted(rows, key=lambda row: (-row.value, row.word))
