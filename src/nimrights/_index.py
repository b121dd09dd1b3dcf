"""An index of documents by their words, read as it lies in a file: what search ranks with.

Every word of a query is met by words of the vocabulary: itself, its inflections in both written
languages, compounds that hold it, the parts of a compound, and misspellings. Each has a quality
from 0 to 1, and the documents that hold it gain that much; all documents are counted at once
(`nimrights._bits`). No count depends on how many documents there are, so a record that is added
later does not change the order of the others, as long as it brings no spelling of the words
that were asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import ceil
from typing import Any, Final

from attrs import field, frozen

from nimrights._bits import add, at_least, bits_of, highest
from nimrights._common import COMMON, STOP_WORDS
from nimrights._indexing import CLASSES, keys_in
from nimrights._sections import Sections, beginning, place_of
from nimrights._spelling import SHORTEST, SURE, Grams, Met, Sharing, Vocabulary, likenesses

#: how much a word counts in a longer name and in running text; in a short name it counts 1
_SECOND: Final = 0.96
_THIRD: Final = 0.75
#: steps in which gains are counted
_STEPS: Final = 24
#: what a word that stands everywhere is worth: a whole number of steps, so that no counter exceeds the total
_COMMON: Final = 11 / _STEPS
#: what the parts of an unknown compound are worth together
_PARTS: Final = 0.8
_MOST_WORDS: Final = 24
_MOST_BEGINNING: Final = 16
_KEPT: Final = 4096
#: gains of a word are kept for the next query where a set of documents is at most this large
_SMALL_COLLECTION: Final = 16_384


@frozen
class Asked:
    """A word of a query with the words that meet it, best first, then those that it forms with its neighbours."""

    word: str
    worth: float  #: 1, or less for a word that stands everywhere
    met: tuple[Met, ...]
    documents: int = field(repr=False)  #: those that have one of these words; -1: not kept


@frozen
class Ranking:
    """What a query's words find: counters for all documents, and what they were counted from."""

    asked: tuple[Asked, ...]
    total: float  #: worth of all words
    planes: list[int] = field(repr=False)
    _bytes: list[bytes] = field(factory=list, repr=False, init=False)  #: the planes, last first

    @property
    def most(self) -> float:
        """Give the count of a document that has every word in a short name."""
        return self.total * _STEPS

    def share(self, number: int) -> float:
        """Give the share of the query's worth that a document has, 0 to 1."""
        if not self.planes:
            return 0.0
        if not self._bytes:
            size = (max(map(int.bit_length, self.planes)) + 7) >> 3
            self._bytes.extend(plane.to_bytes(size, "little") for plane in reversed(self.planes))
        at, bit, found = number >> 3, number & 7, 0
        if at < len(self._bytes[0]):
            for plane in self._bytes:
                found = found << 1 | plane[at] >> bit & 1
        return min(1.0, found / self.most)

    def reaching(self, share: float) -> int:
        """Give the set of documents that have at least a *share* of it."""
        return at_least(self.planes, max(1, ceil(share * self.most))) if self.planes else 0

    def best(self, most: int, among: int = -1) -> list[int]:
        """Give the *most* best documents of a set; of equal ones those that stand first in the index."""
        return highest(self.planes, most, among)


class Index:
    """An index file, as bytes or mapped; *name* says in errors where it came from."""

    def __init__(self, data: Any, name: str = "index") -> None:  # noqa: ANN401 - bytes or mmap
        self._sections = Sections(data, name)
        self.size: int = self._sections.head["documents"]
        self.vocabulary = Vocabulary(self._sections)
        self.labels = self._sections.strings("labels")
        self._label_grams = Grams(self._sections, "label", len(self.labels))
        self._same = Sharing(self._sections, "same")
        self._posted, self._posted_at = self._sections.numbers("posted"), self._sections.numbers("posted.at")
        self._many = {word: row for row, word in enumerate(self._sections.numbers("many"))}
        self._tiers_of: dict[tuple[str, float], list[tuple[int, int]]] = {}
        self._codes = [tuple(code) for code in self._sections.head["codes"]]
        self._keys: list[str] | None = None

    def check(self) -> None:
        """Read the whole file once; raise `DataError` if it is damaged."""
        self._sections.check()

    def aside(self, name: str) -> Any:  # noqa: ANN401 - whatever was put there
        """Give what was put aside in the file under a name; ``None`` if there is nothing."""
        return self._sections.aside(name)

    def key(self, number: int) -> str:
        """Give the key of a document."""
        if self._keys is None:
            self._keys = self._sections.strings("keys")
        return self._keys[number]

    # -- queries -------------------------------------------------------------------------------

    def rank(self, folded: str) -> Ranking:
        """Count, for every document, how much of a folded query its words have."""
        words = [w for w in dict.fromkeys(folded.split()) if w not in STOP_WORDS][:_MOST_WORDS]
        asked: list[Asked] = []
        planes: list[int] = []
        total = 0.0
        for place, word in enumerate(words):
            worth = _COMMON if word in COMMON else 1.0
            total += worth
            whole = self.vocabulary.meeting(word)
            joined = [other for other in _joined(words, place) if other in self.vocabulary.number_of]
            whole += tuple(Met(other, self.vocabulary.number_of[other], 0.9, fuzzy=False) for other in joined)
            gained = self._gain(planes, whole, worth, word=" ".join([word, *joined]))
            asked.append(Asked(word, worth, whole, gained if self.size <= _SMALL_COLLECTION else -1))
            if not any(m.quality > SURE for m in whole):
                for part in self.vocabulary.parts(word):
                    share = _PARTS * worth * len(part) / len(word)
                    known = tuple(m for m in self.vocabulary.meeting(part) if m.quality > SURE)
                    asked.append(Asked(part, share, known, -1))
                    self._gain(planes, known, share, beyond=gained)
        return Ranking(tuple(asked), total, planes)

    def _gain(self, planes: list[int], met: Sequence[Met], worth: float, beyond: int = 0, word: str = "") -> int:
        """Let the documents of words gain what those are worth, each document once, and give the set of them.

        *word* is the word of the query that they meet, if its gains may be kept for the next query.
        """
        tiers = self._tiers_of.get((word, worth))
        if tiers is None:
            tiers = self._tiers(met, worth)
            if word and self.size <= _SMALL_COLLECTION:
                if len(self._tiers_of) >= _KEPT:
                    self._tiers_of.clear()
                self._tiers_of[word, worth] = tiers
        seen = beyond
        for amount, documents in tiers:
            members = documents & ~seen
            if members:
                add(planes, members, amount)
                seen |= members
        return seen

    def _tiers(self, met: Sequence[Met], worth: float) -> list[tuple[int, int]]:
        """Give what documents gain by words, most first, and the sets of them."""
        few: defaultdict[int, list[int]] = defaultdict(list)
        many: defaultdict[int, int] = defaultdict(int)
        posted, at = self._posted, self._posted_at
        for other in met:
            word, value = other.number, other.quality * worth * _STEPS + 0.5
            amounts = (int(value), int(value * _SECOND), int(value * _THIRD))
            row = self._many.get(word)
            if row is None:
                for number in posted[at[word] : at[word + 1]]:
                    few[amounts[number & 3]].append(number >> 2)
            else:
                for rank, amount in enumerate(amounts):
                    many[amount] |= self._sections.bits("sets", len(CLASSES) * row + rank, self.size)
        return [
            (amount, many.get(amount, 0) | (bits_of(few[amount], self.size) if amount in few else 0))
            for amount in sorted({*few, *many} - {0}, reverse=True)
        ]

    # -- whole labels --------------------------------------------------------------------------

    def label(self, folded: str) -> int | None:
        """Give the number of the label that is exactly a folded text."""
        return place_of(folded, self.labels)

    def labels_saying(self, folded: str) -> Sequence[int]:
        """Give the numbers of labels that have the words of a folded text in other forms, in its order."""
        shared = keys_in(folded)
        return self._same.sharing(shared) if shared else ()

    def labels_beginning(self, folded: str, most: int = _MOST_BEGINNING) -> list[int]:
        """Give the numbers of labels that begin with a folded text, shortest first."""
        return nsmallest(most, beginning(folded, self.labels), key=lambda n: (len(self.labels[n]), n))

    def labels_like(self, squeezed: str, lowest: float) -> list[tuple[int, float]]:
        """Give labels spelled like a folded text without spaces, and how like: 1 for the same letters."""
        if len(squeezed) < SHORTEST:
            return []
        candidates = self._label_grams.most_shared(squeezed)
        texts = [self.labels[n].replace(" ", "") for n in candidates]
        return [(candidates[place], likeness) for place, likeness in likenesses(squeezed, texts, lowest)]

    def owners(self, label: int) -> Sequence[int]:
        """Give the documents that have a label."""
        return self._sections.row_of_numbers("owners", label)

    # -- evidence ------------------------------------------------------------------------------

    def text_of(self, number: int) -> bytes:
        """Give the folded texts of a document, one a line, each word between spaces."""
        return self._sections.row("documents", number)

    def entry(self, number: int, line: int) -> tuple[str, str, int]:
        """Give field, language and place among the document's texts of a line of `text_of`."""
        at = self._sections.numbers("kinds.at")[number] + line
        name, lang = self._codes[self._sections.piece("kinds", at, 1)[0]]
        return name, lang, int.from_bytes(self._sections.piece("places", 2 * at, 2), "little")


def _joined(words: Sequence[str], place: int) -> Iterator[str]:
    """Give the words that arise when a word is joined with its neighbours."""
    for first, last in ((place - 1, place), (place, place + 1)):
        if first >= 0 and last < len(words):
            yield words[first] + words[last]
            yield f"{words[first]}s{words[last]}"
