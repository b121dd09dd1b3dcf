"""Blocks as one page of HTML that needs nothing else: no scripts, nothing to fetch, for screens, ears and paper."""

from __future__ import annotations

from html import escape
from typing import Final

from nimrights._pages.blocks import (
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
    unbroken,
)
from nimrights._safe import clean, is_web

#: every colour on white has a contrast of at least 7 to 1
_STYLE: Final = """\
:root { color: #1a1a1a; background: #ffffff; font: 1rem/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
body { margin: 0; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.25rem 0 .5rem; border-bottom: 1px solid #767676; }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 1.75rem 0 .25rem; }
p, ul { margin: .5rem 0; }
li { margin: .25rem 0; }
a { color: #0b4884; }
a:focus, [tabindex]:focus { outline: 3px solid #0b4884; outline-offset: 2px; }
.small { font-size: .875rem; color: #454545; }
.wide { overflow-x: auto; margin: .75rem 0 1rem; }
table { border-collapse: collapse; width: 100%; min-width: 32rem; font-size: .9375rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .35rem; }
.questions caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { border: 1px solid #8a8a8a; padding: .4rem .55rem; text-align: left; vertical-align: top; }
thead th { background: #eef1f4; }
tbody th { font-weight: 400; }
td p, th p { margin: 0 0 .25rem; }
td p:last-child, th p:last-child { margin: 0; }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; }
.blank { font-style: italic; color: #454545; background: #fffbea; min-height: 2.5rem; }
@media print {
  @page { size: A4; margin: 20mm 18mm; }
  :root { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; }
  .wide { overflow: visible; }
  table { min-width: 0; }
  thead { display: table-header-group; }
  tr, li { break-inside: avoid; }
  tbody tr:first-child, tbody tr:nth-last-child(2) { break-after: avoid; }
  h1 + p, h2 + p, h3 + p, p:has(+ .wide) { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""


def html_of(page: Page) -> str:
    """Give the page as HTML. Everything in it is escaped; what is no web address is not made a link."""
    body = "".join(map(_block, page.blocks))
    return (
        f'<!DOCTYPE html>\n<html lang="{page.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_plain(page.title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_plain(block.text)}</h{block.level}>\n"
        case Paragraph():
            about = ' class="small"' if block.small else ""
            return f"<p{about}>{_line(block.line)}</p>\n"
        case Bullets():
            return "<ul>\n" + "".join(f"<li>{_line(item)}</li>\n" for item in block.items) + "</ul>\n"
        case Table():
            rows = [[_cell(cell) for cell in row] for row in block.rows]
            return _table(block.caption, "", block.header, block.widths, rows)
        case Questions():
            rows = [
                [
                    escape(row.number),
                    f"<p>{_plain(row.question)}</p>"
                    + (f'<p class="small">{_line(row.rests_on)}</p>' if row.rests_on else ""),
                    f'<div class="blank">{_plain(block.blank)}</div>'
                    if row.answer is None
                    else f'<div class="answer" dir="auto">{_plain(row.answer)}</div>',
                ]
                for row in block.rows
            ]
            return _table(block.caption, "questions", block.header, (6, 49, 45), rows)


def _table(caption: str, name: str, header: tuple[str, ...], widths: tuple[int, ...], rows: list[list[str]]) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    heads = "".join(f'<th scope="col">{_plain(text)}</th>' for text in header)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>\n'
        for first, *rest in rows
    )
    about = f' class="{name}"' if name else ""
    said = _plain(caption)
    return (
        f'<div class="wide" role="region" aria-label="{said}" tabindex="0">\n'
        f"<table{about}>\n<caption>{said}</caption>\n"
        f"<colgroup>{columns}</colgroup>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _cell(lines: tuple[Line, ...]) -> str:
    first, *rest = [_line(line) for line in lines]
    return f"<p>{first}</p>" + "".join(f'<p class="small">{line}</p>' for line in rest)


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    match run:
        case Strong():
            return f"<strong>{_plain(run.text)}</strong>"
        case Link() if run.url and is_web(run.url):
            return f'<a href="{escape(run.url)}">{_plain(unbroken(run.text))}</a>'
        case Link():
            return _plain(run.text)
        case _:
            return _plain(run)


def _plain(text: str) -> str:
    return escape(clean(text))
