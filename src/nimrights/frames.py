"""Data frames: the policy areas of each row as a column of a pandas or polars DataFrame or a pyarrow Table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from nimrights.cases import CODES, TEXTS
from nimrights.classifier import Scored, classify_many
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.versions import load

#: columns that are added
AREAS: Final = "nimrights_areas"
DATASET: Final = "nimrights_dataset"
#: the field of a case that holds its title
TITLE: Final = "tittel"
#: columns that are read as fields of a case beside the title
FIELDS: Final = tuple(name for name in (*TEXTS, *CODES) if name != TITLE)

#: a kind of frame
Kind = TypeVar("Kind")


def add_areas(
    frame: Kind, column: str = TITLE, *, threshold: float | None = None, dataset: Dataset | None = None
) -> Kind:
    """Give a frame of the same kind with the columns ``nimrights_areas`` and ``nimrights_dataset`` added.

    *frame* is a pandas or polars DataFrame or a pyarrow Table, *column* holds the titles; columns named
    as in `nimrights.cases` (``noekkelord``, ``kostra``, ...) are read as fields of the case. The areas of a row
    are a list of structs (in pandas of dicts) with ``area`` and ``score``, surest first; a missing title is
    an empty text. *threshold* is as in `nimrights.classify`. The index of a pandas frame is kept.

    Raises `BadQuery` for another kind of frame, a column that is missing or already there, or a value that
    is not text, naming its row from 1.

    >>> import pandas
    >>> from nimrights.frames import add_areas
    >>> frame = add_areas(pandas.DataFrame({"tittel": ["Søknad om startlån", None]}))
    >>> [[area["area"] for area in areas] for areas in frame["nimrights_areas"]]
    [['housing'], []]
    """
    package = _package_of(frame)
    names = list(getattr(frame, package.names))
    used = columns_used(names, column)
    if taken := taken_names(names):
        raise BadQuery(f"the frame already has the column {taken[0]!r}: drop or rename it")
    dataset = dataset or load()
    cases = cases_from({field: package.values(frame, name) for field, name in used.items()})
    found = [as_structs(areas) for areas in classify_many(cases, threshold=threshold, dataset=dataset)]
    result: Kind = package.with_areas(frame, found, dataset.pin)
    return result


def columns_used(names: Sequence[str], column: str) -> dict[str, str]:
    """Give the columns among *names* that hold a case's fields, by field, the title's first.

    Raises `BadQuery` if the title's is missing, or two of them have one name.
    """
    if column not in names:
        raise BadQuery(
            f"there is no column {column!r}; name the one with the titles, out of: {', '.join(map(str, names))}"
        )
    used = {TITLE: column, **{name: name for name in FIELDS if name in names and name != column}}
    for name in used.values():
        if list(names).count(name) > 1:
            raise BadQuery(f"two columns are named {name!r}: rename one")
    return used


def taken_names(names: Sequence[str]) -> list[str]:
    """Give those of *names* that a column with our answers would have."""
    return [name for name in names if name in (AREAS, DATASET)]


def cases_from(columns: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Give the cases in *columns*, values by field: texts where there are titles only, else mappings."""
    if list(columns) == [TITLE]:
        return ["" if title is None else title for title in columns[TITLE]]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def as_structs(areas: Sequence[Scored]) -> list[dict[str, Any]]:
    """Give areas with their scores as the structs of a column."""
    return [{"area": area, "score": score} for area, score in areas]


def arrow_type() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Give the Arrow type of the areas of a row."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.list_(pa.struct([("area", pa.string()), ("score", pa.float64())]))


def _pandas_values(frame: Any, name: str) -> list[Any]:  # noqa: ANN401
    column = frame[name]
    return [
        None if missing else value.tolist() if hasattr(value, "tolist") else value
        for value, missing in zip(column.astype(object), column.isna(), strict=True)
    ]


def _pandas_areas(frame: Any, found: list[Any], pin: str) -> Any:  # noqa: ANN401
    import pandas as pd  # noqa: PLC0415 - an extra

    return frame.assign(**{AREAS: pd.Series(found, index=frame.index, dtype=object), DATASET: pin})


def _polars_values(frame: Any, name: str) -> list[Any]:  # noqa: ANN401
    return list(frame.get_column(name).to_list())


def _polars_areas(frame: Any, found: list[Any], pin: str) -> Any:  # noqa: ANN401
    import polars as pl  # noqa: PLC0415 - an extra

    areas = pl.List(pl.Struct({"area": pl.String, "score": pl.Float64}))
    return frame.with_columns(pl.Series(AREAS, found, dtype=areas), pl.lit(pin).alias(DATASET))


def _arrow_values(table: Any, name: str) -> list[Any]:  # noqa: ANN401
    try:
        return list(table.column(name).to_pylist())
    except UnicodeDecodeError as error:
        raise BadQuery(f"column {name!r} holds bytes that are not UTF-8 ({error.reason})") from error


def _arrow_areas(table: Any, found: list[Any], pin: str) -> Any:  # noqa: ANN401
    import pyarrow as pa  # noqa: PLC0415 - an extra

    with_areas = table.append_column(AREAS, pa.array(found, arrow_type()))
    return with_areas.append_column(DATASET, pa.repeat(pa.scalar(pin), len(table)))


class _Package(NamedTuple):
    name: str
    cls: str
    names: str  #: attribute with the names of the columns
    values: Callable[[Any, str], list[Any]]  #: gives the values of a column, `None` where one is missing
    with_areas: Callable[[Any, list[Any], str], Any]


_PACKAGES: Final = (
    _Package("pandas", "DataFrame", "columns", _pandas_values, _pandas_areas),
    _Package("polars", "DataFrame", "columns", _polars_values, _polars_areas),
    _Package("pyarrow", "Table", "column_names", _arrow_values, _arrow_areas),
)


def _package_of(frame: object) -> _Package:
    for package in _PACKAGES:
        module = sys.modules.get(package.name)  # a package that nobody imported made no frame
        if module is not None and isinstance(frame, getattr(module, package.cls)):
            return package
    raise BadQuery(f"a frame is a pandas or polars DataFrame or a pyarrow Table, not {type(frame).__name__}")
