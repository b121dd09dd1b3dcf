"""A second look at the best texts: how like the words of a query their words are, letter by letter, and how near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from nimrights._common import STOP_WORDS
from nimrights._index import Asked
from nimrights._spelling import Vocabulary, likenesses

#: so many words of the texts are looked for, for each word of a query
_MOST_LIKE: Final = 8
_MOST_WORDS: Final = 32


class _Sought(NamedTuple):
    """A word of texts that may stand for one of a query."""

    likeness: float  #: 0 to 1
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

    def __init__(self, folded: str, asked: Iterable[Asked], vocabulary: Vocabulary) -> None:
        words, known = list(dict.fromkeys(folded.split()))[:_MOST_WORDS], {a.word: a for a in asked}
        self._sought = [(word, _sought(word, known.get(word), vocabulary)) for word in words]
        self._length = sum(len(word) + 1 for word in words if word in known)

    def of(self, text: bytes) -> Close:
        """Compare a text of folded words, each between spaces."""
        likeness, begin, end, fuzzy = 0.0, len(text), 0, False
        found: list[tuple[str, str]] = []
        for word, sought in self._sought:
            for other in sought:
                at = text.find(other.needle)
                if at < 0:
                    continue
                likeness += other.likeness
                if word not in STOP_WORDS:
                    found.append((word, other.word))
                    fuzzy = fuzzy or other.fuzzy
                    begin, end = min(begin, at), max(end, at + len(other.needle) - 1)
                break
        nearness = min(1.0, self._length / (end - begin)) if found else 0.0
        return Close(likeness / len(self._sought), nearness, tuple(found), fuzzy)


def _sought(word: str, asked: Asked | None, vocabulary: Vocabulary) -> list[_Sought]:
    """Give the words that may stand for *word*, the most like first."""
    if word in STOP_WORDS:
        return [_Sought(1.0, word, f" {word} ".encode(), fuzzy=False)]
    met = {m.word: m.fuzzy for m in asked.met} if asked else {}
    met.update(dict.fromkeys(vocabulary.meeting(word).function_words, True))
    names = list(met)
    best = sorted(((-likeness, names[place]) for place, likeness in likenesses(word, names, 0.0)))[:_MOST_LIKE]
    return [_Sought(-likeness, other, f" {other} ".encode(), met[other]) for likeness, other in best]
