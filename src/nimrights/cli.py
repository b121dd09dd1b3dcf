"""The command ``nimrights``. Results on stdout, messages on stderr.

Exit codes: 0 found, 1 nothing found, 2 usage, 3 data or integrity error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any

import click

from nimrights._data_commands import data
from nimrights._output import DATA, FOUND, NOTHING, USAGE, message, print_json
from nimrights._version import __version__
from nimrights.exceptions import DataError, NimrightsError, NotFound
from nimrights.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from nimrights.classifier import Match
    from nimrights.dataset import Dataset
    from nimrights.lookup import Hit
    from nimrights.render import Renderer

Command = Callable[..., Any]


def _language_of_locale() -> str:
    """Give the language of the locale, bokmål where it is neither Norwegian nor English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            code = value.lower()[:2]
            return code if code in LANGUAGES else "nb"
    return "nb"


def _complete_ids(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    from nimrights.versions import load  # noqa: PLC0415 - only the shell's completion needs it

    try:
        dataset = load()
    except NimrightsError:
        return []  # a shell's completion is no place for an error
    start = incomplete.lower()
    ids = (key for table in ("areas", "rights", "instruments", "provisions", "obligations", "documents", "decisions",
                             "recommendations") for key in dataset.table(table))  # fmt: skip
    return [key for key in ids if key.lower().startswith(start)][:50]


def _shared(command: Command) -> Command:
    """Give a command the options that all reading commands have."""
    command = click.option("--dataset", "which", metavar="PIN", help="Dataset version, pin or file (default: newest).")(
        command
    )
    command = click.option("--lang", type=click.Choice(LANGUAGES), help="Language (default: from the locale).")(command)
    return click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")(command)


def _renderer(dataset: Dataset, lang: str | None) -> Renderer:
    from nimrights.render import Renderer  # noqa: PLC0415

    return Renderer(dataset, lang or _language_of_locale(), min(_terminal_width(), 100))


def _terminal_width() -> int:
    """Give the width of the terminal, 88 where there is none (shutil's way costs its import)."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal():
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 88
    except (OSError, ValueError):
        return 88


def _load(which: str | None) -> Dataset:
    from nimrights.versions import load  # noqa: PLC0415 - --help reads no data

    return load(which)


class _Group(click.Group):
    """Turns the library's errors into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        try:
            return super().invoke(ctx)
        except NotFound as error:
            message(f"Error: {error}")
            ctx.exit(NOTHING)
        except DataError as error:
            message(f"Error: {error}")
            ctx.exit(DATA)
        except NimrightsError as error:
            message(f"Error: {error}")
            ctx.exit(USAGE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="nimrights %(version)s")
def main() -> None:
    """Human-rights obligations and UN recommendations for Norwegian municipalities.

    Not legal advice, and not from NIM. A recommendation is not an obligation:
    every record shows its legal force.
    """


def _hit_json(hit: Hit, dataset: Dataset) -> dict[str, object]:
    return {
        "id": hit.record.id,
        "kind": hit.kind,
        "score": hit.score,
        "confident": hit.confident,
        "stage": hit.stage,
        "matched": {
            "field": hit.matched.field,
            "lang": hit.matched.lang,
            "text": hit.matched.text,
            "via": hit.matched.via,
            "words": hit.matched.words,
        },
        "record": dataset.raw(hit.record.id),
        "dataset": dataset.pin,
    }


@main.command()
@click.argument("query")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Most hits to show.")
@click.option("--kind", help="Only one kind: area, obligation, right, provision, recommendation, ...")
@_shared
@click.pass_context
def search(
    ctx: click.Context, query: str, limit: int, kind: str | None, which: str | None, lang: str | None, *, as_json: bool
) -> None:
    """Find records by id, citation, name, word or misspelling."""
    from nimrights.lookup import search as find  # noqa: PLC0415

    dataset = _load(which)
    hits = find(query, limit=limit, kind=kind, dataset=dataset)
    if as_json:
        for hit in hits:
            print_json(_hit_json(hit, dataset))
    else:
        renderer = _renderer(dataset, lang)
        for line in renderer.hits(hits):
            click.echo(line)
        if not hits:
            _nothing("nothing", renderer)
    ctx.exit(FOUND if hits else NOTHING)


def _nothing(name: str, renderer: Renderer) -> None:
    from nimrights._words import word  # noqa: PLC0415

    message(word(name, renderer.lang))


def _record_named(name: str, dataset: Dataset) -> str:
    """Give the id that *name* is, in any case, or that it cites; `NotFound` with suggestions."""
    if name in dataset:
        return name
    if name.lower() in dataset:
        return name.lower()
    from nimrights.citations import parse_citation  # noqa: PLC0415

    citation = parse_citation(name, dataset=dataset)
    if citation is not None:
        return citation.ids[0]
    return dataset[name].id


@main.command()
@click.argument("name", shell_complete=_complete_ids)
@_shared
def show(name: str, which: str | None, lang: str | None, *, as_json: bool) -> None:
    """Show one record by its id or citation: crc-3, "EMK art. 8", CRPD/C/NOR/CO/1."""
    dataset = _load(which)
    key = _record_named(name, dataset)
    if as_json:
        print_json({**dataset.raw(key), "kind": dataset[key].kind, "dataset": dataset.pin})
    else:
        click.echo(_renderer(dataset, lang).record(dataset[key]))


def _match_json(match: Match, text: str, dataset: Dataset) -> dict[str, object]:
    return {
        "text": text,
        "area": match.area.id,
        "score": match.score,
        "evidence": [{"word": e.word, "weight": e.weight, "term": e.term} for e in match.evidence],
        "obligations": [
            {"id": o.id, "force": o.force.value, "binding": True, "provisions": [p.id for p in o.provisions]}
            for o in match.obligations
        ],
        "recommendations": [
            {
                "id": r.id, "force": r.force.value, "binding": False, "document": r.document and r.document.symbol,
                "paragraph": r.paragraph, "source": r.provenance[0].source.url,
            }
            for r in match.recommendations
        ],
        "dataset": dataset.pin,
    }  # fmt: skip


def _lines(file: Iterable[bytes]) -> Iterable[str]:
    for number, line in enumerate(file, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataError(f"line {number} is not UTF-8 ({error.reason}); convert the input to UTF-8") from error
        if text.strip():
            yield text.strip()


@main.command()
@click.argument("text", required=False)
@click.option("--file", type=click.File("rb"), help="Classify each line of a file (- for standard input).")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Least score to assert (default: the model's own).")
@click.option(
    "--recommendations",
    "most",
    default=5,
    show_default=True,
    type=click.IntRange(0),
    help="Recommendations to show for an area.",
)
@_shared
@click.pass_context
def classify(
    ctx: click.Context,
    text: str | None,
    file: IO[bytes] | None,
    threshold: float | None,
    most: int,
    which: str | None,
    lang: str | None,
    *,
    as_json: bool,
) -> None:
    """Say which policy areas a case touches, with obligations, recommendations and evidence.

    TEXT is a case title; without it, every line of --file or of standard input is one.
    """
    from nimrights._words import word  # noqa: PLC0415
    from nimrights.classifier import classify as judge  # noqa: PLC0415

    if text is None and file is None and sys.stdin.isatty():
        raise click.UsageError("give a TEXT, a --file, or lines on standard input")
    dataset = _load(which)
    renderer = _renderer(dataset, lang)
    found = False
    for title in [text] if text is not None else _lines(file or sys.stdin.buffer):
        matches = judge(title, threshold=threshold, dataset=dataset)
        found = found or bool(matches)
        if as_json:
            for match in matches:
                print_json(_match_json(match, title, dataset))
            if not matches:
                print_json({"text": title, "area": None, "dataset": dataset.pin})
            continue
        if text is None:
            click.echo(f"# {title}")
        for line in renderer.matches(matches, most):
            click.echo(line)
        if not matches:
            _nothing("no-area", renderer)
    if found and not as_json:
        message(
            f"{word('legal-advice', renderer.lang)} nimrights {__version__}, data {dataset.version} ({dataset.as_of})."
        )
    ctx.exit(FOUND if found else NOTHING)


@main.command()
@_shared
def areas(which: str | None, lang: str | None, *, as_json: bool) -> None:
    """List the policy areas."""
    dataset = _load(which)
    renderer = _renderer(dataset, lang)
    for key, area in dataset.areas.items():
        if as_json:
            print_json({**dataset.raw(key), "dataset": dataset.pin})
        else:
            count = len(dataset.recommendations.where(area=key))
            click.echo(f"{key:33} {area.label[renderer.lang]:45} {len(area.obligations):3} {count:4}")
    if not as_json:
        from nimrights._words import word  # noqa: PLC0415

        message(f"{word('obligations', renderer.lang)}, {word('recommendations', renderer.lang).lower()}")


main.add_command(data)
