"""The vocabulary of an index: which of its words meet a word that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Final

from attrs import field, frozen

from nimrights._bits import add, highest, numbers_in
from nimrights._common import STOP_WORDS
from nimrights._indexing import grams, length
from nimrights._norwegian import key
from nimrights._sections import Sections, beginning, place_of

#: above this quality a word is the one that was meant, perhaps inflected
SURE: Final = 0.9
#: so many words or labels are compared letter by letter, more among many
_FEWEST_LIKE: Final = 32
_ONE_OF: Final = {"word": 256, "label": 1024}
#: shorter words have no inflections, compounds or misspellings
SHORTEST: Final = 4
_SHORTEST_START: Final = 3
_MOST_ALIKE: Final = 48
_MOST_GRAMS: Final = 12
#: a word of this many letters may have two slips
_LONG: Final = 7
_KEPT: Final = 4096
#: of more words that may hold another, the rest is left out: no part of a real compound is that common
_MOST_HOLDING: Final = 2048
#: longer words are no compounds that somebody wrote, and each place to cut one costs two look-ups
_LONGEST_COMPOUND: Final = 64

# How good a word is that meets another, 1 for the word itself. The order is what matters: inflections, then
# parts of compounds, then slips; a word that has more of the other is better. Chosen on benchmarks/search.py.
_INFLECTED: Final = 0.95
_ENDED: Final = 0.93  #: begins with it and has an ending more
_BEGUN, _WHOLE = 0.66, 0.24  #: begins with it, and is it to some part
_AT_END, _INSIDE, _REST = 0.78, 0.74, 0.06
_SLIPPED, _SLIP = 0.79, 0.06  #: less for each slip
_FIRST_LETTER, _SHORT = 0.04, 0.08  #: less if the first letter is another, and for a word of three letters

#: endings that a word may have in its beginning and still be the same word
_ENDINGS: Final = frozenset(
    "a ane anes ar ars as d de e ed en ene enes ens er ers es et ets ing inga ingar inger n ne r s t te".split()
)


@frozen
class Met:
    """A word of the vocabulary that meets a word of a query."""

    word: str
    number: int  #: its place in the vocabulary
    quality: float  #: 0 to 1
    fuzzy: bool  #: it is spelled otherwise, by mistake as it seems
    needle: bytes = field(init=False, repr=False, eq=False)  #: as it stands in the texts of a document

    @needle.default
    def _needle(self) -> bytes:
        return f" {self.word} ".encode()


class Grams:
    """Which of many texts have a pair of letters, as sets."""

    def __init__(self, sections: Sections, name: str, size: int) -> None:
        self._sections, self._name = sections, name
        text = sections.section(f"{name}.grams").decode()
        self._number_of = {text[at : at + 2]: at >> 1 for at in range(0, len(text), 2)}
        self._counts = sections.numbers(f"{name}.gram.counts")
        self._size = size
        self._rows: dict[int, int] = {}

    def row(self, gram: str) -> int:
        """Give the set of texts that have a pair of letters."""
        number = self._number_of.get(gram)
        if number is None:
            return 0
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = self._sections.bits(f"{self._name}.gram.rows", number, self._size)
        return found

    def most_shared(self, text: str, among: int = -1) -> list[int]:
        """Give the texts of a set that share most of the rarest pairs of letters of *text*."""
        known = sorted((self._counts[self._number_of[g]], g) for g in grams(text) if g in self._number_of)
        planes: list[int] = []
        for _, gram in known[:_MOST_GRAMS]:
            add(planes, self.row(gram) & among, 1)
        return highest(planes, max(_FEWEST_LIKE, self._size // _ONE_OF[self._name]))


class Sharing:
    """Which words or labels have something in common."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._sections, self._name = sections, name
        self._listed: list[str] | None = None

    def sharing(self, common: str) -> Sequence[int]:
        """Give the numbers of those that have *common* in common."""
        if self._listed is None:
            self._listed = self._sections.strings(self._name)
        at = place_of(common, self._listed)
        return () if at is None else self._sections.row_of_numbers(f"{self._name}.of", at)


class Vocabulary:
    """The words of an index."""

    def __init__(self, sections: Sections) -> None:
        self.words = sections.strings("words")
        self.grams = Grams(sections, "word", len(self.words))
        self._inflections = Sharing(sections, "alike")
        self._proper = frozenset(sections.numbers("proper"))
        self._numbers: dict[str, int] = {}
        self._met: dict[str, tuple[Met, ...]] = {}

    @property
    def number_of(self) -> dict[str, int]:
        """Give the words with their numbers."""
        if not self._numbers:
            self._numbers = dict(zip(self.words, range(len(self.words)), strict=True))
        return self._numbers

    def meeting(self, word: str) -> tuple[Met, ...]:
        """Give the words of the vocabulary that meet a folded *word*, best first."""
        found = self._met.get(word)
        if found is None:
            if len(self._met) >= _KEPT:
                self._met.clear()
            found = self._met[word] = self._meeting(word)
        return found

    def _meeting(self, word: str) -> tuple[Met, ...]:
        best: dict[int, float] = {}
        for number, quality in self._known(word):
            if quality > best.get(number, 0.0):
                best[number] = quality
        slips: dict[int, float] = {}
        if word not in self.number_of:
            for number, distance in self._misspelled(word):
                quality = _SLIPPED - _SLIP * distance - _FIRST_LETTER * (self.words[number][0] != word[0])
                quality -= _SHORT * (len(word) < SHORTEST)
                if quality > best.get(number, 0.0):
                    slips[number] = quality
        ordered = sorted((-quality, self.words[number], number) for number, quality in {**best, **slips}.items())
        return tuple(
            Met(other, number, -quality, number in slips)
            for quality, other, number in ordered
            if other not in STOP_WORDS  # they find nothing
        )

    def _known(self, word: str) -> Iterator[tuple[int, float]]:
        """Give words that are *word*, begin with it or hold it, with a quality each."""
        exact = self.number_of.get(word)
        if exact is not None:
            yield exact, 1.0
        if len(word) >= _SHORTEST_START:
            for number in self._starting(word):
                other = self.words[number]
                inflected = len(word) >= SHORTEST and other[len(word) :] in _ENDINGS and number not in self._proper
                yield number, _ENDED if inflected else _BEGUN + _WHOLE * len(word) / len(other)
        if len(word) >= SHORTEST:
            yield from ((number, _INFLECTED) for number in self._same(word))
            for number in self._holding(word):
                other = self.words[number]
                yield number, (_AT_END if other.endswith(word) else _INSIDE) + _REST * len(word) / len(other)

    def _same(self, word: str) -> Sequence[int]:
        return self._inflections.sharing(key(word))

    def _starting(self, word: str) -> list[int]:
        return self._shortest(beginning(word, self.words))

    def _holding(self, word: str) -> list[int]:
        """Give words that have *word* inside or at their end: the rest of a compound."""
        candidates = -1
        for n in range(len(word) - 1):
            candidates &= self.grams.row(word[n : n + 2])
            if not candidates:
                return []
        return self._shortest(n for n in numbers_in(candidates, _MOST_HOLDING) if word in self.words[n][1:])

    def _shortest(self, numbers: Iterable[int]) -> list[int]:
        return nsmallest(_MOST_ALIKE, numbers, key=lambda n: (len(self.words[n]), n))

    def _misspelled(self, word: str) -> Iterator[tuple[int, int]]:
        """Give words that one or, in a long word, two slips turn into *word*, and the number of slips."""
        if len(word) < _SHORTEST_START:
            return
        slips = 1 if len(word) < _LONG else 2
        as_long = 0
        for more in range(-slips, slips + 1):
            as_long |= self.grams.row(length(word, more))
        candidates = self.grams.most_shared(word, as_long)
        for place, distance in _distances(word, [self.words[n] for n in candidates], slips):
            yield candidates[place], distance

    def parts(self, word: str) -> tuple[str, ...]:
        """Give the two known words that an unknown *word* is made of; empty if there are none."""
        if len(word) > _LONGEST_COMPOUND:
            return ()
        best: tuple[int, str, str] | None = None
        for at in range(_SHORTEST_START, len(word) - _SHORTEST_START + 1):
            first, last = word[:at], word[at:]
            if not self._knows(last):
                continue
            for joint in ("", "s", "e"):
                bare = first.removesuffix(joint) if joint else first
                if len(bare) >= _SHORTEST_START and self._knows(bare):
                    row = (min(len(bare), len(last)), bare, last)
                    best = row if best is None or row > best else best
                    break
        return best[1:] if best else ()

    def _knows(self, word: str) -> bool:
        return word not in STOP_WORDS and (word in self.number_of or (len(word) >= SHORTEST and bool(self._same(word))))


# rapidfuzz is imported where it is needed: a query whose words are all known needs none of it


def likenesses(text: str, others: Sequence[str], lowest: float) -> list[tuple[int, float]]:
    """Give the places of those *others* that are at least as like *text* as *lowest*, and their likeness (0 to 1)."""
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    found = process.extract(text, others, scorer=ratio, score_cutoff=100 * lowest, limit=len(others))
    return [(place, score / 100) for _, score, place in found]


def part_of(text: str, other: str) -> float:
    """Give how like *text* the part of *other* is that is most like it, 0 to 1."""
    from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415

    return partial_ratio(text, other) / 100


def _distances(word: str, others: Sequence[str], most: int) -> list[tuple[int, int]]:
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=len(others))
    return [(place, int(distance)) for _, distance, place in found]
