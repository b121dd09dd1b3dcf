"""Archives as text: CSV and JSON Lines, row by row, with the bytes of each row at hand.

Both formats have the same methods as that of ``_parquet``: ``read``, ``chunks``, ``place``, ``writer``, ``skipper``
and ``close``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

from nimrights._cases.workers import STEP, Answer, Broken, Chunk, Reader
from nimrights._files import AnyPath, read_lines
from nimrights.classifier import Scored
from nimrights.exceptions import DataError
from nimrights.frames import AREAS, DATASET, TITLE, as_structs, columns_used, taken_names

#: key that is added to an object
KEY: Final = "nimrights"
SCORES: Final = "nimrights_scores"

_DELIMITERS: Final = ",;\t|"
_BOM: Final = b"\xef\xbb\xbf"
_QUOTED: Final = re.compile(r'"[^"]*"')
#: what a spreadsheet may take for the beginning of a formula (OWASP, CSV injection), also in full width
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?([0-9]+([.,][0-9]+)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")

Put = Callable[[Chunk, list[Answer]], None]


class Row(NamedTuple):
    """One row as it was read."""

    line: int  #: where it begins, from 1
    raw: bytes  #: its bytes, with the end of the line
    item: Any  #: what is scored, or a `Broken`
    cells: Sequence[str] = ()


def _chunks(rows: Iterator[Row]) -> Iterator[Chunk]:
    first = 1
    while taken := list(islice(rows, STEP)):
        yield Chunk(first, [row.item for row in taken], taken)
        first += len(taken)


def _skip(file: BinaryIO, chunk: Chunk, answers: list[Answer]) -> None:
    """Write the broken rows as they were."""
    pairs = zip(chunk.rows, answers, strict=True)
    file.writelines(row.raw for row, answer in pairs if isinstance(answer, Broken))


class _TextRows:
    """What CSV and JSON Lines share."""

    @staticmethod
    def place(chunk: Chunk, index: int) -> str:
        """Say where a row stands."""
        return f"row {chunk.first + index} (line {chunk.rows[index].line})"

    @staticmethod
    def skipper(file: BinaryIO) -> AbstractContextManager[Put]:
        """Give what writes broken rows to *file*, as they were."""
        return nullcontext(partial(_skip, file))


class JsonLines(_TextRows):
    """JSON Lines: each line an object, which is a case."""

    def __init__(self, source: AnyPath, column: str, pin: str) -> None:
        self.read: Reader | None = partial(read_object, column)
        self._pin = pin
        self._lines = read_lines(source)

    def close(self) -> None:
        """Let go of the source."""
        self._lines.close()  # type: ignore[attr-defined] # a generator

    def chunks(self) -> Iterator[Chunk]:
        """Give the rows; blank lines are none."""
        lines = enumerate(self._lines, 1)
        return _chunks(Row(number, raw, raw) for number, raw in lines if raw.strip())

    def writer(self, file: BinaryIO) -> AbstractContextManager[Put]:
        """Give what writes rows with their answers to *file*."""
        return nullcontext(partial(self._put, file))

    def _put(self, file: BinaryIO, chunk: Chunk, answers: list[Answer]) -> None:
        pairs = zip(chunk.rows, answers, strict=True)
        file.writelines(self._object(row.raw, answer) for row, answer in pairs if not isinstance(answer, Broken))

    def _object(self, raw: bytes, areas: Sequence[Scored]) -> bytes:
        """Give the object as it stands, with our key at its end: numbers and key order stay what they are."""
        body = _without_bom(raw).strip()[:-1].rstrip()
        ours = json.dumps({KEY: {"areas": as_structs(areas), "dataset": self._pin}}).encode()
        return body + (b"" if body == b"{" else b", ") + ours[1:] + b"\n"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def read_object(column: str, raw: bytes) -> Any:  # noqa: ANN401 - a case
    """Give the case in a line of JSON Lines, or a `Broken`."""
    case = _decoded(raw)
    if isinstance(case, Broken):
        return case
    if not isinstance(case, dict):
        return Broken(f"it is no object but {type(case).__name__}")
    if KEY in case:
        return Broken(f"the object already has the key {KEY!r}: take it out first", final=True)
    return case if column == TITLE else {**case, TITLE: case.get(column)}


def _decoded(raw: bytes) -> Any:  # noqa: ANN401 - what JSON can hold
    if b"\0" in raw:
        return Broken("it holds a NUL byte")
    try:
        return _DECODER.decode(_without_bom(raw).decode().strip())
    except UnicodeDecodeError as error:
        return Broken(f"it is not UTF-8 ({error.reason})")
    except ValueError as error:
        return Broken(f"it is not JSON ({error})")
    except RecursionError:
        return Broken("it is nested too deeply")


def _without_bom(raw: bytes) -> bytes:
    return raw.removeprefix(_BOM)


class _Feed:
    """Gives lines as text to a CSV reader, and keeps the bytes that the row at hand was made of."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines = lines
        self._again: deque[bytes] = deque()
        self.taken: list[bytes] = []
        self.line = 1  # where the row at hand begins
        self.fault: str | None = None  # what is wrong with its bytes

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._again.popleft() if self._again else next(self.lines)
        self.taken.append(raw)
        if b"\0" in raw:
            self.fault = "it holds a NUL byte"
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.fault = self.fault or "it is not UTF-8"
            return raw.decode(errors="surrogateescape")

    def begin(self) -> None:
        """Let go of the row at hand."""
        self.line += len(self.taken)
        self.taken = []
        self.fault = None

    def give_back(self, lines: Sequence[bytes]) -> None:
        """Give these lines (again) before any other."""
        self._again.extendleft(reversed(lines))

    def keep_first_line(self) -> None:
        """Let the row at hand be its first line only; the others are read again as rows of their own."""
        self.give_back(self.taken[1:])
        self.taken = self.taken[:1]


class CsvRows(_TextRows):
    """CSV: a header, then a case a row."""

    read: Reader | None = None

    def __init__(self, source: AnyPath, column: str, delimiter: str | None, pin: str) -> None:
        self._pin = pin
        self._feed = _Feed(read_lines(source))
        try:
            first = next(self._feed.lines)
        except StopIteration:
            raise DataError(f"{source} is empty: a CSV file begins with a line of column names") from None
        self._bom = first.startswith(_BOM)
        self._feed.give_back([_without_bom(first)])
        self.delimiter = delimiter or _guessed(first, source)
        self._reader = csv.reader(self._feed, delimiter=self.delimiter, strict=True)
        self.header = self._read_header(source)
        used = columns_used(self.header, column)
        self._fields = list(used)
        self._places = [self.header.index(name) for name in used.values()]

    def _read_header(self, source: AnyPath) -> list[str]:
        try:
            header = next(self._reader)
        except csv.Error as error:
            raise DataError(f"{source}: the header cannot be read ({error})") from error
        if fault := self._feed.fault:
            raise DataError(f"{source}: the header cannot be read: {fault}; save the file as UTF-8")
        if taken := [*taken_names(header), *(name for name in header if name == SCORES)]:
            raise DataError(f"{source} already has the column {taken[0]!r}: drop or rename it")
        self._end = "\r\n" if self._feed.taken[-1].endswith(b"\r\n") else "\n"
        return header

    def close(self) -> None:
        """Let go of the source."""
        self._feed.lines.close()  # type: ignore[attr-defined] # a generator

    def chunks(self) -> Iterator[Chunk]:
        """Give the rows; blank lines are none."""
        return _chunks(self._rows())

    def _rows(self) -> Iterator[Row]:
        feed, reader, width = self._feed, self._reader, len(self.header)
        while True:
            feed.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                feed.keep_first_line()
                yield self._broken(f"its quotation marks are not those of CSV ({error})")
                continue
            if not cells:
                continue
            if feed.fault:
                yield self._broken(feed.fault)
            elif len(cells) != width:
                yield self._broken(f"it has another number of columns ({len(cells)}) than the header ({width})")
            else:
                yield Row(feed.line, b"".join(feed.taken), self._case(cells), cells)

    def _broken(self, why: str) -> Row:
        return Row(self._feed.line, b"".join(self._feed.taken), Broken(why))

    def _case(self, cells: list[str]) -> Any:  # noqa: ANN401
        if len(self._places) == 1:
            return cells[self._places[0]]
        return {field: cells[place] for field, place in zip(self._fields, self._places, strict=True)}

    def writer(self, file: BinaryIO) -> AbstractContextManager[Put]:
        """Give what writes rows with their answers to *file*; the header is written at once."""
        if self._bom:
            file.write(_BOM)
        file.write(self._text([[*self.header, AREAS, SCORES, DATASET]]))
        return nullcontext(partial(self._put, file))

    def _put(self, file: BinaryIO, chunk: Chunk, answers: list[Answer]) -> None:
        pairs = zip(chunk.rows, answers, strict=True)
        rows = [[*row.cells, *self._cells(answer)] for row, answer in pairs if not isinstance(answer, Broken)]
        file.write(self._text(rows))

    def _cells(self, areas: Sequence[Scored]) -> tuple[str, str, str]:
        return "|".join(area for area, _ in areas), "|".join(str(score) for _, score in areas), self._pin

    def _text(self, rows: list[list[str]]) -> bytes:
        text = io.StringIO(newline="")
        plain = csv.writer(text, delimiter=self.delimiter, lineterminator=self._end)
        # before Python 3.13 a carriage return alone is written without the marks it needs
        marked = csv.writer(text, delimiter=self.delimiter, lineterminator=self._end, quoting=csv.QUOTE_ALL)
        for row in rows:
            cells = [harmless(cell) if cell and cell[0] in _FORMULA else cell for cell in row]
            (marked if "\r" in "".join(cells) else plain).writerow(cells)
        return text.getvalue().encode()


def _guessed(header: bytes, source: AnyPath) -> str:
    """Guess the delimiter: what stands most often in the header, outside quotation marks."""
    text = _QUOTED.sub("", header.decode(errors="replace"))
    usual = "\t" if str(source).lower().endswith(".tsv") else ","
    return max(usual + _DELIMITERS, key=text.count)


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula: marked with ``'``, unless it is a plain number.

    >>> from nimrights._cases.rows import harmless
    >>> harmless("=1+1"), harmless("-12,5"), harmless("Møte")
    ("'=1+1", '-12,5', 'Møte')
    """
    return f"'{cell}" if cell[:1] in _FORMULA and not _PLAIN_NUMBER.fullmatch(cell) else cell
