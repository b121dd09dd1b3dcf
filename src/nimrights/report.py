"""One page for one municipality: its obligations by area, what was recommended on its services, advice, and plans.

A page gives itself as Markdown (``.markdown()``) or as one self-contained HTML file (``.html()``).
"""

from __future__ import annotations

from nimrights._pages.charts import can_draw
from nimrights._pages.markup import Page
from nimrights._reports.pages import ReportPages
from nimrights.city import CitySelfAssessment
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.models import Municipality
from nimrights.versions import load
from nimrights.vocabulary import check_language

__all__ = ["municipality_report"]


def municipality_report(
    municipality: Municipality | str,
    lang: str = "nb",
    *,
    city: CitySelfAssessment | None = None,
    charts: bool | None = None,
    dataset: Dataset | None = None,
) -> Page:
    """Give the report of a municipality (or its number or name) as a page.

    With *city*, its own assessment against the framework of human rights cities is shown. HTML has charts
    where *charts* says so (default: if matplotlib is installed); their figures stand in tables in any case.

    Raises `NotFound` with suggestions, `UnknownLanguage`, `BadQuery` for an assessment of another municipality
    or data version, or `MissingExtra` for charts without matplotlib.

    >>> page = municipality_report("Kristiansand", "en", charts=False)
    >>> page.title
    'Human rights in Kristiansand: overview'
    """
    check_language(lang)
    dataset = dataset or (city.dataset if city else load())
    found = dataset.municipality(municipality if isinstance(municipality, str) else municipality.id)
    if city is not None and city.municipality != found:
        raise BadQuery(f"the assessment is of {city.municipality.label}, and the report of {found.label}")
    if city is not None and city.dataset.pin != dataset.pin:
        raise BadQuery("the assessment was read with another dataset version: read it with the one of the report")
    drawn = can_draw() if charts is None else charts
    return ReportPages(dataset, lang, found, charts=drawn).page(city)
