"""Records for people: wrapped text in the language asked for, with legal force and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from nimrights._pages.hit_lines import HitLines
from nimrights._pages.learning_pages import LearningPages
from nimrights._pages.words import word
from nimrights._records.record import Source, Term
from nimrights.models import (
    Advice,
    Area,
    Body,
    Code,
    Decision,
    Document,
    Element,
    Finding,
    Instrument,
    Module,
    Municipality,
    Obligation,
    Practice,
    Provision,
    Question,
    Recommendation,
    Record,
    Right,
    Step,
)

if TYPE_CHECKING:
    from nimrights.classifier import Match


class Renderer(LearningPages, HitLines):
    """Writes records as lines of at most *width* characters in one language."""

    def record(self, record: Record) -> str:
        """Give a record as a page of text."""
        head = [f"{record.id}  [{self.term('kind', record.kind)}]"]
        return "\n".join(head + self._body(record))

    def _body(self, record: Record) -> list[str]:
        pages: dict[type[Record], Callable[[Any], list[str]]] = {
            Area: self._area,
            Obligation: self._obligation,
            Recommendation: self._recommendation,
            Provision: self._provision,
            Instrument: self._instrument,
            Document: self._document,
            Advice: self._advice,
            Finding: self._finding,
            Practice: self._practice,
            Step: self._step,
            Question: self._question,
            Module: self._module,
            Element: self._element,
        }
        return pages.get(type(record), self._other)(record)

    def _area(self, area: Area) -> list[str]:
        recommendations = self.dataset.recommendations.where(area=area.id)
        return [
            *self._wrap(area.label[self.lang]),
            *self._wrap(area.description[self.lang]),
            *self._field("doubt", area.doubt[self.lang] if area.doubt else ""),
            *(self._wrap(", ".join(area.kostra), "    ", "KOSTRA: ") if area.kostra else []),
            *self._obligations(area.obligations),
            *self._list("recommendations", recommendations.values(), 5),
            *self._origin(area),
        ]

    def _obligations(self, obligations: Iterable[Obligation], margin: str = "") -> list[str]:
        rows = list(obligations)
        lines = [f"{margin}{word('obligations', self.lang)} ({len(rows)})"]
        for o in rows:
            basis = ", ".join(self.cite(b.provision, b.paragraph) for b in o.legal_basis)
            about = f"{basis}. {word('force', self.lang)}: {self.forces(o)}. {o.id}"
            lines += self._wrap(o.statement[self.lang], f"{margin}    ", f"{margin}  - ")
            lines += self._wrap(about, f"{margin}      ")
        return lines

    def _obligation(self, o: Obligation) -> list[str]:
        lines = self._wrap(o.statement[self.lang])
        lines += self._field("force", self.forces(o))
        operative = ", ".join(self.cite(b.provision, b.paragraph) for b in o.legal_basis if b.operative)
        lines += self._field("operative", operative)
        lines += self._field("doubt", o.doubt[self.lang] if o.doubt else "")
        lines += self._field("duty", self.term("duty", o.duty.value))
        lines += self._field("applies", self.term("applies", o.applies_to))
        lines.append(word("provisions", self.lang))
        for basis in o.legal_basis:
            force = basis.provision.force_on(self.dataset.as_of)
            text = f"{self.cite(basis.provision, basis.paragraph)}  {basis.provision.label[self.lang]}"
            lines += self._wrap(
                f"{text} [{self.term('force', force.value) if force else '-'}] ({basis.provision.id})",
                "      ",
                "  - ",
            )
        lines += self._list("rights", o.rights)
        lines.append(word("questions", self.lang))
        for question in o.questions[self.lang]:
            lines += self._wrap(question, "    ", "  - ")
        return [*lines, *self._wrap(self.term("basis", o.basis.value)), *self._origin(o)]

    def _recommendation(self, r: Recommendation) -> list[str]:
        lines = [*self._wrap(r.title[self.lang]), *self._wrap(r.summary[self.lang])]
        lines += self._field("force", self.force(r.force.value))
        lines += self._field("body", r.body.label[self.lang] if r.body else "")
        if r.document:
            paragraph = f", {word('paragraph', self.lang)} {r.paragraph}" if r.paragraph else ""
            lines += self._field("document", (r.document.symbol or r.document.label[self.lang]) + paragraph)
        lines += self._field("date", r.date or "")
        lines += self._field("states", ", ".join(r.states))
        if r.position:
            lines += self._field("position", self.term("position", r.position.value))
        lines += self._field("municipal", self.term("municipal", r.municipal.value))
        for later in r.developments:
            lines += self._field("later", f"{later.date}: {later.text[self.lang]}") + self.sources(later.provenance)
        lines += self._list("repeats", r.repeats) + self._list("repeated", self._repeated_by(r))
        lines += self._list("areas", r.areas) + self._list("rights", r.rights)
        return lines + self._origin(r)

    def _repeated_by(self, r: Recommendation) -> list[Record]:
        return [other for other in self.dataset.citing(r, kind="recommendation") if other.id != r.id]

    def _provision(self, p: Provision) -> list[str]:
        lines = self._wrap(f"{self.cite(p)}: {p.label[self.lang]}")
        lines += self._wrap(p.instrument.title[self.lang])
        lines += self._periods(p.instrument)
        lines += self._list("rights", self.dataset.citing(p, kind="right"))
        lines += self._list("obligations", self.dataset.citing(p, kind="obligation"))
        return lines + ([p.url] if p.url else []) + self._origin(p)

    def _periods(self, instrument: Instrument) -> list[str]:
        lines = [] if instrument.force else self._field("force", word("not-in-force", self.lang))
        for period in instrument.force:
            when = f", {word('since', self.lang)} {period.since}" if period.since else ""
            basis = f" ({period.basis})" if period.basis else ""
            lines += self._field("force", self.force(period.force.value) + when + basis)
        return lines

    def _instrument(self, i: Instrument) -> list[str]:
        lines = [*self._wrap(i.title[self.lang]), *([i.number] if i.number else []), *self._periods(i)]
        lines += self._list("articles", self.dataset.provisions.where(instrument=i.id).values())
        return [*lines, i.url, *self._origin(i)]

    def _document(self, d: Document) -> list[str]:
        rows = self.dataset.recommendations.where(document=d.id)
        lines = self._wrap(d.label[self.lang]) + self._field("document", d.symbol or "")
        lines += self._field("force", self.force("recommendation"))
        lines += self._field("body", d.body.label[self.lang]) + self._field("date", d.date or "")
        if d.stated is not None:
            lines += self._field("stated", f"{d.stated} ({len(rows)} {word('held', self.lang)})")
        lines += self._field("text-seen", self.term("text-seen", d.text_seen))
        return lines + self._list("recommendations", rows.values()) + self._origin(d)

    def _advice(self, a: Advice) -> list[str]:
        lines = [*self._wrap(a.label[self.lang]), *self._wrap(a.statement[self.lang])]
        lines += self._field("force", self.force(a.force.value))
        lines += self._field("addressee", self.term("actor", a.addressee))
        lines += [word("measures", self.lang)] if a.measures else []
        for measure in a.measures:
            lines += self._wrap(f"{measure.text[self.lang]} ({self.term('actor', measure.actor)})", "      ", "  - ")
        lines += self._field("text-seen", self.term("text-seen", a.text_seen)) + self._field("note", a.note or "")
        return lines + self._origin(a)

    def _finding(self, f: Finding) -> list[str]:
        lines = [*self._wrap(f.label[self.lang]), *self._wrap(f.statement[self.lang])]
        lines += self._field("date", f.date) + self._field("publisher", f.publisher)
        lines += self._field("sample", f.sample[self.lang] if f.sample else "")
        return lines + self._field("note", f.note or "") + self._list("areas", f.areas) + self._origin(f)

    def _practice(self, p: Practice) -> list[str]:
        lines = [*self._wrap(p.label[self.lang]), *self._wrap(p.summary[self.lang])]
        lines += self._field("date", p.year or "")
        lines += self._field("themes", ", ".join(self.term("theme", theme) for theme in p.themes))
        return lines + self._field("note", p.note or "") + self._list("areas", p.areas) + self._origin(p)

    def _other(self, record: Record) -> list[str]:
        lines = self._wrap(self.name(record))
        if isinstance(record, Right):
            lines += self._wrap(record.description[self.lang])
            lines += self._list("provisions", record.provisions) + self._list(
                "citing", self.dataset.citing(record, kind="obligation")
            )
        elif isinstance(record, Decision):
            lines += self._field("court", record.court[self.lang]) + self._field("date", record.date or "")
            lines += self._wrap(record.summary[self.lang]) + self._list("provisions", record.provisions)
        elif isinstance(record, Municipality):
            lines += self._field("also-named", ", ".join(record.names))
            lines += self._field("sami", ", ".join(filter(None, (record.sami_category, record.sami_since))))
        elif isinstance(record, Body):
            lines += [f"{record.abbreviation}, {record.organisation}"]
        elif isinstance(record, Code):
            lines += [word("retired-code", self.lang) + f" {record.until or ''}".rstrip()] if record.ended else []
            lines += [", ".join(record.replaced_by)] if record.replaced_by else []
            lines += self._list("areas", self.dataset.areas.for_code(record.scheme, record.code).values())
        elif isinstance(record, Term) and record.definition:
            lines += self._wrap(record.definition[self.lang])
        elif isinstance(record, Source):
            lines += [*self._wrap(record.publisher), record.url]
        return lines + self._origin(record)

    def matches(self, matches: Iterable[Match], recommendations: int = 5) -> Iterator[str]:
        """Give a classification: area, evidence, obligations, and the nearest recommendations."""
        for match in matches:
            yield from self._wrap(f"{match.area.label[self.lang]}  ({match.area.id}, {match.score:.2f})", "    ", "")
            words = ", ".join(f"{e.word} {e.weight:+.2f}" + (f" ({e.term})" if e.term else "") for e in match.evidence)
            yield from self._wrap(f"{word('because', self.lang)} {words}", "    ", "  ")
            yield from self._obligations(match.obligations, "  ")
            yield from self._nearest(match, recommendations)

    def _nearest(self, match: Match, most: int) -> Iterator[str]:
        count = len(match.recommendations)
        yield f"  {word('recommendations', self.lang)} ({count}), {word('not-binding', self.lang)}"
        for r in match.recommendations[:most]:
            paragraph = f" {r.paragraph}" if r.paragraph and r.document else ""
            date = f", {r.date}" if r.date else ""
            about = f"{self.origin(r)}{paragraph}{date}"
            yield from self._wrap(r.summary[self.lang], "      ", "    - ")
            yield from self._wrap(f"{about}. {self.force('recommendation')}. {r.id}", "        ")
            yield f"        {r.provenance[0].source.url}"
        if count > most:
            yield f"    … {count - most} {word('more', self.lang)} nimrights show {match.area.id}"
