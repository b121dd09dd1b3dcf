"""Classification side by side with named peers: how often right, and how fast. Medians of shuffled rounds.

    python benchmarks/classify.py --date 2026-11-23 [--rounds 3] [--titles FILE]

Needs the extra ``bench`` and a checkout. Quality: every fifth training text is held out, and all
are trained on the rest (rapidfuzz has only the curated terms); ``--titles`` measures labelled
titles that are kept outside the repository: the published model against the others trained on all.
Speed: the published model, in one process, warm unless it says otherwise; processor time, but
titles one by one by the clock on the wall, where the median of a few calls leaves out what disturbs.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import platform
import random
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import evaluate_classifier as evaluation
import train_classifier as trainer

from nimrights._cases.model import content_words, decode, ngrams
from nimrights.classifier import classify, classify_many, model_of
from nimrights.text import fold
from nimrights.versions import file_of, load, model_file_of

Row = trainer.Row
Scores = Callable[[list[str]], np.ndarray]

MANY = 10_000  #: titles of a batch
SOME = 200  #: titles that are timed one by one, and the batch of the slow ones
TIMES = 5  #: calls for each of them, of which the median counts


# -- the peers: each is made from texts, curated terms and areas, and gives scores of texts ---------


def ours(texts: list[Row], terms: list[Row], areas: list[str]) -> Scores:
    """Give the scores of our model, before its weights are rounded to bytes."""
    return trainer.learn(texts, terms, areas).scores


def fuzzy(_: list[Row], terms: list[Row], areas: list[str]) -> Scores:
    """Give the best `partial_ratio` among the terms of each area."""
    names = [fold(term) for term, _ in terms]
    columns = [[n for n, (_, has) in enumerate(terms) if area in has] for area in areas]

    def scores(wanted: list[str]) -> np.ndarray:
        found = np.zeros((len(wanted), len(areas)))
        for row, text in enumerate(wanted):
            ratios = process.cdist([fold(text)], names, scorer=fuzz.partial_ratio)[0]
            found[row] = [ratios[column].max() for column in columns]
        return found

    return scores


def pipeline(texts: list[Row], terms: list[Row], areas: list[str]) -> Pipeline:
    """Give TF-IDF over characters with a linear model for each area."""
    rows = texts + terms
    made = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        OneVsRestClassifier(LinearSVC(random_state=trainer.SEED)),
    )
    return made.fit([text for text, _ in rows], trainer.label_matrix(rows, areas))


def linear(texts: list[Row], terms: list[Row], areas: list[str]) -> Scores:
    return pipeline(texts, terms, areas).decision_function


def pieces(text: str) -> list[str]:
    return [gram for word in content_words(text) for gram in ngrams(word)]


def bm25(texts: list[Row], terms: list[Row], areas: list[str]) -> Scores:
    """Give BM25 where all texts of an area are one document, over the n-grams of our model."""
    rows = texts + terms
    index = bm25s.BM25()
    index.index(
        [[piece for text, has in rows if area in has for piece in pieces(text)] for area in areas], show_progress=False
    )
    known = index.vocab_dict

    def scores(wanted: list[str]) -> np.ndarray:
        found = [[piece for piece in pieces(text) if piece in known] for text in wanted]
        return np.array([index.get_scores(tokens) if tokens else np.zeros(len(areas)) for tokens in found])

    return scores


PEERS = {
    "nimrights": ours,
    "scikit-learn TF-IDF char 2-5 + LinearSVC": linear,
    "bm25s, a document for each area, char 3-5": bm25,
    "rapidfuzz partial_ratio over the terms": fuzzy,
}


# -- quality -----------------------------------------------------------------------------------------


def hits(scores: np.ndarray, rows: list[Row], areas: list[str]) -> tuple[float, float]:
    """Give the shares of texts with an area whose best, and one of whose best three, is right."""
    order = np.argsort(-scores, axis=1, kind="stable")
    right = [[areas[n] in labels for n in best[:3]] for best, (_, labels) in zip(order, rows, strict=True) if labels]
    return float(np.mean([row[0] for row in right])), float(np.mean([any(row) for row in right]))


def quality(titles: Path | None) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Give for each peer hit@1 and hit@3 on held-out texts and on titles from outside."""
    texts, terms = trainer.training_rows(trainer.ROOT)
    areas = sorted({area for _, labels in texts for area in labels})
    held = evaluation.folds(len(texts))[0]
    rest = [texts[n] for n in sorted(set(range(len(texts))) - set(held))]
    outside = evaluation.titles_in(titles)[1] if titles else []
    for name, peer in PEERS.items():
        kept = [texts[n] for n in held]
        found = [hits(peer(rest, terms, areas)([text for text, _ in kept]), kept, areas)]
        if outside:
            scores = published if peer is ours else peer(texts, terms, areas)
            found.append(hits(scores([text for text, _ in outside]), outside, areas))
        yield name, found


def published(texts: list[str]) -> np.ndarray:
    """Give the probabilities of the published model."""
    return evaluation.judged(model_of(load()), texts)


# -- speed -------------------------------------------------------------------------------------------


def each(run: Callable[[str], object], titles: list[str]) -> float:
    """Give the median microseconds of one title, warm."""
    found = []
    for title in titles:
        run(title)
        times = []
        for _ in range(TIMES):
            start = time.perf_counter()
            run(title)
            times.append(time.perf_counter() - start)
        found.append(statistics.median(times))
    return statistics.median(found) * 1e6


def rate(run: Callable[[list[str]], object], titles: list[str]) -> float:
    """Give titles a second of processor time of one batch."""
    start = time.process_time()
    run(titles)
    return len(titles) / (time.process_time() - start)


def drop(answers: Iterable[object]) -> None:
    """Take answers and keep none, as one who writes them out does."""
    deque(answers, maxlen=0)


def fresh_rate(titles: list[str]) -> float:
    """Give titles a second of a batch whose words the model has not met."""
    dataset = load(file_of(load().version))
    model_of(dataset)
    return rate(lambda batch: drop(classify_many(batch, dataset=dataset)), titles)


def loading() -> float:
    """Give the milliseconds that reading the model takes."""
    path = model_file_of(load().version)
    start = time.process_time()
    decode(Path(path).read_bytes(), path)
    return (time.process_time() - start) * 1e3


def cold_word(titles: list[str]) -> float:
    """Give the microseconds that a word takes when it is met first."""
    model = model_of(load(file_of(load().version)))
    words = sorted({word for title in titles for word in content_words(title)})
    start = time.process_time()
    for word in words:
        model.word(word)
    return (time.process_time() - start) / len(words) * 1e6


def measurements() -> dict[str, tuple[str, Callable[[], float]]]:
    """Give what is timed, with its unit."""
    texts, terms = trainer.training_rows(trainer.ROOT)
    areas = sorted({area for _, labels in texts for area in labels})
    chosen = random.Random(trainer.SEED)
    short = [text for (text, _), fact in zip(texts, evaluation.training_facts(trainer.ROOT), strict=True)
             if fact["form"] == "title"]  # fmt: skip
    chosen.shuffle(short)
    batch = list(itertools.islice(itertools.cycle(short), MANY))
    silent = [title for title in short if not classify(title)][:SOME]
    telling = [title for title in short if classify(title)][:SOME]
    some = short[:SOME]
    drop(classify_many(batch))  # warm
    sklearn, bm, fuzz_ = pipeline(texts, terms, areas), bm25(texts, terms, areas), fuzzy(texts, terms, areas)
    gc.collect()
    gc.freeze()  # what the peers hold should not slow down the collection of our garbage
    one, second = "µs a title", "titles a second"
    return {
        "nimrights, one title that touches nothing": (one, lambda: each(classify, silent)),
        "nimrights, one title with evidence": (one, lambda: each(classify, telling)),
        "scikit-learn, one title": (one, lambda: each(lambda t: sklearn.decision_function([t]), some)),
        "bm25s, one title": (one, lambda: each(lambda t: bm([t]), some)),
        "rapidfuzz, one title": (one, lambda: each(lambda t: fuzz_([t]), some[: SOME // 4])),
        "nimrights, batch without evidence": (second, lambda: rate(lambda b: drop(classify_many(b)), batch)),
        "nimrights, batch without evidence, words not met before": (second, lambda: fresh_rate(batch)),
        "nimrights, batch with evidence": (second, lambda: rate(lambda b: drop(map(classify, b)), batch)),
        "scikit-learn, batch": (second, lambda: rate(sklearn.decision_function, batch)),
        "bm25s, batch": (second, lambda: rate(bm, batch[: MANY // 5])),
        "rapidfuzz, batch": (second, lambda: rate(fuzz_, some)),
        "nimrights, reading the model": ("ms", loading),
        "nimrights, a word met first": ("µs", lambda: cold_word(batch)),
    }


def speed(rounds: int) -> Iterator[tuple[str, str, list[float]]]:
    """Give what each measurement took, round by round, in another order every time."""
    timed = measurements()
    found: dict[str, list[float]] = {name: [] for name in timed}
    order = random.Random(trainer.SEED)
    for _ in range(rounds):
        names = list(timed)
        order.shuffle(names)
        for name in names:
            found[name].append(timed[name][1]())
    for name, (unit, _) in timed.items():
        yield name, unit, found[name]


def cores() -> int:
    return len(os.sched_getaffinity(0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--date", required=True, help="day of the measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--titles", type=Path, help="JSON Lines with title, labels, and perhaps text")
    parser.add_argument("--only", choices=("quality", "speed"))
    arguments = parser.parse_args()
    named = ("numpy", "scikit-learn", "rapidfuzz", "bm25s")
    with_versions = ", ".join(f"{name} {version(name)}" for name in named)
    print(
        f"Measured on {arguments.date}: {cores()} cores, Python {platform.python_version()}, {with_versions}; "
        f"dataset {load().version}; medians of {arguments.rounds} rounds, lowest and highest beside them.\n"
    )
    if arguments.only != "speed":
        outside = " | titles hit@1 | titles hit@3" if arguments.titles else ""
        print(f"| | held-out hit@1 | held-out hit@3{outside} |\n| --- | --: | --: |" + " --: |" * outside.count("|"))
        for name, found in quality(arguments.titles):
            cells = " | ".join(f"{share:.3f}" for pair in found for share in pair)
            print(f"| {name} | {cells} |", flush=True)
    if arguments.only != "quality":
        print("\n| | unit | median | lowest | highest |\n| --- | --- | --: | --: | --: |")
        for name, unit, found in speed(arguments.rounds):
            row = " | ".join(f"{value:,.{0 if value >= 100 else 1}f}" for value in
                             (statistics.median(found), min(found), max(found)))  # fmt: skip
            print(f"| {name} | {unit} | {row} |", flush=True)


if __name__ == "__main__":
    main()
