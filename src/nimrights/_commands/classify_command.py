"""The command ``nimrights classify``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

import click

from nimrights._commands.options import load_pinned, renderer_for, shared
from nimrights._commands.output import FOUND, NOTHING, message, print_json
from nimrights._pages.words import word
from nimrights._version import __version__
from nimrights.exceptions import DataError

if TYPE_CHECKING:
    from nimrights.classifier import Match
    from nimrights.dataset import Dataset
    from nimrights.render import Renderer


@click.command()
@click.argument("text", required=False)
@click.option("--file", type=click.File("rb"), help="Classify each line of a file (- for standard input).")
@click.option("--case", type=click.File("rb"), help="Classify one case file or journal entry, as JSON.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Least score to assert (default: the model's own).")
@click.option(
    "--recommendations",
    "most",
    default=5,
    show_default=True,
    type=click.IntRange(0),
    help="Recommendations to show for an area.",
)
@click.option("--explain", is_flag=True, help="Show the case with the words marked that counted.")
@click.option("--html", is_flag=True, help="The same as a fragment of HTML.")
@shared
@click.pass_context
def classify(  # noqa: PLR0913, PLR0917 - a parameter for each option
    ctx: click.Context,
    text: str | None,
    file: IO[bytes] | None,
    case: IO[bytes] | None,
    threshold: float | None,
    most: int,
    which: str | None,
    lang: str | None,
    *,
    explain: bool,
    html: bool,
    as_json: bool,
) -> None:
    """Say which policy areas a case touches, with obligations, recommendations and evidence.

    TEXT is a case title; without it or a --case, every line of --file or of standard input is one.
    """
    from nimrights.classifier import classify as judge  # noqa: PLC0415

    if len([way for way in (text, file, case) if way is not None]) > 1:
        raise click.UsageError("give one of a TEXT, a --file and a --case")
    if text is None and file is None and case is None and sys.stdin.isatty():
        raise click.UsageError("give a TEXT, a --file, a --case, or lines on standard input")
    dataset = load_pinned(which)
    renderer = renderer_for(dataset, lang)
    found = False
    for given in [text] if text is not None else [read_case_file(case)] if case else _lines(file or sys.stdin.buffer):
        matches = judge(given, threshold=threshold, dataset=dataset)
        found = found or bool(matches)
        if as_json:
            _print_matches(matches, given, dataset)
        elif html or explain:
            click.echo(_explained(given, matches, renderer, html=html), nl=not html)
        else:
            if text is None and case is None:
                click.echo(f"# {given}")
            for line in renderer.matches(matches, most):
                click.echo(line)
            if not matches:
                message(word("no-area", renderer.lang))
    if found and not (as_json or html or explain):
        message(
            f"{word('legal-advice', renderer.lang)} nimrights {__version__}, data {dataset.version} ({dataset.as_of})."
        )
    ctx.exit(FOUND if found else NOTHING)


def _explained(case: str | dict[str, Any], matches: list[Match], renderer: Renderer, *, html: bool) -> str:
    from nimrights.explanation import explain_html, explain_text  # noqa: PLC0415

    if html:
        return explain_html(case, matches, renderer.lang, dataset=renderer.dataset)
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return explain_text(case, matches, renderer.lang, color=color, width=renderer.width, dataset=renderer.dataset)


def read_case_file(file: IO[bytes]) -> dict[str, Any]:
    """Give the fields of a case that a file holds as JSON; `DataError` says what is wrong with it."""
    try:
        case = json.loads(file.read().decode("utf-8-sig"))
    except ValueError as error:
        raise DataError(
            f"{file.name}: no JSON in UTF-8 ({error}); write one object with the fields of a case"
        ) from error
    if not isinstance(case, dict):
        raise DataError(f"{file.name}: expected one JSON object with the fields of a case, such as tittel")
    return case


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataError(f"line {number} is not UTF-8 ({error.reason}); convert the input to UTF-8") from error
        if text.strip():
            yield text.strip()


def _print_matches(matches: list[Match], case: str | dict[str, Any], dataset: Dataset) -> None:
    shown = {"text": case} if isinstance(case, str) else {"case": case}
    for match in matches:
        print_json({**shown, **_match_json(match), "dataset": dataset.pin})
    if not matches:
        print_json({**shown, "area": None, "dataset": dataset.pin})


def _match_json(match: Match) -> dict[str, object]:
    return {
        "area": match.area.id,
        "score": match.score,
        "evidence": [{"word": e.word, "weight": e.weight, "term": e.term, "field": e.field} for e in match.evidence],
        "obligations": [
            {
                "id": o.id, "force": o.force.value, "operative_force": o.operative_force and o.operative_force.value,
                "binding": True, "provisions": [p.id for p in o.provisions], "operative": [p.id for p in o.operative],
            }
            for o in match.obligations
        ],
        "recommendations": [
            {
                "id": r.id, "force": r.force.value, "binding": False, "document": r.document and r.document.symbol,
                "paragraph": r.paragraph, "source": r.provenance[0].source.url,
            }
            for r in match.recommendations
        ],
    }  # fmt: skip
