"""Train the classifier's model from the training texts and the areas' curated terms.

    python tools/train_classifier.py [--out FILE] [--eval FILE]

Needs the extra ``train``. The same texts, terms and library versions give the same bytes.
``--eval`` measures labelled titles that are kept outside the repository; they are never
trained on.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from nimrights._cases.model import Curve, content_words, decode, encode, ngrams
from nimrights._files import replace_whole
from nimrights.authoring import Tables, read_sources
from nimrights.models import code_id
from nimrights.vocabulary import LANGUAGES

ROOT = Path(__file__).parents[1] / "datasets"
FOLDS = 5
SEED = 2026
STRENGTH = 10.0  #: inverse of the regularisation
#: how much more freely an n-gram's weight may grow where it is more frequent in the area's texts, or less, than in others
FREEDOM = 0.6
TERM_WEIGHT = 0.3  #: what a term counts for in training, where a text counts for 1
#: a term that stands in so many texts, of which a greater share is not about its area, teaches nothing of it
OFTEN, MOST_WRONG = 5, 2 / 3
FEATURES = 70_000  #: n-grams that are kept at most, so that a model has less than 3 MB
IDF_SCALE = 25
MOST_AREAS = 2  #: that rest on an act whose name is a term
#: share of the n-grams whose largest weight fits the eight bits of a lane; the others are cut
FITTING = 0.9999
TARGET_PRECISION = 0.9  #: of what is asserted, out of fold
#: probabilities through which the calibration curve goes
POINTS = (0.001, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)

Row = tuple[str, tuple[str, ...]]


def training_rows(root: Path) -> tuple[list[Row], list[Row]]:
    """Give the training texts, and the curated terms as short texts of their own."""
    texts = [
        (row["text"], tuple(row["areas"]))
        for path in sorted((root / "training").glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]
    terms: dict[str, set[str]] = {}
    for term, area in lexicon(read_sources(root)):
        terms.setdefault(term, set()).add(area)
    return texts, [(term, tuple(sorted(areas))) for term, areas in sorted(terms.items())]


def lexicon(tables: Tables) -> Iterator[tuple[str, str]]:
    """Give each curated term with its area: labels, synonyms, headings of KOSTRA functions, names of acts.

    An act counts only where at most `MOST_AREAS` areas rest on it: others tell nothing of the area.
    """
    areas_of: dict[str, set[str]] = {}
    for key, area in tables.rows["areas"].items():
        for lang in LANGUAGES:
            yield from ((term, key) for term in [area["label"][lang], *area["synonyms"][lang]])
        for code in area.get("kostra", ()):
            yield tables.rows["codes"][code_id("kostra", code)]["heading"], key
        for obligation in area["obligations"]:
            for entry in tables.rows["obligations"][obligation]["legal_basis"]:
                areas_of.setdefault(tables.rows["provisions"][entry["provision"]]["instrument"], set()).add(key)
    for instrument, areas in areas_of.items():
        row = tables.rows["instruments"][instrument]
        if len(areas) <= MOST_AREAS and row["type"] in ("statute", "regulation"):
            yield from (
                (name, key) for name in (row["label"]["nb"], row["label"]["nn"], row["title"]["nb"]) for key in areas
            )


class Features:
    """The n-grams that are kept, with their inverse document frequency."""

    def __init__(self, texts: list[str], least: int = 2) -> None:
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update({gram for word in content_words(text) for gram in ngrams(word)})
        self.grams = sorted(gram for gram, n in seen.items() if n >= least)
        self.idf = [min(255, round(IDF_SCALE * (1 + math.log((1 + len(texts)) / (1 + seen[g]))))) for g in self.grams]
        self.row_of = {gram: n for n, gram in enumerate(self.grams)}

    def keep(self, rows: list[int]) -> None:
        self.grams = [self.grams[n] for n in rows]
        self.idf = [self.idf[n] for n in rows]
        self.row_of = {gram: n for n, gram in enumerate(self.grams)}

    def matrix(self, texts: list[str]) -> sparse.csr_matrix:
        data, indices, starts = [], [], [0]
        for text in texts:
            sums: dict[int, float] = {}
            squared = 0.0
            for word in content_words(text):
                for gram in ngrams(word):
                    if (n := self.row_of.get(gram)) is not None:
                        weight = self.idf[n] / IDF_SCALE
                        sums[n] = sums.get(n, 0.0) + weight
                        squared += weight * weight
            length = math.sqrt(squared) or 1.0
            for n in sorted(sums):
                indices.append(n)
                data.append(sums[n] / length)
            starts.append(len(indices))
        return sparse.csr_matrix((data, indices, starts), shape=(len(texts), len(self.grams)))


def telling(terms: list[Row], texts: list[Row]) -> list[Row]:
    """Give the terms with those areas that they do not only mislead to where they stand in the texts."""
    holding: dict[str, set[int]] = {}
    for number, (text, _) in enumerate(texts):
        for word in content_words(text):
            holding.setdefault(word, set()).add(number)
    found = []
    for term, areas in terms:
        words = [holding.get(word, set()) for word in content_words(term)]
        if not words:
            continue
        there = set.intersection(*words)
        kept = tuple(
            area
            for area in areas
            if len(there) < OFTEN or sum(area not in texts[n][1] for n in there) <= MOST_WRONG * len(there)
        )
        if kept:
            found.append((term, kept))
    return found


class Learned(NamedTuple):
    """What texts and terms teach."""

    features: Features
    weights: np.ndarray
    intercepts: np.ndarray

    def scores(self, texts: list[str]) -> np.ndarray:
        return np.asarray(self.features.matrix(texts) @ self.weights.T + self.intercepts)


def learn(texts: list[Row], terms: list[Row], areas: list[str], most: int | None = None) -> Learned:
    """Learn from texts and telling terms, from at most so many n-grams."""
    rows = texts + telling(terms, texts)
    words = [text for text, _ in rows]
    labels = label_matrix(rows, areas)
    counts = np.array([1.0] * len(texts) + [TERM_WEIGHT] * (len(rows) - len(texts)))
    features = Features(words)
    weights, intercepts = fit(features.matrix(words), labels, counts)
    if most is not None and len(features.grams) > most:
        strongest = np.abs(weights).max(axis=0) * np.array(features.idf)
        features.keep(sorted(np.argsort(-strongest, kind="stable")[:most].tolist()))
        weights, intercepts = fit(features.matrix(words), labels, counts)
    return Learned(features, weights, intercepts)


def fit(matrix: sparse.csr_matrix, labels: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give one row of weights and one intercept for each area.

    Each n-gram is scaled by how much its share of the area's texts differs from its share of the
    others, so that one that tells nothing is held down (after Wang and Manning 2012).
    """
    weights, intercepts = [], []
    there = sparse.csr_matrix(matrix > 0, dtype=float)
    for column in labels.T:
        inside, outside = (
            (there.T @ chosen + 1) / (chosen.sum() + 2) for chosen in (column.astype(float), 1.0 - column)
        )
        factor = np.abs(np.log(inside / outside)) ** FREEDOM
        factor /= np.sqrt((factor**2).mean())
        model = LogisticRegression(
            C=STRENGTH, solver="liblinear", dual=True, random_state=SEED, tol=1e-3, max_iter=2000
        )
        model.fit(matrix @ sparse.diags(factor), column, sample_weight=counts)
        weights.append(model.coef_[0] * factor)
        intercepts.append(float(model.intercept_[0]))
    return np.array(weights), np.array(intercepts)


def label_matrix(rows: list[Row], areas: list[str]) -> np.ndarray:
    return np.array([[area in labels for area in areas] for _, labels in rows], dtype=int)


def out_of_fold(texts: list[Row], terms: list[Row], areas: list[str]) -> np.ndarray:
    """Give the score of every training text by a model that has not seen it."""
    order = np.random.default_rng(SEED).permutation(len(texts))
    scores = np.zeros((len(texts), len(areas)))
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        rows = sorted(held)
        learned = learn([row for n, row in enumerate(texts) if n not in held], terms, areas)
        scores[rows] = learned.scores([texts[n][0] for n in rows])
    return scores


def platt(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Give slope and offset of a line from scores to log odds (Platt 1999)."""
    model = LogisticRegression(C=1e6, solver="lbfgs").fit(scores.reshape(-1, 1), labels.ravel())
    return float(model.coef_[0][0]), float(model.intercept_[0])


def calibrate(scores: np.ndarray, labels: np.ndarray) -> Curve:
    """Give a line through a few points of the isotonic steps, strictly rising, so that no order is lost."""
    steps = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores.ravel(), labels.ravel())
    grid = np.linspace(scores.min(), scores.max(), 20_001)
    reached = np.searchsorted(steps.predict(grid), POINTS)
    points: dict[float, float] = {}
    for at, probability in zip(reached.tolist(), POINTS, strict=True):
        if at < len(grid):
            points.setdefault(round(float(grid[at]), 6), round(math.log(probability / (1 - probability)), 6))
    slope = round(platt(scores, labels)[0], 6)
    return Curve.of(list(points.items()), (slope, slope))


def probabilities_of(curve: Curve, scores: np.ndarray) -> np.ndarray:
    """Give the probabilities of scores, as the model does."""
    starts = np.searchsorted(curve.scores, scores, side="right")
    points = np.maximum(0, starts - 1)
    odds = np.array(curve.odds)[points] + np.array(curve.slopes)[starts] * (scores - np.array(curve.scores)[points])
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -60, 60))))


def choose_threshold(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Give the lowest threshold (in steps of 0.01) that reaches the target precision out of fold."""
    for step in range(20, 90):
        asserted = probabilities >= step / 100
        if labels[asserted].mean() >= TARGET_PRECISION:
            return step / 100
    raise SystemExit("no threshold reaches the target precision")


def measure(
    probabilities: np.ndarray, truth: list[tuple[str, ...]], areas: list[str], threshold: float
) -> dict[str, float]:
    """Give the figures by which the classifier is judged."""
    hit1 = hit3 = labelled = silent = none = right = asserted = covered = 0
    for row, labels in zip(probabilities, truth, strict=True):
        said = [areas[n] for n in np.flatnonzero(row >= threshold)]
        asserted += len(said)
        right += sum(area in labels for area in said)
        if not labels:
            none += 1
            silent += not said
            continue
        labelled += 1
        covered += bool(said)
        best = [areas[n] for n in np.argsort(-row, kind="stable")[:3]]
        hit1 += best[0] in labels
        hit3 += any(area in labels for area in best)
    return {
        "hit@1": hit1 / labelled, "hit@3": hit3 / labelled, "precision": right / max(1, asserted),
        "covered": covered / labelled, "none left empty": silent / max(1, none), "labelled": labelled, "none": none,
    }  # fmt: skip


def train(root: Path = ROOT) -> tuple[bytes, dict[str, Any]]:
    """Give the bytes of the model and the figures out of fold."""
    texts, terms = training_rows(root)
    areas = sorted({area for _, labels in texts for area in labels})
    labels = label_matrix(texts, areas)
    scores = out_of_fold(texts, terms, areas)
    curve = calibrate(scores, labels)
    probabilities = probabilities_of(curve, scores)
    threshold = choose_threshold(probabilities, labels.astype(bool))
    figures = measure(probabilities, [row[1] for row in texts], areas, threshold)

    features, weights, intercepts = learn(texts, terms, areas, FEATURES)
    units = weights * (np.array(features.idf) / IDF_SCALE)
    scale = 127 / float(np.quantile(np.abs(units).max(axis=0), FITTING))
    packed = np.clip(np.round(units * scale), -127, 127).astype(int) + 128
    header = {
        "areas": areas, "scale": round(scale, 6), "idf_scale": IDF_SCALE, "intercepts": [round(float(x), 6) for x in intercepts],
        "curve": list(zip(curve.scores, curve.odds, strict=True)), "ends": [curve.slopes[0], curve.slopes[-1]], "threshold": threshold,
        "facts": {"texts": len(texts), "terms": len(telling(terms, texts)), "folds": FOLDS, "out_of_fold": {k: round(v, 4) for k, v in figures.items()}},
    }  # fmt: skip
    return encode(header, features.grams, features.idf, packed.T.astype(np.uint8).tobytes()), figures


def evaluate(data: bytes, path: Path) -> dict[str, float]:
    """Measure a model on labelled titles kept outside the repository."""
    model = decode(data, "the new model")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    probabilities = []
    for row in rows:
        scores = model.score(content_words(" ".join(filter(None, (row["title"], row.get("text"))))))
        probabilities.append([model.probability(v) for v in scores.values] or [0.0] * len(model.areas))
    truth = [tuple(label for label in row["labels"] if label != "none") for row in rows]
    return measure(np.array(probabilities), truth, list(model.areas), model.threshold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--eval", type=Path)
    arguments = parser.parse_args()
    data, figures = train()
    print("out of fold:", {k: round(v, 3) for k, v in figures.items()})
    print(f"{len(data):,} bytes; threshold {decode(data, 'model').threshold}")
    if arguments.out:
        replace_whole(arguments.out, data)
    if arguments.eval:
        print(f"{arguments.eval.name}:", {k: round(v, 3) for k, v in evaluate(data, arguments.eval).items()})


if __name__ == "__main__":
    main()
