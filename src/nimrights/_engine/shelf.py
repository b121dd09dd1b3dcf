"""What searching a dataset needs at hand: its index, the texts of records as they are written, what they lead to."""

from __future__ import annotations

from typing import Final

from nimrights._engine.bits import bits_of
from nimrights._engine.index import Index
from nimrights._engine.searchable import entries_of, index_of
from nimrights.dataset import Dataset

#: share of a hit's score that goes on to what it leads to, by table
_LINKED: Final = {"obligations": 0.8, "rights": 0.7, "provisions": 0.62, "areas": 0.55}


class Shelf:
    """What one dataset needs for searching: its index, and the texts of records as they are written."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.index: Index = index_of(dataset)
        tables = (table for table, count in self.index.aside("tables") for _ in range(count))
        self.keys: list[tuple[str, str]] = list(zip(tables, self.index.keys, strict=True))
        self.number_of = {key: number for number, (_, key) in enumerate(self.keys)}
        self.lower = {key.lower(): number for number, (_, key) in reversed(list(enumerate(self.keys)))}
        self._texts: dict[int, tuple[str, ...]] = {}
        self._links: dict[int, list[int]] | None = None
        self._leads: dict[int, list[tuple[int, float]]] = {}
        self._facets: dict[str, dict[str, int]] = {}
        leading = (n for n, (table, _) in enumerate(self.keys) if table in _LINKED)
        self.leading = bits_of(leading, len(self.keys))  #: the records that lead to others

    def texts(self, number: int) -> tuple[str, ...]:
        """Give the texts of a record as they are written."""
        texts = self._texts.get(number)
        if texts is None:
            table, key = self.keys[number]
            texts = self._texts[number] = tuple(e.text for e in entries_of(self.dataset.raw_in(table, key), table))
        return texts

    def leads(self, number: int) -> list[tuple[int, float]]:
        """Give what a record leads to, and the share of its score that goes on: most to the one most linked."""
        if self._links is None:
            self._links = {row[0]: row for row in self.index.aside("links")}
        found = self._leads.get(number)
        if found is None:
            row, factor = self._links.get(number, [number]), _LINKED[self.keys[number][0]]
            most = max(row[2::2], default=1)
            found = [(other, factor * (0.5 + 0.5 * n / most)) for other, n in zip(row[1::2], row[2::2], strict=True)]
            found = self._leads[number] = sorted(found, key=lambda row: (-row[1], row[0]))
        return found

    def facet(self, name: str) -> dict[str, int]:
        """Give, for every value of a facet, the set of records that have it."""
        if name not in self._facets:
            rows = self.index.aside("facets")
            self._facets = {n: {value: int(bits, 16) for value, bits in row.items()} for n, row in rows.items()}
        return self._facets[name]


def shelf_of(dataset: Dataset) -> Shelf:
    """Give what searching *dataset* needs, made once."""
    shelf: Shelf = dataset.prepared("search", Shelf)
    return shelf
