"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nimrights.models import Provenance


def plain(text: str) -> str:
    """Give *text* with every character escaped that Markdown would read as markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#~$])", r"\\\1", text)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table; cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in row) + " |\n" for row in lines)


def link(text: str, url: str | None) -> str:
    """Give a link where there is an address."""
    return f"[{plain(text)}](<{url}>)" if url and url.startswith("http") and " " not in url else plain(text)


def share(part: int, whole: int) -> str:
    """Give a count with its share."""
    return f"{part} ({part / whole:.0%})" if whole else "0"


def printed_sources(provenance: Iterable[Provenance]) -> str:
    """List sources in one line."""
    return "; ".join(
        f"{link(p.source.title or p.source.publisher, p.source.url)}, {plain(p.locator)} "
        f"({p.verification.value}, {p.checked})" + (f": {plain(p.note)}" if p.note else "")
        for p in provenance
    )
