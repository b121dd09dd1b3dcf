"""What a folded query matches in an index: whole labels, their beginnings, their like, and words, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from nimrights._engine.bits import bits_of
from nimrights._engine.index import Index, Ranking
from nimrights.exceptions import BadQuery

Stage = Literal["id", "citation", "exact", "alias", "stem", "fuzzy"]

#: score of a hit at a stage; words of a query and its likeness to a label earn a share of the last ones
SCORE: Final = {"id": 100.0, "citation": 99.0, "exact": 97.0, "alias": 95.0}
BEST_WORDS: Final = 93.0
#: matches below this score are none
LOWEST: Final = 25.0
#: a whole label in other forms of its words, or with other spaces
_SAME: Final = 94.0
_BEGINNING: Final = 80.0
_BEST_LIKE: Final = 92.0
_LEAST_LIKE: Final = 0.7
_LINE: Final = ord("\n")
#: a query is read up to here
MOST_CHARACTERS: Final = 400


def read_query(query: str) -> str:
    """Give the part of a query that is read; raise `BadQuery` if it is no string."""
    if not isinstance(query, str):
        raise BadQuery(f"a query is a string, not {type(query).__name__}")
    return query[:MOST_CHARACTERS]


def check_number(name: str, value: int, least: int, most: int) -> None:
    """Raise `BadQuery` if an option of a search is no whole number from *least* to *most*."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadQuery(f"{name} is a whole number from {least} to {most}, not {value!r}")


class Found(NamedTuple):
    """How a document was found other than by single words."""

    score: float
    stage: Stage
    label: int | None = None  #: number of the label that matched
    text: str = ""  #: what stood in the query, where no label matched
    place: int = 0  #: place among the records of one citation


class Reason(NamedTuple):
    """Why a document was found: the place of a text in it, and the words that met."""

    stage: Stage
    field: str
    lang: str
    place: int | None  #: place among the document's texts; ``None``: no text of it
    words: tuple[tuple[str, str], ...] = ()
    text: str = ""  #: what stood in the query, where no text of the document matched


class Matching:
    """The documents of an index that a folded query matches."""

    def __init__(self, index: Index, folded: str) -> None:
        self._index, self._folded = index, folded
        self.found: dict[int, Found] = {}
        self._by_words: dict[int, float] = {}
        self.ranking: Ranking = index.rank(folded)
        self._labels(folded)

    def keep(self, number: int, found: Found) -> None:
        """Note how a document was found, if no better way is known."""
        known = self.found.get(number)
        if known is None or found.score > known.score:
            self.found[number] = found

    def _labels(self, folded: str) -> None:
        index = self._index
        exact = index.label(folded)
        for number in index.owners(exact) if exact is not None else ():
            stage: Stage = "exact" if self._entry(number, folded)[0] == "label" else "alias"
            self.keep(number, Found(SCORE[stage], stage, exact))
        for label in index.labels_saying(folded):
            self._label(label, _SAME, "stem")
        for label in index.labels_beginning(folded):
            share = len(folded) / len(index.labels[label])
            self._label(label, round(_BEGINNING + (BEST_WORDS - _BEGINNING) * share, 1), "stem")
        if exact is None:  # who writes a name as it is has made no slip
            self._like(folded)

    def _like(self, folded: str) -> None:
        """Note the labels that are spelled like the query, or like it when spaces do not count."""
        for label, likeness in self._index.labels_like(folded.replace(" ", ""), _LEAST_LIKE):
            if likeness == 1.0:
                self._label(label, _SAME, "stem")
            else:
                self._label(label, round(_BEST_LIKE * likeness**1.5, 1), "fuzzy")

    def _label(self, label: int, score: float, stage: Stage) -> None:
        found = Found(score, stage, label)
        for number in self._index.owners(label):
            self.keep(number, found)

    def _entry(self, number: int, label: str) -> tuple[str, str, int]:
        """Give field, language and place of the text of a document that is *label* when folded; a label goes first."""
        text, needle = self._index.text_of(number), f" {label} \n".encode()
        entries, at = [], text.find(needle)
        while at >= 0:
            if at == 0 or text[at - 1] == _LINE:
                entries.append(self._index.entry(number, text.count(b"\n", 0, at)))
            at = text.find(needle, at + 1)
        return min(entries, key=lambda e: (e[0] != "label", e[2]))

    def weigh(self, numbers: Iterable[int]) -> None:
        """Find the scores by words of several documents at once, which takes less time than one by one."""
        unknown = [n for n in numbers if n not in self._by_words]
        if unknown:
            shares = self.ranking.shares(unknown)
            self._by_words.update((n, round(BEST_WORDS * share, 1)) for n, share in shares.items())

    def by_words(self, number: int) -> float:
        """Give the score of a document by the words of the query that it has."""
        if number not in self._by_words:
            self.weigh((number,))
        return self._by_words[number]

    def score(self, number: int) -> float:
        """Give the best score of a document."""
        found, by_words = self.found.get(number), self.by_words(number)
        return found.score if found is not None and found.score > by_words else by_words

    def reached(self) -> int:
        """Give the set of documents that score at least `LOWEST`."""
        found = bits_of((n for n, hit in self.found.items() if hit.score >= LOWEST), self._index.size)
        return self.ranking.reaching(LOWEST / BEST_WORDS) | found

    def best(self, most: int, among: int | None = None) -> set[int]:
        """Give documents of a set among which the *most* best are: those of each way in which they are found."""
        found = sorted((-hit.score, hit.place, n) for n, hit in self.found.items() if among is None or among >> n & 1)
        return {*self.ranking.best(most, among), *(n for _, _, n in found[:most])}

    def reason(self, number: int, score: float) -> Reason:
        """Say why a document was found with a *score* that is its best."""
        found = self.found.get(number)
        if found is None or found.score < score:
            return self._words_of(number)
        if found.label is None:
            return Reason(found.stage, found.stage, "", None, (), found.text)
        label = self._index.labels[found.label]
        return Reason(found.stage, *self._entry(number, label), ((self._folded, label),))

    def _words_of(self, number: int) -> Reason:
        """Say which words of a document met which words of the query, and in which text the most telling stands."""
        text = self._index.text_of(number)
        pairs: list[tuple[str, str]] = []
        best: tuple[float, int] = (0.0, 0)
        fuzzy = False
        for asked in self.ranking.asked:
            if not asked.documents >> number & 1:
                continue
            for met in asked.met:
                at = text.find(f" {met.word} ".encode())
                if at >= 0:
                    pairs.append((asked.word, met.word))
                    fuzzy = fuzzy or met.fuzzy
                    best = max(best, (asked.worth * met.quality, -text.count(b"\n", 0, at)))
                    break
        name, lang, place = self._index.entry(number, -best[1])
        return Reason("fuzzy" if fuzzy else "stem", name, lang, place, tuple(pairs))
