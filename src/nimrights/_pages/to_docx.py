"""Blocks as a Word document: the one door to python-docx, an extra."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

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
    unbroken,
)
from nimrights._safe import clean, is_web
from nimrights.exceptions import MissingExtra

#: what spelling is checked by
_LANGUAGE: Final = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
#: width of the text between the margins of a page, in twentieths of a point (17 cm)
_WIDTH: Final = 9638
_MARGIN_CM: Final = 2.0
_INK, _ASIDE, _LINK, _RULE, _SHADE = "1A1A1A", "454545", "0B4884", "8A8A8A", "EEF1F4"
#: least height of the place for an answer, in twentieths of a point
_ROOM: Final = 620
#: the earliest moment that a zip file can tell: the same page always gives the same bytes
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def docx_of(page: Page) -> bytes:
    """Give the page as a Word document; `MissingExtra` without python-docx."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("python-docx", "docx") from error
    writer = _Writer(docx.Document(), page)
    for block in page.blocks:
        writer.block(block)
    return writer.data()


class _Writer:
    """Writes blocks to one document."""

    def __init__(self, document: Any, page: Page) -> None:  # noqa: ANN401 - python-docx has no types
        from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
        from docx.oxml.ns import qn  # noqa: PLC0415
        from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

        self.document, self.page, self._qn, self._pt, self._colour = document, page, qn, Pt, RGBColor
        self._new = OxmlElement
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
        self._styles()
        about = document.core_properties
        about.title, about.language, about.author, about.comments = page.title, _LANGUAGE[page.lang], "", ""
        for name in ("dcterms:created", "dcterms:modified"):  # those of python-docx's template
            for found in about._element.findall(qn(name)):  # noqa: SLF001 - there is no other way
                about._element.remove(found)  # noqa: SLF001

    def _styles(self) -> None:
        """Set fonts and distances. The styles are Word's own, so that a template's looks take their place."""
        sizes = {"Normal": 10.5, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "List Bullet": 10.5}
        for name, size in sizes.items():
            style = self.document.styles[name]
            style.font.name, style.font.size = "Calibri", self._pt(size)
            style.font.color.rgb = self._colour.from_string(_INK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(self._qn(f"w:{kind}"), None)
            heading = name.startswith("Heading")
            style.paragraph_format.space_before = self._pt(
                {"Heading 1": 0, "Heading 2": 14}.get(name, 12 if heading else 0)
            )
            style.paragraph_format.space_after = self._pt(4 if heading or name == "List Bullet" else 6)
            style.paragraph_format.widow_control = True
            style.paragraph_format.keep_with_next = heading
        for found in self.document.styles.element.iter(self._qn("w:lang")):
            found.set(self._qn("w:val"), _LANGUAGE[self.page.lang])

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading():
                self.document.add_heading(clean(block.text), block.level)
            case Paragraph():
                led = self.document.paragraphs and self.document.paragraphs[-1].style.name.startswith("Heading")
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.keep_with_next = bool(led) or None
                self._line(paragraph, block.line, small=block.small)
            case Bullets():
                for item in block.items:
                    self._line(self.document.add_paragraph(style="List Bullet"), item)
            case Table():
                self._lead(block.caption)
                table = self._table(block.caption, block.header, block.widths)
                for row in block.rows:
                    for cell, (first, *rest) in zip(self._row(table).cells, row, strict=True):
                        self._cell(cell, [(first, False), *((line, True) for line in rest)])
                self._keep_ends(table)
            case Questions():
                table = self._table(block.caption, block.header, (7, 50, 43))
                for asked in block.rows:
                    self._question(table, asked, block.blank)
                self._keep_ends(table)

    def _lead(self, caption: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = self._pt(3)
        paragraph.add_run(clean(caption)).bold = True

    def _table(self, caption: str, header: tuple[str, ...], widths: tuple[int, ...]) -> Any:  # noqa: ANN401
        """Give a table with its header, which stands again on each page."""
        self._keep_last()
        table = self.document.add_table(rows=1, cols=len(header))
        table.autofit = False
        about = table._tbl.tblPr  # noqa: SLF001 - there is no other way
        self._add(about, "tblCaption", val=clean(caption))
        borders = self._new("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            self._add(borders, side, val="single", sz="4", space="0", color=_RULE)
        margins = self._new("w:tblCellMar")
        for side, room in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90)):
            self._add(margins, side, w=str(room), type="dxa")
        layout = about.find(self._qn("w:tblLayout"))
        layout.addprevious(borders)
        layout.addnext(margins)
        wide = [_WIDTH * width // 100 for width in widths]
        for column, width in zip(table._tbl.tblGrid, wide, strict=True):  # noqa: SLF001
            column.set(self._qn("w:w"), str(width))
        self._add(self._unbroken(table.rows[0]), "tblHeader")
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            self._cell(cell, [((Strong(text),), False)])
            self._add(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=_SHADE)  # noqa: SLF001
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        after = self.document.add_paragraph()  # a table needs a line after it, or it grows into the next
        after.paragraph_format.space_after = self._pt(0)
        after.paragraph_format.line_spacing = self._pt(6)
        return table

    def _keep_last(self) -> None:
        """Keep the paragraph before a table with it."""
        if self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _unbroken(self, row: Any) -> Any:  # noqa: ANN401
        about = row._tr.get_or_add_trPr()  # noqa: SLF001
        self._add(about, "cantSplit")
        return about

    def _keep_ends(self, table: Any) -> None:  # noqa: ANN401
        """Keep the first two rows below the header together, and the last two: no row stands alone on a page."""
        rows = table.rows[1:]
        for row in {0, len(rows) - 2} if len(rows) > 1 else ():
            for paragraph in rows[row].cells[0].paragraphs:
                paragraph.paragraph_format.keep_with_next = True

    def _row(self, table: Any) -> Any:  # noqa: ANN401
        row = table.add_row()
        self._unbroken(row)
        return row

    def _question(self, table: Any, asked: Answered, blank: str) -> None:  # noqa: ANN401
        row = self._row(table)
        number, question, answer = row.cells
        self._cell(number, [((asked.number,), False)])
        rests = [(asked.rests_on, True)] if asked.rests_on else []
        self._cell(question, [((asked.question,), False), *rests])
        if asked.answer is None:
            about = row._tr.get_or_add_trPr()  # noqa: SLF001
            self._add(about, "trHeight", val=str(_ROOM), hRule="atLeast")
            self._blank(answer.paragraphs[0], blank)
        else:
            self._cell(answer, [((line,), False) for line in asked.answer.splitlines()])

    def _blank(self, paragraph: Any, said: str) -> None:  # noqa: ANN401
        """Write a place to click on and type in, which shows what it is for as long as it is empty."""
        paragraph.paragraph_format.space_after = self._pt(0)
        run = paragraph.add_run(clean(said))
        run.italic = True
        run.font.color.rgb = self._colour.from_string(_ASIDE)
        place, about, content = (self._new(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
        self._add(about, "showingPlcHdr")
        self._add(about, "text", multiLine="1")
        run._r.addprevious(place)  # noqa: SLF001
        content.append(run._r)  # noqa: SLF001
        place.extend([about, content])

    def _cell(self, cell: Any, lines: list[tuple[Line, bool]]) -> None:  # noqa: ANN401
        for n, (line, small) in enumerate(lines):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = self._pt(0 if n == len(lines) - 1 else 2)
            self._line(paragraph, line, small=small, size=9.5)

    def _line(self, paragraph: Any, line: Line, *, small: bool = False, size: float | None = None) -> None:  # noqa: ANN401
        for run in line:
            written = self._run(paragraph, run)
            if small:
                written.font.size = self._pt(8.5 if size else 9)
                if not isinstance(run, Link) or not run.url:
                    written.font.color.rgb = self._colour.from_string(_ASIDE)
            elif size:
                written.font.size = self._pt(size)

    def _run(self, paragraph: Any, run: Run) -> Any:  # noqa: ANN401
        match run:
            case Link() if run.url and is_web(run.url):
                return self._link(paragraph, run.text, run.url)
            case Link() | Strong():
                written = paragraph.add_run(clean(run.text))
                written.bold = isinstance(run, Strong) or None
                return written
            case _:
                return paragraph.add_run(clean(run))

    def _link(self, paragraph: Any, text: str, url: str) -> Any:  # noqa: ANN401
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - an extra

        target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        written = paragraph.add_run(clean(unbroken(text)))
        written.font.color.rgb = self._colour.from_string(_LINK)
        written.underline = True
        link = self._new("w:hyperlink")
        link.set(self._qn("r:id"), target)
        written._r.addprevious(link)  # noqa: SLF001
        link.append(written._r)  # noqa: SLF001
        return written

    def _add(self, parent: Any, name: str, **values: str) -> None:  # noqa: ANN401
        element = self._new(f"w:{name}")
        for key, value in values.items():
            element.set(self._qn(f"w:{key}"), value)
        parent.append(element)

    def data(self) -> bytes:
        """Give the bytes of the document, the same ones for the same page."""
        made, whole = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
            for name in parts.namelist():
                out.writestr(zipfile.ZipInfo(name, _NO_TIME), parts.read(name), zipfile.ZIP_DEFLATED)
        return whole.getvalue()
