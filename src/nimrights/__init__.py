"""Human-rights obligations and UN recommendations for Norwegian municipalities, with evidence.

Names are loaded when they are first used, so importing the package costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what typing.TYPE_CHECKING is at run time; importing typing costs more than all of this

if TYPE_CHECKING:
    from nimrights._citing.grammar import Citation
    from nimrights._records.links import Link
    from nimrights._records.record import Provenance, Review, Source, Term
    from nimrights._records.tables import Areas, Table
    from nimrights._version import __version__
    from nimrights.assessment import Assessment, assess
    from nimrights.citations import find_citations, parse_citation
    from nimrights.city import CitySelfAssessment
    from nimrights.classifier import Match, classify
    from nimrights.course_export import export_course
    from nimrights.dataset import Dataset
    from nimrights.exceptions import (
        BadPin,
        BadQuery,
        DataError,
        MissingExtra,
        NimrightsError,
        NotFound,
        Retired,
        UnknownLanguage,
    )
    from nimrights.hits import Hit, Results
    from nimrights.lookup import search
    from nimrights.models import (
        Advice,
        Area,
        Body,
        Code,
        Decision,
        Development,
        Document,
        Element,
        Finding,
        Instrument,
        LegalBasis,
        LegalForce,
        Module,
        Municipality,
        Obligation,
        Practice,
        Provision,
        Question,
        Recommendation,
        Record,
        Right,
        Step,
    )
    from nimrights.report import municipality_report
    from nimrights.snippets import snippet
    from nimrights.suggestions import complete, did_you_mean
    from nimrights.text import Text, Texts
    from nimrights.texts import TextHit, TextIndex
    from nimrights.versions import Version, load, published

_HOME = {
    "_citing.grammar": ("Citation",),
    "_records.links": ("Link",),
    "_records.record": ("Provenance", "Review", "Source", "Term"),
    "_records.tables": ("Areas", "Table"),
    "_version": ("__version__",),
    "assessment": ("Assessment", "assess"),
    "citations": ("find_citations", "parse_citation"),
    "city": ("CitySelfAssessment",),
    "classifier": ("Match", "classify"),
    "course_export": ("export_course",),
    "dataset": ("Dataset",),
    "exceptions": (
        "BadPin", "BadQuery", "DataError", "MissingExtra", "NimrightsError", "NotFound", "Retired", "UnknownLanguage",
    ),
    "hits": ("Hit", "Results"),
    "lookup": ("search",),
    "models": (
        "Advice", "Area", "Body", "Code", "Decision", "Development", "Document", "Element", "Finding", "Instrument",
        "LegalBasis", "LegalForce", "Module", "Municipality", "Obligation", "Practice", "Provision", "Question",
        "Recommendation", "Record", "Right", "Step",
    ),
    "report": ("municipality_report",),
    "snippets": ("snippet",),
    "suggestions": ("complete", "did_you_mean"),
    "text": ("Text", "Texts"),
    "texts": ("TextHit", "TextIndex"),
    "versions": ("Version", "load", "published"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [  # noqa: RUF022 - sorted, with the version last
    "Advice",
    "Area",
    "Areas",
    "Assessment",
    "BadPin",
    "BadQuery",
    "Body",
    "Citation",
    "CitySelfAssessment",
    "Code",
    "DataError",
    "Dataset",
    "Decision",
    "Development",
    "Document",
    "Element",
    "Finding",
    "Hit",
    "Instrument",
    "LegalBasis",
    "LegalForce",
    "Link",
    "Match",
    "MissingExtra",
    "Module",
    "Municipality",
    "NimrightsError",
    "NotFound",
    "Obligation",
    "Practice",
    "Provenance",
    "Provision",
    "Question",
    "Recommendation",
    "Record",
    "Results",
    "Retired",
    "Review",
    "Right",
    "Source",
    "Step",
    "Table",
    "Term",
    "Text",
    "TextHit",
    "TextIndex",
    "Texts",
    "UnknownLanguage",
    "Version",
    "assess",
    "classify",
    "complete",
    "did_you_mean",
    "export_course",
    "find_citations",
    "load",
    "municipality_report",
    "parse_citation",
    "published",
    "search",
    "snippet",
    "__version__",
]


if not TYPE_CHECKING:  # so that a type checker reports a misspelled name

    def __getattr__(name: str) -> object:
        module = _MODULE_OF.get(name)
        if module is None:
            raise AttributeError(f"module 'nimrights' has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - only when a name is used

        value = getattr(import_module(f"nimrights.{module}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
