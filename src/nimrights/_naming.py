"""What records, vocabulary values and legal forces are called in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nimrights._kinds import TABLE_OF
from nimrights._words import word
from nimrights.dataset import Dataset
from nimrights.vocabulary import check_language

if TYPE_CHECKING:
    from nimrights.models import Obligation, Provision, Recommendation, Record

#: table -> field that names its records, where that is not ``label``
_NAMED_BY: Final = {"recommendations": "title", "obligations": "statement", "questions": "text"}


class Names:
    """Names things of one dataset in one language."""

    def __init__(self, dataset: Dataset, lang: str = "nb") -> None:
        self.dataset = dataset
        self.lang = check_language(lang)

    def term(self, prefix: str, value: str) -> str:
        """Give the label of a vocabulary value, the value itself where the data has none."""
        key = f"{prefix}/{value}"
        if key not in self.dataset:
            return value
        label: str = self.dataset.raw_in("terms", key)["label"][self.lang]
        return label

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
        return self._written(provision.id) + (f"({paragraph})" if paragraph else "")

    def _written(self, provision: str) -> str:
        raw = self.dataset.raw_in("provisions", provision)
        instrument = self.dataset.raw_in("instruments", raw["instrument"])
        name: dict[str, str] = instrument.get("abbreviation") or instrument["label"]
        return f"{name[self.lang]}{' § ' if instrument.get('unit') == 'section' else ' '}{raw['number']}"

    def name(self, record: Record) -> str:
        """Give the one-line name of a record in the language."""
        return self.title(TABLE_OF[record.kind], record.id)

    def title(self, table: str, key: str) -> str:
        """Give the one-line name of a record of a table in the language; the record itself is not made for it."""
        raw = self.dataset.raw_in(table, key)
        if table == "sources":
            return str(raw.get("title") or raw["url"])
        if table == "codes":
            return " ".join(filter(None, (raw["code"], raw.get("heading"))))
        text = raw[_NAMED_BY.get(table, "label")]
        if table == "municipalities":  # which have one name in all three languages
            return str(text)
        name = str(text[self.lang])
        return f"{self._written(key)}: {name}" if table == "provisions" else name

    def origin(self, r: Recommendation) -> str:
        """Give whose recommendation it is, as near as is known: the document, the body, or who tells of it."""
        return (
            (r.document and r.document.symbol) or (r.body and r.body.abbreviation) or r.provenance[0].source.publisher
        )
