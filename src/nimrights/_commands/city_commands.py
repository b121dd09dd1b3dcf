"""The commands below ``nimrights city``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from nimrights._commands.options import (
    Command,
    language_of_locale,
    load_pinned,
    overwriting,
    pinned,
    renderer_for,
    shared,
)
from nimrights._commands.output import FOUND, NOTHING, message, messages_of_kept, print_json
from nimrights.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from nimrights._pages.markup import Page
    from nimrights.city import CitySelfAssessment

#: endings of a page -> how it is written
_PAGES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


@click.group()
def city() -> None:
    """Human rights city: the elements, a municipality's own assessment, and drafts for its council."""


def write_page(page: Page, output: str | None, *, overwrite: bool) -> None:
    """Write a page to a .md or .html file, or print it as Markdown."""
    if output is None:
        click.echo(page.markdown(), nl=False)
        return
    form = page_form(output)
    from nimrights._assessing.filled import check_free  # noqa: PLC0415 - --help needs none of it
    from nimrights._files import replace_whole  # noqa: PLC0415

    check_free(output, overwrite=overwrite)
    replace_whole(output, (page.html() if form == "html" else page.markdown()).encode())
    message(f"written: {output}")


def page_form(output: str) -> str:
    """Give how a page is written, by the ending of its file; another ending is a wrong call."""
    ending = os.path.splitext(output)[1].lower()  # noqa: PTH122 - pathlib costs a tenth of a cold start
    if ending not in _PAGES:
        raise click.BadParameter(f"{output} ends neither in .md nor in .html", param_hint="-o")
    return _PAGES[ending]


def _reading(command: Command) -> Command:
    """Give a command the options that go with a file that was filled in."""
    updating = click.option("--update", is_flag=True, help="Read a file of another dataset version; nothing is lost.")
    its_language = click.option("--lang", type=click.Choice(LANGUAGES), help="Language (default: that of the file).")
    return its_language(updating(pinned(command)))


def _page_output(command: Command) -> Command:
    to_file = click.option(
        "-o", "output", metavar="OUT", help="Write to a .md or .html file (default: print Markdown)."
    )
    return to_file(overwriting(command))


def _read(file: str, which: str | None, *, update: bool) -> CitySelfAssessment:
    from nimrights.city import read_self_assessment  # noqa: PLC0415

    found = read_self_assessment(file, dataset=load_pinned(which), update=update)
    messages_of_kept(found.kept, "file")
    return found


@city.command()
@shared
def elements(which: str | None, lang: str | None, *, as_json: bool) -> None:
    """List the elements of the framework; `nimrights show` gives one of them whole."""
    dataset = load_pinned(which)
    renderer = renderer_for(dataset, lang)
    for key, element in dataset.city.items():
        if as_json:
            print_json({**dataset.raw(key), "dataset": dataset.pin})
        else:
            part = renderer.term("city-part", element.part)
            click.echo(f"{key:32} {part:10} {element.label[renderer.lang]}")


@city.command()
@click.option("--municipality", required=True, metavar="NAME", help="Name or number of the municipality.")
@click.option("--date", required=True, metavar="DATE", help="Date of the assessment, such as 2026-11-23.")
@click.option("-o", "output", required=True, metavar="FILE", help="File to write, .toml or .json.")
@click.option("--area", "areas", multiple=True, metavar="ID", help="A policy area to begin with; several may be given.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the questions (default: from the locale).")
@pinned
@overwriting
def new(  # noqa: PLR0913, PLR0917 - a parameter for each option
    municipality: str,
    date: str,
    output: str,
    areas: tuple[str, ...],
    lang: str | None,
    which: str | None,
    *,
    overwrite: bool,
) -> None:
    """Write an empty self-assessment for a municipality to fill in."""
    from nimrights._assessing.filled import check_free  # noqa: PLC0415
    from nimrights.city import new_self_assessment, write_self_assessment  # noqa: PLC0415

    language = lang or language_of_locale()
    empty = new_self_assessment(municipality, date, lang=language, areas=areas, dataset=load_pinned(which))
    check_free(output, overwrite=overwrite)
    write_self_assessment(output, empty)
    message(f"written: {output}; fill it in, then: nimrights city progress {output}")


@city.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "output", metavar="OUT", help="Write to a .toml or .json file (default: FILE itself).")
@pinned
@click.option("--overwrite", is_flag=True, help="Replace another file that is there.")
def update(file: str, output: str | None, which: str | None, *, overwrite: bool) -> None:
    """Bring FILE over to this dataset version: new elements are added, and nothing that was written is lost."""
    from nimrights._assessing.filled import check_free  # noqa: PLC0415
    from nimrights.city import write_self_assessment  # noqa: PLC0415

    found = _read(file, which, update=True)
    target = output or file
    check_free(target, overwrite=overwrite, same_as=file)
    write_self_assessment(target, found.complete())
    message(f"written: {target}, dataset {found.dataset.version}")


@city.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--svg", metavar="OUT", help="Draw the progress to an .svg file; it is replaced if it is there.")
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON instead of text.")
@_page_output
@_reading
def progress(  # noqa: PLR0913 - a parameter for each option
    file: str,
    svg: str | None,
    output: str | None,
    which: str | None,
    lang: str | None,
    *,
    as_json: bool,
    overwrite: bool,
    update: bool,
) -> None:
    """Show the state of each element in FILE: as text, as Markdown or HTML, as a drawing."""
    from nimrights._cities.pages import CityLines, CityPages  # noqa: PLC0415
    from nimrights.city import progress as count  # noqa: PLC0415
    from nimrights.city_documents import progress_page, progress_svg  # noqa: PLC0415

    found = _read(file, which, update=update)
    language = lang or found.lang
    if svg:
        from nimrights._files import replace_whole  # noqa: PLC0415

        drawing = '<?xml version="1.0" encoding="utf-8"?>\n' + progress_svg(found, language)
        replace_whole(svg, drawing.encode())
        message(f"written: {svg}")
    if output:
        write_page(progress_page(found, language), output, overwrite=overwrite)
    if as_json:
        counts = {part: {state or "": n for state, n in states.items()} for part, states in count(found).items()}
        about = {"municipality": found.municipality.id, "date": found.date, "dataset": found.dataset.pin}
        print_json({**about, "progress": counts})
    elif not (svg or output):
        renderer = renderer_for(found.dataset, language)
        for line in CityLines(CityPages(found.dataset, language), renderer.width).progress(found):
            click.echo(line)


@city.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False))
@click.argument("new", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@_page_output
@_reading
@click.pass_context
def compare(  # noqa: PLR0913, PLR0917 - a parameter for each option
    ctx: click.Context,
    old: str,
    new: str,
    output: str | None,
    which: str | None,
    lang: str | None,
    *,
    as_json: bool,
    overwrite: bool,
    update: bool,
) -> None:
    """Show what moved from the file OLD to the file NEW: forward or back, and what is new."""
    from nimrights._cities.pages import CityLines, CityPages  # noqa: PLC0415
    from nimrights.city import compare as changes_of  # noqa: PLC0415
    from nimrights.city_documents import comparison_page  # noqa: PLC0415

    before, now = (_read(file, which, update=update) for file in (old, new))
    language = lang or now.lang
    changes = changes_of(before, now)
    if output:
        write_page(comparison_page(before, now, language), output, overwrite=overwrite)
    for change in changes if as_json else ():
        print_json(
            {
                "element": change.element.id,
                "move": change.move,
                "before": change.before,
                "now": change.now,
                "fields": list(change.fields),
                "dataset": now.dataset.pin,
            }
        )
    if not (as_json or output):
        renderer = renderer_for(now.dataset, language)
        for line in CityLines(CityPages(now.dataset, language), renderer.width).changes(changes):
            click.echo(line)
    ctx.exit(FOUND if any(c.move != "same" or c.fields for c in changes) else NOTHING)


@city.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--municipality", metavar="NAME", help="A municipality that has filled in no file.")
@_page_output
@_reading
def declaration(  # noqa: PLR0913 - a parameter for each option
    file: str | None,
    municipality: str | None,
    output: str | None,
    which: str | None,
    lang: str | None,
    *,
    overwrite: bool,
    update: bool,
) -> None:
    """Write a draft declaration for a council, from FILE or for a municipality that has none."""
    from nimrights.city import new_self_assessment  # noqa: PLC0415
    from nimrights.city_documents import draft_declaration  # noqa: PLC0415

    if (file is None) == (municipality is None):
        raise click.UsageError("give either FILE or --municipality")
    if municipality is None:
        found = _read(str(file), which, update=update)
    else:
        dataset = load_pinned(which)
        language = lang or language_of_locale()
        found = new_self_assessment(municipality, dataset.as_of, lang=language, dataset=dataset)
    write_page(draft_declaration(found, lang or found.lang), output, overwrite=overwrite)


@city.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@_page_output
@_reading
def plan(  # noqa: PLR0913 - a parameter for each option
    file: str, output: str | None, which: str | None, lang: str | None, *, overwrite: bool, update: bool
) -> None:
    """Write the skeleton of an action plan for a council, from FILE."""
    from nimrights.city_documents import draft_plan  # noqa: PLC0415

    found = _read(file, which, update=update)
    write_page(draft_plan(found, lang or found.lang), output, overwrite=overwrite)
