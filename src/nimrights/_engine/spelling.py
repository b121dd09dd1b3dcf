"""The vocabulary of an index: which of its words meet a word that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Final, NamedTuple

from nimrights._engine.bits import add, at_least, highest, numbers_in
from nimrights._engine.common import COMMON, STOP_WORDS
from nimrights._engine.indexing import grams, length
from nimrights._engine.norwegian import key
from nimrights._engine.sections import Sections, beginning, place_of

#: above this quality a word is the one that was meant, perhaps inflected
SURE: Final = 0.9
#: what documents gain by a word is counted in so many steps
STEPS: Final = 16
#: what a word that stands everywhere is worth: a whole number of steps, so that no counter exceeds the total
COMMON_WORTH: Final = 7 / STEPS
_LITTLE: Final = COMMON | STOP_WORDS
#: pairs of letters of a word that one slip can destroy: three, if two letters change places
_LOST: Final = 3
#: so many words are compared letter by letter for one slip, and for two, more among many
_MOST_NEAR: Final = 256
_FEWEST_LIKE: Final = 32
_ONE_OF: Final = 256
#: shorter words have no inflections, compounds or misspellings
SHORTEST: Final = 4
_SHORTEST_START: Final = 3
_MOST_ALIKE: Final = 48
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
_OTHER_ENDING: Final = 0.05  #: less for an inflection of the word that was meant

#: endings that a word may have in its beginning and still be the same word
_ENDINGS: Final = frozenset(
    "a ane anes ar ars as d de e ed en ene enes ens er ers es et ets ing inga ingar inger n ne r s t te".split()
)


class Met(NamedTuple):
    """A word of the vocabulary that meets a word of a query."""

    word: str
    number: int  #: its place in the vocabulary
    quality: float  #: 0 to 1
    fuzzy: bool  #: it is spelled otherwise, by mistake as it seems


class Meeting(NamedTuple):
    """The words of a vocabulary that meet a word of a query."""

    worth: float  #: 1, or less for a word that stands everywhere or seems to be a slip of one
    met: tuple[Met, ...]  #: best first
    function_words: tuple[str, ...]  #: that it seems to be a slip of; function words find nothing


class Grams:
    """Which of many texts have a pair of letters, as sets; pairs have numbers, the rarer the lower."""

    def __init__(self, sections: Sections, name: str, size: int) -> None:
        self._sections, self._rows_name = sections, f"{name}.gram.rows"
        text = sections.section(f"{name}.grams").decode()
        self._number_of = {text[at : at + 2]: at >> 1 for at in range(0, len(text), 2)}
        self._size = size
        self._rows: dict[int, int] = {}

    def row(self, gram: str) -> int:
        """Give the set of texts that have a pair of letters."""
        number = self._number_of.get(gram)
        return 0 if number is None else self._row(number)

    def _row(self, number: int) -> int:
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = self._sections.bits(self._rows_name, number, self._size)
        return found

    def shared(self, wanted: Iterable[str], most: int | None = None, among: int | None = None) -> list[int]:
        """Count, for every text of a set, how many of some pairs of letters it has, at most of the *most* rarest."""
        numbers = sorted(self._number_of[gram] for gram in wanted if gram in self._number_of)[:most]
        planes: list[int] = []
        for number in numbers:
            add(planes, self._row(number) if among is None else self._row(number) & among, 1)
        return planes


class Sharing:
    """Which words or labels have something in common."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._sections, self._name = sections, name

    @cached_property
    def _listed(self) -> list[str]:
        return self._sections.strings(self._name)

    def like(self, number: int) -> Sequence[int]:
        """Give the numbers of those that have the same in common as *number*, and *number* itself."""
        return self._sections.row_of_numbers(f"{self._name}.of", self._sections.numbers(f"{self._name}.row")[number])

    def sharing(self, common: str) -> Sequence[int]:
        """Give the numbers of those that have *common* in common."""
        at = place_of(common, self._listed)
        return () if at is None else self._sections.row_of_numbers(f"{self._name}.of", at)


class Vocabulary:
    """The words of an index."""

    def __init__(self, sections: Sections) -> None:
        self.words = sections.strings("words")
        self.grams = Grams(sections, "word", len(self.words))
        self._inflections = Sharing(sections, "alike")
        self._proper = frozenset(sections.numbers("proper"))
        self._met: dict[str, Meeting] = {}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Give the words with their numbers."""
        return dict(zip(self.words, range(len(self.words)), strict=True))

    def meeting(self, word: str) -> Meeting:
        """Give the words of the vocabulary that meet a folded *word*, best first."""
        found = self._met.get(word)
        if found is None:
            if len(self._met) >= _KEPT:
                self._met.clear()
            found = self._met[word] = self._meeting(word)
        return found

    def _meeting(self, word: str) -> Meeting:
        best = self._known(word)
        slips: set[int] = set()
        if word not in self.number_of:
            for number, quality in self._slipped(word).items():
                if quality > best.get(number, 0.0):
                    best[number] = quality
                    slips.add(number)
        met = [Met(self.words[number], number, quality, number in slips) for number, quality in best.items()]
        met.sort(key=lambda m: (-m.quality, m.word))
        little = word in COMMON
        if met and not little and met[0].quality <= SURE:  # then those that it may be a slip of
            little = all(m.word in _LITTLE for m in met if m.quality == met[0].quality)
        telling = tuple(m for m in met if m.word not in STOP_WORDS)
        others = tuple(m.word for m in met if m.fuzzy and m.word in STOP_WORDS)
        return Meeting(COMMON_WORTH if little else 1.0, telling, others)

    def _known(self, word: str) -> dict[int, float]:
        """Give words that are *word*, begin with it or hold it, with a quality each."""
        best: dict[int, float] = {}
        size = len(word)
        if size >= SHORTEST:
            for number in self._holding(word):
                other = self.words[number]
                best[number] = (_AT_END if other.endswith(word) else _INSIDE) + _REST * size / len(other)
        if size >= _SHORTEST_START:
            for number in self._starting(word):
                other = self.words[number]
                inflected = size >= SHORTEST and other[size:] in _ENDINGS and number not in self._proper
                quality = _ENDED if inflected else _BEGUN + _WHOLE * size / len(other)
                if quality > best.get(number, 0.0):
                    best[number] = quality
        if size >= SHORTEST:
            best.update(dict.fromkeys(self._same(word), _INFLECTED))
        exact = self.number_of.get(word)
        if exact is not None:
            best[exact] = 1.0
        return best

    def _slipped(self, word: str) -> dict[int, float]:
        """Give words that slips turn into *word*, with a quality each."""
        found = {}
        for number, distance in self._misspelled(word):
            quality = _SLIPPED - _SLIP * distance - _FIRST_LETTER * (self.words[number][0] != word[0])
            found[number] = quality - _SHORT * (len(word) < SHORTEST)
        for number, quality in list(found.items()):
            for other in () if self.words[number] in STOP_WORDS else self._inflections.like(number):
                found.setdefault(other, quality - _OTHER_ENDING)
        return found

    def _same(self, word: str) -> Sequence[int]:
        return self._inflections.sharing(key(word))

    def _starting(self, word: str) -> Sequence[int]:
        return self._shortest(beginning(word, self.words))

    def _holding(self, word: str) -> Sequence[int]:
        """Give words that have *word* inside or at their end: the rest of a compound."""
        candidates = self.grams.row(word[:2])
        for at in range(1, len(word) - 1):
            candidates &= self.grams.row(word[at : at + 2])
            if not candidates:
                return ()
        words = self.words
        return self._shortest([n for n in numbers_in(candidates, _MOST_HOLDING) if words[n].find(word, 1) > 0])

    def _shortest(self, numbers: Sequence[int]) -> Sequence[int]:
        if len(numbers) <= _MOST_ALIKE:
            return numbers
        return nsmallest(_MOST_ALIKE, numbers, key=lambda n: (len(self.words[n]), n))

    def _misspelled(self, word: str) -> list[tuple[int, int]]:
        """Give words that one slip turns into *word*, or two if it is long and one will not do, with how many."""
        if len(word) < _SHORTEST_START:
            return []
        slips = 1 if len(word) < _LONG else 2
        as_long = 0
        for more in range(-slips, slips + 1):
            as_long |= self.grams.row(length(word, more))
        wanted = grams(word)
        planes = self.grams.shared(wanted, among=as_long)
        near = at_least(planes, max(1, len(wanted) - _LOST))
        few = near.bit_count() <= _MOST_NEAR
        found = self._within(word, 1, numbers_in(near) if few else highest(planes, _MOST_NEAR, near))
        if not found and slips > 1:
            found = self._within(word, slips, highest(planes, max(_FEWEST_LIKE, len(self.words) // _ONE_OF)))
        return found

    def _within(self, word: str, most: int, candidates: Sequence[int]) -> list[tuple[int, int]]:
        """Give those of some words that are at most so many slips from *word*, and how many."""
        return [
            (candidates[place], distance)
            for place, distance in _distances(word, [self.words[n] for n in candidates], most)
        ]

    def parts(self, word: str) -> tuple[str, ...]:
        """Give the two known words that an unknown *word* is made of; empty if there are none."""
        if len(word) > _LONGEST_COMPOUND:
            return ()
        best: tuple[int, str, str] | None = None
        for at in range(_SHORTEST_START, len(word) - _SHORTEST_START + 1):
            first, last = word[:at], word[at:]
            for joint in ("", "s", "e"):
                bare = first.removesuffix(joint) if joint else first
                if len(bare) >= _SHORTEST_START and self._knows_both(bare, last):
                    row = (min(len(bare), len(last)), bare, last)
                    best = row if best is None or row > best else best
                    break
        return best[1:] if best else ()

    def _knows_both(self, first: str, last: str) -> bool:
        """Say whether two parts of a word are words, one of them perhaps in another form only."""
        if first in STOP_WORDS or last in STOP_WORDS:
            return False
        if first in self.number_of:
            return last in self.number_of or self._inflects(last)
        return last in self.number_of and self._inflects(first)

    def _inflects(self, word: str) -> bool:
        return len(word) >= SHORTEST and bool(self._same(word))


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
