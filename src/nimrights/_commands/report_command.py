"""The command ``nimrights report``."""

from __future__ import annotations

import click

from nimrights._commands.city_commands import page_form, write_page
from nimrights._commands.options import in_language, language_of_locale, load_pinned, pinned
from nimrights._commands.output import message


@click.command()
@click.option("--municipality", required=True, metavar="NAME", help="Name or number of the municipality.")
@click.option(
    "-o", "output", metavar="FILE", help="Write to a .html or .md file, replaced if it is there (default: Markdown)."
)
@click.option("--city", "file", type=click.Path(exists=True, dir_okay=False), help="Its own assessment, to be shown.")
@click.option("--charts/--no-charts", default=None, help="Draw charts in HTML (default: if matplotlib is there).")
@click.option("--update", is_flag=True, help="Read a --city file of another dataset version; nothing is lost.")
@in_language
@pinned
def report(  # noqa: PLR0913 - a parameter for each option
    municipality: str,
    output: str | None,
    file: str | None,
    lang: str | None,
    which: str | None,
    *,
    charts: bool | None,
    update: bool,
) -> None:
    """Write one page for a municipality: its obligations by area, recommendations on its services, advice."""
    from nimrights._pages.charts import can_draw  # noqa: PLC0415 - --help needs none of it
    from nimrights.city import read_self_assessment  # noqa: PLC0415
    from nimrights.report import municipality_report  # noqa: PLC0415

    html = output is not None and page_form(output) == "html"
    dataset = load_pinned(which)
    city = read_self_assessment(file, dataset=dataset, update=update) if file else None
    drawn = can_draw() if charts is None else charts
    page = municipality_report(
        municipality, lang or language_of_locale(), city=city, charts=html and drawn, dataset=dataset
    )
    write_page(page, output, overwrite=True)
    if html and charts is None and not drawn:
        message("without charts; for them: pip install 'nimrights[charts]'. Their figures stand in tables.")
