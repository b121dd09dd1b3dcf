"""Classification: which policy areas a case touches, how sure that is, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from attrs import define, field, frozen

from nimrights._cases.model import Known, Model, content_words, decode
from nimrights._files import read_bytes
from nimrights.cases import TEXT, Case, read_case
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, DataError, NotFound
from nimrights.models import Area, Obligation, Recommendation
from nimrights.versions import load, model_file_of

#: a text is read up to here
MOST_CHARACTERS: Final = 20_000
#: words that count for less than this share of an area's evidence are not shown
_LEAST_SHARE: Final = 0.05
_MOST_EVIDENCE: Final = 8
_DIGIT: Final = re.compile(r"\d")
_RELEVANCE: Final = ("named", "delivers", "contributes", "none")
#: how far a code alone makes an area probable. Set by us: no cases with both codes and labels are at hand.
#: A main class of K-koder is so wide that it only tips the balance
TRUST: Final = {"los": 0.95, "kostra": 0.9, "k-codes": 0.15}


@frozen(order=True)
class Evidence:
    """One word or code of the case and how much it counted for the area."""

    weight: float  #: share of the area's score; negative where the word speaks against it
    word: str  #: as it first stands in the text; for a code the code itself
    #: a curated term that the word is part of and whose words all stand in the case, if any; for a code its field
    term: str | None
    field: str = TEXT  #: where it stands: ``text``, or the field of the case


class Scored(NamedTuple):
    """An area with its score, where nobody asks for more."""

    area: str  #: id
    score: float  #: 0 to 1


def _id(area: Area) -> str:
    return area.id


@define(frozen=True, slots=False)
class Match:
    """One policy area that a text touches."""

    area: Area = field(repr=_id)
    score: float  #: calibrated probability, 0 to 1
    evidence: tuple[Evidence, ...]  #: strongest first
    _dataset: Dataset = field(repr=False, eq=False)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """Give the area's obligations: binding, each with its legal force."""
        return self.area.obligations

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """Give the recommendations on the area, the ones nearest to municipalities first; never binding.

        Order: municipal relevance (named, delivers, contributes, none), then newest, then id.
        """
        rows = self._dataset.recommendations.where(area=self.area.id).values()
        newest = sorted(sorted(rows, key=lambda r: r.id), key=lambda r: r.date or "", reverse=True)
        return tuple(sorted(newest, key=lambda r: _RELEVANCE.index(r.municipal.value)))


def model_of(dataset: Dataset) -> Model:
    """Give the model that belongs to *dataset*, read once."""

    def read(ds: Dataset) -> Model:
        path = model_file_of(ds.version)
        model = decode(read_bytes(path), path)
        missing = [area for area in model.areas if area not in ds.areas]
        if missing:
            raise DataError(f"{path} was trained for other areas than this dataset's: {', '.join(missing)}")
        return model

    model: Model = dataset.prepared("model", read)
    return model


def _terms(dataset: Dataset) -> dict[str, dict[str, list[tuple[str, frozenset[str]]]]]:
    """Give for each area the words of its curated terms, with the terms and all their content words, longest first.

    A term with digits is left out: the model reads no words with digits.
    """
    found: dict[str, dict[str, list[tuple[str, frozenset[str]]]]] = {}
    for key in dataset.areas:
        synonyms = dataset.raw(key)["synonyms"]
        terms = dict.fromkeys(term for lang in synonyms for term in synonyms[lang] if not _DIGIT.search(term))
        needed = [(term, frozenset(content_words(term))) for term in terms]
        of_word = found[key] = {}
        for term, parts in sorted(needed, key=lambda entry: -len(entry[1])):
            for word in parts:
                of_word.setdefault(word, []).append((term, parts))
    return found


def classify(
    case: str | Mapping[str, Any],
    *,
    threshold: float | None = None,
    limit: int | None = None,
    dataset: Dataset | None = None,
) -> list[Match]:
    """Give the policy areas that a case touches, surest first; ``[]`` when none is sure enough.

    *case* is a title, with or without more text, or a case file or journal entry with its fields
    (see `nimrights.cases.read_case`): each word and each code is evidence of its own, and a KOSTRA
    or Los code alone already answers. The first `MOST_CHARACTERS` of each text are read.
    *threshold* is the least score to assert (0 to 1; without it, the model's own, chosen on
    out-of-fold predictions), *limit* the most matches. The same case and dataset always give
    the same answer.

    Raises `BadQuery` when *case* is neither, a field has a wrong type or an option is out of range,
    `DataError` when the dataset version has no model. A code that its scheme does not have is no evidence.

    >>> [match.area.id for match in classify("Klage på vedtak om samvær etter omsorgsovertakelse")]
    ['child-welfare']
    >>> [match.area.id for match in classify({"tittel": "Svar på brev", "kostra": "244"})]
    ['child-welfare']
    >>> classify("Protokoll fra forrige møte")
    []
    """
    _check_threshold(threshold)
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise BadQuery(f"limit is a whole number of at least 1, not {limit!r}")
    dataset = dataset or load()
    judge = _Judge(dataset, threshold)
    read = judge.read(case)
    asserted = judge.scores(read)[:limit]
    if not asserted:
        return []
    terms = dataset.prepared("terms", _terms)
    areas = dataset.areas
    return [Match(areas[area], round(p, 4), judge.evidence(area, read, terms[area]), dataset) for p, area in asserted]


def classify_many(
    cases: Iterable[str | Mapping[str, Any]], *, threshold: float | None = None, dataset: Dataset | None = None
) -> Iterator[list[Scored]]:
    """Give for each case, in order, the areas it touches with their scores, as `classify` does without evidence.

    Cases are taken one at a time, so memory stays the same however many there are.
    Raises `BadQuery` at the first case that is neither a text nor a mapping, naming its number from 1.

    >>> [[row.area for row in rows] for rows in classify_many(["Søknad om startlån", "Protokoll fra forrige møte"])]
    [['housing'], []]
    """
    _check_threshold(threshold)
    return _each(cases, _Judge(dataset or load(), threshold))


def _each(cases: Iterable[str | Mapping[str, Any]], judge: _Judge) -> Iterator[list[Scored]]:
    for number, case in enumerate(cases, 1):
        try:
            read = judge.read(case)
        except BadQuery as error:
            raise BadQuery(f"case {number}: {error}") from None
        yield [Scored(area, round(p, 4)) for p, area in judge.scores(read)]


def _check_threshold(threshold: float | None) -> None:
    number = isinstance(threshold, (int, float)) and not isinstance(threshold, bool)
    if threshold is not None and not (number and 0 <= threshold <= 1):
        raise BadQuery(f"threshold is a number from 0 to 1, not {threshold!r}")


class _Reading(NamedTuple):
    """What one case says."""

    known: dict[str, Known]  #: its content words; of a word in several fields the first
    fields: dict[str, str]  #: word -> field where it stands; none where the case is only a text
    codes: dict[str, list[tuple[float, str, str]]]  #: area -> what codes speak for it: trust, field, code
    said: dict[str, float]  #: area -> what the words alone give, where there are codes


class _Judge:
    """Scores cases with the model of one dataset and one threshold."""

    def __init__(self, dataset: Dataset, threshold: float | None) -> None:
        self.dataset = dataset
        self.model = model_of(dataset)
        self.least = self.model.threshold if threshold is None else threshold

    def read(self, case: object) -> _Reading:
        """Read a case once for everything that is asked of it; `BadQuery` for what is none."""
        if isinstance(case, str):
            return _Reading(self.model.known(case[:MOST_CHARACTERS]), {}, {}, {})
        read = read_case(case)
        known: dict[str, Known] = {}
        fields: dict[str, str] = {}
        for name, text in read.texts:
            for word, entry in self.model.known(text[:MOST_CHARACTERS]).items():
                if word not in known:
                    known[word], fields[word] = entry, name
        codes = self._codes(read)
        said = {area: p for p, area in self.model.above(known.values(), 0.0)} if codes else {}
        return _Reading(known, fields, codes, said)

    def _codes(self, case: Case) -> dict[str, list[tuple[float, str, str]]]:
        found: dict[str, list[tuple[float, str, str]]] = {}
        first = {(scheme, code): name for name, scheme, code in reversed(case.codes)}  # said twice is one reason
        for (scheme, code), field_name in first.items():
            try:
                meant = self.dataset.areas.for_code(scheme, code)
            except NotFound:
                continue
            for area in meant:
                found.setdefault(area, []).append((TRUST[scheme], field_name, code))
        return found

    def scores(self, read: _Reading) -> list[tuple[float, str]]:
        """Give the areas that reach the threshold with their scores, surest first.

        A code that speaks for an area adds to it as an independent reason would:
        what is left of the doubt is the product of both doubts.
        """
        if not read.codes:
            return self.model.above(read.known.values(), self.least)
        score = dict(read.said)
        for area, reasons in read.codes.items():
            for trust, _, _ in reasons:
                score[area] = 1 - (1 - score.get(area, 0.0)) * (1 - trust)
        return sorted(((p, area) for area, p in score.items() if p >= self.least), key=lambda row: (-row[0], row[1]))

    def evidence(
        self, area: str, read: _Reading, terms: Mapping[str, list[tuple[str, frozenset[str]]]]
    ) -> tuple[Evidence, ...]:
        """Give what spoke for *area*, strongest first; words and codes share by what each of them alone gives.

        A word has the longest term of which all content words stand in the case.
        """
        counted = [(-self.model.weight(entry, area), entry.word, entry.spelled) for entry in read.known.values()]
        positive = -sum(value for value, _, _ in counted if value < 0) or 1.0
        strongest = sorted(counted)
        # in a long text no word has much of a share: the strongest is shown all the same
        shown = [row for row in strongest if abs(row[0]) >= _LEAST_SHARE * positive] or strongest
        codes = read.codes.get(area, [])
        said = read.said.get(area, 0.0) if read.codes else 1.0
        whole = said + sum(trust for trust, _, _ in codes) or 1.0
        found = [
            Evidence(
                round(-value / positive * said / whole, 3),
                spelled,
                next((term for term, parts in terms.get(word, ()) if parts <= read.known.keys()), None),
                read.fields.get(word, TEXT),
            )
            for value, word, spelled in shown[:_MOST_EVIDENCE]
        ]
        if not read.fields and not read.codes:
            return tuple(found)
        found += [Evidence(round(trust / whole, 3), code, name.rpartition(".")[2], name) for trust, name, code in codes]
        return tuple(sorted(found, key=lambda e: (-e.weight, e.field, e.word)))
