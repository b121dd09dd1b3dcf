"""The command ``nimrights``. Results on stdout, messages on stderr.

Exit codes: 0 found, 1 nothing found, 2 usage, 3 data or integrity error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nimrights._assess_command import assess
from nimrights._case_commands import batch
from nimrights._classify_command import classify
from nimrights._course_commands import course
from nimrights._data_commands import data
from nimrights._options import load_pinned, renderer_for, shared
from nimrights._output import DATA, FOUND, NOTHING, USAGE, message, print_json
from nimrights._version import __version__
from nimrights.exceptions import DataError, NimrightsError, NotFound

if TYPE_CHECKING:
    from nimrights.dataset import Dataset
    from nimrights.lookup import Hit
    from nimrights.render import Renderer


def _complete_ids(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    from nimrights.versions import load  # noqa: PLC0415 - only the shell's completion needs it

    try:
        dataset = load()
    except NimrightsError:
        return []  # a shell's completion is no place for an error
    start = incomplete.lower()
    law = ("areas", "rights", "instruments", "provisions", "obligations", "documents", "decisions", "recommendations")
    ids = (key for table in (*law, "guide", "course", "questions", "city") for key in dataset.table(table))
    return [key for key in ids if key.lower().startswith(start)][:50]


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
@shared
@click.pass_context
def search(
    ctx: click.Context, query: str, limit: int, kind: str | None, which: str | None, lang: str | None, *, as_json: bool
) -> None:
    """Find records by id, citation, name, word or misspelling."""
    from nimrights.lookup import search as find  # noqa: PLC0415

    dataset = load_pinned(which)
    hits = find(query, limit=limit, kind=kind, dataset=dataset)
    if as_json:
        for hit in hits:
            print_json(_hit_json(hit, dataset))
    else:
        renderer = renderer_for(dataset, lang)
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
    try:
        return dataset.municipality(name).id
    except NotFound:
        return dataset[name].id  # the error suggests ids of every kind


@main.command()
@click.argument("name", shell_complete=_complete_ids)
@shared
def show(name: str, which: str | None, lang: str | None, *, as_json: bool) -> None:
    """Show one record by its id, citation or municipality: crc-3, "EMK art. 8", CRPD/C/NOR/CO/1, Kautokeino."""
    dataset = load_pinned(which)
    key = _record_named(name, dataset)
    if as_json:
        print_json({**dataset.raw(key), "kind": dataset[key].kind, "dataset": dataset.pin})
    else:
        click.echo(renderer_for(dataset, lang).record(dataset[key]))


@main.command()
@shared
def areas(which: str | None, lang: str | None, *, as_json: bool) -> None:
    """List the policy areas."""
    dataset = load_pinned(which)
    renderer = renderer_for(dataset, lang)
    for key, area in dataset.areas.items():
        if as_json:
            print_json({**dataset.raw(key), "dataset": dataset.pin})
        else:
            count = len(dataset.recommendations.where(area=key))
            click.echo(f"{key:33} {area.label[renderer.lang]:45} {len(area.obligations):3} {count:4}")
    if not as_json:
        from nimrights._words import word  # noqa: PLC0415

        message(f"{word('obligations', renderer.lang)}, {word('recommendations', renderer.lang).lower()}")


main.add_command(classify)
main.add_command(assess)
main.add_command(data)
main.add_command(batch)
main.add_command(course)
