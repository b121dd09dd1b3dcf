"""Every command with its help and examples, run when the docs are built."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

import nimrights
from nimrights.cli import main
from nimrights.versions import file_of

if TYPE_CHECKING:
    from nimrights import Dataset

DATASETS = Path(__file__).parents[2] / "datasets"

Shorten = Callable[[list[str]], list[str]]

MOST_LINES = 40  #: of output to show
MOST_CHARACTERS = 400  #: of a line to show
FEW_CHARACTERS = 150  #: of a line where whole records are shown

#: what each command is shown doing: arguments, standard input, expected exit code
EXAMPLES: dict[str, list[tuple[list[str], str | None, int]]] = {
    "search": [
        (["search", "barnvern", "--limit", "3", "--lang", "en"], None, 0),
        (["search", "EMK art. 8", "--kind", "provision", "--limit", "1", "--lang", "nb"], None, 0),
        (
            "search vold --kind recommendation --body UPR --years 2014 --limit 2 --facets --lang en".split(),
            None,
            0,
        ),
        (["search", "eredska og klisil", "--limit", "1", "--lang", "en"], None, 0),
        (["search", "?!", "--lang", "en"], None, 1),
    ],
    "show": [
        (["show", "kindergarten/right-to-a-place", "--lang", "en"], None, 0),
        (["show", "KDK art. 14", "--lang", "nn"], None, 0),
        (["show", "child-wellfare"], None, 1),
    ],
    "classify": [
        (["classify", "Kameraovervåking i skolegården", "--recommendations", "1", "--lang", "en"], None, 0),
        (["classify", "Protokoll fra forrige møte", "--lang", "en"], None, 1),
        (["classify", "Søknad om startlån", "--explain", "--recommendations", "1", "--lang", "en"], None, 0),
        (["classify", "--json"], "Søknad om startlån\nProtokoll fra forrige møte\n", 0),
    ],
    "assess": [
        (["assess", "Klage på vedtak om samvær etter omsorgsovertakelse", "--form", "short", "--lang", "en"], None, 0),
        (["assess", "Søknad om startlån", "--add", "housin"], None, 1),
    ],
    "batch": [],
    "areas": [(["areas", "--lang", "en"], None, 0)],
    "course list": [(["course", "list", "--lang", "en"], None, 0)],
    "course show": [(["course", "show", "basics", "--lang", "en"], None, 0)],
    "course quiz": [(["course", "quiz", "coercion-in-care", "--lang", "en"], "5\n4\n", 0)],
    "course export": [
        (["course", "export", "no-such-module", "--format", "gift", "-o", "course.gift"], None, 1),
    ],
    "city elements": [(["city", "elements", "--lang", "en"], None, 0)],
    "city new": [
        (["city", "new", "--municipality", "Kristiansund S", "--date", "2026-11-23", "-o", "by.toml"], None, 1)
    ],
    "city update": [],
    "city progress": [],
    "city compare": [],
    "city declaration": [(["city", "declaration", "--municipality", "Kristiansand", "--lang", "en"], None, 0)],
    "city plan": [],
    "report": [
        (["report", "--municipality", "Kautokeino", "--lang", "en"], None, 0),
        (["report", "--municipality", "Kautokeino", "-o", "report.pdf"], None, 2),
    ],
    "data versions": [(["data", "versions"], None, 0), (["data", "versions", "--json"], None, 0)],
    "data verify": [(["data", "verify"], None, 0)],
    "data index": [],
    "data check": [(["data", "check", "DATASETS"], None, 0)],
    "data diff": [(["data", "diff", "2026.1", "2026.2"], None, 0)],
    "data changelog": [(["data", "changelog", "2026.1", "2026.2"], None, 0)],
    "data coverage": [(["data", "coverage"], None, 0)],
    "data new": [
        (["data", "new", "recommendation", "crc1-1", "--set", "body=CRC", "--root", "DATASETS"], None, 0),
        (["data", "new", "guideline", "example", "--root", "DATASETS"], None, 2),
    ],
    "data path": [(["data", "path"], None, 0)],
    "data publish": [],
}

#: shown under the exit codes
FAILURES: list[tuple[list[str], str | None, int]] = [
    (["search", "barnevern", "--limit", "0"], None, 2),
    (["areas", "--dataset", "2026.1@sha256:" + "0" * 64], None, 3),
]


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command with its whole name, groups left out."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def cli(_: Dataset) -> str:
    """Run every command and give its help and examples with real output."""
    parts = []
    for name, _ in commands():
        parts.append(f"### nimrights {name}\n\n" + run([*name.split(), "--help"], None, 0))
        parts += [run(*example, shorten=SHORTEN.get(name, first_lines)) for example in EXAMPLES[name]]
    parts.append("### Errors\n")
    parts += [run(*example) for example in FAILURES]
    return "\n".join(parts)


def first_lines(lines: list[str]) -> list[str]:
    """Cut off what is too long to show, and say so."""
    return lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], f"[{len(lines) - MOST_LINES} more lines]"]


def cut(line: str, most: int = MOST_CHARACTERS) -> str:
    """Cut off the end of a long line, and say so."""
    return line if len(line) <= most else f"{line[:most]} [...]"


def first_of_each(lines: list[str]) -> list[str]:
    """Keep the first record of each table and kind of change, and say how many are left out."""
    kept: dict[tuple[str, ...], list[str]] = {}
    records, take = 0, kept.setdefault((), [])
    for line in lines:
        if not line.startswith(" "):
            records += 1
            kind = tuple(line.split()[:2])
            take = kept.setdefault(kind, []) if kind not in kept else []
        take.append(line)
    shown = [cut(line, FEW_CHARACTERS) for part in kept.values() for line in part]
    return [*shown, f"[{records - len(kept) + 1} more records]"]


#: command -> how its output is shortened, where the first lines would show too little
SHORTEN: dict[str, Shorten] = {"data diff": first_of_each}


def run(arguments: list[str], given: str | None, expected: int, shorten: Shorten = first_lines) -> str:
    """Run a command and give it with its output; an exit code other than *expected* is an error."""
    real = [str(DATASETS) if word == "DATASETS" else word for word in arguments]
    env = {"COLUMNS": "88", "LC_ALL": "nb_NO.UTF-8"}
    result = CliRunner().invoke(main, real, input=given, env=env, prog_name="nimrights", terminal_width=88)
    if result.exit_code != expected:
        raise ValueError(f"{arguments} exits {result.exit_code}, not {expected}: {result.output}")
    command = shlex.join(["nimrights", *("datasets" if word == "DATASETS" else word for word in arguments)])
    if given is not None:
        command = f"printf {given!r} | {command}"
    releases = str(Path(file_of(nimrights.published()[-1].version)).parent)
    output = result.output.replace(releases, "…/nimrights/_releases").replace(str(DATASETS), "datasets")
    return console(command, output, expected, shorten)


def console(command: str, output: str, code: int, shorten: Shorten = first_lines) -> str:
    """Give a command with its output as it stands in a terminal."""
    lines = [cut(line) for line in shorten(output.rstrip().splitlines())]
    ended = f"\nExit code {code}.\n" if code else ""
    return f"```console\n$ {command}\n" + "".join(f"{line}\n" for line in lines) + f"```\n{ended}"
