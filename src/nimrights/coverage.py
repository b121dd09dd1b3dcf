"""Which documents with recommendations to Norway are known to exist, and how much of each the dataset holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from nimrights.dataset import Dataset

Status = Literal["complete", "partial", "none"]


@frozen
class Coverage:
    """What the dataset holds of one document, or of a body's recommendations whose document is not known."""

    body: str | None  #: id of the body; ``None`` where the page read does not name it
    document: str | None  #: id of the document; ``None`` where it is not known
    date: str | None
    stated: int | None  #: number of recommendations, where a source states it
    held: int
    text_seen: str | None = None  #: ``"complete"``, ``"part"`` or ``"none"``

    @property
    def status(self) -> Status | None:
        """Say how much is held; ``None`` where the document is not known, so that nobody can say.

        Complete is only what is known to be: as many are held as a source states, or, where none
        states a number, the whole text was read.
        """
        if self.document is None:
            return None
        if self.held == 0:
            return "none"
        whole = self.text_seen == "complete" if self.stated is None else self.held >= self.stated
        return "complete" if whole else "partial"


def coverage_of(dataset: Dataset) -> tuple[Coverage, ...]:
    """Give a row for each document that is known, by body and date, and one for what has no document.

    Every recommendation is counted in exactly one row.

    >>> from nimrights import load
    >>> rows = {row.document: row for row in coverage_of(load())}
    >>> rows["a-hrc-27-3"].status, rows["a-hrc-27-3"].held, rows["upr-2019"].stated
    ('complete', 203, 241)
    """
    return tuple(_rows(dataset))


def _rows(dataset: Dataset) -> Iterator[Coverage]:
    raws = [dataset.raw_in("recommendations", key) for key in dataset.recommendations]
    held = Counter((raw.get("body"), raw.get("document")) for raw in raws)
    documents = [dataset.raw_in("documents", key) for key in dataset.documents]
    for body in dataset.bodies:
        for raw in sorted((d for d in documents if d["body"] == body), key=lambda d: (d.get("date", ""), d["id"])):
            number = held.pop((body, raw["id"]), 0)
            yield Coverage(body, raw["id"], raw.get("date"), raw.get("stated"), number, raw["text_seen"])
        if loose := held.pop((body, None), 0):
            yield Coverage(body, None, None, None, loose)
    for (named, document), number in sorted(held.items(), key=str):
        yield Coverage(named, document, None, None, number)
