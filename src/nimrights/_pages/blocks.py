"""A document as blocks, before it is written as Markdown, HTML or Word."""

from __future__ import annotations

from attrs import frozen


@frozen
class Link:
    """A text that leads to an address."""

    text: str
    url: str | None = None  #: ``None``, or no web address: the text alone


@frozen
class Strong:
    """A text that stands out."""

    text: str


def unbroken(text: str) -> str:
    """Give *text* so that no line ends between § and its number."""
    return text.replace("§ ", "§\u00a0")


#: what a line is made of
Run = str | Link | Strong
Line = tuple[Run, ...]


@frozen
class Heading:
    """A heading; 1 is the title of the section, and no level is left out."""

    level: int
    text: str


@frozen
class Paragraph:
    """A paragraph, a small one for what is said aside."""

    line: Line
    small: bool = False


@frozen
class Bullets:
    """A list."""

    items: tuple[Line, ...]


@frozen
class Table:
    """A table with a heading for each column; the first cell of a row names the row."""

    caption: str
    header: tuple[str, ...]
    widths: tuple[int, ...]  #: in hundredths of the width of the page
    rows: tuple[tuple[tuple[Line, ...], ...], ...]  #: cells, each of one line or several


@frozen
class Answered:
    """A question with its answer, or the place for one."""

    number: str
    question: str
    rests_on: Line
    answer: str | None = None


@frozen
class Questions:
    """Questions that belong together, to be answered."""

    caption: str
    header: tuple[str, str, str]  #: what number, question and answer are called
    blank: str  #: what stands where there is no answer
    rows: tuple[Answered, ...]


Block = Heading | Paragraph | Bullets | Table | Questions


@frozen
class Page:
    """A whole document in one language."""

    lang: str
    title: str
    blocks: tuple[Block, ...]
