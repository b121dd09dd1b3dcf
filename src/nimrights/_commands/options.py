"""Options that the reading commands share, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from nimrights.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from nimrights.dataset import Dataset
    from nimrights.render import Renderer

Command = Callable[..., Any]

#: options of many commands
pinned = click.option("--dataset", "which", metavar="PIN", help="Dataset version, pin or file (default: newest).")
in_language = click.option("--lang", type=click.Choice(LANGUAGES), help="Language (default: from the locale).")
overwriting = click.option("--overwrite", is_flag=True, help="Replace a file that is there.")


def language_of_locale() -> str:
    """Give the language of the locale, bokmål where it is neither Norwegian nor English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            code = value.lower()[:2]
            return code if code in LANGUAGES else "nb"
    return "nb"


def shared(command: Command) -> Command:
    """Give a command the options that all reading commands have."""
    as_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
    return as_json(in_language(pinned(command)))


def renderer_for(dataset: Dataset, lang: str | None) -> Renderer:
    """Give what writes records of *dataset* for people."""
    from nimrights.render import Renderer  # noqa: PLC0415

    return Renderer(dataset, lang or language_of_locale(), terminal_width())


def terminal_width() -> int:
    """Give the width of the terminal, at most 100, and 88 where there is none (shutil's way costs its import)."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal():
        return min(int(columns), 100)
    try:
        return min(os.get_terminal_size(sys.__stdout__.fileno()).columns, 100) if sys.__stdout__ else 88
    except (OSError, ValueError):
        return 88


def load_pinned(which: str | None) -> Dataset:
    """Give the dataset that a pin names, the newest without one."""
    from nimrights.versions import load  # noqa: PLC0415 - --help reads no data

    return load(which)
