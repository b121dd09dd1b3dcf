"""How well the classifier does: tables and pictures, from the figures that are kept with the training texts.

Nothing is measured here: ``tools/evaluate_classifier.py`` makes the figures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _markdown import plain, table

import nimrights

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from nimrights import Dataset

FIGURES = Path(__file__).parents[2] / "datasets" / "training" / "figures.json"
PICTURES = {name: f"classifier-{name}.svg" for name in ("calibration", "coverage", "confusion")}
MOST_CONFUSIONS = 12
FALSE_ALARMS = 8
AIM = 0.05  #: largest calibration error that the project allows itself
FEW = 10  #: texts in a step of probability, below which a picture leaves it out
SHOWN_CELL = 0.02  #: share from which on a cell of the confusion picture is numbered
DARK_CELL = 0.4

#: where figures are from -> what their column is called
WHERE = {"texts": "training texts, out of fold", "titles": "development titles"}
PAIRS = {
    "every": "every area of every text",
    "surest": "the surest area of each text",
    "asserted": "what is asserted",
}
MEASURES = {
    "labelled": "Texts with an area",
    "hit@1": "Surest area is right (hit@1)",
    "hit@3": "A right area among the surest three (hit@3)",
    "precision": "Asserted areas that are right (precision)",
    "recall": "Areas of the texts that are asserted (recall)",
    "covered": "Texts with an area for which any is asserted (covered)",
    "none": "Texts without an area",
    "none left empty": "Of these, left empty",
}
COUNTS = ("labelled", "none")


@cache
def figures() -> dict[str, Any]:
    """Read the figures."""
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def percent(share: float | None) -> str:
    """Give a share with one decimal."""
    return "" if share is None else f"{share:.1%}"


def sets() -> dict[str, dict[str, Any]]:
    """Give the figures of each set of texts that was measured."""
    return {name: figures()[name] for name in WHERE if figures()[name]}


def comparison(columns: Mapping[str, Mapping[str, Any]]) -> str:
    """Give a table with a line for each measure and a column for each kind of text."""
    rows = [
        [said, *(found[name] if name in COUNTS else percent(found[name]) for found in columns.values())]
        for name, said in MEASURES.items()
    ]
    return table(["", *columns], rows)


def figures_about(_: Dataset) -> str:
    """Say what was measured, when and with what."""
    found = figures()["about"]
    newest = nimrights.published()[-1]
    tools = ", ".join(f"{name} {found[name]}" for name in ("numpy", "scipy", "scikit-learn"))
    model = (found["model_sha256"] or "none")[:16]
    measured = f"Measured on {found['date']} with dataset {found['dataset']}, its model (sha256 `{model}…`)"
    lines = [f"{measured}, Python {found['python']}, {tools}."]
    if not figures()["texts"]["as the model says of itself"]:
        lines.append(
            "The published model was trained on an earlier state of the texts and terms than these figures; "
            "they differ a little from what the model says of itself."
        )
    if (found["dataset"], found["model_sha256"]) != (newest.version, newest.model_sha256):
        lines.append(f"**The newest dataset is {newest.version}: these figures are of an earlier model.**")
    return "\n".join(lines) + "\n"


def figures_whole(_: Dataset) -> str:
    """Give the figures by which the classifier is judged, by set of texts and language."""
    columns = {}
    for name, found in sets().items():
        columns[WHERE[name]] = found["whole"]
        columns |= {f"{name}, {lang}": part for lang, part in found["languages"].items()}
    return comparison(columns)


def figures_forms(_: Dataset) -> str:
    """Compare titles with titles and text."""
    columns = {}
    for name, found in sets().items():
        if same := found.get("the same texts"):
            columns |= {f"{name}: only their title": same["title"], f"{name}: title and text": same["title+text"]}
    return comparison(columns)


def figures_thresholds(_: Dataset) -> str:
    """Say what each threshold buys."""
    measures = ("precision", "recall", "covered", "none left empty")
    head, rows = ["Threshold"], {}
    for name, found in sets().items():
        head += [f"{name}: {measure}" for measure in measures]
        for entry in found["thresholds"]:
            rows.setdefault(entry["threshold"], {})[name] = entry
    whole = [entry for _, entry in sorted(rows.items()) if len(entry) == len(sets())]
    default = figures()["texts"]["threshold"]
    lines = []
    for entry in whole:
        threshold = entry["texts"]["threshold"]
        first = f"**{threshold:.2f}** (default)" if threshold == default else f"{threshold:.2f}"
        lines.append([first, *(percent(found[measure]) for found in entry.values() for measure in measures)])
    return table(head, lines)


def interval(entry: Sequence[float | None]) -> str:
    """Give a share with its 95 % interval."""
    share, low, high = entry
    return "" if share is None or low is None or high is None else f"{share:.0%} ({low:.0%} to {high:.0%})"


def areas_of(found: Mapping[str, Any]) -> str:
    rows = [
        (f"`{area}`", entry["texts"], entry["asserted"], interval(entry["precision"]), interval(entry["recall"]))
        for area, entry in found["areas"].items()
    ]
    return table(["Area", "Texts", "Asserted", "Precision", "Recall"], rows)


def figures_areas(_: Dataset) -> str:
    """Give precision and recall of each area on the training texts."""
    return areas_of(figures()["texts"])


def figures_areas_titles(_: Dataset) -> str:
    """Give precision and recall of each area on titles from outside."""
    found = figures()["titles"]
    return areas_of(found) if found else "Not measured.\n"


def figures_calibration(_: Dataset) -> str:
    """Give the calibration errors, before and after, and the picture."""
    found = sets()
    columns = {"training texts before calibration": figures()["texts"]["before calibration"]}
    columns |= {WHERE[name]: part["calibration"] for name, part in found.items()}
    rows = [
        [
            said,
            *(
                f"{part[name]['error']:.3f} (chance {part[name]['chance']:.3f}, of {part[name]['count']:,})"
                for part in columns.values()
            ),
        ]
        for name, said in PAIRS.items()
    ]
    high = [
        f"{said}, {WHERE[name]} ({part['calibration'][pair]['error']:.3f})"
        for name, part in found.items()
        for pair, said in PAIRS.items()
        if part["calibration"][pair]["error"] > AIM
    ]
    verdict = f"**Above the aim of {AIM}:** {'; '.join(high)}.\n" if high else f"All are within the aim of {AIM}.\n"
    head = ["Expected calibration error of", *columns]
    return picture("calibration", calibration_in_words()) + "\n" + table(head, rows) + "\n" + verdict


def figures_calibrations(_: Dataset) -> str:
    """Compare ways to calibrate."""
    found = figures()["texts"]["calibrations"]
    if not found:
        return "Not measured.\n"
    rows = [
        [plain(name), *(f"{part[pair]:.4f}" for pair in PAIRS), f"{part['brier']:.5f}"] for name, part in found.items()
    ]
    return table(["Calibration", *PAIRS.values(), "mean squared error"], rows)


def figures_coverage(_: Dataset) -> str:
    """Give the picture of coverage against precision."""
    return picture("coverage", coverage_in_words())


def figures_confusion(_: Dataset) -> str:
    """Give the confusion picture and the most frequent confusions."""
    rows = [(f"`{one}`", f"`{other}`", n, f"{share:.0%}") for one, other, n, share in confusions()]
    head = ["Primary area", "Surest area instead", "Texts", "Of the area's texts"]
    return picture("confusion", confusion_in_words()) + "\n" + table(head, rows)


def figures_alarms(_: Dataset) -> str:
    """Say which areas are asserted first of texts that have none."""
    found = figures()["texts"]
    row = found["asserted first"][-1]
    most = sorted(zip(row, found["order"], strict=False), key=lambda cell: (-cell[0], cell[1]))[:FALSE_ALARMS]
    said = ", ".join(f"`{area}` ({count})" for count, area in most)
    return f"Of {sum(row)} training texts without an area, {sum(row[:-1])} get one; most often {said}.\n"


def picture(name: str, said: str) -> str:
    """Give a picture with its alternative text."""
    return f"```{{image}} _generated/{PICTURES[name]}\n:alt: {said}\n:width: 100%\n```\n"


# -- the pictures in words ---------------------------------------------------------------------------


def points(bins: Iterable[Sequence[float]]) -> list[tuple[float, float, int]]:
    """Give the steps of probability that hold enough texts: what was said, what was right, how many."""
    return [(said, right, int(count)) for count, said, right in bins if count >= FEW]


def calibration_in_words() -> str:
    parts = []
    for name, said in PAIRS.items():
        if name != "asserted":
            found = points(figures()["texts"]["calibration"][name]["bins"])
            steps = ", ".join(f"{p:.0%} said and {right:.0%} right" for p, right, _ in found)
            parts.append(f"For {said}: {steps}.")
    return "Probability said against share that was right, in ten steps. " + " ".join(parts)


def coverage_in_words() -> str:
    parts = []
    for name, found in sets().items():
        steps = ", ".join(
            f"{entry['precision']:.0%} at {entry['covered']:.0%}"
            for entry in found["thresholds"]
            if round(entry["threshold"] * 100) % 20 == 10 and entry["precision"] is not None  # noqa: PLR2004
        )
        parts.append(f"{WHERE[name]}: {steps}.")
    return "Precision at coverage, for thresholds 0.1, 0.3, 0.5, 0.7 and 0.9. " + " ".join(parts)


def confusions() -> list[tuple[str, str, int, float]]:
    """Give the most frequent confusions between two areas: what it is, what was said, how many, which share."""
    found = figures()["texts"]
    order = found["order"]
    cells = [
        (row[column], order[one], order[column], row[column] / (sum(row) or 1))
        for one, row in enumerate(found["confusion"][:-1])
        for column in range(len(order))
        if column != one and row[column]
    ]
    return [(one, other, n, share) for n, one, other, share in sorted(cells, key=lambda c: (-c[0], c[1], c[2]))][
        :MOST_CONFUSIONS
    ]


def confusion_in_words() -> str:
    """Say what the picture of confusions shows."""
    rows = figures()["texts"]["confusion"][:-1]
    right = sum(row[n] for n, row in enumerate(rows)) / sum(map(sum, rows))
    worst = "; ".join(f"{one} taken for {other} in {share:.0%}" for one, other, _, share in confusions()[:5])
    return (
        "A square with a row for each primary area and a column for each surest area. "
        f"{right:.0%} of the texts are on the diagonal. Most frequent off it: {worst}."
    )


# -- the pictures ------------------------------------------------------------------------------------


def draw(folder: Path) -> list[Path]:
    """Draw the pictures; the same figures always give the same bytes."""
    import matplotlib as mpl  # noqa: PLC0415 - only the docs are built with it

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    look = {"font.size": 9, "svg.hashsalt": "nimrights", "axes.spines.top": False, "axes.spines.right": False}
    drawn = []
    with mpl.rc_context(look):
        for name, (size, columns, paint) in PAINTERS.items():
            figure, axes = plt.subplots(1, columns, figsize=size, facecolor="white", squeeze=False)
            paint(axes[0])
            figure.tight_layout()
            drawn.append(folder / PICTURES[name])
            figure.savefig(drawn[-1], metadata={"Date": None})
            plt.close(figure)
    return drawn


def paint_calibration(panels: Sequence[Axes]) -> None:
    """Draw what was said against what was right, before and after calibration."""
    texts = figures()["texts"]
    for axes, name in zip(panels, ("every", "surest"), strict=True):
        axes.plot([0, 1], [0, 1], color="#888", linestyle="--", linewidth=1, label="as it should be")
        for key, label, colour, marker in (
            ("before calibration", "before calibration", "#b8860b", "s"),
            ("calibration", "after", "#1b6ca8", "o"),
        ):
            found = points(texts[key][name]["bins"])
            axes.plot(
                [p for p, _, _ in found], [r for _, r, _ in found], color=colour, marker=marker, markersize=4,
                label=f"{label} (error {texts[key][name]['error']:.3f})",
            )  # fmt: skip
        axes.set_title(PAIRS[name], fontsize=10)
        axes.set_xlabel("probability said")
        axes.set_ylabel("share that was right")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_aspect("equal")
        axes.legend(frameon=False, loc="upper left", fontsize=8)


def paint_coverage(panels: Sequence[Axes]) -> None:
    """Draw precision against coverage, and precision and recall against the threshold."""
    left, right = panels
    styles = {"texts": ("#1b6ca8", "o", "-", (-60, -22)), "titles": ("#b8560b", "s", "--", (14, 12))}
    for name, found in sets().items():
        colour, marker, line, offset = styles[name]
        rows = [entry for entry in found["thresholds"] if entry["precision"] is not None]
        left.plot(
            [e["covered"] for e in rows], [e["precision"] for e in rows], color=colour, marker=marker, markersize=4,
            linestyle=line, label=WHERE[name],
        )  # fmt: skip
        [default] = [e for e in rows if e["threshold"] == found["threshold"]]
        left.annotate(
            f"default {default['threshold']:.2f}", (default["covered"], default["precision"]), xytext=offset,
            textcoords="offset points", fontsize=8, color=colour, arrowprops={"arrowstyle": "-", "color": colour},
        )  # fmt: skip
        for measure, width in (("precision", 1.8), ("recall", 0.9)):
            right.plot(
                [e["threshold"] for e in rows], [e[measure] for e in rows], color=colour, linestyle=line,
                linewidth=width, label=f"{measure}, {name}",
            )  # fmt: skip
    left.set_xlabel("texts with an area for which any is asserted")
    left.set_ylabel("asserted areas that are right")
    right.set_xlabel("threshold")
    right.set_ylim(0, 1)
    right.set_xlim(0, 1)
    for axes in panels:
        axes.grid(color="#ddd", linewidth=0.6)
        axes.legend(frameon=False, fontsize=8, loc="lower left")


def paint_confusion(panels: Sequence[Axes]) -> None:
    """Draw what texts are against their surest area, each row as shares; colours rise as the root of a share."""
    axes = panels[0]
    names = figures()["texts"]["order"]
    rows = figures()["texts"]["confusion"][: len(names)]
    shares = [[cell / (sum(row) or 1) for cell in row[: len(names)]] for row in rows]
    axes.imshow([[math.sqrt(share) for share in row] for row in shares], cmap="Blues", vmin=0, vmax=1)
    for row, cells in enumerate(shares):
        for column, share in enumerate(cells):
            if share >= SHOWN_CELL:
                colour = "white" if share > DARK_CELL else "black"
                axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=6, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("surest area")
    axes.set_ylabel("primary area; per cent of its texts")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)


#: picture -> size in inches, panels, what draws it
PAINTERS = {
    "calibration": ((9, 4.6), 2, paint_calibration),
    "coverage": ((9, 4.2), 2, paint_coverage),
    "confusion": ((9, 9), 1, paint_confusion),
}

PARTS = (
    figures_about, figures_whole, figures_forms, figures_thresholds, figures_areas, figures_areas_titles,
    figures_calibration, figures_calibrations, figures_coverage, figures_confusion, figures_alarms,
)  # fmt: skip
