"""Progress and change of a city's self-assessment as pages, as lines for a terminal, and as a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nimrights._cities.status import FIELDS, STATES, ElementStatus, State
from nimrights._cities.words import says
from nimrights._pages.charts import can_draw, ladder
from nimrights._pages.lines import Lines
from nimrights._pages.markup import Block, Fold, Grid, Item, Items, Line, Page, Paragraph, Picture
from nimrights._pages.record_items import RecordItems, capital
from nimrights.city import Change, CitySelfAssessment, progress

#: name of the drawing in a page
_PICTURE: Final = "progress"


class CityPages(RecordItems):
    """Writes one self-assessment, or two, in one language."""

    def said(self, name: str) -> str:
        """Give words in the language."""
        return says(name, self.lang)

    def state(self, state: State | None) -> str:
        """Give what a state is called."""
        return self.said(state or "unstated")

    def counted(self, counts: Iterable[tuple[State | None, int]]) -> str:
        """Give how many elements have each state, in words."""
        return ", ".join(f"{number} {self.state(state)}" for state, number in counts)

    # progress

    def progress_title(self, a: CitySelfAssessment) -> str:
        """Give the title of a page of progress."""
        return self.said("progress").format(a.municipality.label, self.day(a.date))

    def alternative(self, a: CitySelfAssessment) -> str:
        """Say in words what the drawing shows."""
        parts = [f"{self.said(part)}: {self.counted(counts.items())}" for part, counts in progress(a).items()]
        return f"{self.said('picture').format(a.municipality.label, self.day(a.date))}. {'. '.join(parts)}."

    def drawing(self, a: CitySelfAssessment, name: str = _PICTURE) -> str:
        """Draw the progress as SVG."""
        groups: dict[str, list[tuple[str, int | None, str]]] = {}
        for status in a.every():
            row = (status.element.label[self.lang], status.step, self.state(status.state))
            groups.setdefault(self.said(status.element.part), []).append(row)
        steps = [self.state(state) for state in STATES[1:4]]
        title = self.said("picture").format(a.municipality.label, self.day(a.date))
        return ladder(name, title, self.alternative(a), steps, groups)

    def progress_blocks(self, a: CitySelfAssessment, *, charts: bool | None = None) -> tuple[Block, ...]:
        """Give the drawing, if it can be drawn, and its figures as tables."""
        drawn = can_draw() if charts is None else charts
        picture = [Picture(self.drawing(a))] if drawn else []
        return (*picture, self.counts_grid(a), self.state_grid(a), *self.kept_blocks(a))

    def counts_grid(self, a: CitySelfAssessment) -> Grid:
        """Count the elements of each part by state."""
        counts = progress(a)
        there = [state for state in (None, *STATES) if any(state in found for found in counts.values())]
        head = (self.term_part(), *(capital(self.state(state)) for state in there))
        rows = [(self.said(part), *(str(found.get(state, 0)) for state in there)) for part, found in counts.items()]
        return Grid(self.said("counts-table"), head, tuple(rows))

    def term_part(self) -> str:
        """Give what a part of the framework is called."""
        return {"nb": "Del", "nn": "Del", "en": "Part"}[self.lang]

    def state_grid(self, a: CitySelfAssessment) -> Grid:
        """Give what is said of every element."""
        shown = [name for name in FIELDS if any(getattr(status, name) for status in a.statuses)]
        head = tuple(self.said(name) for name in ("element", "state", *shown))
        return Grid(self.said("progress-table"), head, tuple(self._status_row(status, shown) for status in a.every()))

    def _status_row(self, status: ElementStatus, shown: Sequence[str]) -> tuple[Line, ...]:
        return (
            status.element.label[self.lang],
            self.state(status.state),
            *(getattr(status, name) for name in shown),
        )

    def kept_blocks(self, a: CitySelfAssessment) -> tuple[Block, ...]:
        """Show what was written before and has no place any more."""
        if not a.kept:
            return ()
        rows = tuple(Item(f"{kept.where}: {kept.value}", (kept.why,)) for kept in a.kept)
        return (Fold(self.said("kept"), (Items(rows),), open=True),)

    def progress_page(self, a: CitySelfAssessment, *, charts: bool | None = None) -> Page:
        """Give the progress as a page."""
        note = Paragraph(self.said("no-score"), "note")
        closing = Paragraph(self.closing(), "small")
        return Page(self.progress_title(a), self.lang, (note, *self.progress_blocks(a, charts=charts), closing))

    # comparison

    def comparison_page(self, old: CitySelfAssessment, new: CitySelfAssessment, changes: Sequence[Change]) -> Page:
        """Give what changed as a page."""
        title = self.said("comparison").format(new.municipality.label, self.day(old.date), self.day(new.date))
        rows = [self.change_row(change) for change in changes if not _still(change)]
        still = sum(map(_still, changes))
        head = tuple(self.said(name) for name in ("element", "change", "before", "now", "also"))
        grid = [Grid(title, head, tuple(rows))] if rows else []
        blocks = (
            Paragraph(self.said("no-score"), "note"),
            *grid,
            Paragraph(self.said("unchanged").format(still)),
            *self.kept_blocks(old),
            *self.kept_blocks(new),
            Paragraph(self.closing(), "small"),
        )
        return Page(title, self.lang, blocks)

    def change_row(self, change: Change) -> tuple[str, ...]:
        """Give one change in words."""
        fields = ", ".join(self.said(name).lower() for name in change.fields)
        label, move = change.element.label[self.lang], self.said(change.move)
        return label, move, self.state(change.before), self.state(change.now), fields


def _still(change: Change) -> bool:
    return change.move == "same" and not change.fields


class CityLines(Lines):
    """The same for a terminal."""

    def __init__(self, pages: CityPages, width: int = 88) -> None:
        super().__init__(pages.dataset, pages.lang, width)
        self.pages = pages

    def progress(self, a: CitySelfAssessment) -> Iterator[str]:
        """Give the state of each element, by part."""
        pages = self.pages
        counts = progress(a)
        yield pages.progress_title(a)
        part = ""
        for status in a.every():
            if status.element.part != part:
                part = status.element.part
                yield ""
                yield from self._wrap(f"{pages.said(part)}: {pages.counted(counts[part].items())}")
            yield from self._wrap(f"{status.element.label[self.lang]}: {pages.state(status.state)}", "      ", "  - ")
            for name in FIELDS:
                if text := getattr(status, name):
                    yield from self._wrap(f"{pages.said(name)}: {text}", "        ", "      ")
        for kept in a.kept:
            yield from ["", *self._wrap(f"{pages.said('kept')}: {kept.where}: {kept.value} ({kept.why})", "    ")]
        yield from ["", *self._wrap(pages.said("no-score"))]

    def changes(self, changes: Sequence[Change]) -> Iterator[str]:
        """Give what moved, and how many elements did not."""
        pages = self.pages
        for change in changes:
            if _still(change):
                continue
            label, move, before, now, fields = pages.change_row(change)
            yield from self._wrap(f"{label}: {before} -> {now} ({move})", "    ", "")
            if fields:
                yield from self._wrap(f"{pages.said('also')}: {fields}", "      ", "    ")
        yield pages.said("unchanged").format(sum(map(_still, changes)))
