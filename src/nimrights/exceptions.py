"""Errors. ``NimrightsError`` is the root; each carries what it is about as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class NimrightsError(Exception):
    """Root of every error that the library raises on purpose."""


class NotFound(NimrightsError, KeyError):
    """No record, version or table has the id that was asked for.

    It is also a `KeyError`, because every table is a mapping.
    """

    def __init__(self, wanted: str, where: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(wanted, where, tuple(suggestions))
        #: what was asked for
        self.wanted = wanted
        #: where it was looked for, for instance ``"areas"``
        self.where = where
        #: up to three ids that look like it
        self.suggestions = tuple(suggestions)

    def __str__(self) -> str:
        message = f"{self.wanted!r} is not in {self.where}"
        if self.suggestions:
            message += "; did you mean " + ", ".join(map(repr, self.suggestions)) + "?"
        return message


class Retired(NotFound):
    """The id was retired; the tombstone says what replaced it and why."""

    def __init__(self, wanted: str, replacement: str | None, reason: str) -> None:
        super().__init__(wanted, "the dataset", [replacement] if replacement else [])
        #: the id that took its place, if any
        self.replacement = replacement
        #: why it was retired
        self.reason = reason

    def __str__(self) -> str:
        then = f"use {self.replacement!r}" if self.replacement else "it has no replacement"
        return f"{self.wanted!r} was retired ({self.reason}); {then}"


class UnknownLanguage(NimrightsError, ValueError):
    """A language other than those the data is written in."""


class BadQuery(NimrightsError, TypeError):
    """A query or a text that is not a string, or an option out of range."""


class DataError(NimrightsError):
    """A dataset file that cannot be trusted: wrong hash, truncated, or not ours."""


class BadPin(DataError, ValueError):
    """A version pin that is not of the form ``2026.1`` or ``2026.1@sha256:<64 hex digits>``."""


class SourceErrors(DataError):
    """Every problem found in the dataset's source files, raised once."""

    def __init__(self, problems: Sequence[object]) -> None:
        super().__init__(problems)
        #: the problems, each a `nimrights.checks.Problem`
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [f"{len(self.problems)} problem(s) in the dataset sources:"]
        return "\n".join([*lines, *(f"  {problem}" for problem in self.problems)])


class MissingExtra(NimrightsError, ImportError):
    """An optional dependency is not installed; the message names the extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(package, extra)
        #: the package that could not be imported
        self.package = package
        #: the extra that brings it
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.package} is not installed: run  pip install 'nimrights[{self.extra}]'"
