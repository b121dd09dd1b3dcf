"""Blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nimrights._pages.blocks import (
    Answered,
    Block,
    Bullets,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Questions,
    Run,
    Strong,
    Table,
)
from nimrights._safe import clean, is_web

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])")
#: what makes a heading, a list or a line of a text that begins with it
_AT_START: Final = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)


def markdown_of(page: Page) -> str:
    """Give the page as Markdown. What others wrote is shown as it stands, and never read as Markdown."""
    return "\n\n".join(part for block in page.blocks for part in _block(block)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_plain(block.text)}"
        case Paragraph():
            yield _line(block.line)
        case Bullets():
            yield "\n".join(f"- {_line(item)}" for item in block.items)
        case Table():
            yield f"**{_plain(block.caption)}**"
            rows = [[_cell(cell) for cell in row] for row in block.rows]
            rule = ["---"] * len(block.header)
            header = [_plain(name) for name in block.header]
            yield "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))
        case Questions():
            for row in block.rows:
                yield _question(row, block)


def _question(row: Answered, block: Questions) -> str:
    asked = f"{row.number}\\. **{_plain(row.question)}**"
    rests = f" ({_line(row.rests_on)})" if row.rests_on else ""
    if row.answer is None:
        said = f"_{_plain(block.header[2])}: {_plain(block.blank)}_"
    else:
        said = "\n".join(f"> {_at_start(_plain(line))}".rstrip() for line in clean(row.answer).splitlines())
    return f"{asked}{rests}\n\n{said}"


def _cell(lines: tuple[Line, ...]) -> str:
    return "<br>".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    return _at_start("".join(_run(run) for run in line))


def _run(run: Run) -> str:
    match run:
        case Strong():
            return f"**{_plain(run.text)}**"
        case Link():
            url = run.url if run.url and is_web(run.url) else None
            return f"[{_plain(run.text)}](<{url.replace('>', '%3E')}>)" if url else _plain(run.text)
        case _:
            return _plain(run)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text).replace("\n", " "))


def _at_start(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", text)
