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

FILE = "recommendations/play-c-nor-co-9.toml"

#: what is written in the walk-through; the act, the convention and the committee do not exist
WALK = {
    "document": """[play-c-nor-co-9]
symbol = "PLAY/C/NOR/CO/9"
label.nb = "Avsluttende merknader om lek i Norge (2025)"
label.nn = "Avsluttande merknader om leik i Noreg (2025)"
label.en = "Concluding observations on play in Norway (2025)"
body = "PLAY"
type = "concluding-observations"
date = "2025-05-07"
text_seen = "complete"
provenance = [
  { source = "src-report", locator = "the document", verification = "primary", checked = "2026-11-22" },
]
""",
    "before": """[play9-6]
title = { nb = "Trygge husker", nn = "Trygge husker", en = "Safe swings" }
summary.nb = "Kommunene bør holde huskene trygge."
summary.nn = "Kommunane bør halde huskene trygge."
summary.en = "Municipalities should keep the swings safe."
body = "PLAY"
document = "play-c-nor-co-9"
paragraph = "6"
date = "2025-05-07"
areas = ["playgrounds"]
rights = ["play"]
municipal = "named"
basis = "own-reading"
provenance = [
  { source = "src-report", locator = "para. 6", verification = "primary", checked = "2026-11-22" },
]

[rec-901]
title = { nb = "Ratifisere tilleggsprotokollen", nn = "Ratifisere tilleggsprotokollen", en = "Ratify the protocol" }
summary.nb = "Norge bør ratifisere tilleggsprotokollen om lek."
summary.nn = "Noreg bør ratifisere tilleggsprotokollen om leik."
summary.en = "Norway should ratify the optional protocol on play."
rights = ["play"]
municipal = "none"
basis = "own-reading"
provenance = [
  { source = "src-report", locator = "page", verification = "register", checked = "2026-11-21" },
]

[rec-902]
title = { nb = "Følge opp protokollen", nn = "Følgje opp protokollen", en = "Follow up the protocol" }
summary.nb = "Norge bør følge opp anbefalingen om tilleggsprotokollen."
summary.nn = "Noreg bør følgje opp tilrådinga om tilleggsprotokollen."
summary.en = "Norway should follow up the recommendation on the optional protocol."
date = "2026"
rights = ["play"]
municipal = "none"
basis = "own-reading"
repeats = ["rec-901"]
provenance = [
  { source = "src-report", locator = "page", verification = "register", checked = "2026-11-21" },
]
""",
    "added": """[play9-7]
title.nb = "Ratifisere tilleggsprotokollen"
title.nn = "Ratifisere tilleggsprotokollen"
title.en = "Ratify the protocol"
summary.nb = "Norge bør ratifisere tilleggsprotokollen om lek."
summary.nn = "Noreg bør ratifisere tilleggsprotokollen om leik."
summary.en = "Norway should ratify the optional protocol on play."
body = "PLAY"
document = "play-c-nor-co-9"
paragraph = "7"
date = "2025-05-07"
rights = ["play"]
measures = ["legislation"]
municipal = "none"
basis = "own-reading"
provenance = [
  { source = "src-report", locator = "para. 7", verification = "primary", checked = "2026-11-22" },
]
""",
    "review": """reviewed = [
  { date = "2026-11-22", against = "source-text" },
]
""",
    "paragraph": """paragraph = "6"
""",
    "paragraph after": """paragraph = "6(b)"
reviewed = [
  { date = "2026-11-22", against = "source-text", changed = ["paragraph"], error = true, note = "swings are 6(b)" },
]
""",
    "gone": """[rec-901]
replacement = "play9-7"
reason = "PLAY/C/NOR/CO/9 para. 7, read on a page without body or symbol and in the document"
since = "2000.2"
""",
}


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

    def add(self, file: str, new: str, gap: str = "\n") -> str:
        """Add a text at the end of a source file, and give it."""
        path = self.root / "datasets" / file
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{gap}{new}", encoding="utf-8")
        return f"```toml\n# datasets/{file}\n{new}```\n\n"

    def fill(self, file: str, start: str, new: str) -> str:
        """Replace a source file from the line *start* on, and give what stands there then."""
        path = self.root / "datasets" / file
        before = path.read_text(encoding="utf-8").partition(start + "\n")[0]
        path.write_text(before + new, encoding="utf-8")
        return f"```toml\n# datasets/{file}\n{new}```\n\n"


def walk_add(walk: Walk) -> str:
    """Add one recommendation."""
    return (
        walk.type("data new recommendation play9-7 --set body=PLAY --set document=play-c-nor-co-9 --append")
        + "The template says which fields there are, and the checks say what is missing:\n\n"
        + walk.type("data check datasets", 3)
        + "Fill in, and remove what does not apply:\n\n"
        + walk.fill(FILE, "[play9-7]", WALK["added"])
        + "Whoever reads it against the document adds a review:\n\n"
        + walk.add(FILE, WALK["review"], gap="")
        + walk.type("data check datasets")
    )


def walk_correct(walk: Walk) -> str:
    """Correct one fact."""
    return (
        walk.swap(FILE, WALK["paragraph"], WALK["paragraph after"])
        + walk.swap(FILE, 'locator = "para. 6"', 'locator = "para. 6(b)"')
        + walk.type("data check datasets")
    )


def walk_retire(walk: Walk) -> str:
    """Retire one id."""
    record = "[rec-901]" + WALK["before"].partition("[rec-901]")[2].partition("[rec-902]")[0]
    return (
        walk.swap(FILE, record, "")
        + walk.add("retired.toml", WALK["gone"])
        + "The checks list every link that is left:\n\n"
        + walk.type("data check datasets", 3)
        + walk.swap(FILE, 'repeats = ["rec-901"]', 'repeats = ["play9-7"]')
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
        + walk.type("show rec-901", 1)
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
        Walk(root).add("documents.toml", WALK["document"])
        (root / "datasets" / FILE).write_text(WALK["before"], encoding="utf-8")
        Walk(root).type("data publish datasets")
        return {name: step(Walk(root)) for name, step in STEPS.items()}
