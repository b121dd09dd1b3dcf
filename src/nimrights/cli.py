"""The command ``nimrights``. Results on stdout, messages on stderr.

Exit codes: 0 found, 1 nothing found, 2 usage, 3 data or integrity error.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, Final

import click

from nimrights._commands.options import load_pinned, renderer_for, shared
from nimrights._commands.output import DATA, NOTHING, USAGE, message, print_json
from nimrights._version import __version__
from nimrights.exceptions import DataError, NimrightsError, NotFound

if TYPE_CHECKING:
    from nimrights.dataset import Dataset

#: command -> the module that it stands in, imported when the command is asked for
_MODULE_OF: Final = {
    "search": "_commands.search_command",
    "classify": "_commands.classify_command",
    "assess": "_commands.assess_command",
    "batch": "_commands.case_commands",
    "course": "_commands.course_commands",
    "city": "_commands.city_commands",
    "report": "_commands.report_command",
    "data": "_commands.data_commands",
}


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


class _Commands(MutableMapping[str, click.Command]):
    """Commands by name; those of `_MODULE_OF` are imported when they are asked for."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(_MODULE_OF)

    def __getitem__(self, name: str) -> click.Command:
        command = self._known[name]
        if command is None:
            from importlib import import_module  # noqa: PLC0415

            command = self._known[name] = getattr(import_module(f"nimrights.{_MODULE_OF[name]}"), name)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


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


@click.group(cls=_Group, commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="nimrights %(version)s")
def main() -> None:
    """Human-rights obligations and UN recommendations for Norwegian municipalities.

    Not legal advice, and not from NIM. A recommendation is not an obligation:
    every record shows its legal force.
    """


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
        from nimrights._pages.words import word  # noqa: PLC0415

        message(f"{word('obligations', renderer.lang)}, {word('recommendations', renderer.lang).lower()}")
