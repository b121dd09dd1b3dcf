"""What the commands share: exit codes, and where results and messages go."""

from __future__ import annotations

import os
import sys

import click

FOUND, NOTHING, USAGE, DATA = 0, 1, 2, 3


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


def bold() -> bool:
    """Say whether results may have bold words: on a terminal, unless ``NO_COLOR`` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
