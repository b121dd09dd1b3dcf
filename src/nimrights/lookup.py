"""Search: a staged lookup that says why it found what it found.

The stages are fixed: id, citation, exact label, alias, stem, fuzzy. Scores run from 0 to 100:
100 an id, 99 a citation, 97 an exact label, 95 an alias, below that the share of the query's
meaning that the record's own words cover. From `CONFIDENT` on a hit is worth showing unasked.
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import field, frozen

from nimrights._index import KIND_TABLE, SEARCHED, STOP_WORDS, Entry, Index, index_of
from nimrights.citations import find_citations
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.models import Record
from nimrights.text import fold
from nimrights.versions import load

Stage = Literal["id", "citation", "exact", "alias", "stem", "fuzzy"]

#: hits below this score are not confident
CONFIDENT: Final = 60.0
#: hits below this score are not given at all
_LOWEST: Final = 35.0
#: a query is read up to here
MOST_CHARACTERS: Final = 400
_MOST_WORDS: Final = 24
_SCORE: Final = {"id": 100.0, "citation": 99.0, "exact": 97.0, "alias": 95.0}
_BEST_STEM: Final = 94.0
#: share of a hit's score that goes on to what it leads to, by table
_LINKED: Final = {"obligations": 0.8, "rights": 0.7, "provisions": 0.62, "areas": 0.55}


@frozen
class Matched:
    """What matched: in which field and language, the text, and the words of query and text."""

    field: str  #: ``id``, ``citation``, ``label``, ``alias``, ``heading``, ``text`` or ``linked``
    lang: str  #: language of the text, ``""`` where it has none
    text: str
    words: tuple[tuple[str, str], ...] = ()  #: (word of the query, word of the text)
    via: str | None = None  #: id of the record that led here, where the field is ``linked``


@frozen
class Hit:
    """One record that was found, with its score and the reason."""

    record: Record = field(repr=lambda record: record.id)
    score: float  #: 0 to 100
    stage: Stage
    matched: Matched

    @property
    def kind(self) -> str:
        """Give the kind of the record, such as ``"area"``."""
        return self.record.kind

    @property
    def confident(self) -> bool:
        """Say whether the score reaches `CONFIDENT`."""
        return self.score >= CONFIDENT


@frozen
class _Found:
    score: float
    stage: Stage
    matched: Matched
    place: int = 0  #: place among the records of one citation


def search(query: str, *, limit: int = 10, kind: str | None = None, dataset: Dataset | None = None) -> list[Hit]:
    """Find the records that *query* means, best first: by score, then by kind and id.

    Records of one citation stand in the order of the citation.
    *limit* is the most hits to give (1 to 1000), *kind* restricts to one kind (``"area"``,
    ``"obligation"``, ``"right"``, ``"provision"``, ``"instrument"``, ``"document"``,
    ``"recommendation"``, ``"decision"``, ``"body"``, ``"municipality"``). A query without a letter
    or digit finds nothing; only the first `MOST_CHARACTERS` are read.

    Raises `BadQuery` when *query* is no string, *limit* out of range or *kind* unknown.

    >>> [(hit.record.id, hit.stage) for hit in search("barnvern", limit=1)]
    [('child-welfare', 'fuzzy')]
    >>> search("?!")
    []
    """
    if not isinstance(query, str):
        raise BadQuery(f"a query is a string, not {type(query).__name__}")
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= 1000:  # noqa: PLR2004
        raise BadQuery(f"limit is a whole number from 1 to 1000, not {limit!r}")
    if kind is not None and kind not in KIND_TABLE:
        raise BadQuery(f"no records of kind {kind!r} can be searched; use one of {', '.join(KIND_TABLE)}")
    dataset = dataset or load()
    query = query[:MOST_CHARACTERS]
    folded = fold(query)
    if not folded:
        return []
    index = index_of(dataset)
    found: dict[int, _Found] = {}
    _by_id(query, index, found)
    _by_citation(query, dataset, index, found)
    _by_label(folded, index, found)
    _by_words(folded, index, found)
    _by_links(index, found)
    tables = SEARCHED if kind is None else (KIND_TABLE[kind],)
    ranked = sorted(
        (-round(hit.score, 1), hit.place, SEARCHED.index(table), key, hit)
        for number, hit in found.items()
        for table, key in [index.keys[number]]
        if table in tables and hit.score >= _LOWEST
    )
    return [
        Hit(dataset.table(SEARCHED[at])[key], round(hit.score, 1), hit.stage, hit.matched)
        for _, _, at, key, hit in ranked[:limit]
    ]


def _keep(found: dict[int, _Found], number: int, hit: _Found) -> None:
    if number not in found or hit.score > found[number].score:
        found[number] = hit


def _by_id(query: str, index: Index, found: dict[int, _Found]) -> None:
    written = query.strip()
    number = index.ids.get(written, index.lower_ids.get(written.lower()))
    if number is not None:
        _keep(found, number, _Found(_SCORE["id"], "id", Matched("id", "", index.keys[number][1])))


def _by_citation(query: str, dataset: Dataset, index: Index, found: dict[int, _Found]) -> None:
    for citation in find_citations(query, dataset=dataset):
        for place, key in enumerate(citation.ids):
            matched = Matched("citation", "", query[citation.start : citation.end])
            _keep(found, index.ids[key], _Found(_SCORE["citation"], "citation", matched, place))


def _by_label(folded: str, index: Index, found: dict[int, _Found]) -> None:
    for at in index.exact.get(folded, ()):
        entry = index.entries[at]
        stage: Stage = "exact" if entry.field == "label" else "alias"
        matched = Matched(entry.field, entry.lang, entry.text, ((folded, folded),))
        _keep(found, index.ids[entry.id], _Found(_SCORE[stage], stage, matched))


def _by_words(folded: str, index: Index, found: dict[int, _Found]) -> None:
    query_words = [w for w in dict.fromkeys(folded.split()) if w not in STOP_WORDS][:_MOST_WORDS]
    total = 0.0
    gained: dict[int, float] = {}
    because: dict[int, list[tuple[float, int, str, str, str]]] = {}
    for word in query_words:
        alike = index.like(word)
        worth = max((index.idf(other) for other, (quality, _) in alike.items() if quality > 0.9), default=0.0)  # noqa: PLR2004
        worth = worth or max((index.idf(other) for other in alike), default=1.0)
        total += worth
        best: dict[int, tuple[float, int, str, str, str]] = {}
        for other, (quality, stage) in alike.items():
            for number, (weight, at) in index.words[other].items():
                row = (quality * weight, at, stage, word, other)
                if number not in best or row > best[number]:
                    best[number] = row
        for number, row in best.items():
            gained[number] = gained.get(number, 0.0) + worth * row[0]
            because.setdefault(number, []).append(row)
    for number, gain in gained.items():
        rows = because[number]
        entry = index.entries[max(rows)[1]]
        share = gain / total * _compact(entry, len(query_words))
        stage = "fuzzy" if any(row[2] == "fuzzy" for row in rows) else "stem"
        words = tuple((row[3], row[4]) for row in rows)
        _keep(found, number, _Found(_BEST_STEM * share, stage, Matched(entry.field, entry.lang, entry.text, words)))  # type: ignore[arg-type]
    for at, alike_share in index.labels_like(folded):
        entry = index.entries[at]
        matched = Matched(entry.field, entry.lang, entry.text, ((folded, entry.folded),))
        _keep(found, index.ids[entry.id], _Found(88 * alike_share**2, "fuzzy", matched))


def _compact(entry: Entry, asked: int) -> float:
    """Prefer a short label that is all about the query to a long one that mentions it."""
    return 0.93 + 0.07 * min(1.0, asked / max(1, len(entry.folded.split())))


def _by_links(index: Index, found: dict[int, _Found]) -> None:
    """Lead on: from an obligation to its area and provisions, from a citation to the areas that rest on it.

    What is only linked says so in `Matched.field` and stands below what was found itself.
    """
    for number, hit in tuple(found.items()):
        if hit.score < CONFIDENT:
            continue
        factor = _LINKED.get(index.keys[number][0], 0.0)
        stage: Stage = "fuzzy" if hit.stage == "fuzzy" else "stem"
        via = index.keys[number][1]
        words = hit.matched.words or ((hit.matched.text, via),)
        matched = Matched("linked", hit.matched.lang, hit.matched.text, words, via)
        for other, share in index.linked(number) if factor else ():
            _keep(found, other, _Found(hit.score * factor * (0.5 + 0.5 * share), stage, matched))
