"""Search results as lines: the record, why it was found, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nimrights._engine.folding import fold
from nimrights._pages.lines import Lines
from nimrights._records.kinds import TABLE_OF

if TYPE_CHECKING:
    from nimrights.hits import Hit
    from nimrights.snippets import Style

_MARGIN = "       "


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(0, most - 2)].rsplit(' ', 1)[0]} …".strip()


class HitLines(Lines):
    """Writes search results as lines of at most *width* characters in one language."""

    def hits(self, hits: Iterable[Hit], marks: Style | None = None) -> Iterator[str]:
        """Give search results, two lines each: the record, and why it was found.

        With *marks*, a third line is the text in which it was found, unless that is its name.
        """
        for hit in hits:
            kind = self.term("kind", hit.kind)
            name = self.title(TABLE_OF[hit.kind], hit.id)
            yield f"{hit.score:5.1f}  {_shorten(name, max(20, self.width - 12))}"
            words = ", ".join(a if a == b else f"{a} ~ {b}" for a, b in hit.matched.words) or hit.matched.text
            way = "linked" if hit.matched.via else hit.stage
            about = f"{_MARGIN}{hit.id}  [{kind}]  {way}: "
            yield about + _shorten(words, max(1, self.width - len(about)))
            if marks and hit.matched.words and fold(hit.matched.text) not in fold(name):
                from nimrights.snippets import snippet  # noqa: PLC0415 - many hits are their own names

                # the marks of plain text take room; those of a terminal take none
                yield _MARGIN + snippet(hit, style=marks, width=self.width - len(_MARGIN) - (marks == "plain") * 8)
