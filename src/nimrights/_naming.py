"""What records, vocabulary values and legal forces are called in one language."""

from __future__ import annotations

from nimrights._record import Source
from nimrights._words import word
from nimrights.dataset import Dataset
from nimrights.models import Code, Municipality, Obligation, Provision, Question, Recommendation, Record


class Names:
    """Names things of one dataset in one language."""

    def __init__(self, dataset: Dataset, lang: str = "nb") -> None:
        self.dataset = dataset
        self.lang = lang

    def term(self, prefix: str, value: str) -> str:
        """Give the label of a vocabulary value, the value itself where the data has none."""
        key = f"{prefix}/{value}"
        return self.dataset.terms[key].label[self.lang] if key in self.dataset.terms else value

    def force(self, force: str) -> str:
        """Give the label of a legal force, with whether it binds."""
        binding = "not-binding" if force == "recommendation" else "binding"
        label = self.term("force", force)
        return label if force == "recommendation" else f"{label} ({word(binding, self.lang)})"

    def forces(self, o: Obligation) -> str:
        """Give the force of the provisions that lay down a duty, and the strongest behind it where they differ."""
        if o.operative_force in (None, o.force):
            return self.force(o.force.value)
        return f"{self.force(o.operative_force or o.force)}; {word('behind', self.lang)}: {self.term('force', o.force)}"

    def force_of(self, provision: Provision) -> str:
        """Give the label of a provision's legal force on the day for which the data speaks, with whether it binds."""
        force = provision.force_on(self.dataset.as_of)
        return self.force(force) if force else word("not-in-force", self.lang)

    def cite(self, provision: Provision, paragraph: str | None = None) -> str:
        """Give how a provision is cited, such as ``CRC 3(1)`` or ``bvl § 1-3``."""
        instrument = provision.instrument
        name = (instrument.abbreviation or instrument.label)[self.lang]
        sign = " § " if instrument.unit == "section" else " "
        return f"{name}{sign}{provision.number}" + (f"({paragraph})" if paragraph else "")

    def name(self, record: Record) -> str:
        """Give the one-line name of a record in the language."""
        match record:
            case Municipality():
                return record.label
            case Source():
                return record.title or record.url
            case Code():
                return f"{record.code} {record.heading}" if record.heading else record.code
            case Recommendation():
                text = record.title
            case Obligation():
                text = record.statement
            case Question():
                text = record.text
            case _:
                text = record.label
        name = text[self.lang]
        return f"{self.cite(record)}: {name}" if isinstance(record, Provision) else name

    def origin(self, r: Recommendation) -> str:
        """Give whose recommendation it is, as near as is known: the document, the body, or who tells of it."""
        return (
            (r.document and r.document.symbol) or (r.body and r.body.abbreviation) or r.provenance[0].source.publisher
        )
