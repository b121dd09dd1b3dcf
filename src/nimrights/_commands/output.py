"""What the commands share: exit codes, and where results and messages go."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nimrights._assessing.filled import Kept

FOUND, NOTHING, USAGE, DATA = 0, 1, 2, 3
#: notes on what was kept that are printed
_MOST_KEPT = 5


def print_json(value: object) -> None:
    """Print one JSON value on a line of standard output."""
    import json  # noqa: PLC0415 - --help prints none

    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:  # a stray byte of the command line, or a narrow terminal: escapes say the same
        text = json.dumps(value, sort_keys=True)
    click.echo(text)


def message(text: str) -> None:
    """Print a message on standard error."""
    click.echo(text, err=True)


def messages_of_kept(kept: Sequence[Kept], holder: str) -> None:
    """Say on standard error what of a file that was filled in has no place any more; *holder* has all of it."""
    for row in kept[:_MOST_KEPT]:
        message(f"kept: {row.where}: {row.why}")
    if (more := len(kept) - _MOST_KEPT) > 0:
        message(f"... and {more} more, all of them in the {holder}")


def bold() -> bool:
    """Say whether results may have bold words: on a terminal, unless ``NO_COLOR`` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
