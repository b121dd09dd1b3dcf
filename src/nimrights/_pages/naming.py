"""What records, vocabulary values and legal forces are called in one language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from nimrights._pages.words import word
from nimrights._records.kinds import TABLE_OF
from nimrights.dataset import Dataset
from nimrights.exceptions import NotFound
from nimrights.vocabulary import check_language

if TYPE_CHECKING:
    from nimrights.models import Obligation, Provision, Recommendation, Record

#: gives a field of a record, from the record itself or from its line
_Get = Callable[[str], Any]
#: table -> field that names its records, where that is not ``label``
_NAMED_BY: Final = {"recommendations": "title", "obligations": "statement", "questions": "text"}


class Names:
    """Names things of one dataset in one language."""

    def __init__(self, dataset: Dataset, lang: str = "nb") -> None:
        self.dataset = dataset
        self.lang = check_language(lang)

    def term(self, prefix: str, value: str) -> str:
        """Give the label of a vocabulary value, the value itself where the data has none."""
        try:
            label: str = self.dataset.raw_in("terms", f"{prefix}/{value}")["label"][self.lang]
        except NotFound:
            return value
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
        return self._written(provision.number, partial(getattr, provision.instrument), paragraph)

    def _written(self, number: str, instrument: _Get, paragraph: str | None = None) -> str:
        name = (instrument("abbreviation") or instrument("label"))[self.lang]
        sign = " § " if instrument("unit") == "section" else " "
        return f"{name}{sign}{number}" + (f"({paragraph})" if paragraph else "")

    def name(self, record: Record) -> str:
        """Give the one-line name of a record in the language."""
        name = self._called(TABLE_OF[record.kind], partial(getattr, record))
        return f"{self.cite(cast('Provision', record))}: {name}" if record.kind == "provision" else name

    def title(self, table: str, key: str) -> str:
        """Give the one-line name of a record of a table, as `name` does, without making the record."""
        raw = self.dataset.raw_in(table, key)
        name = self._called(table, raw.get)
        if table != "provisions":
            return name
        instrument = self.dataset.raw_in("instruments", raw["instrument"])
        return f"{self._written(raw['number'], instrument.get)}: {name}"

    def _called(self, table: str, get: _Get) -> str:
        if table == "sources":
            return str(get("title") or get("url"))
        if table == "codes":
            return " ".join(filter(None, (get("code"), get("heading"))))
        text = get(_NAMED_BY.get(table, "label"))
        return text if isinstance(text, str) else str(text[self.lang])  # a municipality has one name in all languages

    def origin(self, r: Recommendation) -> str:
        """Give whose recommendation it is, as near as is known: the document, the body, or who tells of it."""
        return (
            (r.document and r.document.symbol) or (r.body and r.body.abbreviation) or r.provenance[0].source.publisher
        )
