"""Measure the classifier: every figure of the page on classification, by one command.

    python tools/evaluate_classifier.py --date 2026-11-23 [--titles FILE] [--out FILE] [--quick]

Needs the extra ``train``, and about ten minutes of one core. The training texts are judged by
models that have not seen them (the folds of ``tools/train_classifier.py``). ``--titles`` measures
the published model on labelled titles that are kept outside the repository; only sums of them are
written. ``--quick`` leaves out the comparison of calibrations, which takes most of the time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import platform
import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import measures
import numpy as np
import train_classifier as trainer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from nimrights._cases.model import Model
from nimrights._files import replace_whole
from nimrights.classifier import model_of
from nimrights.versions import load, version_named

ROOT = trainer.ROOT
OUT = ROOT / "training" / "figures.json"
THRESHOLDS = [step / 20 for step in range(1, 20)]
#: end of the first sentence, which is the title where a text has more
FIRST_SENTENCE = re.compile(r"[.:?!] (?=[A-ZÆØÅ])")
EXPECTED_ERROR = 0.05  #: calibration errors above this are said aloud
ANY = 1e-9  #: a threshold that every area reaches of which anything is known
AGREE = 5e-4  #: figures that differ less are the same

Row = trainer.Row
Probability = Callable[[np.ndarray], np.ndarray]


def judge(texts: list[Row], terms: list[Row], areas: list[str], left_out: set[int]) -> trainer.Learned:
    """Give what all texts teach but those of some folds."""
    return trainer.learn([row for n, row in enumerate(texts) if n not in left_out], terms, areas)


def folds(count: int) -> list[list[int]]:
    """Give the folds of the training tool."""
    order = np.random.default_rng(trainer.SEED).permutation(count)
    return [sorted(order[fold :: trainer.FOLDS].tolist()) for fold in range(trainer.FOLDS)]


def sigmoid(values: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -60, 60))))


# -- calibrations: each is fitted on scores and labels and gives probabilities ----------------------


def no_calibration(_: np.ndarray, __: np.ndarray) -> Probability:
    return sigmoid


def platt(scores: np.ndarray, labels: np.ndarray) -> Probability:
    slope, offset = trainer.platt(scores, labels)
    return lambda values: sigmoid(slope * values + offset)


def platt_by_area(scores: np.ndarray, labels: np.ndarray) -> Probability:
    lines = np.array([trainer.platt(scores[:, n], labels[:, n]) for n in range(scores.shape[1])])
    return lambda values: sigmoid(values * lines[:, 0] + lines[:, 1])


def temperature(scores: np.ndarray, labels: np.ndarray) -> Probability:
    found = LogisticRegression(C=1e6, solver="lbfgs", fit_intercept=False).fit(scores.reshape(-1, 1), labels.ravel())
    slope = float(found.coef_[0][0])
    return lambda values: sigmoid(slope * values)


def isotonic(scores: np.ndarray, labels: np.ndarray) -> Probability:
    steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores.ravel(), labels.ravel())
    return lambda values: np.asarray(steps.predict(values.ravel()).reshape(values.shape))


def curve(scores: np.ndarray, labels: np.ndarray) -> Probability:
    found = trainer.calibrate(scores, labels)
    return lambda values: trainer.probabilities_of(found, values)


CALIBRATIONS = {
    "none": no_calibration, "temperature": temperature, "platt": platt, "platt by area": platt_by_area,
    "isotonic": isotonic, "curve": curve,
}  # fmt: skip


def compare_calibrations(
    texts: list[Row], terms: list[Row], areas: list[str], outer: np.ndarray, threshold: float
) -> dict[str, Any]:
    """Give the errors of each calibration by nested cross-validation.

    For each fold that is held out, calibrations are fitted on the scores of the other four, each
    by a model that saw neither it nor the held-out fold; one model serves both folds of a pair.
    """
    parts = folds(len(texts))
    inner = np.zeros((len(parts), len(texts), len(areas)))
    for one, other in combinations(range(len(parts)), 2):
        learned = judge(texts, terms, areas, {*parts[one], *parts[other]})
        inner[one, parts[other]] = learned.scores([texts[n][0] for n in parts[other]])
        inner[other, parts[one]] = learned.scores([texts[n][0] for n in parts[one]])
    labels = trainer.label_matrix(texts, areas)
    found = {}
    for name, calibration in CALIBRATIONS.items():
        probabilities = np.zeros_like(outer)
        for held, part in enumerate(parts):
            rest = sorted(n for other, rows in enumerate(parts) if other != held for n in rows)
            probabilities[part] = calibration(inner[held, rest], labels[rest])(outer[part])
        found[name] = errors(rows_of(probabilities, texts, areas), threshold)
    return found


# -- figures ----------------------------------------------------------------------------------------


def rows_of(probabilities: np.ndarray, texts: list[Row], areas: list[str]) -> list[measures.Row]:
    number = {area: n for n, area in enumerate(areas)}
    return [
        (ps, [number[label] for label in labels]) for ps, (_, labels) in zip(probabilities.tolist(), texts, strict=True)
    ]


def kinds_of_pairs(rows: list[measures.Row], threshold: float) -> dict[str, list[measures.Pair]]:
    return {
        "every": measures.every(rows), "surest": measures.surest(rows), "asserted": measures.asserted(rows, threshold),
    }  # fmt: skip


def errors(rows: list[measures.Row], threshold: float) -> dict[str, float]:
    """Give the expected calibration errors, and the mean squared error of every probability (Brier 1950)."""
    kinds = kinds_of_pairs(rows, threshold)
    found = {name: measures.calibration_error(measures.binned(pairs)) for name, pairs in kinds.items()}
    return {**found, "brier": sum((p - right) ** 2 for p, right in kinds["every"]) / len(kinds["every"])}


def calibration(rows: list[measures.Row], threshold: float) -> dict[str, Any]:
    found = {}
    for name, pairs in kinds_of_pairs(rows, threshold).items():
        bins = measures.binned(pairs)
        error, chance = measures.calibration_error(bins), measures.chance_error(bins)
        found[name] = {"count": len(pairs), "error": error, "chance": chance, "bins": bins}
    return found


def by_area(rows: list[measures.Row], areas: list[str], threshold: float) -> dict[str, Any]:
    found = {}
    for area, counts in zip(areas, measures.by_area(rows, threshold, len(areas)), strict=True):
        right = counts["right"]
        found[area] = {
            **counts,
            "precision": [measures.ratio(right, counts["asserted"]), *measures.wilson(right, counts["asserted"])],
            "recall": [measures.ratio(right, counts["texts"]), *measures.wilson(right, counts["texts"])],
        }
    return found


def whole(probabilities: np.ndarray, texts: list[Row], areas: list[str], threshold: float) -> dict[str, Any]:
    """Give the figures by which the classifier is judged, with the recall of its areas."""
    truth = [labels for _, labels in texts]
    found = dict(trainer.measure(probabilities, truth, areas, threshold))
    right = measures.asserted(rows_of(probabilities, texts, areas), threshold)
    there = sum(map(len, truth))
    found |= {"recall": sum(r for _, r in right) / there, "asserted": len(right), "areas": there}
    return found


def groups(
    probabilities: np.ndarray, texts: list[Row], kinds: list[str], areas: list[str], threshold: float
) -> dict[str, Any]:
    """Give the figures for each kind of text."""
    found = {}
    for kind in sorted(set(kinds)):
        rows = [n for n, other in enumerate(kinds) if other == kind]
        found[kind] = whole(probabilities[rows], [texts[n] for n in rows], areas, threshold)
    return found


def all_figures(probabilities: np.ndarray, texts: list[Row], areas: list[str], threshold: float) -> dict[str, Any]:
    rows = rows_of(probabilities, texts, areas)
    return {
        "whole": whole(probabilities, texts, areas, threshold),
        "areas": by_area(rows, areas, threshold),
        "thresholds": [measures.at(rows, t) for t in sorted({*THRESHOLDS, threshold})],
        "calibration": calibration(rows, threshold),
        "confusion": measures.confusion(rows, ANY, len(areas)),
        "asserted first": measures.confusion(rows, threshold, len(areas)),
    }


def training_figures(model: Model, *, quick: bool) -> dict[str, Any]:
    """Give the figures out of fold."""
    texts, terms = trainer.training_rows(ROOT)
    facts = list(training_facts(ROOT))
    areas = sorted({area for _, labels in texts for area in labels})
    titles = [
        FIRST_SENTENCE.split(text, maxsplit=1)[0] if fact["form"] != "title" else text
        for (text, _), fact in zip(texts, facts, strict=True)
    ]
    scores, alone = np.zeros((len(texts), len(areas))), np.zeros((len(texts), len(areas)))
    for part in folds(len(texts)):
        learned = judge(texts, terms, areas, set(part))
        scores[part] = learned.scores([texts[n][0] for n in part])
        alone[part] = learned.scores([titles[n] for n in part])
    labels = trainer.label_matrix(texts, areas)
    to_probability = curve(scores, labels)
    probabilities = to_probability(scores)
    threshold = trainer.choose_threshold(probabilities, labels.astype(bool))
    found = all_figures(probabilities, texts, areas, threshold)
    found["before calibration"] = calibration(rows_of(sigmoid(scores), texts, areas), threshold)
    found["languages"] = groups(probabilities, texts, [fact["lang"] for fact in facts], areas, threshold)
    found["forms"] = groups(probabilities, texts, [fact["form"] for fact in facts], areas, threshold)
    both = [n for n, (text, _) in enumerate(texts) if titles[n] != text]
    rows = [texts[n] for n in both]
    found["the same texts"] = {
        "title": whole(to_probability(alone)[both], rows, areas, threshold),
        "title+text": whole(probabilities[both], rows, areas, threshold),
    }
    found["as the model says of itself"] = all(
        abs(found["whole"][name] - value) < AGREE for name, value in model.facts["out_of_fold"].items()
    )
    found["calibrations"] = None if quick else compare_calibrations(texts, terms, areas, scores, threshold)
    return {"threshold": threshold, "order": areas, **found}


def training_facts(root: Path) -> Iterator[dict[str, str]]:
    """Give language and form of each training text, in the order of the training tool."""
    for path in sorted((root / "training").glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def titles_in(path: Path) -> tuple[list[dict[str, Any]], list[Row]]:
    """Give the rows of a file of labelled titles, and the same as texts with their areas."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [
        (" ".join(filter(None, (row["title"], row.get("text")))), tuple(a for a in row["labels"] if a != "none"))
        for row in rows
    ]
    return rows, texts


def title_figures(model: Model, path: Path) -> dict[str, Any]:
    """Give the figures of the published model on labelled titles."""
    rows, texts = titles_in(path)
    areas = list(model.areas)
    probabilities = judged(model, [text for text, _ in texts])
    found = all_figures(probabilities, texts, areas, model.threshold)
    found["languages"] = groups(probabilities, texts, [row.get("lang", "-") for row in rows], areas, model.threshold)
    both = [n for n, row in enumerate(rows) if row.get("text")]
    some = [texts[n] for n in both]
    if any(labels for _, labels in some):
        found["the same texts"] = {
            "title": whole(judged(model, [rows[n]["title"] for n in both]), some, areas, model.threshold),
            "title+text": whole(probabilities[both], some, areas, model.threshold),
        }
    sure = [n for n, row in enumerate(rows) if not row.get("doubtful")]
    found["without doubtful ones"] = whole(probabilities[sure], [texts[n] for n in sure], areas, model.threshold)
    return {"threshold": model.threshold, "order": areas, **found}


def judged(model: Model, texts: list[str]) -> np.ndarray:
    """Give the probabilities of texts by a model as it is used."""
    found = np.zeros((len(texts), len(model.areas)))
    for n, text in enumerate(texts):
        for p, area in model.above(model.known(text).values(), 0.0):
            found[n, model.lanes[area]] = p
    return found


def rounded(value: Any) -> Any:
    """Give a value that JSON can hold, with four decimals."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


def spelled(value: Any, indent: str = "\n") -> str:
    """Give JSON with a line for each entry, but lists of numbers in one line."""
    deeper = indent + " "
    if isinstance(value, dict):
        return "{" + ",".join(f"{deeper}{json.dumps(k)}: {spelled(v, deeper)}" for k, v in value.items()) + indent + "}"
    if isinstance(value, list) and any(isinstance(inner, (dict, list)) for inner in value):
        return "[" + ",".join(deeper + spelled(inner, deeper) for inner in value) + indent + "]"
    return json.dumps(value, ensure_ascii=False)


def about(day: str) -> dict[str, str | None]:
    """Say what was measured, when, and with what."""
    dataset = load()
    sources = hashlib.sha256(repr(trainer.training_rows(ROOT)).encode()).hexdigest()
    return {
        "dataset": dataset.version, "model_sha256": version_named(dataset.version).model_sha256, "trained_on": sources,
        "date": day, "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }  # fmt: skip


def say(found: dict[str, Any]) -> None:
    """Print the figures that a reader asks for first, and what is not as it should be."""
    for name in ("texts", "titles"):
        if part := found.get(name):
            print(name, {key: rounded(value) for key, value in part["whole"].items()})
            for kind, entry in part["calibration"].items():
                loud = " ABOVE THE GOAL" if entry["error"] > EXPECTED_ERROR else ""
                print(
                    f"  calibration error, {kind}: {entry['error']:.3f} (chance {entry['chance']:.3f}) of {entry['count']}{loud}"
                )
    for name, entry in (found["texts"]["calibrations"] or {}).items():
        print(f"  {name:14}", rounded(entry))
    if not found["texts"]["as the model says of itself"]:
        print("The published model was trained on other texts or terms than these: train and publish, then run this.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--date", type=dt.date.fromisoformat, required=True, help="day of the measurement")
    parser.add_argument("--titles", type=Path, help="JSON Lines with title, labels, and perhaps text and lang")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--quick", action="store_true", help="without the comparison of calibrations")
    arguments = parser.parse_args()
    model = model_of(load())
    found = {
        "about": about(arguments.date.isoformat()),
        "texts": training_figures(model, quick=arguments.quick),
        "titles": title_figures(model, arguments.titles) if arguments.titles else None,
    }
    say(found)
    replace_whole(arguments.out, (spelled(rounded(found)) + "\n").encode())


if __name__ == "__main__":
    main()
