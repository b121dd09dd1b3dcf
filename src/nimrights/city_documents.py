"""What a self-assessment is made into: pages of progress and of change, a drawing, and drafts for a council.

A page gives itself as Markdown (``.markdown()``) or as one self-contained HTML file (``.html()``).
"""

from __future__ import annotations

from nimrights._cities.drafts import CityDrafts
from nimrights._cities.pages import CityPages
from nimrights._pages.markup import Page
from nimrights.city import CitySelfAssessment, compare
from nimrights.vocabulary import check_language

__all__ = ["Page", "comparison_page", "draft_declaration", "draft_plan", "progress_page", "progress_svg"]


def progress_page(assessment: CitySelfAssessment, lang: str = "nb", *, charts: bool | None = None) -> Page:
    """Give the state of each element as tables, and as a drawing in HTML where *charts* (default: if it can be drawn).

    Raises `UnknownLanguage`, or `MissingExtra` for charts without matplotlib.

    >>> from nimrights.city import new_self_assessment
    >>> page = progress_page(new_self_assessment("Kristiansand", "2026-11-23"), "en")
    >>> page.title
    'Progress: Kristiansand, 2026-11-23'
    """
    return CityPages(assessment.dataset, check_language(lang)).progress_page(assessment, charts=charts)


def progress_svg(assessment: CitySelfAssessment, lang: str = "nb") -> str:
    """Draw the state of each element as SVG with a title and a description, alike every time.

    Raises `UnknownLanguage`, or `MissingExtra` without matplotlib.
    """
    return CityPages(assessment.dataset, check_language(lang)).drawing(assessment)


def comparison_page(old: CitySelfAssessment, new: CitySelfAssessment, lang: str = "nb") -> Page:
    """Give what changed between two self-assessments of a municipality. Raises as `nimrights.city.compare` does."""
    return CityPages(new.dataset, check_language(lang)).comparison_page(old, new, compare(old, new))


def draft_declaration(assessment: CitySelfAssessment, lang: str = "nb") -> Page:
    """Give a draft declaration, marked as one. Items that are not relevant are left out; nothing is said to be adopted.

    >>> from nimrights.city import new_self_assessment
    >>> draft = draft_declaration(new_self_assessment("Kristiansand", "2026-11-23"), "en")
    >>> draft.markdown().splitlines()[2].startswith("> DRAFT for political treatment. Not adopted.")
    True
    """
    return CityDrafts(assessment.dataset, check_language(lang)).declaration(assessment)


def draft_plan(assessment: CitySelfAssessment, lang: str = "nb") -> Page:
    """Give the skeleton of an action plan, marked as a draft.

    Each element that is not in place has its suggested measures, its areas with their obligations, NIM's advice,
    and examples from others.
    """
    return CityDrafts(assessment.dataset, check_language(lang)).plan(assessment)
