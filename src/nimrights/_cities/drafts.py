"""Drafts for a council: a declaration, and the skeleton of an action plan. Both are proposals to strike and fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nimrights._cities.pages import CityPages
from nimrights._cities.status import ElementStatus
from nimrights._pages.markup import Block, Grid, Inline, Item, Items, Line, Link, Page, Pairs, Paragraph, Part
from nimrights._pages.record_items import joined
from nimrights._pages.words import word
from nimrights.city import CitySelfAssessment
from nimrights.models import Advice, Area, Obligation

#: provision on which the duty of every authority rests
_GENERAL_DUTY = "grl-92"


class CityDrafts(CityPages):
    """Writes the drafts for one municipality in one language."""

    def declaration(self, a: CitySelfAssessment) -> Page:
        """Give a draft declaration."""
        told = any(status.state for status in a.statuses)
        blocks = (
            Paragraph(self.said("draft"), "draft"),
            Part(self.said("background"), tuple(self._background(a, told=told)), "background"),
            Part(self.said("clauses"), tuple(self._clauses(a)), "clauses"),
            Part(self.said("areas-first"), (self._chosen(a),), "areas"),
            Part(self.said("follow-up"), (Pairs(tuple(self._follow_up())),), "follow-up"),
            *self._appendix(a, self._concerned(a, [s for s in a.every() if s.state != "not-relevant"])),
            Paragraph(self.closing(), "small"),
        )
        title = self.said("declaration").format(a.municipality.label)
        return Page(title, self.lang, blocks, word("contents", self.lang), word("skip", self.lang))

    def plan(self, a: CitySelfAssessment) -> Page:
        """Give the skeleton of an action plan, with a part for each element that is not in place."""
        open_ones = [s for s in a.every() if s.state not in ("in-place", "not-relevant")]
        parts = {s.element.part: [t for t in open_ones if t.element.part == s.element.part] for s in open_ones}
        told = any(status.state for status in a.statuses)
        work = tuple(
            Part(self.said(part), tuple(self._element(s, a) for s in statuses), part)
            for part, statuses in parts.items()
        )
        blocks = (
            Paragraph(self.said("draft"), "draft"),
            Part(self.said("background"), tuple(self._background(a, told=told)), "background"),
            Part(self.said("overview"), (self._overview(a), *self._done(a)), "overview"),
            Part(self.said("areas-first"), (self._chosen(a),), "areas"),
            *work,
            Part(self.said("follow-up"), (Pairs(tuple(self._follow_up())),), "follow-up"),
            *self._appendix(a, self._concerned(a, open_ones)),
            *self.kept_blocks(a),
            Paragraph(self.closing(), "small"),
        )
        title = self.said("plan").format(a.municipality.label)
        return Page(title, self.lang, blocks, word("contents", self.lang), word("skip", self.lang))

    # what both have

    def _background(self, a: CitySelfAssessment, *, told: bool) -> Iterator[Block]:
        before, after = self.said("bound").split("{}")
        provision = self.dataset.provisions.get(_GENERAL_DUTY)
        url = provision.url or provision.instrument.url if provision else None
        yield Paragraph((before, Link(self.said("article-92"), url), after))
        yield Paragraph(self.said("framework"))
        if told:
            yield Paragraph(self.said("from-file").format(self.day(a.date)))

    def _chosen(self, a: CitySelfAssessment) -> Block:
        if not a.areas:
            return Paragraph(self.said("choose-areas"))
        return Items(tuple(Item(self._area_link(area, a)) for area in a.areas))

    @staticmethod
    def _concerned(a: CitySelfAssessment, statuses: Iterable[ElementStatus]) -> dict[Area, None]:
        """Give the areas that were chosen, and those of the elements, each once."""
        return dict.fromkeys((*a.areas, *(area for s in statuses for area in s.element.areas)))

    def _duties(self, area: Area, a: CitySelfAssessment) -> tuple[Obligation, ...]:
        mine = self.dataset.obligations_for(a.municipality)
        return tuple(o for o in area.obligations if o in mine)

    def _area_link(self, area: Area, a: CitySelfAssessment) -> tuple[Inline, ...]:
        count = f" ({len(self._duties(area, a))} {self.said('duties')})"
        return Link(area.label[self.lang], f"#area-{area.id}"), count

    def _follow_up(self) -> Iterator[tuple[str, Line]]:
        yield self.said("who"), self.said("fill")
        yield self.said("means"), self.said("fill")
        yield self.said("taking-part"), self.said("fill")
        yield self.said("report-when"), self.said("fill-often")
        yield self.said("review-when"), self.said("fill-date")

    def _appendix(self, a: CitySelfAssessment, areas: Iterable[Area]) -> Iterator[Block]:
        """Give the obligations of the areas, and the advice that the elements name."""
        shown = tuple(
            Part(
                area.label[self.lang],
                (Items(tuple(self.duty(o) for o in self._duties(area, a)), "binding"),),
                f"area-{area.id}",
                3,
            )
            for area in areas
        )
        if shown:
            about = Paragraph(self.said("area-duties-about"))
            yield Part(self.said("area-duties"), (about, *shown), "duties")
        advice: dict[Advice, None] = dict.fromkeys(
            advice for key in self.dataset.city for advice in self.dataset.city[key].advice
        )
        if advice:
            rows = tuple(self._with_anchor(one) for one in advice)
            yield Part(self.said("advice"), (Paragraph(self.said("not-binding")), Items(rows, "advice")), "advice")

    def _with_anchor(self, advice: Advice) -> Item:
        item = self.advice(advice)
        return Item(item.line, item.more, advice.id)

    def _links(self, status: ElementStatus) -> Iterator[Line]:
        """Give the advice and the examples of an element, none of which binds."""
        element = status.element
        if element.advice:
            links = joined(Link(one.label[self.lang], f"#{one.id}") for one in element.advice)
            yield (f"{self.said('advice')}: ", *links)
        if element.practices:
            shown = [Link(p.label[self.lang], p.provenance[0].source.url) for p in element.practices]
            yield (f"{self.said('examples')}: ", *joined(shown, "; "))

    def _made(self, status: ElementStatus) -> str:
        return self.said("fra" if status.element.origin == "fra" else "own")

    # the declaration

    def _clauses(self, a: CitySelfAssessment) -> Iterator[Block]:
        yield Paragraph(self.said("council-will").format(a.municipality.label))
        statuses = a.every()
        for part in dict.fromkeys(s.element.part for s in statuses):
            kept = [s for s in statuses if s.element.part == part and s.state != "not-relevant"]
            if kept:
                rows = tuple(self._clause(status, a) for status in kept)
                yield Part(self.said(part), (Items(rows, "tasks"),), f"clauses-{part}", 3)
        struck = [s.element.label[self.lang] for s in statuses if s.state == "not-relevant"]
        if struck:
            yield Paragraph(self.said("left-out").format(self.day(a.date), "; ".join(struck)))

    def _clause(self, status: ElementStatus, a: CitySelfAssessment) -> Item:
        label = status.element.label[self.lang]
        done = f" ({self.said('already').format(self.day(a.date))})" if status.state == "in-place" else ""
        more: list[Line] = [f"{self._made(status)[:1].upper()}{self._made(status)[1:]}."]
        if status.evidence and done:
            more.append(f"{self.said('evidence')}: {status.evidence}")
        more.append((f"{self.said('areas')}: ", *_inlines(self._areas_of(status, a))))
        return Item(f"{label[:1].lower()}{label[1:]}{done}", (*more, *self._links(status)))

    # the plan

    def _overview(self, a: CitySelfAssessment) -> Block:
        names = ("element", "state", "owner", "deadline")
        rows = []
        for s in a.every():
            label = s.element.label[self.lang]
            done = s.state in ("in-place", "not-relevant")
            link, fill = (label, "") if done else (Link(label, f"#{s.element.id}"), self.said("fill"))
            rows.append((link, self.state(s.state), s.owner or fill, s.deadline or fill))
        return Grid(self.said("progress-table"), tuple(self.said(name) for name in names), tuple(rows))

    def _done(self, a: CitySelfAssessment) -> Iterator[Block]:
        for state, title in (("in-place", "in-place-list"), ("not-relevant", "not-relevant-list")):
            rows = [s for s in a.every() if s.state == state]
            if rows:
                items = tuple(Item(s.element.label[self.lang], (s.evidence,) if s.evidence else ()) for s in rows)
                yield Part(self.said(title), (Items(items),), level=3)

    def _element(self, status: ElementStatus, a: CitySelfAssessment) -> Part:
        element = status.element
        fill = self.said("fill")
        pairs: list[tuple[str, Line]] = [(self.said("state"), self.state(status.state))]
        if status.evidence:
            pairs.append((self.said("evidence"), status.evidence))
        pairs += [
            (self.said("own-next"), status.next_step or fill),
            (self.said("owner"), status.owner or fill),
            (self.said("deadline"), status.deadline or fill),
            (self.said("means"), fill),
            (self.said("areas"), self._areas_of(status, a)),
        ]
        answered = [
            (element.questions[self.lang][place], status.answers[place])
            for place in sorted(status.answers)
            if status.answers[place]
        ]
        blocks: list[Block] = [
            Paragraph(f"{element.description[self.lang]} ({self._made(status)}.)"),
            Pairs(tuple(pairs)),
        ]
        if answered:
            blocks += [Paragraph(f"{self.said('answers')}:"), Items(tuple(Item(q, (said,)) for q, said in answered))]
        blocks += [
            Paragraph(f"{self.said('suggested')}:"),
            Items(tuple(Item(measure) for measure in element.measures[self.lang]), "tasks"),
            *(Paragraph(line) for line in self._links(status)),
        ]
        return Part(element.label[self.lang], tuple(blocks), element.id, 3)

    def _areas_of(self, status: ElementStatus, a: CitySelfAssessment) -> Line:
        """Give the areas that an element concerns; where it names none, all of them, and those that were chosen."""
        if status.element.areas:
            links = [self._area_link(area, a) for area in status.element.areas]
            return tuple(part for line in joined_lines(links) for part in line)
        if not a.areas:
            return self.said("all-areas")
        links = [self._area_link(area, a) for area in a.areas]
        return (f"{self.said('all-areas')}; {self.said('chosen-areas').lower()}: ",
                *(part for line in joined_lines(links) for part in line))  # fmt: skip


def _inlines(line: Line) -> tuple[Inline, ...]:
    return line if isinstance(line, tuple) else (line,)


def joined_lines(lines: Iterable[tuple[Inline, ...]]) -> Iterator[tuple[Inline, ...]]:
    """Give *lines* with a comma between them."""
    for number, line in enumerate(lines):
        yield (", ", *line) if number else line
