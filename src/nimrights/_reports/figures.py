"""The figures of a report: always as tables, and as drawings where they can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from nimrights._pages.charts import bars
from nimrights._pages.markup import Block, Grid, Line, Link, Paragraph, Picture
from nimrights._pages.naming import Names
from nimrights._reports.words import says
from nimrights.models import Area, Obligation, Recommendation
from nimrights.vocabulary import Municipal

#: bodies with fewer recommendations than this are shown together
_FEW = 5


class Figures:
    """Counts obligations and recommendations, and shows the counts."""

    def __init__(
        self, names: Names, duties: Sequence[Obligation], recommendations: Sequence[Recommendation], *, charts: bool
    ) -> None:
        self.names, self.lang, self.charts = names, names.lang, charts
        self.duties, self.recommendations = duties, recommendations

    def said(self, name: str) -> str:
        """Give words in the language."""
        return says(name, self.lang)

    def overview(self, areas: Sequence[Area]) -> Iterator[Block]:
        """Count obligations and recommendations of each area."""
        rows: list[tuple[Line, ...]] = []
        for area in areas:
            duties = sum(o in area.obligations for o in self.duties)
            found = sum(area in r.areas for r in self.recommendations)
            rows.append((Link(area.label[self.lang], f"#area-{area.id}"), str(duties), str(found)))
        head = tuple(self.said(name) for name in ("area", "duties", "recommendations"))
        yield Grid(self.said("by-area"), head, tuple(rows))
        yield Paragraph(self.said("several").format(len(self.duties), len(self.recommendations)))

    def by_area(self, areas: Sequence[Area]) -> Iterator[Block]:
        """Count the recommendations of each area that has any by their relevance for municipalities."""
        kinds = {kind: self.names.term("municipal", kind.value) for kind in (Municipal.NAMED, Municipal.DELIVERS)}
        counts = {
            area: [sum(r.municipal is kind and area in r.areas for r in self.recommendations) for kind in kinds]
            for area in areas
        }
        shown = sorted((area for area in areas if sum(counts[area])), key=lambda area: -sum(counts[area]))
        labels = [area.label[self.lang] for area in shown]
        if self.charts and shown:
            series = {name: [counts[area][n] for area in shown] for n, name in enumerate(kinds.values())}
            yield self._picture("by-area", "by-area-picture", labels, series, "placed")
        rows = tuple(
            (label, *map(str, counts[area]), str(sum(counts[area]))) for label, area in zip(labels, shown, strict=True)
        )
        yield Grid(self.said("by-area-picture"), (self.said("area"), *kinds.values(), self.said("sum")), rows)

    def by_year(self) -> Iterator[Block]:
        """Count by year and body."""
        per_body = Counter(self._body(r) for r in self.recommendations)
        large = [body for body, number in per_body.most_common() if number >= _FEW]
        small = sorted(body for body in per_body if body not in large)
        bodies = [*large, *([self.said("others")] if small else [])]
        found = Counter(
            (self._year(r), body if (body := self._body(r)) in large else self.said("others"))
            for r in self.recommendations
        )
        undated = self.said("undated")
        years = sorted({year for year, _ in found}, key=lambda year: (year == undated, year))
        series = {body: [found[year, body] for year in years] for body in bodies}
        if self.charts and years:
            yield self._picture("by-year", "by-year", years, series, "items")
        rows = tuple(
            (year, *(str(found[year, body]) for body in bodies), str(sum(found[year, body] for body in bodies)))
            for year in years
        )
        yield Grid(self.said("by-year"), (self.said("year"), *bodies, self.said("sum")), rows)
        if small:
            yield Paragraph(self.said("others-are").format(", ".join(small)))

    def _body(self, r: Recommendation) -> str:
        return r.body.abbreviation if r.body else self.said("unnamed")

    def _year(self, r: Recommendation) -> str:
        return r.date[:4] if r.date else self.said("undated")

    def _picture(
        self, name: str, title: str, labels: Sequence[str], series: dict[str, list[int]], counted: str
    ) -> Picture:
        totals = [sum(column) for column in zip(*series.values(), strict=True)] or [0]
        most = max(totals)
        where = labels[totals.index(most)] if labels else "-"
        alt = f"{self.said(title)}. {self.said('bars').format(sum(totals), self.said(counted), where, most)}"
        return Picture(bars(name, self.said(title), alt, labels, series))
