"""A word index over the records, and the words that are like a word: what search asks rapidfuzz for."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from attrs import frozen
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from nimrights.dataset import Dataset
from nimrights.models import TABLES
from nimrights.text import fold
from nimrights.vocabulary import LANGUAGES

#: tables that search looks in, in the order in which equal scores are shown
SEARCHED: Final = (
    "areas", "rights", "provisions", "instruments", "obligations", "decisions", "documents",
    "recommendations", "bodies", "municipalities", "advice", "practices", "findings",
)  # fmt: skip

#: how much a match in a field counts
WEIGHT: Final = {"label": 1.0, "title": 1.0, "alias": 0.97, "heading": 0.97, "text": 0.75}

#: field of a record -> how a match in it counts
_FIELDS: Final = {
    "label": "label",
    "title": "label",
    "abbreviation": "alias",
    "aliases": "alias",
    "synonyms": "alias",
    "statement": "text",
    "summary": "text",
    "description": "text",
    "names": "alias",
    "place": "alias",
    "kostra": "alias",
    "los": "alias",
    "symbol": "alias",
    "number": "alias",
    "organisation_number": "alias",
    "heading": "heading",
}

#: function words; they find nothing on their own
STOP_WORDS: Final = frozenset(
    "og i pa av for til med om som er det den en et ei a the of to in and or for on at by with from fra "
    "ved eller ikke ikkje han hun ho de dei vi seg sin si sitt sine har kan skal blir vart ble var vil ma "
    "etter mot under over mellom hos enn nar hva kva hvor kor is are be as an it this that til hennar hans".split()
)

#: endings that a word may gain, lose or change and still be the same word (nb, nn and en)
ENDINGS: Final = frozenset(
    "a ane anes ar ars as d de e ed en ene enes ens er ers es et ets ing inga ingar inger n ne r s t te".split()
)
_LONGEST_ENDING: Final = max(map(len, ENDINGS))
_SHORTEST_STEM: Final = 4


@frozen
class Entry:
    """One text by which a record can be found."""

    table: str
    id: str
    field: str  #: key of `WEIGHT`
    lang: str  #: ``""`` where it has no language
    text: str
    folded: str


def _texts(raw: dict[str, object], table: str) -> Iterator[tuple[str, str, str]]:
    """Give field, language and text of everything a record says about itself."""
    for name, kind in _FIELDS.items():
        value = raw.get(name) if (table, name) != ("provisions", "number") else None  # "3" alone means nothing
        if isinstance(value, str):
            yield kind, "", value
        elif isinstance(value, list):
            yield from ((kind, "", item) for item in value)
        elif isinstance(value, dict):
            kind_here = "alias" if name == "title" and table == "instruments" else kind
            for lang in LANGUAGES:
                text = value.get(lang, ())
                yield from ((kind_here, lang, t) for t in ([text] if isinstance(text, str) else text))


class Index:
    """Everything that can be found, by whole text and by word."""

    def __init__(self, dataset: Dataset) -> None:
        self.keys: list[tuple[str, str]] = []  #: record number -> table, id
        self.entries: list[Entry] = []
        self.exact: dict[str, list[int]] = {}  #: folded label or alias -> entries
        self.ids: dict[str, int] = {}  #: id -> record number
        self.lower_ids: dict[str, int] = {}  #: id in lower case -> record number
        self._linked: dict[int, dict[int, int]] = {}
        self.words: dict[str, dict[int, tuple[float, int]]] = {}  #: word -> record -> weight, entry
        for table in SEARCHED:
            for key in dataset.table(table):
                self.ids[key] = len(self.keys)
                self.lower_ids.setdefault(key.lower(), len(self.keys))
                self.keys.append((table, key))
                for kind, lang, text in _texts(dataset.raw_in(table, key), table):
                    self._add(len(self.keys) - 1, Entry(table, key, kind, lang, text, fold(text)))
        self._link(dataset)
        self.vocabulary = sorted(self.words)
        self._reversed = sorted(word[::-1] for word in self.vocabulary)
        self._labels = [e.folded.replace(" ", "") for e in self.entries if WEIGHT[e.field] > WEIGHT["text"]]
        self._label_entries = [n for n, e in enumerate(self.entries) if WEIGHT[e.field] > WEIGHT["text"]]
        self._log = math.log(len(self.keys) + 1)

    def _add(self, number: int, entry: Entry) -> None:
        at = len(self.entries)
        self.entries.append(entry)
        if WEIGHT[entry.field] > WEIGHT["text"]:
            self.exact.setdefault(entry.folded, []).append(at)
        self._post(number, at, entry.folded, WEIGHT[entry.field])

    def _post(self, number: int, at: int, folded: str, weight: float) -> None:
        for word in folded.split():
            posting = self.words.setdefault(word, {})
            if weight > posting.get(number, (0.0, 0))[0]:
                posting[number] = (weight, at)

    def _link(self, dataset: Dataset) -> None:
        """Note what each obligation, area, provision and right leads to, and how much of it: 1 for the most."""
        for key in dataset.areas:
            area = self.ids[key]
            for obligation in dataset.raw_in("areas", key)["obligations"]:
                basis = dataset.raw_in("obligations", obligation)["legal_basis"]
                cited = list(dict.fromkeys(self.ids[row["provision"]] for row in basis))
                self._count(self.ids[obligation], [area, *cited])
                self._count(area, cited)
                for provision in cited:
                    self._count(provision, [area])
        for key in dataset.rights:
            self._count(self.ids[key], [self.ids[p] for p in dataset.raw_in("rights", key)["provisions"]])

    def _count(self, number: int, others: list[int]) -> None:
        counts = self._linked.setdefault(number, {})
        for other in others:
            counts[other] = counts.get(other, 0) + 1

    def linked(self, number: int) -> Iterator[tuple[int, float]]:
        """Give the records that a record leads to, with their share: 1 for the one most often linked."""
        counts = self._linked.get(number, {})
        most = max(counts.values(), default=1)
        yield from ((other, count / most) for other, count in counts.items())

    def idf(self, word: str) -> float:
        """Give how telling a word is, from 0.3 for the commonest to 1 for one that is nowhere."""
        known = len(self.words.get(word, ()))
        return 0.3 + 0.7 * math.log(1 + (len(self.keys) - known + 0.5) / (known + 0.5)) / self._log

    def like(self, word: str) -> dict[str, tuple[float, str]]:
        """Give the words of the vocabulary that are *word*, its inflections, compounds or misspellings.

        Each has a quality from 0 to 1 and its stage. A stem always counts for more than a misspelling.
        """
        found: dict[str, tuple[float, str]] = {word: (1.0, "stem")} if word in self.words else {}
        if len(word) >= _SHORTEST_STEM:
            for other in self._starting(word):
                found.setdefault(other, (0.93 if other[len(word) :] in ENDINGS else 0.84, "stem"))
            for other in self._ending(word):
                found.setdefault(other, (0.82, "stem"))
            for other, quality in self._shorter(word):
                found.setdefault(other, (quality, "stem"))
        if word not in self.words:
            for other, quality in self._misspelled(word):
                found.setdefault(other, (quality, "fuzzy"))
        return found

    def _starting(self, word: str) -> list[str]:
        at = bisect_left(self.vocabulary, word)
        return self.vocabulary[at : bisect_left(self.vocabulary, word + "\uffff")][:60]

    def _ending(self, word: str) -> list[str]:
        tail = word[::-1]
        at = bisect_left(self._reversed, tail)
        return [w[::-1] for w in self._reversed[at : bisect_left(self._reversed, tail + "\uffff")][:60]]

    def _shorter(self, word: str) -> Iterator[tuple[str, float]]:
        """Give stems of *word*, the same stem with another ending, and the first and last part of a compound."""
        for cut in range(1, min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM) + 1):
            stem = word[:-cut]
            if word[-cut:] not in ENDINGS:
                continue
            if stem in self.words:
                yield stem, 0.92
            yield from ((w, 0.9) for w in self._starting(stem) if w[len(stem) :] in ENDINGS)
        for at in range(len(word) - _SHORTEST_STEM, _SHORTEST_STEM, -1):
            for part in (word[:at], word[at:]):
                if part in self.words and part not in STOP_WORDS:
                    yield part, 0.95 * len(part) / len(word)

    def _misspelled(self, word: str) -> Iterator[tuple[str, float]]:
        if len(word) < _SHORTEST_STEM:
            return
        most = 1 if len(word) < 7 else 2  # noqa: PLR2004 - two slips only in a long word
        near = process.extract(word, self.vocabulary, scorer=OSA.distance, score_cutoff=most, limit=8)
        for other, slips, _ in near:
            yield other, 0.76 - 0.06 * slips - (0.04 if other[0] != word[0] else 0)

    def labels_like(self, folded: str) -> Iterator[tuple[int, float]]:
        """Give entries whose whole label is like *folded* when spaces do not count."""
        squeezed = folded.replace(" ", "")
        if len(squeezed) < _SHORTEST_STEM:
            return
        for _, score, at in process.extract(squeezed, self._labels, scorer=ratio, score_cutoff=78, limit=20):
            yield self._label_entries[at], score / 100


def index_of(dataset: Dataset) -> Index:
    """Give the index of *dataset*, built once."""
    index: Index = dataset.prepared("index", Index)
    return index


KIND_TABLE: Final = {TABLES[table].kind: table for table in SEARCHED}
