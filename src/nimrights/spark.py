"""Apache Spark: the policy areas of a column of titles, for archives beyond one machine."""

from __future__ import annotations

from typing import Any

from nimrights._cases.workers import pin_for_workers
from nimrights.classifier import classify_many
from nimrights.exceptions import MissingExtra
from nimrights.frames import as_structs
from nimrights.versions import load


def areas_udf(*, threshold: float | None = None, pin: str | None = None) -> Any:  # noqa: ANN401 - Spark's own
    """Give a function on columns: from a column of titles to ``array<struct<area:string,score:double>>``.

    It is a pandas UDF, to which Spark hands Arrow batches. Each Python worker loads the dataset once, by its pin;
    *pin* is the driver's newest version unless given, so that all workers agree, and they need
    this package with that version. *threshold* is as in `nimrights.classify`. A missing title gives no areas.

    Raises `MissingExtra` without pyspark, pandas or pyarrow, `BadPin`, `NotFound` or `DataError` for a pin
    that cannot be loaded, and `BadQuery` for a threshold out of range.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra
        import pyarrow as pa  # noqa: F401, PLC0415 - Spark needs it at the first row
        from pyspark.sql.functions import pandas_udf  # noqa: PLC0415
        from pyspark.sql.types import ArrayType, DoubleType, StringType, StructField, StructType  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(error.name or "pyspark", "spark") from error
    dataset = load(pin)
    agreed = pin_for_workers(dataset)
    classify_many((), threshold=threshold, dataset=dataset)  # what is wrong is said here, not on the workers

    def areas(titles: Any) -> Any:  # noqa: ANN401
        texts = ["" if missing else title for title, missing in zip(titles, titles.isna(), strict=True)]
        found = classify_many(texts, threshold=threshold, dataset=load(agreed))
        return pd.Series([as_structs(row) for row in found], index=titles.index, dtype=object)

    areas.__annotations__ = {"titles": pd.Series, "return": pd.Series}  # Spark reads from them what kind of UDF it is
    struct = StructType([StructField("area", StringType()), StructField("score", DoubleType())])
    return pandas_udf(areas, ArrayType(struct))
