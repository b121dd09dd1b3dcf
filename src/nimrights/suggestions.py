"""Suggestions while typing, and when nothing was found for certain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nimrights._engine.matching import check_number, read_query
from nimrights._engine.shelf import Shelf, shelf_of
from nimrights.dataset import Dataset
from nimrights.lookup import CONFIDENT, search
from nimrights.text import fold
from nimrights.versions import load

#: labels less like the query than this are not suggested
_LEAST_LIKE: Final = 0.6
_MOST: Final = 100


def complete(prefix: str, *, limit: int = 10, dataset: Dataset | None = None) -> list[str]:
    """Give names of records that begin with *prefix*, as they are written, shortest first.

    For search boxes and shells: names are labels, aliases, headings, symbols and numbers in the three languages;
    case, accents and the spelling of æ, ø and å do not count. *limit* is the most names (1 to 100).
    A prefix without a letter or digit gives none.

    Raises `BadQuery` when *prefix* is no string or *limit* out of range.

    >>> complete("krisesent", limit=2)
    ['krisesenter', 'krisesenterlova']
    """
    dataset, folded = _asked(prefix, limit, dataset)
    shelf = shelf_of(dataset)
    return _written(shelf.index.labels_beginning(folded, limit), shelf) if folded else []


def did_you_mean(query: str, *, limit: int = 3, dataset: Dataset | None = None) -> list[str]:
    """Give names of records that are spelled like *query*, if nothing is found for certain; otherwise none.

    *limit* is the most names (1 to 100). Raises `BadQuery` when *query* is no string or *limit* out of range.

    >>> did_you_mean("barnevern")
    []
    """
    dataset, folded = _asked(query, limit, dataset)
    best = search(query, limit=1, dataset=dataset)
    if not folded or (best and best[0].score >= CONFIDENT):
        return []
    shelf = shelf_of(dataset)
    like = sorted(shelf.index.labels_like(folded.replace(" ", ""), _LEAST_LIKE), key=lambda row: (-row[1], row[0]))
    return _written((label for label, _ in like), shelf)[:limit]


def _asked(query: str, limit: int, dataset: Dataset | None) -> tuple[Dataset, str]:
    folded = fold(read_query(query))
    check_number("limit", limit, 1, _MOST)
    return dataset or load(), folded


def _written(labels: Iterable[int], shelf: Shelf) -> list[str]:
    """Give labels as they are written first in the first record that has them."""
    names = []
    for label in labels:
        folded, number = shelf.index.labels[label], shelf.index.owners(label)[0]
        names.append(next(text for text in shelf.texts(number) if fold(text) == folded))
    return names
