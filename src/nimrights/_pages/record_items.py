"""Records as items of a page: what binds, what is recommended, what is advised, each with its force and its source."""

from __future__ import annotations

from collections.abc import Iterable

from nimrights._pages.markup import Inline, Item, Line, Link
from nimrights._pages.naming import Names
from nimrights._pages.words import word
from nimrights.models import Advice, LegalBasis, Obligation, Recommendation


def joined(parts: Iterable[Inline], between: str = ", ") -> tuple[Inline, ...]:
    """Give *parts* with *between* in between."""
    line: list[Inline] = []
    for part in parts:
        line += [between, part] if line else [part]
    return tuple(line)


def capital(text: str) -> str:
    """Give *text* with a capital letter first."""
    return text[:1].upper() + text[1:]


class RecordItems(Names):
    """Writes records as items in one language."""

    def closing(self) -> str:
        """Say that it is no legal advice, and from which data it comes."""
        label = {"nb": "Datasett {}, per {}.", "nn": "Datasett {}, per {}.", "en": "Dataset {}, as of {}."}[self.lang]
        return f"{word('legal-advice', self.lang)} {label.format(self.dataset.version, self.day(self.dataset.as_of))}"

    def day(self, date: str) -> str:
        """Give an ISO date as the language writes it."""
        return date if self.lang == "en" else ".".join(reversed(date.split("-")))

    def duty(self, o: Obligation, anchor: str = "") -> Item:
        """Give an obligation with its force, the provisions that lay it down, and those behind it."""
        operative = [basis for basis in o.legal_basis if basis.operative]
        behind = [basis for basis in o.legal_basis if not basis.operative]
        rows: list[Line] = []
        if operative:
            rows.append((f"{word('operative', self.lang)}: ", *self.cited(operative)))
        if behind:
            name = capital(word("behind" if operative else "provisions", self.lang))
            rows.append((f"{name}: ", *self.cited(behind)))
        rows.append(f"{word('force', self.lang)}: {self.forces(o)}")
        if o.applies_to != "all":
            rows.append(f"{word('applies', self.lang)}: {self.term('applies', o.applies_to)}")
        if o.doubt:
            rows.append(f"{word('doubt', self.lang)}: {o.doubt[self.lang]}")
        return Item(o.statement[self.lang], tuple(rows), anchor)

    def cited(self, bases: Iterable[LegalBasis]) -> tuple[Inline, ...]:
        """Give citations that lead to the text of the law, each once."""
        links = [
            Link(self.cite(basis.provision, basis.paragraph), basis.provision.url or basis.provision.instrument.url)
            for basis in bases
        ]
        return joined(dict.fromkeys(links))

    def recommendation(self, r: Recommendation) -> Item:
        """Give a recommendation with who made it, when, and that it does not bind."""
        source, document = r.provenance[0].source, r.document
        body = r.body.label[self.lang] if r.body else ""
        if r.body and r.body.abbreviation not in body:
            body += f" ({r.body.abbreviation})"
        said = [body, (document and document.symbol) or ("" if body else source.publisher)]
        where = ", ".join(filter(None, said))
        if r.paragraph and document:
            where += f", {word('paragraph', self.lang)} {r.paragraph}"
        answer = f"{word('position', self.lang)}: {self.term('position', r.position.value)}" if r.position else ""
        about = "; ".join(filter(None, (self.day(r.date or ""), self.term("municipal", r.municipal.value), answer)))
        link = Link(where, source.url)
        later = [
            f"{word('later', self.lang)}, {self.day(event.date)}: {event.text[self.lang]}" for event in r.developments
        ]
        force = self.force(r.force.value)
        return Item(r.summary[self.lang], ((link, f"; {about}. {capital(force)}."), *later))

    def advice(self, a: Advice) -> Item:
        """Give a piece of advice with the measures that it names and who is to take them."""
        measures = [f"{m.text[self.lang]} ({self.term('actor', m.actor)})" for m in a.measures]
        to = f"{word('addressee', self.lang)}: {self.term('actor', a.addressee)}. {capital(self.force(a.force.value))}."
        link = Link(a.label[self.lang], a.provenance[0].source.url)
        return Item((link, f": {a.statement[self.lang]}"), (to, *measures))
