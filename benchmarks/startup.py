"""Start-up time and memory, side by side with named peers, as medians of whole processes.

    python benchmarks/startup.py [ROUNDS]

Needs the extra ``bench``. Commands are run in turn, round by round, so that a slow moment of
the machine meets them all. CPU is user plus system time of the process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
from pathlib import Path

CLICK = "import click\n@click.command()\ndef main():\n    'A program.'\nmain(['--help'])"
LOAD_ALL = """
import nimrights
ds = nimrights.load()
for name in ("sources", "terms", "instruments", "provisions", "rights", "obligations", "decisions", "areas", "bodies",
             "documents", "recommendations", "municipalities"):
    list(ds.table(name).values())
"""
PYTHON = [sys.executable, "-c"]
NIMRIGHTS = [str(Path(sysconfig.get_path("scripts")) / "nimrights")]
CASE = "Klage på vedtak om samvær etter omsorgsovertakelse"

COMMANDS = {
    "python -c pass": [*PYTHON, "pass"],
    "import attrs": [*PYTHON, "import attrs"],
    "import nimrights": [*PYTHON, "import nimrights"],
    "import pycountry": [*PYTHON, "import pycountry"],
    "import holidays": [*PYTHON, "import holidays"],
    "click program --help": [*PYTHON, CLICK],
    "nimrights --help": [*NIMRIGHTS, "--help"],
    "nimrights show crc-3": [*NIMRIGHTS, "show", "crc-3"],
    "nimrights search barnvern": [*NIMRIGHTS, "search", "barnvern"],
    "nimrights classify": [*NIMRIGHTS, "classify", CASE],
    "load everything": [*PYTHON, LOAD_ALL],
    "pycountry, all countries": [*PYTHON, "import pycountry; list(pycountry.countries); list(pycountry.subdivisions)"],
    "holidays, Norway 2026": [*PYTHON, "import holidays; dict(holidays.country_holidays('NO', years=2026))"],
}


def run(command: list[str]) -> tuple[float, float]:
    """Give CPU milliseconds and peak memory in MiB of one run."""
    with Path(os.devnull).open("w") as quiet:
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            figures = run(command)
            if number:  # the first round warms the disk's cache
                rows[name].append(figures)
    bare_cpu, bare_memory = (statistics.median(column) for column in zip(*rows["python -c pass"], strict=True))
    print(f"{sys.version.split()[0]}, {rounds} rounds, medians\n")
    print("| command | CPU ms | above bare Python | MiB above bare Python |")
    print("|---|--:|--:|--:|")
    for name, figures in rows.items():
        cpu, memory = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"| {name} | {cpu:.0f} | {cpu - bare_cpu:.0f} | {memory - bare_memory:.1f} |")


if __name__ == "__main__":
    main()
