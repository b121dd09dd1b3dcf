"""The measures of the classifier's figures, for probabilities and labels that are already there.

A row is one text: its probabilities, one for each area, and the numbers of the areas that it has,
the primary one first. Nothing here needs more than Python, so that the tests can run it anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BINS = 10
Z = 1.959964  #: 95 % of a normal distribution lie within this many standard deviations

Row = tuple[Sequence[float], Sequence[int]]
Pair = tuple[float, bool]


class Bin(NamedTuple):
    """Predictions of about the same probability."""

    count: int
    said: float  #: mean probability
    right: float  #: share that is right


def ratio(part: float, whole: float) -> float | None:
    """Give a share, nothing of nothing."""
    return part / whole if whole else None


def wilson(right: int, count: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927); of nothing, all is possible.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not count:
        return 0.0, 1.0
    share, spread = right / count, Z * Z / count
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / count + spread / count / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def binned(pairs: Iterable[Pair]) -> list[Bin]:
    """Sort predictions into `BINS` equal steps of probability; a step without any has a count of 0."""
    sums = [[0, 0.0, 0] for _ in range(BINS)]
    for probability, right in pairs:
        entry = sums[min(BINS - 1, int(probability * BINS))]
        entry[0] += 1
        entry[1] += probability
        entry[2] += right
    return [Bin(int(n), said / n, right / n) if n else Bin(0, 0.0, 0.0) for n, said, right in sums]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Give the expected calibration error: how far what was said is from what was right, on average."""
    whole = sum(entry.count for entry in bins)
    return sum(entry.count * abs(entry.said - entry.right) for entry in bins) / whole if whole else 0.0


def chance_error(bins: Sequence[Bin]) -> float:
    """Give the calibration error that chance alone makes where every probability is right.

    The mean distance of a normal variable from its mean is the square root of 2/pi deviations.
    """
    whole = sum(entry.count for entry in bins)
    spread = sum(math.sqrt(2 / math.pi * entry.count * entry.said * (1 - entry.said)) for entry in bins)
    return spread / whole if whole else 0.0


def every(rows: Iterable[Row]) -> list[Pair]:
    """Give each probability of each text, and whether the text has the area."""
    return [(p, area in labels) for probabilities, labels in rows for area, p in enumerate(probabilities)]


def surest(rows: Iterable[Row]) -> list[Pair]:
    """Give the probability of each text's surest area, and whether the text has it."""
    return [(p, area in labels) for p, area, labels in ((*first(ps), labels) for ps, labels in rows)]


def asserted(rows: Iterable[Row], threshold: float) -> list[Pair]:
    """Give each probability that reaches the threshold, and whether the text has the area."""
    return [pair for pair in every(rows) if pair[0] >= threshold]


def first(probabilities: Sequence[float]) -> tuple[float, int]:
    """Give the highest probability and its area, of equal ones the first area."""
    best = max(probabilities)
    return best, list(probabilities).index(best)


def at(rows: Sequence[Row], threshold: float) -> dict[str, float | None]:
    """Say what a threshold buys.

    ``precision``: asserted areas that are right; ``recall``: areas of the texts that are asserted;
    ``covered``: texts with an area for which any is asserted; ``none left empty``: texts without
    an area for which none is.
    """
    said = right = there = labelled = covered = silent = 0
    for probabilities, labels in rows:
        found = [area for area, p in enumerate(probabilities) if p >= threshold]
        said += len(found)
        right += sum(area in labels for area in found)
        there += len(labels)
        labelled += bool(labels)
        covered += bool(labels and found)
        silent += not (labels or found)
    return {
        "threshold": threshold,
        "precision": ratio(right, said),
        "recall": ratio(right, there),
        "covered": ratio(covered, labelled),
        "none left empty": ratio(silent, len(rows) - labelled),
    }


def by_area(rows: Sequence[Row], threshold: float, count: int) -> list[dict[str, int]]:
    """Count for each area the texts that have it, those it is asserted of, and those where that is right."""
    found = [{"texts": 0, "asserted": 0, "right": 0} for _ in range(count)]
    for probabilities, labels in rows:
        for area in labels:
            found[area]["texts"] += 1
        for area, p in enumerate(probabilities):
            if p >= threshold:
                found[area]["asserted"] += 1
                found[area]["right"] += area in labels
    return found


def confusion(rows: Iterable[Row], threshold: float, count: int) -> list[list[int]]:
    """Count texts by what they are (rows) and what is asserted first (columns); the last of both is none.

    A text with several areas stands in the row of its primary one, and where the surest area is
    another of its areas it counts as right.
    """
    table = [[0] * (count + 1) for _ in range(count + 1)]
    for probabilities, labels in rows:
        best, area = first(probabilities)
        row = labels[0] if labels else count
        column = count if best < threshold else area
        table[row][row if column in labels else column] += 1
    return table
