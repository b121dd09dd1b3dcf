"""Archives as Parquet, batch by batch. It has the same methods as the formats of ``_rows``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO

from nimrights._cases.workers import STEP, Answer, Broken, Chunk, Reader
from nimrights._files import AnyPath
from nimrights.exceptions import DataError, MissingExtra
from nimrights.frames import AREAS, DATASET, TITLE, arrow_type, as_structs, cases_from, columns_used, taken_names

#: rows of a row group that we write
_GROUP = 65_536


class ParquetRows:
    """Parquet: a case a row, in columns of text."""

    read: Reader | None = None

    def __init__(self, source: AnyPath, column: str, pin: str) -> None:
        self._source = source
        self._pin = pin
        self._file = _opened(source)
        try:
            self._schema = self._file.schema_arrow
            self._used = columns_used(self._schema.names, column)
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        if taken := taken_names(self._schema.names):
            raise DataError(f"{self._source} already has the column {taken[0]!r}: drop or rename it")
        for field, name in self._used.items():
            kind = self._schema.field(name).type
            if not _is_text(kind, lists=field != TITLE):
                raise DataError(f"{self._source}: the column {name!r} holds {kind}, not text: cast or rename it")

    def close(self) -> None:
        """Let go of the source."""
        self._file.close()

    def chunks(self) -> Iterator[Chunk]:
        """Give the rows; those of a chunk are a record batch."""
        first = 1
        batches = self._file.iter_batches(batch_size=STEP)
        while True:
            with _reading(self._source, first):
                batch = next(batches, None)
            if batch is None:
                return
            yield Chunk(first, self._cases(batch), batch)
            first += len(batch)

    def _cases(self, batch: Any) -> list[Any]:  # noqa: ANN401 - pyarrow has no types
        columns = {field: _values(batch.column(name), name) for field, name in self._used.items()}
        cases = cases_from(columns)
        for values in columns.values():
            for index, value in enumerate(values):
                if isinstance(value, Broken):
                    cases[index] = value
        return cases

    @staticmethod
    def place(chunk: Chunk, index: int) -> str:
        """Say where a row stands."""
        return f"row {chunk.first + index}"

    @contextmanager
    def writer(self, file: BinaryIO) -> Iterator[Callable[[Chunk, list[Answer]], None]]:
        """Give what writes rows with their answers to *file*."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        schema = self._schema.append(pa.field(AREAS, arrow_type())).append(pa.field(DATASET, pa.string()))
        with _groups(file, schema) as add:
            yield partial(self._put, add, schema)

    def _put(self, add: Callable[[Any], None], schema: Any, chunk: Chunk, answers: list[Answer]) -> None:  # noqa: ANN401
        import pyarrow as pa  # noqa: PLC0415 - an extra

        good = [answer for answer in answers if not isinstance(answer, Broken)]
        batch = chunk.rows if len(good) == len(answers) else _filtered(chunk, answers, broken=False)
        areas = pa.array([as_structs(answer) for answer in good], arrow_type())
        pins = pa.repeat(pa.scalar(self._pin), len(good))
        add(pa.RecordBatch.from_arrays([*batch.columns, areas, pins], schema=schema))

    @contextmanager
    def skipper(self, file: BinaryIO) -> Iterator[Callable[[Chunk, list[Answer]], None]]:
        """Give what writes broken rows to *file*, a Parquet file too."""
        with _groups(file, self._schema) as add:
            yield lambda chunk, answers: add(_filtered(chunk, answers, broken=True))


def count_rows(source: AnyPath) -> int:
    """Give the number of rows of a Parquet file."""
    with _opened(source) as file:
        return int(file.metadata.num_rows)


def _opened(source: AnyPath) -> Any:  # noqa: ANN401
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("pyarrow", "tables") from error
    with _reading(source, 1):
        return pq.ParquetFile(source)


@contextmanager
def _reading(source: AnyPath, row: int) -> Iterator[None]:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"cannot read {source} from row {row}: {error}") from error


@contextmanager
def _groups(file: BinaryIO, schema: Any) -> Iterator[Callable[[Any], None]]:  # noqa: ANN401
    """Give what takes record batches and writes them together, a row group at a time."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    held: list[Any] = []

    def flush() -> None:
        writer.write_table(pa.Table.from_batches(held, schema))
        held.clear()

    def add(batch: Any) -> None:  # noqa: ANN401
        held.append(batch)
        if sum(map(len, held)) >= _GROUP:
            flush()

    with pq.ParquetWriter(file, schema) as writer:
        yield add
        if held:
            flush()


def _filtered(chunk: Chunk, answers: list[Answer], *, broken: bool) -> Any:  # noqa: ANN401
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return chunk.rows.filter(pa.array([isinstance(answer, Broken) == broken for answer in answers]))


def _is_text(kind: Any, *, lists: bool) -> bool:  # noqa: ANN401
    import pyarrow.types as pt  # noqa: PLC0415 - an extra

    if lists and (pt.is_list(kind) or pt.is_large_list(kind)):
        return _is_text(kind.value_type, lists=False)
    if pt.is_dictionary(kind):
        return _is_text(kind.value_type, lists=False)
    return bool(pt.is_string(kind) or pt.is_large_string(kind) or pt.is_string_view(kind) or pt.is_null(kind))


def _values(column: Any, name: str) -> list[Any]:  # noqa: ANN401
    """Give the values of a column, a `Broken` for one that is not UTF-8."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_value(scalar, name) for scalar in column]


def _value(scalar: Any, name: str) -> Any:  # noqa: ANN401
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return Broken(f"{name} is not UTF-8 ({error.reason})")
