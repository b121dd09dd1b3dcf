"""Time of the work on the dataset: check, compile, compare. Medians of whole processes.

    python benchmarks/data.py [ROUNDS]

Run it in a checkout: sources are those below ``datasets``. The commands take turns, round by round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1] / "datasets"
COMPILE = "from pathlib import Path\nfrom nimrights.publishing import compile_sources\ncompile_sources(Path({root!r}))"
NIMRIGHTS = [sys.executable, "-m", "nimrights"]

COMMANDS = {
    "nimrights data check (goal 3 s)": [*NIMRIGHTS, "data", "check", str(ROOT)],
    "compile all sources (goal 2 s)": [sys.executable, "-c", COMPILE.format(root=str(ROOT))],
    "nimrights data diff 2026.1 2026.2 (goal 0.5 s)": [*NIMRIGHTS, "data", "diff", "2026.1", "2026.2", "--json"],
    "python -c pass": [sys.executable, "-c", "pass"],
}


def seconds(command: list[str]) -> float:
    """Give the time of one run, by the clock on the wall."""
    with Path(os.devnull).open("w") as quiet:
        start = time.perf_counter()
        subprocess.run(command, stdout=quiet, stderr=quiet, check=False)
        return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    print("| command | median s | lowest | highest |\n| --- | --: | --: | --: |")
    for name, times in taken.items():
        print(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} | {max(times):.2f} |")


if __name__ == "__main__":
    main()
