"""Search: a staged lookup that says why it found what it found.

The stages are fixed: id, citation, exact label, alias, stem, fuzzy. Scores run from 0 to 100:
100 an id, 99 a citation, 97 an exact label, 95 an alias, below that the share of the query's
meaning that the record's own words cover. From `CONFIDENT` on a hit is worth showing unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from nimrights._engine.bits import bits_of
from nimrights._engine.folding import fold
from nimrights._engine.matching import BEST_WORDS, SCORE, Found, Matching, Reason, Stage, check_number, read_query
from nimrights._engine.matching import MOST_CHARACTERS as MOST_CHARACTERS  # noqa: PLC0414 - part of this module for its users
from nimrights._engine.searchable import FACETS, KIND_TABLE
from nimrights._engine.shelf import Shelf, shelf_of
from nimrights._records.kinds import KINDS
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.hits import CONFIDENT as CONFIDENT  # noqa: PLC0414
from nimrights.hits import Hit as Hit  # noqa: PLC0414
from nimrights.hits import Matched as Matched  # noqa: PLC0414
from nimrights.hits import Results as Results  # noqa: PLC0414
from nimrights.versions import load

if TYPE_CHECKING:
    from nimrights.models import Record

_MOST: Final = 1000
_MOST_LEADING: Final = 24
#: what would score less is not led to
_LEAST_LED: Final = 35.0


def search(  # noqa: PLR0913 - each restriction has a name
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    kind: str | None = None,
    area: str | None = None,
    right: str | None = None,
    group: str | None = None,
    body: str | None = None,
    document: str | None = None,
    years: tuple[int, int] | None = None,
    municipal: str | None = None,
    force: str | None = None,
    dataset: Dataset | None = None,
) -> Results:
    """Find the records that *query* means, best first: by score, then by kind and id.

    Records of one citation stand in the order of the citation, steps of the guide and modules of
    the course in their own.
    *limit* is the most hits to give (1 to 1000) and *offset* how many to leave out before them.
    The other arguments restrict the hits and change nothing else: *kind* (``"area"``,
    ``"obligation"``, ``"right"``, ``"provision"``, ``"recommendation"``, ...), *area*, *right*,
    *body* and *document* (an id), *group*, *municipal* and *force* (a value of those
    vocabularies), *years* (first and last year of a date). A query without a letter
    or digit finds nothing; only the first `MOST_CHARACTERS` and of them 24 words are read.

    The answer is a list of `Hit` that also has ``total`` and ``facets``.

    Raises `BadQuery` when *query* is no string, a number is out of range, or *kind* or the value
    of another restriction is unknown.

    >>> [(hit.record.id, hit.stage) for hit in search("barnvern", limit=1)]
    [('child-welfare', 'fuzzy')]
    >>> found = search("vold", kind="recommendation", body="CEDAW", limit=2)
    >>> len(found), found.total > 2, "domestic-violence" in found.facets["area"]
    (2, True, True)
    >>> search("?!")
    []
    """
    query = read_query(query)
    check_number("limit", limit, 1, _MOST)
    check_number("offset", offset, 0, 1_000_000)
    if kind is not None and (not isinstance(kind, str) or kind not in KIND_TABLE):
        raise BadQuery(f"no records of kind {kind!r} can be searched; use one of {', '.join(KIND_TABLE)}")
    dataset = dataset or load()
    shelf = shelf_of(dataset)
    wanted = {
        "kind": kind, "area": area, "right": right, "group": group, "body": body, "document": document,
        "municipal": municipal, "force": force,
    }  # fmt: skip
    among = _allowed({name: value for name, value in wanted.items() if value is not None}, years, shelf)
    folded = fold(query)
    if not folded:
        return Results([], 0, {name: {} for name in FACETS})
    return _Search(query, folded, shelf).results(limit, offset, among)


def _allowed(wanted: Mapping[str, str], years: tuple[int, int] | None, shelf: Shelf) -> int:
    """Give the set of records that pass the restrictions, -1 for all."""
    among = -1
    for name, value in wanted.items():
        if not isinstance(value, str):
            raise BadQuery(f"{name} is a string, not {value!r}")
        values = shelf.facet(name)
        if value not in values:
            if name == "kind":  # a kind that this version of the data has no records of
                among = 0
                continue
            raise BadQuery(
                f"no record has the {name} {value!r}; the values are those of `search(...).facets[{name!r}]`"
            )
        among &= values[value]
    if years is not None:
        whole = isinstance(years, (tuple, list)) and [type(year) for year in years] == [int, int]
        if not whole or years[0] > years[1]:
            raise BadQuery(f"years is the first and the last year, such as (2015, 2020), not {years!r}")
        inside = 0
        for year, members in shelf.facet("year").items():
            if years[0] <= int(year) <= years[1]:
                inside |= members
        among &= inside
    return among


class _Search:
    """One query, taken through the stages."""

    def __init__(self, query: str, folded: str, shelf: Shelf) -> None:
        self._shelf = shelf
        self._matching = Matching(shelf.index, folded)
        self._led: dict[int, tuple[float, int]] = {}  #: record -> score, the record that led to it
        self._by_id(query)
        self._by_citation(query)
        self._by_links()

    def results(self, limit: int, offset: int, among: int) -> Results:
        """Give the hits of a set of records, and their number and facets."""
        most = offset + limit
        reached = among & (self._matching.reached() | bits_of(self._led, self._shelf.index.size))
        led = sorted((-score, number) for number, (score, _) in self._led.items() if reached >> number & 1)
        candidates = self._matching.best(most, reached).union(number for _, number in led[:most])
        found = self._matching.found
        self._matching.weigh(candidates)
        best = sorted((-self._score(n), found[n].place if n in found else 0, n) for n in candidates)[offset:most]
        return Results(
            [self._hit(n, -score) for score, _, n in best], reached.bit_count(), _Counts(self._shelf, reached)
        )

    def _score(self, number: int) -> float:
        own, led = self._matching.score(number), self._led.get(number)
        return led[0] if led and led[0] > own else own

    def _by_id(self, query: str) -> None:
        written = query.strip()
        number = self._shelf.number_of.get(written, self._shelf.lower.get(written.lower()))
        if number is not None:
            self._matching.keep(number, Found(SCORE["id"], "id", text=self._shelf.keys[number][1]))

    def _by_citation(self, query: str) -> None:
        if not any(map(str.isdigit, query)):
            return  # an instrument by its name is an alias
        from nimrights.citations import find_citations  # noqa: PLC0415 - most queries cite nothing

        for citation in find_citations(query, dataset=self._shelf.dataset):
            text = query[citation.start : citation.end]
            for place, key in enumerate(citation.ids):
                found = Found(SCORE["citation"], "citation", text=text, place=place)
                self._matching.keep(self._shelf.number_of[key], found)

    def _by_links(self) -> None:
        """Lead on: from an obligation to its area and provisions, from a citation to the areas that rest on it.

        What is only linked says so in `Matched.field` and stands below what was found itself.
        """
        matching, shelf = self._matching, self._shelf
        confident = shelf.leading & matching.ranking.reaching(CONFIDENT / BEST_WORDS)
        leading = dict.fromkeys([*matching.found, *sorted(matching.ranking.best(_MOST_LEADING, confident))])
        matching.weigh(leading)
        best: dict[int, tuple[float, int]] = {}
        for number in leading:
            if not shelf.leading >> number & 1 or (score := matching.score(number)) < CONFIDENT:
                continue
            for other, share in shelf.leads(number):
                if (led := score * share) < _LEAST_LED:
                    break
                if other not in best or led > best[other][0]:
                    best[other] = led, number
        self._led = {other: (round(led, 1), number) for other, (led, number) in best.items()}

    def _hit(self, number: int, score: float) -> Hit:
        table, key = self._shelf.keys[number]
        return Hit(id=key, kind=KINDS[table], score=score, source=self, number=number)

    def record(self, number: int) -> Record:
        """Give the record with a number."""
        table, key = self._shelf.keys[number]
        record: Record = self._shelf.dataset.table(table)[key]
        return record

    def reason(self, number: int, score: float) -> tuple[Stage, Matched]:
        """Say how a record was found and what matched."""
        led = self._led.get(number)
        if led is None or led[0] < score or self._matching.score(number) == score:
            reason = self._matching.reason(number, score)
            return reason.stage, self._matched(number, reason)
        reason, via = self._matching.reason(led[1], self._matching.score(led[1])), self._shelf.keys[led[1]][1]
        matched = self._matched(led[1], reason)
        words = matched.words or ((matched.text, via),)
        return ("fuzzy" if reason.stage == "fuzzy" else "stem"), Matched(
            "linked", matched.lang, matched.text, words, via
        )

    def _matched(self, number: int, reason: Reason) -> Matched:
        text = reason.text if reason.place is None else self._shelf.texts(number)[reason.place]
        return Matched(reason.field, reason.lang, text, reason.words)


class _Counts(Mapping[str, Mapping[str, int]]):
    """How many of the found records have each value of each facet; counted when it is asked for."""

    def __init__(self, shelf: Shelf, found: int) -> None:
        self._shelf, self._found = shelf, found

    def __getitem__(self, name: str) -> Mapping[str, int]:
        if name not in FACETS:
            raise KeyError(name)
        counts = {value: (members & self._found).bit_count() for value, members in self._shelf.facet(name).items()}
        return {value: n for value, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])) if n}

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)
