"""Pages as blocks, written as Markdown or as one self-contained, accessible HTML file.

What stands in a block is text, never markup: everything is escaped in both forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from attrs import frozen

from nimrights._pages.page_style import STYLE
from nimrights._safe import clean, is_web
from nimrights.vocabulary import check_language

_MARKS: Final = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
_AT_START: Final = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_DOTTED: Final = re.compile(r"^(\s*\d+)([.)])")


@frozen
class Strong:
    """Words that stand out."""

    text: str


@frozen
class Link:
    """Words that lead somewhere: to a web address, or to an anchor of the page (``#name``)."""

    text: str
    to: str | None


#: what stands in a line
Inline = str | Strong | Link
#: a line of text
Line = Inline | tuple[Inline, ...]


@frozen
class Paragraph:
    """A paragraph; *kind* is a class of the style sheet, such as ``draft``."""

    line: Line
    kind: str = ""


@frozen
class Item:
    """An item of a list, with lines that belong to it."""

    line: Line
    more: tuple[Line, ...] = ()
    anchor: str = ""


@frozen
class Items:
    """A list; *kind* is ``binding`` or ``advice`` where the force of the items shows, ``tasks`` for boxes to tick."""

    items: tuple[Item, ...]
    kind: str = ""


@frozen
class Pairs:
    """Names with what they stand for."""

    rows: tuple[tuple[str, Line], ...]


@frozen
class Grid:
    """A table; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@frozen
class Fold:
    """Blocks that can be folded away."""

    summary: str
    blocks: tuple[Block, ...]
    open: bool = False


@frozen
class Picture:
    """A drawing as SVG, with its own title and description. Markdown has none; its figures stand in a table."""

    svg: str


@frozen
class Part:
    """A part of a page, with a heading."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    level: int = 2


Block = Paragraph | Items | Pairs | Grid | Fold | Picture | Part


@frozen
class Page:
    """A whole page in one language."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    contents: str = ""  #: heading of the table of contents; none without it
    skip: str = ""  #: words of the link that leads past the contents

    def markdown(self) -> str:
        """Give the page as Markdown (GitHub's, which has tables)."""
        parts = [f"# {_md(self.title)}", *_md_blocks(self.blocks[:1])]
        if self.contents:
            parts += [f"## {_md(self.contents)}", "\n".join(_md_contents(self.blocks))]
        return "\n\n".join(filter(None, [*parts, *_md_blocks(self.blocks[1:])])) + "\n"

    def html(self) -> str:
        """Give the page as one HTML file without scripts or anything to fetch."""
        check_language(self.lang)
        skip = f'<a class="skip" href="#content">{escape(self.skip)}</a>\n' if self.contents else ""
        first, rest = self.blocks[:1], self.blocks[1:]
        contents = (
            f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(self.contents)}</h2>\n'
            f"{_html_contents(self.blocks)}</nav>\n"
            if self.contents
            else ""
        )
        title = escape(clean(self.title))
        return (
            f'<!DOCTYPE html>\n<html lang="{self.lang}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{skip}"
            f"<header>\n<h1>{title}</h1>\n{_html_blocks(first)}</header>\n{contents}"
            f'<main id="content">\n{_html_blocks(rest)}</main>\n</body>\n</html>\n'
        )


def plain(line: Line) -> str:
    """Give the words of a line."""
    return "".join(part if isinstance(part, str) else part.text for part in _inlines(line))


def _inlines(line: Line) -> Sequence[Inline]:
    return line if isinstance(line, tuple) else (line,)


def _parts(blocks: Iterable[Block]) -> Iterator[Part]:
    return (block for block in blocks if isinstance(block, Part) and block.anchor)


# -- Markdown ----------------------------------------------------------------------------------


def _md(text: str) -> str:
    """Escape what Markdown would read as marks; the ends of lines become breaks."""
    lines = (_MARKS.sub(r"\\\g<0>", line) for line in clean(text).strip().splitlines())
    return "<br>".join(line for line in lines if line.strip())


def _md_line(line: Line) -> str:
    return "".join(_md_inline(part) for part in _inlines(line)).strip()


def _md_inline(part: Inline) -> str:
    if isinstance(part, str):
        lead, tail = part[: len(part) - len(part.lstrip(" "))], part[len(part.rstrip(" ")) :]
        return f"{lead}{_md(part)}{tail}" if part.strip() else part
    if isinstance(part, Strong):
        return f"**{_md(part.text)}**"
    if part.to and (part.to.startswith("#") or is_web(part.to)):
        return f"[{_md(part.text)}](<{part.to.replace('<', '%3C').replace('>', '%3E')}>)"
    return _md(part.text)


def _md_start(text: str) -> str:
    """Keep the beginning of a paragraph from being read as a heading, a list or a rule."""
    return _DOTTED.sub(r"\1\\\2", text) if _DOTTED.match(text) else _AT_START.sub(r"\1\\\2", text)


def _md_blocks(blocks: Iterable[Block]) -> list[str]:
    return [text for block in blocks for text in _md_block(block)]


def _md_block(block: Block) -> list[str]:  # noqa: PLR0911 - one for each kind
    match block:
        case Paragraph(line, kind):
            text = _md_start(_md_line(line))
            return [f"> {text}" if kind in ("draft", "note") else text] if text else []
        case Items(items, kind):
            return ["\n".join(text for item in items for text in _md_item(item, kind))] if items else []
        case Pairs(rows):
            return ["\n".join(f"- {_md(name)}: {_md_line(line)}" for name, line in rows)] if rows else []
        case Grid(caption, head, rows):
            table = [head, ("---",) * len(head), *(tuple(map(_md_line, row)) for row in rows)]
            cells = "\n".join(f"| {' | '.join(row)} |" for row in table)
            return [f"**{_md(caption)}**", cells]
        case Fold(summary, inner):
            return [f"**{_md(summary)}**", *_md_blocks(inner)]
        case Picture():
            return []
        case Part(title, inner, anchor, level):
            name = f'<a id="{escape(anchor)}"></a>\n\n' if anchor else ""
            return [f"{name}{'#' * level} {_md(title)}", *_md_blocks(inner)]


def _md_item(item: Item, kind: str) -> Iterator[str]:
    box = "[ ] " if kind == "tasks" else ""
    name = f'<a id="{escape(item.anchor)}"></a>' if item.anchor else ""
    line = _md_line(item.line)
    yield f"- {box}{name}{line if box else _md_start(line)}"
    yield from (f"  - {_md_start(_md_line(line))}" for line in item.more)


def _md_contents(blocks: Iterable[Block], indent: str = "") -> Iterator[str]:
    for part in _parts(blocks):
        yield f"{indent}- [{_md(part.title)}](#{part.anchor})"
        yield from _md_contents(part.blocks, indent + "  ")


# -- HTML --------------------------------------------------------------------------------------


def _html(text: str) -> str:
    return "<br>".join(escape(line) for line in clean(text).split("\n"))


def _html_line(line: Line) -> str:
    return "".join(_html_inline(part) for part in _inlines(line))


def _html_inline(part: Inline) -> str:
    if isinstance(part, str):
        return _html(part)
    if isinstance(part, Strong):
        return f"<strong>{_html(part.text)}</strong>"
    if part.to and (part.to.startswith("#") or is_web(part.to)):
        return f'<a href="{escape(part.to)}">{_html(part.text)}</a>'
    return _html(part.text)


def _html_blocks(blocks: Iterable[Block]) -> str:
    return "".join(map(_html_block, blocks))


def _html_block(block: Block) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case Paragraph(line, kind):
            return f"<p{_class(kind)}>{_html_line(line)}</p>\n"
        case Items(items, kind):
            return f"<ul{_class(kind)}>\n{''.join(map(_html_item, items))}</ul>\n" if items else ""
        case Pairs(rows):
            inner = "".join(f"<dt>{_html(name)}</dt><dd>{_html_line(line)}</dd>\n" for name, line in rows)
            return f"<dl>\n{inner}</dl>\n" if rows else ""
        case Grid():
            return _html_grid(block)
        case Fold(summary, inner_blocks, is_open):
            state = " open" if is_open else ""
            return f"<details{state}>\n<summary>{_html(summary)}</summary>\n{_html_blocks(inner_blocks)}</details>\n"
        case Picture(svg):
            return f"<figure>\n{svg}</figure>\n"
        case Part(title, inner_blocks, anchor, level):
            name = f' id="{escape(anchor)}"' if anchor else ""
            return f"<section{name}>\n<h{level}>{_html(title)}</h{level}>\n{_html_blocks(inner_blocks)}</section>\n"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _html_item(item: Item) -> str:
    name = f' id="{escape(item.anchor)}"' if item.anchor else ""
    more = "".join(f'<br><span class="about">{_html_line(line)}</span>' for line in item.more)
    return f"<li{name}>{_html_line(item.line)}{more}</li>\n"


def _html_grid(grid: Grid) -> str:
    columns = list(zip(*([plain(cell) for cell in row] for row in grid.rows), strict=True))
    numbers = [' class="number"' if all(map(str.isdecimal, column)) else "" for column in columns]
    head = "".join(f'<th scope="col">{_html(name)}</th>' for name in grid.head)
    rows = "".join(
        f'<tr><th scope="row">{_html_line(row[0])}</th>'
        + "".join(f"<td{kind}>{_html_line(cell)}</td>" for cell, kind in zip(row[1:], numbers[1:], strict=True))
        + "</tr>\n"
        for row in grid.rows
    )
    name = escape(clean(grid.caption))
    return (
        f'<div class="wide" role="region" aria-label="{name}" tabindex="0">\n<table>\n<caption>{name}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _html_contents(blocks: Iterable[Block]) -> str:
    rows = "".join(
        f'<li><a href="#{escape(part.anchor)}">{_html(part.title)}</a>{_html_contents(part.blocks)}</li>\n'
        for part in _parts(blocks)
    )
    return f"<ul>\n{rows}</ul>\n" if rows else ""
