"""The coverage by body and document: tables, a picture, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from _markdown import plain, table

from nimrights.coverage import coverage_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from nimrights import Dataset
    from nimrights.coverage import Coverage

PICTURE = "coverage.svg"

#: part of a bar -> what the legend says, colour (also apart in print and for the colour-blind), hatching
LOOKS = {
    "complete": ("document held completely", "#1b6ca8", ""),
    "partial": ("document held in part", "#9dc9e6", ""),
    "none": ("document known, nothing held of it", "white", ""),
    "unknown": ("held, document not known", "#f0c36d", ""),
    "missing": ("stated by a source, not held", "white", "////"),
}


def title_of(row: Coverage, ds: Dataset) -> str:
    """Give the name of the document of a row, with its cycle."""
    if row.document is None:
        return "*document not known*"
    document = ds.documents[row.document]
    return plain(document.label.en) + (f", {plain(document.symbol)}" if document.symbol else "")


def coverage(ds: Dataset) -> str:
    """Compare what documents are said to hold with what the dataset holds, by monitoring body."""
    rows = []
    for row in coverage_of(ds):
        body = plain(ds.bodies[row.body].abbreviation) if row.body else "*not named*"
        stated = "not known" if row.stated is None else row.stated
        seen = row.text_seen or ""
        status = f"**{row.status}**" if row.status else "document not known"
        rows.append([body, title_of(row, ds), row.date or "", stated, row.held, status, seen])
    return table(["Body", "Document", "Date", "Stated", "Held", "Status", "Text seen"], rows)


def coverage_notes(ds: Dataset) -> str:
    """Say of each document what was read of it."""
    rows = [ds.documents[row.document] for row in coverage_of(ds) if row.document]
    return "".join(f"- {plain(d.symbol or d.label.en)}: {plain(d.note)}\n" for d in rows if d.note)


def by_body(ds: Dataset) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Count for each body its documents by status, and recommendations by the status of their document.

    ``missing`` are those that a source states and that are not held.
    """
    found: dict[str, tuple[Counter[str], Counter[str]]] = {
        body.abbreviation: (Counter(), Counter()) for body in ds.bodies.values()
    }
    found["not named"] = (Counter(), Counter())
    for row in coverage_of(ds):
        documents, held = found[ds.bodies[row.body].abbreviation if row.body else "not named"]
        if row.status:
            documents[row.status] += 1
        held[row.status or "unknown"] += row.held
        held["missing"] += max(0, (row.stated or 0) - row.held)
    return {name: both for name, both in found.items() if any(map(Counter.total, both))}


def number(count: int, what: str) -> str:
    """Give a count with its noun, in the plural where it is not one."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def coverage_in_words(ds: Dataset) -> str:
    """Say in words what the picture of the coverage shows."""
    parts = []
    for name, (documents, held) in by_body(ds).items():
        statuses = [f"{documents[status]} {status}" for status in ("complete", "partial", "none") if documents[status]]
        known = (
            f"{number(documents.total(), 'known document')} ({', '.join(statuses)})"
            if statuses
            else "no known document"
        )
        total = held.total() - held["missing"]
        of = "all" if held["unknown"] == total else f"{held['unknown']} of them"
        loose = f", {of} without a known document" if held["unknown"] else ""
        missing = f"; {held['missing']} more are stated and not held" if held["missing"] else ""
        parts.append(f"{name}: {known}, {number(total, 'recommendation')} held{loose}{missing}.")
    return "Bars by monitoring body. " + " ".join(parts)


def coverage_picture(ds: Dataset) -> str:
    """Give the picture that `draw` makes, with the same in words."""
    return f"```{{image}} _generated/{PICTURE}\n:alt: {coverage_in_words(ds)}\n:width: 100%\n```\n"


def draw(ds: Dataset, folder: Path) -> Path:
    """Draw how much is held of each body's documents; the same data always give the same bytes."""
    import matplotlib as mpl  # noqa: PLC0415 - only the docs are built with it

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    rows = by_body(ds)
    names = list(rows)[::-1]
    look = {"font.size": 9, "svg.hashsalt": "nimrights", "axes.spines.top": False, "axes.spines.right": False}
    with mpl.rc_context(look):
        figure, (left, right) = plt.subplots(
            1, 2, sharey=True, figsize=(11, 0.3 * len(names) + 1.4), width_ratios=(1, 3), facecolor="white"
        )
        bars(left, names, [rows[name][0] for name in names], ("complete", "partial", "none"))
        bars(right, names, [rows[name][1] for name in names], ("complete", "partial", "unknown", "missing"))
        left.set_xlabel("known documents, by status")
        right.set_xlabel("recommendations")
        handles = [axes.get_legend_handles_labels() for axes in (left, right)]
        shown = {label: bar for some in handles for bar, label in zip(*some, strict=True)}
        figure.legend(shown.values(), shown.keys(), loc="upper center", ncols=3, frameon=False)
        figure.tight_layout(rect=(0, 0, 1, 1 - 0.7 / figure.get_figheight()))
        path = folder / PICTURE
        folder.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
    return path


def bars(axes: Axes, names: list[str], counts: list[Counter[str]], parts: Sequence[str]) -> None:
    """Draw stacked bars with the number beside each: what is held, and with a plus what is missing."""
    left = [0] * len(names)
    for part in parts:
        label, colour, hatch = LOOKS[part]
        widths = [count[part] for count in counts]
        axes.barh(names, widths, left=left, label=label, facecolor=colour, edgecolor="#444", hatch=hatch, linewidth=0.6)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    for row, (end, count) in enumerate(zip(left, counts, strict=True)):
        text = str(end - count["missing"]) + (f" + {count['missing']} not held" if count["missing"] else "")
        axes.annotate(text, (end, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_xlim(0, max(left) * 1.18)
    axes.margins(y=0.01)
    axes.tick_params(left=False)
