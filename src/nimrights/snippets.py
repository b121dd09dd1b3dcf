"""The text in which a hit was found, with the words that matched marked: plain, for a terminal, or as HTML."""

from __future__ import annotations

import re
from typing import Final, Literal

from nimrights._engine.folding import fold
from nimrights.exceptions import BadQuery
from nimrights.hits import Hit

Style = Literal["plain", "terminal", "html"]

#: what stands before and after a marked word
_MARKS: Final[dict[str, tuple[str, str]]] = {
    "plain": ("[", "]"),
    "terminal": ("\x1b[1m", "\x1b[0m"),
    "html": ("<mark>", "</mark>"),
}
_WORD: Final = re.compile(r"\w+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_ELLIPSIS: Final = "…"


def snippet(hit: Hit, *, style: Style = "plain", width: int = 160) -> str:
    """Give the text in which *hit* was found, with the words that matched marked.

    *style* is ``"plain"`` (square brackets), ``"terminal"`` (bold, ANSI) or ``"html"`` (``<mark>``, everything
    else escaped: safe to put into a page). Of a text longer than *width* letters (at least 20) that many are given,
    around the first marked word, beside the marks and what shows a cut. Control characters of a text become blanks.

    Raises `BadQuery` for an unknown style or a width below 20.

    >>> from nimrights import search
    >>> snippet(search("barnevernets", kind="area", limit=1)[0])
    '[Barnevern]'
    """
    if style not in _MARKS:
        raise BadQuery(f"no style {style!r}; use one of {', '.join(_MARKS)}")
    if isinstance(width, bool) or not isinstance(width, int) or width < 20:  # noqa: PLR2004
        raise BadQuery(f"width is a whole number of at least 20, not {width!r}")
    text = _CONTROL.sub(" ", hit.matched.text)
    matched = {word for _, theirs in hit.matched.words for word in theirs.split()}
    spans = [m.span() for m in _WORD.finditer(text) if matched.intersection(fold(m[0]).split())]
    begin, end = _window(text, spans, width)
    before, after = _MARKS[style]
    clean = _escaped if style == "html" else str
    pieces, at = [_ELLIPSIS if begin else ""], begin
    for first, last in spans:
        if begin <= first and last <= end:
            pieces += [clean(text[at:first]), before, clean(text[first:last]), after]
            at = last
    return "".join([*pieces, clean(text[at:end]), _ELLIPSIS if end < len(text) else ""])


def _escaped(text: str) -> str:
    from html import escape  # noqa: PLC0415 - a terminal needs none of the names of characters, which take time to load

    return escape(text)


def _window(text: str, spans: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """Give the part of a text to show: whole words around the first marked one."""
    if len(text) <= width:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    begin = max(0, min(first - width // 3, len(text) - width))
    if begin:
        begin = text.find(" ", begin, first) + 1 or begin
    end = min(len(text), begin + width)
    if end < len(text):
        last = max((span[1] for span in spans if span[0] < end), default=begin)
        blank = text.rfind(" ", last, end)
        end = blank if blank > begin else end
    return begin, end
