"""An index of documents by their words, read as it lies in a file: what search ranks with.

Every word of a query is met by words of the vocabulary: itself, its inflections in both written
languages, compounds that hold it, the parts of a compound, and misspellings. Each has a quality
from 0 to 1, and the documents that hold it gain that much; all documents are counted at once
(`nimrights._engine.bits`). No count depends on how many documents there are, so a record that is added
later does not change the order of the others, as long as it brings no spelling of the words
that were asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from math import ceil
from typing import Any, Final, NamedTuple

from nimrights._engine.bits import add, at_least, counts, highest, mark
from nimrights._engine.common import STOP_WORDS
from nimrights._engine.indexing import CLASSES, grams, keys_in
from nimrights._engine.sections import Sections, beginning, place_of
from nimrights._engine.spelling import SHORTEST, STEPS, SURE, Grams, Met, Sharing, Vocabulary, likenesses

#: how much a word counts in a longer name and in running text; in a short name it counts 1
_SECOND: Final = 0.96
_THIRD: Final = 0.75
#: what the parts of an unknown compound are worth together
_PARTS: Final = 0.8
_MOST_WORDS: Final = 24
_MOST_BEGINNING: Final = 16
#: whole labels are compared by so many of their rarest pairs of letters, then so many letter by letter
_MOST_GRAMS: Final = 12
_FEWEST_LIKE: Final = 32
_ONE_OF: Final = 1024
_KEPT: Final = 4096
#: sets of documents are kept for the next query up to here
_KEPT_BYTES: Final = 1 << 26
_OVERHEAD: Final = 64
#: gains of a word are kept for the next query where a set of documents is at most this large
_SMALL_COLLECTION: Final = 16_384


class Asked(NamedTuple):
    """A word of a query with the words that meet it, best first, then those that it forms with its neighbours."""

    word: str
    worth: float  #: 1, or less for a word that stands everywhere
    met: tuple[Met, ...]
    documents: int  #: those that have one of these words; -1: not kept
    of: str = ""  #: the word of the query that it is a part of
    function_words: tuple[str, ...] = ()  #: that it seems to be a slip of


class Ranking(NamedTuple):
    """What a query's words find: counters for all documents, and what they were counted from."""

    asked: tuple[Asked, ...]
    total: float  #: worth of all words
    planes: list[int]

    @property
    def most(self) -> float:
        """Give the count of a document that has every word in a short name."""
        return self.total * STEPS

    def shares(self, numbers: Iterable[int]) -> dict[int, float]:
        """Give the share of the query's worth that documents have, 0 to 1."""
        most = self.most or 1.0
        return {number: min(1.0, count / most) for number, count in counts(self.planes, numbers).items()}

    def reaching(self, share: float) -> int:
        """Give the set of documents that have at least a *share* of it."""
        return at_least(self.planes, max(1, ceil(share * self.most))) if self.planes else 0

    def best(self, most: int, among: int | None = None) -> list[int]:
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
        self._sets_at = self._sections.numbers("sets.at")
        self._sets: dict[int, int] = {}
        self._most_sets = _KEPT_BYTES // ((self.size >> 3) + _OVERHEAD)
        self._tiers_of: dict[tuple[str, float], list[tuple[int, int]]] = {}
        self._codes = [tuple(code) for code in self._sections.head["codes"]]

    def check(self) -> None:
        """Read the whole file once; raise `DataError` if it is damaged."""
        self._sections.check()

    def aside(self, name: str) -> Any:  # noqa: ANN401 - whatever was put there
        """Give what was put aside in the file under a name; ``None`` if there is nothing."""
        return self._sections.aside(name)

    @cached_property
    def keys(self) -> list[str]:
        """Give the keys of the documents in their order."""
        return self._sections.strings("keys")

    # -- queries -------------------------------------------------------------------------------

    def rank(self, folded: str) -> Ranking:
        """Count, for every document, how much of a folded query its words have."""
        words = [w for w in dict.fromkeys(folded.split()) if w not in STOP_WORDS][:_MOST_WORDS]
        asked: list[Asked] = []
        planes: list[int] = []
        total = 0.0
        for place, word in enumerate(words):
            worth, whole, function_words = self.vocabulary.meeting(word)
            total += worth
            known = self.vocabulary.number_of
            joined = [other for other in _joined(words, place) if other in known and other not in STOP_WORDS]
            whole += tuple(Met(other, known[other], 0.9, fuzzy=False) for other in joined)
            gained = self._gain(planes, whole, worth, word=" ".join([word, *joined]))
            documents = gained if self.size <= _SMALL_COLLECTION else -1
            asked.append(Asked(word, worth, whole, documents, function_words=function_words))
            if not any(m.quality > SURE for m in whole):
                for part in self.vocabulary.parts(word):
                    share = _PARTS * worth * len(part) / len(word)
                    sure = tuple(m for m in self.vocabulary.meeting(part).met if m.quality > SURE)
                    asked.append(Asked(part, share, sure, -1, word))
                    self._gain(planes, sure, share, beyond=gained)
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
            members = documents ^ documents & seen
            if members:
                add(planes, members, amount)
                seen |= members
        return seen

    def _tiers(self, met: Sequence[Met], worth: float) -> list[tuple[int, int]]:
        """Give what documents gain by words, most first, and the sets of them."""
        few: dict[int, bytearray] = {}
        many: defaultdict[int, int] = defaultdict(int)
        posted, at, sets_at = self._posted, self._posted_at, self._sets_at
        size = (self.size + 7) >> 3
        for other in met:
            value = other.quality * worth * STEPS + 0.5
            amounts = (int(value), int(value * _SECOND), int(value * _THIRD))
            row = self._many.get(other.number)
            first = len(CLASSES) * (other.number if row is None else row)
            for place, amount in enumerate(amounts, first):
                if row is not None:
                    if sets_at[place] != sets_at[place + 1]:
                        many[amount] |= self._documents(place)
                elif at[place] != at[place + 1]:
                    buffer = few.get(amount)
                    if buffer is None:
                        buffer = few[amount] = bytearray(size)
                    mark(buffer, posted[at[place] : at[place + 1]].tolist())
        return [
            (amount, many.get(amount, 0) | int.from_bytes(few.get(amount, b""), "little"))
            for amount in sorted({*few, *many} - {0}, reverse=True)
        ]

    def _documents(self, row: int) -> int:
        """Give the documents of a word in one class of texts."""
        found = self._sets.get(row)
        if found is None:
            if len(self._sets) >= self._most_sets:
                self._sets.clear()
            found = self._sets[row] = self._sections.bits("sets", row, self.size)
        return found

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
        planes = self._label_grams.shared(grams(squeezed), _MOST_GRAMS)
        candidates = highest(planes, max(_FEWEST_LIKE, len(self.labels) // _ONE_OF))
        texts = [self._squeezed[n] for n in candidates]
        return [(candidates[place], likeness) for place, likeness in likenesses(squeezed, texts, lowest)]

    @cached_property
    def _squeezed(self) -> list[str]:
        return "\n".join(self.labels).replace(" ", "").split("\n")

    def owners(self, label: int) -> Sequence[int]:
        """Give the documents that have a label."""
        return self._sections.row_of_numbers("owners", label)

    # -- evidence ------------------------------------------------------------------------------

    def text_of(self, number: int) -> bytes:
        """Give the folded texts of a document, one a line, each word between spaces."""
        return self._sections.row("documents", number)

    def labels_and_text(self, number: int) -> tuple[bytes, bytes]:
        """Give the folded labels of a document and its running text, each empty if there is none.

        A document with several running texts has all but the last among its labels here.
        """
        at, whole = self._sections.numbers("kinds.at"), self.text_of(number)
        if at[number] == at[number + 1] or self._kind(at[number + 1] - 1)[0] != "text":
            return whole, b""
        begin = whole.rfind(b"\n", 0, len(whole) - 1) + 1  # running text stands last
        return whole[:begin], whole[begin:]

    def _kind(self, line: int) -> tuple[str, str]:
        field, lang = self._codes[self._sections.piece("kinds", line, 1)[0]]
        return field, lang

    def entry(self, number: int, line: int) -> tuple[str, str, int]:
        """Give field, language and place among the document's texts of a line of `text_of`."""
        at = self._sections.numbers("kinds.at")[number] + line
        return *self._kind(at), int.from_bytes(self._sections.piece("places", 2 * at, 2), "little")


def _joined(words: Sequence[str], place: int) -> Iterator[str]:
    """Give the words that arise when a word is joined with its neighbours."""
    for first, last in ((place - 1, place), (place, place + 1)):
        if first >= 0 and last < len(words):
            yield words[first] + words[last]
            yield f"{words[first]}s{words[last]}"
