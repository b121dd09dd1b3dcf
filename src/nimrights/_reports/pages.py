"""The parts of a municipality's report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from nimrights._cities.pages import CityPages
from nimrights._pages.markup import Block, Fold, Grid, Item, Items, Link, Page, Pairs, Paragraph, Part
from nimrights._pages.record_items import RecordItems
from nimrights._pages.words import word
from nimrights._records.record import Source
from nimrights._reports.figures import Figures
from nimrights._reports.words import COUNTIES, sami_category, says
from nimrights.city import CitySelfAssessment
from nimrights.dataset import Dataset
from nimrights.models import Area, Municipality, Obligation, Recommendation
from nimrights.vocabulary import Municipal

#: recommendations that concern municipal services
_SERVICES: Final = (Municipal.NAMED, Municipal.DELIVERS)
#: words with which a duty is told
_DUTY: Final = re.compile(r"\b(skal|må|must|may not|cannot|has to)\b")


class ReportPages(RecordItems):
    """Writes the report of one municipality in one language."""

    def __init__(self, dataset: Dataset, lang: str, municipality: Municipality, *, charts: bool) -> None:
        super().__init__(dataset, lang)
        self.municipality, self.charts = municipality, charts
        self.duties = dataset.obligations_for(municipality)
        self.recommendations = [r for r in dataset.recommendations.values() if r.municipal in _SERVICES]
        self.areas = sorted(dataset.areas.values(), key=lambda area: _alphabetical(area.label[lang]))
        self.figures = Figures(self, self.duties, self.recommendations, charts=charts)

    def said(self, name: str) -> str:
        """Give words in the language."""
        return says(name, self.lang)

    def page(self, city: CitySelfAssessment | None) -> Page:
        """Give the whole report."""
        name = self.municipality.label
        blocks = (
            self._who(),
            Part(self.said("reading"), (self._reading(),), "reading"),
            Part(self.said("overview"), tuple(self.figures.overview(self.areas)), "overview"),
            Part(self.said("some"), tuple(self._some()), "some"),
            Part(self.said("areas"), (*(self._area(a) for a in self.areas), *self._without_area()), "areas"),
            Part(self.said("figures"), (*self.figures.by_area(self.areas), *self.figures.by_year()), "figures"),
            *self._advice(),
            *self._city(city),
            Part(self.said("sources"), tuple(self._sources()), "sources"),
            Paragraph(self.closing(), "small"),
        )
        return Page(
            self.said("title").format(name), self.lang, blocks, word("contents", self.lang), word("skip", self.lang)
        )

    def _who(self) -> Pairs:
        m = self.municipality
        category = sami_category(m.sami_category, self.lang) if m.sami_category else self.said("outside")
        since = f", {self.said('since')} {self.day(m.sami_since)}" if m.sami_since else ""
        county = f"{COUNTIES[m.county]} ({m.county})" if m.county in COUNTIES else m.county
        rows = [
            (self.said("number"), m.id),
            (self.said("county"), county),
            (self.said("names"), ", ".join(m.names)),
            (self.said("sami"), f"{category}{since}"),
            (self.said("data"), self.said("version").format(self.dataset.version, self.day(self.dataset.as_of))),
        ]
        return Pairs(tuple(rows))

    def _reading(self) -> Items:
        total = len(self.dataset.recommendations)
        advises = self.said("advises").format(len(self.recommendations), total)
        said = (self.said("binds"), advises, self.said("own-words"), self.said("incomplete"))
        return Items(tuple(map(Item, said)))

    # obligations that only some municipalities have

    def _some(self) -> Iterator[Block]:
        m = self.municipality
        mine = [o for o in self.duties if o.applies_to != "all" and m.is_one_of(o.applies_to)]
        open_ones = [o for o in self.duties if m.is_one_of(o.applies_to) is None]
        if mine:
            yield Part(self.said("applies").format(m.label), (self._listed(mine),), level=3)
        else:
            yield Paragraph(self.said("none-applies").format(m.label))
        if open_ones:
            about = Paragraph(self.said("depends-about"))
            yield Part(self.said("depends"), (about, self._listed(open_ones)), level=3)

    def _listed(self, duties: list[Obligation]) -> Items:
        rows = [
            Item(
                Link(_beginning(o.statement[self.lang]), f"#{_anchor(o)}"),
                (
                    f"{self.said('if')}: {self.term('applies', o.applies_to)}",
                    f"{self.said('area')}: {self.dataset.areas[o.area].label[self.lang]}",
                ),
            )
            for o in duties
        ]
        return Items(tuple(rows), "binding")

    # areas

    def _area(self, area: Area) -> Part:
        duties = [o for o in area.obligations if o in self.duties]
        found = [r for r in self.recommendations if area in r.areas]
        blocks: list[Block] = [Paragraph(area.description[self.lang])]
        if area.doubt:
            blocks.append(Paragraph(f"{self.said('uncertain')}: {area.doubt[self.lang]}", "note"))
        rows = Items(tuple(self._duty(o, area) for o in duties), "binding")
        blocks.append(Fold(f"{self.said('duties')}: {len(duties)}", (rows,), open=True))
        if found:
            blocks.append(Fold(f"{self.said('recommendations')}: {len(found)}", tuple(self._by_year(found))))
        else:
            blocks.append(Paragraph(self.said("no-recommendations")))
        return Part(area.label[self.lang], tuple(blocks), f"area-{area.id}", 3)

    def _without_area(self) -> Iterator[Block]:
        loose = [r for r in self.recommendations if not r.areas]
        if loose:
            fold = Fold(f"{self.said('recommendations')}: {len(loose)}", tuple(self._by_year(loose)))
            yield Part(self.said("no-area"), (fold,), "no-area", 3)

    def _duty(self, o: Obligation, area: Area) -> Item:
        """Give an obligation in full under its home area, and a link to it elsewhere."""
        if o.area == area.id:
            return self.duty(o, _anchor(o))
        home = self.said("shared").format(self.dataset.areas[o.area].label[self.lang])
        return Item((o.statement[self.lang], " (", Link(home, f"#{_anchor(o)}"), ")"))

    def _by_year(self, found: list[Recommendation]) -> Iterator[Block]:
        """Give recommendations by year, the newest first and those without a date last."""
        ordered = sorted(sorted(found, key=lambda r: r.id), key=lambda r: (r.date or "")[:4], reverse=True)
        for year, rows in groupby(ordered, key=lambda r: (r.date or "")[:4]):
            items = Items(tuple(map(self.recommendation, rows)), "advice")
            yield Part(year or self.said("undated"), (items,), level=4)

    # advice, the city, sources

    def _advice(self) -> Iterator[Block]:
        rows = tuple(self.advice(advice) for advice in self.dataset.advice.values())
        if rows:
            blocks = (Paragraph(self.said("advice-about")), Items(rows, "advice"))
            yield Part(self.said("advice"), blocks, "advice")

    def _city(self, city: CitySelfAssessment | None) -> Iterator[Block]:
        if not len(self.dataset.city):
            return
        pages = CityPages(self.dataset, self.lang)
        about = Paragraph(pages.said("framework"))
        if city is None:
            head = tuple(self.said(name) for name in ("element", "part", "origin"))
            rows = tuple(
                (e.label[self.lang], self.term("city-part", e.part), pages.said("fra" if e.origin == "fra" else "own"))
                for e in self.dataset.city.values()
            )
            yield Part(self.said("city"), (about, Grid(self.said("city-table"), head, rows)), "city")
        else:
            told = Paragraph(f"{pages.said('from-file').format(self.day(city.date))} {pages.said('no-score')}")
            blocks = (about, told, *pages.progress_blocks(city, charts=self.charts))
            yield Part(self.said("city"), blocks, "city")

    def _sources(self) -> Iterator[Block]:
        laws = sorted({b.provision.instrument for o in self.duties for b in o.legal_basis},
                      key=lambda i: (i.type, i.id))  # fmt: skip
        rows = tuple(Item(Link(law.title[self.lang], law.url)) for law in laws)
        yield Fold(f"{self.said('laws')} ({len(laws)})", (Items(rows),))
        of_all = self.dataset.advice.values(), self.dataset.city.values()
        origins = [record.provenance for records in (self.duties, self.recommendations, *of_all) for record in records]
        found: set[Source] = {entry.source for provenance in origins for entry in provenance}
        ordered = sorted(found, key=lambda s: (s.publisher, s.title or s.url, s.id))
        items = tuple(
            Item(
                (Link(s.title or s.url, s.url), f" ({s.publisher}; {self.said('read').format(self.day(s.retrieved))})")
            )
            for s in ordered
        )
        yield Fold(self.said("read-in").format(len(items)), (Items(items),))


def _anchor(o: Obligation) -> str:
    return f"duty-{o.id.replace('/', '-')}"


def _alphabetical(label: str) -> str:
    """Give a key that sorts Norwegian letters last, in their order."""
    return label.casefold().translate(str.maketrans("æøå", "{|}"))


def _beginning(text: str) -> str:
    """Give the beginning of an obligation up to the sentence that says what must be done."""
    sentences = re.split(r"(?<=\.) (?=[A-ZÆØÅ])", text)
    end = next((n for n, sentence in enumerate(sentences, 1) if _DUTY.search(sentence)), len(sentences))
    return " ".join(sentences[:end])
