"""Whole archives: the areas of every row of a CSV, JSON Lines or Parquet file, in a file of the same format."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, Literal, Protocol

from attrs import define, field, frozen

from nimrights._cases.rows import CsvRows, JsonLines, Put
from nimrights._cases.workers import STEP, Answer, Broken, Chunk, Reader, in_order, pin_for_workers, score
from nimrights._files import AnyPath, read_lines, remove, whole_file
from nimrights.classifier import classify_many
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, DataError
from nimrights.frames import TITLE
from nimrights.versions import load

#: messages on broken rows that a report holds
MOST_PROBLEMS: Final = 20

OnError = Literal["fail", "skip"]


@frozen
class Report:
    """What was done with a file."""

    rows: int  #: rows that were read, those skipped among them
    touched: int  #: rows with an area
    skipped: int  #: broken rows that are not in the target
    problems: tuple[str, ...]  #: what was wrong with the first of them
    skipped_file: str | None  #: holds the skipped rows as they were; ``None``: there were none


class _Rows(Protocol):
    """A file in one of the formats."""

    read: Reader | None

    def chunks(self) -> Iterator[Chunk]: ...
    def place(self, chunk: Chunk, index: int) -> str: ...
    def writer(self, file: BinaryIO) -> AbstractContextManager[Put]: ...
    def skipper(self, file: BinaryIO) -> AbstractContextManager[Put]: ...
    def close(self) -> None: ...


def classify_file(  # noqa: PLR0913 - each says something else
    source: AnyPath,
    target: AnyPath,
    *,
    column: str = TITLE,
    threshold: float | None = None,
    on_error: OnError = "fail",
    delimiter: str | None = None,
    processes: int = 1,
    progress: Callable[[int], object] | None = None,
    dataset: Dataset | None = None,
) -> Report:
    """Classify every row of *source* and write *target*: the same rows, in the same format, with their areas.

    The suffix names the format: ``.csv``, ``.tsv``, ``.jsonl`` or ``.ndjson``, ``.parquet`` (extra ``tables``).
    Rows are read, scored and written in turn, so memory stays the same however many there are.

    - *column* holds the titles; columns named as in `nimrights.cases` are fields of the case. In JSON Lines
      each object is a case. A missing title is an empty text.
    - *threshold* is as in `nimrights.classify`.
    - *on_error* says what a broken row does: ``"fail"`` ends the run, ``"skip"`` leaves it out of the target
      and writes it to ``<target>.skipped``, unchanged.
    - *delimiter* of CSV; without it, it is guessed from the header among ``, ; tab |``.
    - *processes* that score at the same time; the result is the same. A script that asks for several begins
      with ``if __name__ == "__main__":``, since they start anew.
    - *progress* is called with the number of rows done, every 1,000 rows.

    CSV gets the columns ``nimrights_areas`` and ``nimrights_scores`` (values apart by ``|``) and
    ``nimrights_dataset``, and a cell that a spreadsheet would take for a formula begins with ``'``.
    Parquet gets ``nimrights_areas`` (a list of structs of area and score) and ``nimrights_dataset``.
    An object of JSON Lines gets the key ``nimrights`` with both.

    The target is written whole or not at all, and so is ``<target>.skipped``; one that an earlier run left
    is removed when this run skips nothing.

    Raises `DataError` for a file that cannot be read or written, a column or key of ours that is already there,
    and, unless they are skipped, a broken row, naming file and row (from 1; in text the line too);
    `BadQuery` for an option out of range, a title's column that is not there, and a dataset
    that is not published with several processes; `MissingExtra` for Parquet without pyarrow.
    """
    kind = _kind(source, target, delimiter)
    _check(on_error, processes)
    aside = _check_places(Path(source), Path(target))
    dataset = dataset or load()
    classify_many((), threshold=threshold, dataset=dataset)  # what is wrong with these is said before any work
    which = dataset if processes == 1 else pin_for_workers(dataset)
    with closing(_open(kind, source, column, delimiter, dataset.pin)) as rows:
        run = _Run(str(source), rows, skips=on_error == "skip", progress=progress)
        run.write(in_order(rows.chunks(), partial(score, which, threshold, rows.read), processes), target, aside)
    return Report(run.rows, run.touched, run.skipped, tuple(run.problems), str(aside) if run.skipped else None)


def count_rows(source: AnyPath) -> int:
    """Give about how many rows a file has, without reading them: in text the lines, a header left out."""
    suffix = Path(source).suffix.lower()
    if suffix == ".parquet":
        from nimrights._cases.parquet import count_rows as count  # noqa: PLC0415 - an extra

        return count(source)
    return sum(1 for _ in read_lines(source)) - (_KINDS.get(suffix) == "csv")


@define
class _Run:
    """One way through a file."""

    source: str
    file: _Rows
    skips: bool
    progress: Callable[[int], object] | None
    rows: int = 0
    touched: int = 0
    skipped: int = 0
    problems: list[str] = field(factory=list)

    def write(self, scored: Generator[tuple[Chunk, list[Answer]], None, None], target: AnyPath, aside: AnyPath) -> None:
        """Write what is scored to *target*, and the broken rows to *aside*."""
        with ExitStack() as stack:
            put = stack.enter_context(self.file.writer(stack.enter_context(whole_file(target))))
            put_aside: Put | None = None
            for chunk, answers in stack.enter_context(closing(scored)):
                skipped = self._count(chunk, answers)
                put(chunk, answers)
                if skipped and put_aside is None:
                    put_aside = stack.enter_context(self.file.skipper(stack.enter_context(whole_file(aside))))
                if skipped and put_aside is not None:
                    put_aside(chunk, answers)
                self._tell(len(answers))
        if not self.skipped:
            remove(aside)

    def _count(self, chunk: Chunk, answers: list[Answer]) -> int:
        """Count the rows of a chunk and give how many are broken; `DataError` for the first that ends the run."""
        broken = [(index, answer) for index, answer in enumerate(answers) if isinstance(answer, Broken)]
        for index, answer in broken:
            problem = f"{self.file.place(chunk, index)}: {answer.why}"
            if answer.final:
                raise DataError(f"{self.source}, {problem}")
            if not self.skips:
                raise DataError(
                    f"{self.source}, {problem}; mend it, or leave such rows out (on_error='skip', --on-error skip)"
                )
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)
        self.skipped += len(broken)
        self.touched += sum(1 for answer in answers if answer and not isinstance(answer, Broken))
        return len(broken)

    def _tell(self, rows: int) -> None:
        before, self.rows = self.rows, self.rows + rows
        if self.progress is not None:
            for thousands in range(before // STEP + 1, self.rows // STEP + 1):
                self.progress(thousands * STEP)


_KINDS: Final = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def _kind(source: AnyPath, target: AnyPath, delimiter: str | None) -> str:
    """Give the format of a file, by its suffix."""
    for path in (source, target):
        if not isinstance(path, (str, os.PathLike)):
            raise BadQuery(f"a file is named by its path, not by {type(path).__name__}")
    suffix, other = Path(source).suffix.lower(), Path(target).suffix.lower()
    kind = _KINDS.get(suffix)
    if kind is None:
        raise BadQuery(f"{source} has the suffix {suffix!r}; read are files with: {', '.join(_KINDS)}")
    if _KINDS.get(other) != kind:
        raise BadQuery(f"{target} is to have the format of {source}: give it the suffix {suffix!r}")
    if delimiter is None:
        return kind
    if kind != "csv":
        raise BadQuery("only CSV has a delimiter")
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise BadQuery(f"a delimiter is one character and neither a quotation mark nor a line's end: {delimiter!r}")
    return kind


def _check(on_error: str, processes: int) -> None:
    if on_error not in ("fail", "skip"):
        raise BadQuery(f"on_error is 'fail' or 'skip', not {on_error!r}")
    if isinstance(processes, bool) or not isinstance(processes, int) or processes < 1:
        raise BadQuery(f"processes is a whole number of at least 1, not {processes!r}")


def _check_places(source: Path, target: Path) -> Path:
    """Check that nothing is written over that should stay; give the path for skipped rows."""
    aside = target.with_name(f"{target.name}.skipped")
    for path in (target, aside):
        if path.exists() and not path.is_file():
            raise DataError(f"cannot write {path}: it is not a file")
        if path.resolve() == source.resolve() or (path.exists() and source.exists() and path.samefile(source)):
            raise BadQuery(f"{path} would be written over what is read: give the target another name")
    return aside


def _open(kind: str, source: AnyPath, column: str, delimiter: str | None, pin: str) -> _Rows:
    if kind == "csv":
        return CsvRows(source, column, delimiter, pin)
    if kind == "jsonl":
        return JsonLines(source, column, pin)
    from nimrights._cases.parquet import ParquetRows  # noqa: PLC0415 - an extra

    return ParquetRows(source, column, pin)
