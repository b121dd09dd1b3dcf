"""Data frames: the same kind comes back, with the areas of each row."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nimrights import BadQuery, load
from nimrights.classifier import classify_many
from nimrights.frames import add_areas

LOAN, EMPTY, CAMERAS = "Søknad om startlån", "Protokoll fra forrige møte", "Kameraovervåking i skolegården"
TITLES = [LOAN, None, CAMERAS, "", EMPTY]
#: kind -> how a frame of it is made from columns
MAKERS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}

each_kind = pytest.mark.parametrize("kind", MAKERS)


def columns(frame) -> dict[str, list]:
    if isinstance(frame, pa.Table):
        return frame.to_pydict()
    return frame.to_dict("list") if isinstance(frame, pd.DataFrame) else frame.to_dict(as_series=False)


def areas(frame) -> list[list[str]]:
    return [[area["area"] for area in row] for row in columns(frame)["nimrights_areas"]]


@each_kind
@pytest.mark.parametrize("threshold", [None, 0.05])
def test_each_row_has_what_classify_many_says(kind, threshold, ds):
    frame = MAKERS[kind]({"id": [1, 2, 3, 4, 5], "tittel": TITLES})
    given = [title or "" for title in TITLES]
    found = add_areas(frame, threshold=threshold)
    assert type(found) is type(frame)
    expected = [[a._asdict() for a in row] for row in classify_many(given, threshold=threshold)]
    assert max(map(len, expected)) > 1
    assert list(columns(found)) == ["id", "tittel", "nimrights_areas", "nimrights_dataset"]
    assert columns(found)["id"] == [1, 2, 3, 4, 5]
    assert columns(found)["nimrights_areas"] == expected
    assert columns(found)["nimrights_dataset"] == [ds.pin] * 5


@each_kind
def test_the_frame_that_was_given_stays_as_it_was(kind):
    frame = MAKERS[kind]({"tittel": [LOAN]})
    add_areas(frame)
    assert columns(frame) == {"tittel": [LOAN]}


@each_kind
def test_the_titles_may_stand_in_another_column(kind):
    frame = MAKERS[kind]({"tittel": [EMPTY], "emne": [LOAN]})
    assert areas(add_areas(frame, "emne")) == [["housing"]]
    assert areas(add_areas(frame)) == [[]]


@each_kind
def test_columns_named_as_in_a_case_are_its_fields(kind):
    frame = MAKERS[kind]({
        "tittel": ["PS 1/24", None, EMPTY, EMPTY],
        "noekkelord": [["startlån", "bolig"], None, [], None],
        "kostra": [None, "244", None, None],
        "merknad": [None, None, LOAN, None],
    })  # fmt: skip
    assert areas(add_areas(frame)) == [["housing"], ["child-welfare"], [], []]


@each_kind
def test_an_empty_frame_gets_empty_columns(kind):
    frame = MAKERS[kind]({"tittel": []})
    found = columns(add_areas(frame))
    assert found == {"tittel": [], "nimrights_areas": [], "nimrights_dataset": []}


@each_kind
def test_another_dataset_can_be_asked_for(kind):
    old = load("2026.1")
    found = add_areas(MAKERS[kind]({"tittel": [LOAN]}), dataset=old)
    assert columns(found)["nimrights_dataset"] == [old.pin]


# -- each kind's own ---------------------------------------------------------------------------


@pytest.mark.parametrize("index", [[7, 7, 3], ["a", "b", None], pd.MultiIndex.from_tuples([(1, 2), (1, 2), (0, 1)])])
def test_the_index_of_a_pandas_frame_is_kept(index):
    frame = pd.DataFrame({"tittel": [EMPTY, LOAN, EMPTY]}, index=index)
    found = add_areas(frame)
    pd.testing.assert_index_equal(found.index, frame.index)
    assert areas(found) == [[], ["housing"], []]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_whatever_pandas_calls_missing_is_an_empty_text(missing):
    frame = pd.DataFrame({"tittel": pd.Series([missing, LOAN], dtype=object), "kostra": [missing, missing]})
    assert areas(add_areas(frame)) == [[], ["housing"]]


@pytest.mark.parametrize("dtype", ["category", "string", "string[pyarrow]", object])
def test_texts_of_any_pandas_type_are_texts(dtype):
    assert areas(add_areas(pd.DataFrame({"tittel": pd.Series([LOAN, None], dtype=dtype)}))) == [["housing"], []]


def test_lists_may_be_arrays_in_pandas():
    frame = pd.DataFrame({"tittel": ["PS 1/24"], "noekkelord": [np.array(["startlån", "bolig"], dtype=object)]})
    assert areas(add_areas(frame)) == [["housing"]]


def test_a_kind_of_pandas_frame_stays_that_kind():
    class Mine(pd.DataFrame):
        @property
        def _constructor(self):
            return Mine

    assert type(add_areas(Mine({"tittel": [LOAN]}))) is Mine


def test_polars_has_a_list_of_structs_also_where_nothing_was_found():
    for titles in ([LOAN], [EMPTY], []):
        frame = pl.DataFrame({"tittel": pl.Series(titles, dtype=pl.String)})
        found = add_areas(frame)
        assert found.schema["nimrights_areas"] == pl.List(pl.Struct({"area": pl.String, "score": pl.Float64}))
        assert found.schema["nimrights_dataset"] == pl.String
    assert areas(add_areas(pl.DataFrame({"tittel": pl.Series([LOAN], dtype=pl.Categorical)}))) == [["housing"]]


def test_a_table_in_chunks_keeps_its_schema(ds):
    chunks = pa.chunked_array([[LOAN], [], [EMPTY, None]], pa.large_string())
    table = pa.table({"tittel": chunks}).replace_schema_metadata({"made-by": "us"})
    found = add_areas(table)
    struct = pa.struct([("area", pa.string()), ("score", pa.float64())])
    assert found.schema.field("nimrights_areas").type == pa.list_(struct)
    assert found.schema.field("tittel").type == pa.large_string()
    assert found.schema.metadata == {b"made-by": b"us"}
    assert areas(found) == [["housing"], [], []]


# -- wrong calls -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame",
    [
        None,
        [LOAN],
        {"tittel": [LOAN]},
        pd.Series([LOAN]),
        pl.Series([LOAN]),
        pl.LazyFrame({"tittel": [LOAN]}),
        pa.record_batch({"tittel": [LOAN]}),
    ],
    ids=lambda frame: type(frame).__name__,
)
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(BadQuery, match=f"a pandas or polars DataFrame or a pyarrow Table, not {type(frame).__name__}"):
        add_areas(frame)


def test_a_frame_is_told_without_importing_any_package(monkeypatch):
    for package in ("pandas", "polars", "pyarrow"):
        monkeypatch.delitem(sys.modules, package)
    with pytest.raises(BadQuery, match="not list"):
        add_areas([LOAN])
    assert not {"pandas", "polars", "pyarrow"} & set(sys.modules)


@each_kind
def test_a_column_that_is_missing_or_already_there_is_refused(kind):
    frame = MAKERS[kind]({"emne": [LOAN], "dato": [None]})
    with pytest.raises(BadQuery, match=r"no column 'tittel'.*out of: emne, dato"):
        add_areas(frame)
    for name in ("nimrights_areas", "nimrights_dataset"):
        with pytest.raises(BadQuery, match=f"already has the column '{name}'"):
            add_areas(MAKERS[kind]({"tittel": [LOAN], name: [LOAN]}))


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(BadQuery, match="two columns are named 'tittel'"):
        add_areas(pd.DataFrame([[LOAN, LOAN]], columns=["tittel", "tittel"]))
    with pytest.raises(BadQuery, match="two columns are named 'tekst'"):
        add_areas(pa.Table.from_arrays([pa.array(["x"])] * 3, ["tekst", "tittel", "tekst"]))


@each_kind
@pytest.mark.parametrize("more", [{}, {"tekst": ["a", "b"]}])
def test_a_value_that_is_no_text_is_named_by_its_row(kind, more):
    with pytest.raises(BadQuery, match=r"case 1: .*not int"):
        add_areas(MAKERS[kind]({"tittel": [1, 2], **more}))


def test_only_the_row_with_the_wrong_value_is_named():
    with pytest.raises(BadQuery, match=r"case 2: .*not float"):
        add_areas(pd.DataFrame({"tittel": [LOAN, 1.5]}))


@pytest.mark.parametrize("threshold", [-1, "0.5"])
def test_a_threshold_out_of_range_is_refused(threshold):
    with pytest.raises(BadQuery, match="threshold"):
        add_areas(pd.DataFrame({"tittel": [LOAN]}), threshold=threshold)


def test_bytes_that_are_no_text_are_refused():
    bad = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"], pa.binary()).buffers())
    with pytest.raises(BadQuery, match="column 'tittel' holds bytes that are not UTF-8"):
        add_areas(pa.table({"tittel": bad}))
