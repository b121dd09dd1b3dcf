"""Spark: real PySpark on this machine gives what the library gives, and the page's example runs as it stands."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nimrights import BadPin, BadQuery, MissingExtra, NotFound, load
from nimrights.classifier import classify_many
from nimrights.spark import areas_udf
from nimrights.versions import file_of

#: what PySpark says of pandas 3 and leaves open is no error of ours
pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

PAGE = Path(__file__).parents[1] / "docs" / "batch.md"
LOAN, EMPTY, CAMERAS = "Søknad om startlån", "Protokoll fra forrige møte", "Kameraovervåking i skolegården"
TITLES = [LOAN, None, CAMERAS, "", EMPTY, LOAN]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where Spark runs: paths in a program are read from where its Java process was started."""
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def spark(folder):
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java, which this machine lacks; .ci/run installs it")
    from pyspark.sql import SparkSession

    before = Path.cwd()
    os.chdir(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # else the first python3 on the path works for it
        patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        os.chdir(before)
        yield session
        session.stop()
    gc.collect()  # here, where sockets that PySpark left open are no error


def frame(spark, titles=TITLES):
    return spark.createDataFrame(list(enumerate(titles)), "id int, tittel string").repartition(2)


def rows(answered, name="areas"):
    return [[tuple(area) for area in row[name]] for row in sorted(answered.collect())]


def test_a_column_of_titles_becomes_a_column_of_areas(spark):
    answered = frame(spark).withColumn("areas", areas_udf()("tittel"))
    assert answered.schema["areas"].dataType.simpleString() == "array<struct<area:string,score:double>>"
    expected = [[tuple(area) for area in row] for row in classify_many([title or "" for title in TITLES])]
    assert max(map(len, expected)) > 1
    assert rows(answered) == expected


def test_version_and_threshold_are_those_that_were_asked_for(spark):
    old = load("2026.1")
    texts = ["Søknad om støtte til lokale"]
    answered = frame(spark, texts).withColumn("areas", areas_udf(threshold=0.02, pin=old.pin)("tittel"))
    assert rows(answered) == [[tuple(area) for area in next(classify_many(texts, threshold=0.02, dataset=old))]]


def test_a_batch_keeps_its_index():
    """What a worker does with a batch, without Spark."""
    titles = pd.Series([LOAN, None, EMPTY], index=[5, 5, 7])
    found = areas_udf().func(titles)
    assert list(found.index) == [5, 5, 7]
    assert [[area["area"] for area in row] for row in found] == [["housing"], [], []]


def test_every_worker_loads_the_version_of_the_driver(spark):
    """The function carries the whole pin, so a worker with other data would refuse instead of answering."""
    held = areas_udf().func.__closure__
    assert load().pin in [cell.cell_contents for cell in held]


def test_the_example_of_the_page_runs_as_it_stands(spark, folder, capsys):
    (example,) = re.findall(r"^```\{code-block\} python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (folder / "archive").mkdir()
    for part in range(3):
        titles = [LOAN, EMPTY, None, CAMERAS]
        table = pa.table({"id": [4 * part + n for n in range(4)], "tittel": titles})
        pq.write_table(table, folder / "archive" / f"{part}.parquet")
    exec(compile(example, str(PAGE), "exec"), {"__name__": "__main__"})
    assert "|housing" in capsys.readouterr().out.replace(" ", "")
    answered = pq.read_table(folder / "answered").to_pylist()
    assert sorted(row["id"] for row in answered) == list(range(12))
    found = {row["tittel"]: [area["area"] for area in row["areas"]] for row in answered}
    assert found[LOAN] == ["housing"]
    assert found[EMPTY] == found[None] == []
    assert {row["dataset"] for row in answered} == {load().pin}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"threshold": 2}, BadQuery),
        ({"pin": "1999.1"}, NotFound),
        ({"pin": "newest"}, BadPin),
    ],
)
def test_a_wrong_call_is_refused_on_the_driver(options, error):
    with pytest.raises(error):
        areas_udf(**options)


def test_a_version_that_workers_cannot_load_is_refused_on_the_driver(tmp_path):
    text = Path(file_of("2026.1")).read_text("utf-8")
    changed = tmp_path / "changed.jsonl"
    changed.write_text(text.replace("2026-11-22", "2026-11-21"), encoding="utf-8")
    with pytest.raises(BadQuery, match="not published"):
        areas_udf(pin=str(changed))


@pytest.mark.parametrize("package", ["pandas", "pyarrow", "pyspark.sql.functions"])
def test_what_is_missing_is_said_with_the_extra_that_brings_it(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"{package} .*pip install 'nimrights\[spark\]'"):
        areas_udf()
