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


#: printed by the process itself when it ends: a child's usage would count its parent's pages
PEAK = "import atexit; atexit.register(lambda: print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]))\n"
AS_COMMAND = "import sys; sys.argv[1:] = {arguments!r}\nfrom nimrights.__main__ import run\nrun()"


def cpu(command: list[str]) -> float:
    """Give user and system milliseconds of one run."""
    with Path(os.devnull).open("w") as quiet:
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return (usage.ru_utime + usage.ru_stime) * 1000


def peak(command: list[str]) -> float:
    """Give peak memory of one run in MiB."""
    code = command[2] if command[0] == sys.executable else AS_COMMAND.format(arguments=command[1:])
    done = subprocess.run([sys.executable, "-c", PEAK + code], capture_output=True, check=False, encoding="utf-8")
    return int(done.stdout.split()[-1]) / 1024


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            milliseconds = cpu(command)
            if number:  # the first round warms the disk's cache
                times[name].append(milliseconds)
    bare, least = statistics.median(times["python -c pass"]), peak(COMMANDS["python -c pass"])
    click = statistics.median(times["click program --help"])
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, medians\n")
    print("| command | CPU ms | above bare Python | of a click --help | peak MiB above bare Python |")
    print("|---|--:|--:|--:|--:|")
    for name, figures in times.items():
        middle = statistics.median(figures)
        print(
            f"| {name} | {middle:.0f} | {middle - bare:.0f} | {middle / click:.2f} | {peak(COMMANDS[name]) - least:.1f} |"
        )


if __name__ == "__main__":
    main()
