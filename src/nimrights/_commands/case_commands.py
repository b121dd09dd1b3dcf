"""The commands that work on whole archives of cases."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from nimrights._commands.options import pinned
from nimrights._commands.output import FOUND, NOTHING, message, print_json

if TYPE_CHECKING:
    from nimrights.archive import OnError, Report


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False))
@click.option("--column", default="tittel", show_default=True, help="Column or key that holds the titles.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Least score to assert (default: the model's own).")
@click.option(
    "--on-error",
    type=click.Choice(["fail", "skip"]),
    default="fail",
    show_default=True,
    help="What a broken row does: end the run, or go to OUT.skipped as it is.",
)
@click.option("--delimiter", help="Delimiter of CSV, or the word tab (default: guessed from the header).")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that score.")
@pinned
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
@click.pass_context
def batch(  # noqa: PLR0913, PLR0917 - a parameter for each option
    ctx: click.Context,
    source: str,
    target: str,
    column: str,
    threshold: float | None,
    on_error: OnError,
    delimiter: str | None,
    processes: int,
    which: str | None,
    *,
    as_json: bool,
) -> None:
    """Classify every row of the file IN and write it to OUT with its policy areas.

    Formats, by suffix: .csv, .tsv, .jsonl, .ndjson, .parquet. OUT has the format of IN and is written whole or not
    at all.
    """
    from nimrights.archive import classify_file  # noqa: PLC0415
    from nimrights.versions import load  # noqa: PLC0415

    dataset = load(which)
    with _bar(source) as bar:
        report = classify_file(
            source, target, column=column, threshold=threshold, on_error=on_error,
            delimiter="\t" if delimiter == "tab" else delimiter, processes=processes, dataset=dataset,
            progress=None if bar is None else lambda rows: bar.update(rows - bar.pos),
        )  # fmt: skip
        if bar is not None:
            bar.update(bar.length - bar.pos)
    if as_json:
        import attrs  # noqa: PLC0415

        print_json({**attrs.asdict(report), "dataset": dataset.pin})
    else:
        _tell(report, f"data {dataset.version} ({dataset.as_of})")
    ctx.exit(FOUND if report.touched else NOTHING)


def _bar(source: str) -> AbstractContextManager[Any]:
    """Give a progress bar on standard error, ``None`` where that is no terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from nimrights.archive import count_rows  # noqa: PLC0415

    return click.progressbar(length=count_rows(source), label="rows", file=sys.stderr)


def _tell(report: Report, data: str) -> None:
    for problem in report.problems:
        message(problem)
    if more := report.skipped - len(report.problems):
        message(f"... and {more} more")
    aside = f", {report.skipped} skipped: {report.skipped_file}" if report.skipped else ""
    message(f"{report.rows} rows, {report.touched} with an area{aside}; {data}")
