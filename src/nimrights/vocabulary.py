"""Closed vocabularies: the values that code may rely on. Their labels are data (`Dataset.terms`)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Literal

from nimrights.exceptions import UnknownLanguage

Language = Literal["nb", "nn", "en"]

#: the languages that every record is written in
LANGUAGES: Final[tuple[Language, ...]] = ("nb", "nn", "en")


def check_language(lang: str) -> Language:
    """Give *lang* back if it is one of `LANGUAGES`; there is no silent fallback.

    >>> check_language("nn")
    'nn'
    >>> check_language("se")
    Traceback (most recent call last):
    ...
    nimrights.exceptions.UnknownLanguage: 'se' is not a language of the data; use nb, nn or en
    """
    if lang not in LANGUAGES:
        raise UnknownLanguage(f"{lang!r} is not a language of the data; use nb, nn or en")
    return lang


class Force(StrEnum):
    """Legal force in Norwegian law, strongest first.

    A treaty that has not been incorporated binds Norway internationally but is not itself
    Norwegian law; it therefore stands below statutes and regulations here.
    A recommendation never binds.
    """

    CONSTITUTION = "constitution"
    INCORPORATED_TREATY = "incorporated-treaty"
    STATUTE = "statute"
    REGULATION = "regulation"
    TREATY = "treaty"
    RECOMMENDATION = "recommendation"

    @property
    def binding(self) -> bool:
        """Say whether it binds; only a recommendation does not."""
        return self is not Force.RECOMMENDATION

    @property
    def rank(self) -> int:
        """Give the place in the order above, 0 for the strongest."""
        return list(Force).index(self)

    @staticmethod
    def strongest(forces: Iterable[Force]) -> Force | None:
        """Give the strongest of *forces*, or ``None`` if there are none."""
        return min(forces, key=lambda force: force.rank, default=None)


class InstrumentKind(StrEnum):
    """What kind of legal text an instrument is."""

    CONSTITUTION = "constitution"
    TREATY = "treaty"
    STATUTE = "statute"
    REGULATION = "regulation"


class Duty(StrEnum):
    """What an obligation asks: the usual three of human-rights law, and procedure."""

    RESPECT = "respect"
    PROTECT = "protect"
    FULFIL = "fulfil"
    PROCEDURAL = "procedural"


class Verification(StrEnum):
    """How a fact was verified."""

    PRIMARY = "primary"  #: the document itself was read
    REGISTER = "register"  #: read in a public register, which may adapt the opening words
    SECONDARY = "secondary"  #: read in a text about it
    DERIVED = "derived"  #: computed from other facts, such as a join on names


class Basis(StrEnum):
    """How a link was made."""

    SOURCE = "read-in-source"  #: a source says so
    READING = "own-reading"  #: our reading of the text


class Municipal(StrEnum):
    """How far a recommendation concerns municipalities."""

    NAMED = "named"
    DELIVERS = "delivers"
    CONTRIBUTES = "contributes"
    NONE = "none"


class Position(StrEnum):
    """Norway's position on a UPR recommendation, as far as the source says. Noted is no rejection."""

    ACCEPTED = "accepted"
    PARTIALLY = "partially"
    NOTED = "noted"
    UNCLEAR = "unclear"


#: every vocabulary of this module
ENUMERATIONS: Final = (Force, InstrumentKind, Duty, Verification, Basis, Municipal, Position)
