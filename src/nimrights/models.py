"""The records: frozen values that know nothing of files, indexes or output.

A link to another record is that record. Links only point one way (areas to obligations to
provisions to instruments); the way back is computed by `nimrights.dataset.Dataset.citing`.
"""

from __future__ import annotations

from typing import Final, get_args

from nimrights._records.kinds import KINDS
from nimrights._records.law import (
    Area,
    Decision,
    Instrument,
    LegalBasis,
    LegalForce,
    Obligation,
    Provision,
    Right,
)
from nimrights._records.learning import Answer, Element, Module, Question, Section, Step, StepQuestion
from nimrights._records.local import Advice, AdviceMeasure, Code, Finding, Municipality, Practice
from nimrights._records.monitoring import Body, Development, Document, Recommendation
from nimrights._records.record import BaseRecord, Provenance, Review, Source, Term
from nimrights.text import fold

__all__ = [
    "SCHEMES",
    "TABLES",
    "Advice",
    "AdviceMeasure",
    "Answer",
    "Area",
    "BaseRecord",
    "Body",
    "Code",
    "Decision",
    "Development",
    "Document",
    "Element",
    "Finding",
    "Instrument",
    "LegalBasis",
    "LegalForce",
    "Module",
    "Municipality",
    "Obligation",
    "Practice",
    "Provenance",
    "Provision",
    "Question",
    "Recommendation",
    "Record",
    "Review",
    "Right",
    "Section",
    "Source",
    "Step",
    "StepQuestion",
    "Term",
    "code_id",
    "module_id",
    "provision_id",
]

Record = (
    Source
    | Term
    | Instrument
    | Provision
    | Right
    | Obligation
    | Decision
    | Area
    | Body
    | Document
    | Recommendation
    | Municipality
    | Code
    | Advice
    | Finding
    | Practice
    | Step
    | Question
    | Module
    | Element
)

_CLASS_OF: Final = {cls.kind: cls for cls in get_args(Record)}

#: table name -> record class, in the order in which links point
TABLES: dict[str, type[Record]] = {table: _CLASS_OF[kind] for table, kind in KINDS.items()}


def provision_id(instrument: str, number: str) -> str:
    """Give the id of a provision: section numbers are spelled without spaces, in lower case.

    >>> provision_id("pbrl", "4 A-3")
    'pbrl-4a-3'
    """
    return f"{instrument}-{''.join(number.split()).lower()}"


def module_id(slug: str) -> str:
    """Give the id of a module of the course, from the name of its file.

    >>> module_id("child-welfare")
    'course-child-welfare'
    """
    return f"course-{slug}"


#: scheme of codes -> field of an area that holds them
SCHEMES: Final = {"kostra": "kostra", "los": "los", "k-codes": "kcodes"}
_LOS: Final = "https://psi.norge.no/los/"


def code_id(scheme: str, code: str) -> str:
    """Give the id of a code: its scheme, a slash, and the code in lower case.

    >>> code_id("kostra", "244"), code_id("los", "https://psi.norge.no/los/ord/fosterhjem")
    ('kostra/244', 'los/ord-fosterhjem')
    """
    plain = fold(code.removeprefix(_LOS)).replace(" ", "-")
    return f"{scheme}/{plain}"
