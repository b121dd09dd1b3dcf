"""Wrapped lines of text: fields, lists of records, and where a record comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nimrights._pages.naming import Names
from nimrights._pages.words import word
from nimrights.dataset import Dataset

if TYPE_CHECKING:
    from nimrights._records.record import Provenance
    from nimrights.models import Record


class Lines(Names):
    """Writes lines of at most *width* characters in one language."""

    def __init__(self, dataset: Dataset, lang: str = "nb", width: int = 80) -> None:
        super().__init__(dataset, lang)
        self.width = max(40, width)

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """Give *text* as lines of at most the width, with *first* before the first one."""
        return self._wrap(text, indent, first)

    def _wrap(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """Break *text* at spaces.

        The standard library's way costs the import of its patterns at every cold start.
        """
        lines, line = [], indent if first is None else first
        for part in text.split():
            glue = "" if not line or line.endswith(" ") else " "
            if line.strip() and len(line) + len(glue) + len(part) > self.width:
                lines.append(line.rstrip())
                line, glue = indent, ""
            line += glue + part
        return [*lines, line.rstrip()]

    def _field(self, name: str, value: str) -> list[str]:
        return self._wrap(value, "    ", f"{word(name, self.lang)}: ") if value else []

    def sources(self, provenance: Iterable[Provenance]) -> list[str]:
        """Give one line for each source: title, locator, how verified, address."""
        lines: list[str] = []
        for entry in provenance:
            title = entry.source.title or entry.source.publisher
            how = self.term("verification", entry.verification.value)
            text = f"{title}, {entry.locator} ({how}, {entry.checked})"
            lines += self._field("source", text + (f": {entry.note}" if entry.note else ""))
            lines.append("    " + entry.source.url)
        return lines

    def _list(self, name: str, records: Iterable[Record], most: int = 12) -> list[str]:
        rows = list(records)
        lines = [f"{word(name, self.lang)} ({len(rows)})"] if rows else []
        for record in rows[:most]:
            lines += self._wrap(f"{record.id}  {self.name(record)}", "      ", "  - ")
        if len(rows) > most:
            lines.append(f"  … {len(rows) - most} {word('more', self.lang)} --json")
        return lines

    def _origin(self, record: Record) -> list[str]:
        """Give where a record comes from and when it was reviewed."""
        lines = self.sources(getattr(record, "provenance", ()))
        for review in getattr(record, "reviewed", ()):
            how = self.term("review", review.against)
            lines += self._field(
                "reviewed", f"{review.date}, {how}" + (f" ({', '.join(review.changed)})" if review.changed else "")
            )
        return lines
