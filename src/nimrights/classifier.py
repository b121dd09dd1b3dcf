"""Classification: which policy areas a case touches, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from attrs import define, field, frozen

from nimrights._files import read_bytes
from nimrights._model import Known, Model, content_words, decode
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, DataError
from nimrights.models import Area, Obligation, Recommendation
from nimrights.versions import load, model_file_of

#: a text is read up to here
MOST_CHARACTERS: Final = 20_000
#: words that count for less than this share of an area's evidence are not shown
_LEAST_SHARE: Final = 0.05
_MOST_EVIDENCE: Final = 8
_RELEVANCE: Final = ("named", "delivers", "contributes", "none")


@frozen(order=True)
class Evidence:
    """One word of the text and how much it counted for the area."""

    weight: float  #: share of the area's score; negative where the word speaks against it
    word: str  #: as it first stands in the text
    term: str | None  #: the curated term of the area that the word is part of, if any


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


def _terms(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Give for each area the words of its curated terms, with the term."""
    found: dict[str, dict[str, str]] = {}
    for key in dataset.areas:
        synonyms = dataset.raw(key)["synonyms"]
        found[key] = {
            word: term
            for lang in synonyms
            for term in synonyms[lang]
            for word in content_words(term)
            if len(word) > 3  # noqa: PLR2004
        }
    return found


def classify(
    text: str, *, threshold: float | None = None, limit: int | None = None, dataset: Dataset | None = None
) -> list[Match]:
    """Give the policy areas that *text* touches, surest first; ``[]`` when none is sure enough.

    *text* is a case title, with or without more text; the first `MOST_CHARACTERS` are read.
    *threshold* is the least score to assert (0 to 1; without it, the model's own, chosen on
    out-of-fold predictions), *limit* the most matches. The same text and dataset always give
    the same answer.

    Raises `BadQuery` when *text* is no string or an option is out of range, `DataError` when the
    dataset version has no model.

    >>> [match.area.id for match in classify("Klage på vedtak om samvær etter omsorgsovertakelse")]
    ['child-welfare']
    >>> classify("Protokoll fra forrige møte")
    []
    """
    if not isinstance(text, str):
        raise BadQuery(f"a text is a string, not {type(text).__name__}")
    number = isinstance(threshold, (int, float)) and not isinstance(threshold, bool)
    if threshold is not None and not (number and 0 <= threshold <= 1):
        raise BadQuery(f"threshold is a number from 0 to 1, not {threshold!r}")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise BadQuery(f"limit is a whole number of at least 1, not {limit!r}")
    dataset = dataset or load()
    model = model_of(dataset)
    least = model.threshold if threshold is None else threshold
    known = model.known(text[:MOST_CHARACTERS]).values()
    asserted = model.above(known, least)[:limit]
    if not asserted:
        return []
    terms = dataset.prepared("terms", _terms)
    areas = dataset.areas
    return [
        Match(areas[area], round(p, 4), _evidence(model, area, known, terms[area]), dataset) for p, area in asserted
    ]


def _evidence(model: Model, area: str, known: Iterable[Known], terms: dict[str, str]) -> tuple[Evidence, ...]:
    counted = [(-model.weight(entry, area), entry.word, entry.spelled) for entry in known]
    whole = -sum(value for value, _, _ in counted if value < 0) or 1.0
    strongest = sorted(counted)
    # in a long text no word has much of a share: the strongest is shown all the same
    shown = [row for row in strongest if abs(row[0]) >= _LEAST_SHARE * whole] or strongest
    return tuple(
        Evidence(round(-value / whole, 3), spelled, terms.get(word)) for value, word, spelled in shown[:_MOST_EVIDENCE]
    )
