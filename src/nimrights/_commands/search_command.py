"""The command ``nimrights search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nimrights._commands.options import language_of_locale, load_pinned, shared, terminal_width
from nimrights._commands.output import FOUND, NOTHING, bold, message, print_json
from nimrights._engine.folding import fold
from nimrights._pages.words import word
from nimrights.exceptions import NimrightsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from nimrights._pages.hit_lines import HitLines
    from nimrights.dataset import Dataset
    from nimrights.hits import Hit, Results

#: values of a facet to show as text; JSON has them all
_MOST_VALUES = 12
_MOST_NAMES = 20
_DIGITS = 4


def _complete_names(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Give what completes the words of a query to the name of a record."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only the shell's completion needs these

    from nimrights.suggestions import complete  # noqa: PLC0415

    before = ctx.params.get("query") or ()
    try:
        dataset = load_pinned(ctx.params.get("which"))
        names = complete(" ".join([*before, incomplete]), limit=_MOST_NAMES, dataset=dataset)
    except NimrightsError:
        return []  # a shell's completion is no place for an error
    given = fold(" ".join(before))
    words = [name.split() for name in names]
    rest = (" ".join(w[len(before) :]) for w in words if fold(" ".join(w[: len(before)])) == given)
    return [CompletionItem(text) for text in dict.fromkeys(rest) if text]


def _years(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    first, dash, last = value.partition("-")
    if not all(
        year.isascii() and year.isdecimal() and len(year) <= _DIGITS for year in ([first, last] if dash else [first])
    ):
        raise click.BadParameter(f"{value!r} is neither a year (2018) nor two (2015-2020)")
    return int(first), int(last if dash else first)


@click.command()
@click.argument("query", nargs=-1, required=True, shell_complete=_complete_names)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Most hits to show.")
@click.option("--offset", default=0, type=click.IntRange(0, 1_000_000), help="Hits to leave out before them.")
@click.option("--kind", help="Only one kind: area, obligation, right, provision, recommendation, ...")
@click.option("--area", help="Only what belongs to a policy area, by its id.")
@click.option("--right", help="Only what belongs to a right, by its id.")
@click.option("--group", help="Only what names a group of people: children, women, ...")
@click.option("--body", help="Only what a monitoring body said, by its id: CRC, UPR, ...")
@click.option("--document", help="Only what stands in a document, by its id.")
@click.option("--years", metavar="YEAR[-YEAR]", callback=_years, help="Only what has a date in these years.")
@click.option("--municipal", help="Only one municipal relevance: named, delivers, contributes, none.")
@click.option("--force", help="Only one legal force: constitution, incorporated-treaty, statute, ...")
@click.option("--facets", "counted", is_flag=True, help="Count all hits by kind, area, year, ... after them.")
@shared
@click.pass_context
def search(  # noqa: PLR0913 - a parameter for each option
    ctx: click.Context,
    /,
    query: tuple[str, ...],
    *,
    which: str | None,
    lang: str | None,
    counted: bool,
    as_json: bool,
    **restrictions: Any,  # noqa: ANN401 - those of the library, under the same names
) -> None:
    """Find records by id, citation, name, word or misspelling."""
    from nimrights.lookup import search as find  # noqa: PLC0415

    text = " ".join(query)
    dataset = load_pinned(which)
    hits = find(text, dataset=dataset, **restrictions)
    if as_json:
        _print(hits, dataset, counted=counted)
    else:
        from nimrights._pages.hit_lines import HitLines  # noqa: PLC0415

        lines = HitLines(dataset, lang or language_of_locale(), terminal_width())
        for line in lines.hits(hits, "terminal" if bold() else "plain"):
            click.echo(line)
        if counted and hits.total:
            _counts(hits, lines)
        if not hits.total:
            message(word("nothing", lines.lang))
        if not restrictions["offset"] and not any(hit.confident for hit in hits):
            _suggest(text, lines)
    ctx.exit(FOUND if hits.total else NOTHING)


def _print(hits: Results, dataset: Dataset, *, counted: bool) -> None:
    for hit in hits:
        print_json(_hit_json(hit, dataset))
    if counted:
        facets = {name: dict(values) for name, values in hits.facets.items()}
        print_json({"total": hits.total, "facets": facets, "dataset": dataset.pin})


def _hit_json(hit: Hit, dataset: Dataset) -> dict[str, object]:
    from nimrights.snippets import snippet  # noqa: PLC0415

    return {
        "id": hit.id,
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
        "snippet": snippet(hit),
        "record": dataset.raw(hit.id),
        "dataset": dataset.pin,
    }


def _counts(hits: Results, lines: HitLines) -> None:
    """Print how many of all hits have each value of each facet."""
    click.echo(f"\ntotal: {hits.total}")
    for name, values in hits.facets.items():
        shown = [f"{value} {count}" for value, count in list(values.items())[:_MOST_VALUES]]
        more = [f"… +{len(values) - _MOST_VALUES}"] if len(values) > _MOST_VALUES else []
        for line in lines.wrapped(", ".join([*shown, *more]), "    ", f"{name}: ") if shown else ():
            click.echo(line)


def _suggest(text: str, lines: HitLines) -> None:
    from nimrights.suggestions import did_you_mean  # noqa: PLC0415 - most queries find something

    if names := did_you_mean(text, dataset=lines.dataset):
        message(f"{word('did-you-mean', lines.lang)} {', '.join(names)}?")
