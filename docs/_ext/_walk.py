"""The four tasks of a contributor, done in a copy of the checkout that holds the miniature dataset."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from _commands import console

ROOT = Path(__file__).parents[2]

#: what is written in the walk-through; the act, the convention and the committee do not exist
WALK = {
    "before": """[rec-001]
title = { nb = "Ratifisere tilleggsprotokollen", nn = "Ratifisere tilleggsprotokollen", en = "Ratify the protocol" }
summary.nb = "Norge bør ratifisere tilleggsprotokollen om lek."
summary.nn = "Noreg bør ratifisere tilleggsprotokollen om leik."
summary.en = "Norway should ratify the optional protocol on play."
rights = ["play"]
measures = ["legislation"]
municipal = "none"
basis = "own-reading"
provenance = [{ source = "src-report", locator = "page", verification = "register", checked = "2026-11-21" }]

[rec-002]
title = { nb = "Følge opp protokollen", nn = "Følgje opp protokollen", en = "Follow up the protocol" }
summary.nb = "Norge bør følge opp anbefalingen om tilleggsprotokollen."
summary.nn = "Noreg bør følgje opp tilrådinga om tilleggsprotokollen."
summary.en = "Norway should follow up the recommendation on the optional protocol."
date = "2025"
rights = ["play"]
measures = ["legislation"]
municipal = "none"
basis = "own-reading"
repeats = ["rec-001"]
provenance = [{ source = "src-report", locator = "page", verification = "register", checked = "2026-11-21" }]
""",
    "added": """[play1-7]
title.nb = "Ratifisere tilleggsprotokollen"
title.nn = "Ratifisere tilleggsprotokollen"
title.en = "Ratify the protocol"
summary.nb = "Norge bør ratifisere tilleggsprotokollen om lek."
summary.nn = "Noreg bør ratifisere tilleggsprotokollen om leik."
summary.en = "Norway should ratify the optional protocol on play."
body = "PLAY"
document = "play-c-nor-co-1"
paragraph = "7"
date = "2024-05-07"
rights = ["play"]
measures = ["legislation"]
municipal = "none"
basis = "own-reading"
provenance = [
  { source = "src-report", locator = "para. 7", verification = "primary", checked = "2026-11-22" },
]
""",
    "paragraph": """paragraph = "6"
""",
    "paragraph after": """paragraph = "6(b)"
reviewed = [
  { date = "2026-11-22", against = "source-text", changed = ["paragraph"], error = true, note = "training is 6(b)" },
]
""",
    "gone": """[rec-001]
replacement = "play1-7"
reason = "PLAY/C/NOR/CO/1 para. 7, read on a page without body or symbol and in the document"
since = "2000.2"
""",
}  # fmt: skip


class Walk:
    """Writes in the copy and types commands there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def type(self, line: str, expected: int = 0) -> str:
        """Type a command in the copy, and give it with what it says."""
        env = {**os.environ, "PYTHONPATH": str(self.root / "src"), "COLUMNS": "88", "LC_ALL": "C.UTF-8", "LANG": "en"}
        words = shlex.split(line)
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "nimrights", *words], cwd=self.root, env=env, check=False, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode != expected:
            raise ValueError(f"{line} exits {done.returncode}, not {expected}: {done.stdout}")
        return console(f"nimrights {line}", done.stdout, expected) + "\n"

    def swap(self, file: str, old: str, new: str) -> str:
        """Replace a text that stands once in a source file, and give the difference."""
        path = self.root / "datasets" / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in {file}")
        path.write_text(text.replace(old, new), encoding="utf-8")
        lines = [*(f"-{line}" for line in old.splitlines()), *(f"+{line}" for line in new.splitlines())]
        return f"```diff\n--- datasets/{file}\n" + "\n".join(lines) + "\n```\n\n"

    def add(self, file: str, new: str) -> str:
        """Add a text at the end of a source file, and give it."""
        path = self.root / "datasets" / file
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\n" + new, encoding="utf-8")
        return f"```toml\n# datasets/{file}\n{new}```\n\n"

    def fill(self, file: str, start: str, new: str) -> str:
        """Replace a source file from the line *start* on, and give what stands there then."""
        path = self.root / "datasets" / file
        before = path.read_text(encoding="utf-8").partition(start + "\n")[0]
        path.write_text(before + new, encoding="utf-8")
        return f"```toml\n# datasets/{file}\n{new}```\n\n"


def walk_add(walk: Walk) -> str:
    """Add one recommendation."""
    file = "recommendations/play-c-nor-co-1.toml"
    return (
        walk.type("data new recommendation play1-7 --set body=PLAY --set document=play-c-nor-co-1 --append")
        + "The template says which fields there are, and the checks say what is missing:\n\n"
        + walk.type("data check datasets", 3)
        + "Fill in, and remove what does not apply:\n\n"
        + walk.fill(file, "[play1-7]", WALK["added"])
        + walk.type("data check datasets")
    )


def walk_correct(walk: Walk) -> str:
    """Correct one fact."""
    file = "recommendations/play-c-nor-co-1.toml"
    return (
        walk.swap(file, WALK["paragraph"], WALK["paragraph after"])
        + walk.swap(file, 'locator = "para. 6"', 'locator = "para. 6(b)"')
        + walk.type("data check datasets")
    )


def walk_retire(walk: Walk) -> str:
    """Retire one id."""
    file = "recommendations/other.toml"
    record = WALK["before"].partition("\n[rec-002]")[0] + "\n"
    return (
        walk.swap(file, record, "")
        + walk.add("retired.toml", WALK["gone"])
        + "The checks list every link that is left:\n\n"
        + walk.type("data check datasets", 3)
        + walk.swap(file, 'repeats = ["rec-001"]', 'repeats = ["play1-7"]')
        + walk.type("data check datasets")
    )


def walk_publish(walk: Walk) -> str:
    """Publish a release, compare it, and try to publish other bytes under the same version."""
    return (
        walk.swap("dataset.toml", 'version = "2000.1"', 'version = "2000.2"')
        + walk.type("data publish datasets")
        + walk.type("data diff 2000.1 2000.2")
        + walk.type("data changelog 2000.1 2000.2")
        + "Whoever asks for the retired id is told what replaces it:\n\n"
        + walk.type("show rec-001", 1)
        + "Other bytes under the same version are refused:\n\n"
        + walk.swap("dataset.toml", 'publisher = "The nimrights developers"', 'publisher = "Somebody else"')
        + walk.type("data publish datasets", 3)
    )


STEPS = {step.__name__: step for step in (walk_add, walk_correct, walk_retire, walk_publish)}


@cache
def walkthrough() -> dict[str, str]:
    """Do the four tasks of a contributor in a copy of the checkout that holds the miniature dataset of the tests.

    Gives a part for each task: what is written, what is typed, and what it says.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(
            ROOT / "src" / "nimrights", root / "src" / "nimrights", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copytree(ROOT / "tests" / "mini", root / "datasets")
        (root / "datasets" / "releases").mkdir()
        Walk(root).swap("dataset.toml", 'version = "2026.1"', 'version = "2000.1"')
        Walk(root).add("recommendations/other.toml", WALK["before"])
        Walk(root).type("data publish datasets")
        return {name: step(Walk(root)) for name, step in STEPS.items()}
