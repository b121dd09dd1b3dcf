"""Search over English texts, from the real ones of the dataset up to hundreds of thousands that are made from them."""

from __future__ import annotations

import gc
import math
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import search_peers
import search_queries as made

import nimrights as package
from nimrights.text import fold

SEED = 20261123
QUERIES = 40  #: of a class in a round
SHORTEST = 4  #: letters of a word that is asked for, gets a typo, or is replaced
FIRST = 5
REPLACED = 0.3  #: share of the longer words of a made text that are others
GROWTH = 0.5  #: different words grow with this power of the number of texts, as in real collections (Heaps' law)
BUDGET = 20.0  #: seconds of an engine for a class; a slow one is asked fewer queries, but one each round
CLASSES = ("clean", "one typo", "every word", "hard")
CLAUSE = re.compile(r"[^,;:.]+[,;:.]*")

OPENED = """
import sys, time
def memory():
    return int(open("/proc/self/status").read().split("VmRSS:")[1].split()[0]) / 1024
bare = memory()
start = time.process_time()
from nimrights.texts import TextIndex
imported, with_import = time.process_time(), memory()
index = TextIndex.open(sys.argv[1])
opened, with_file = time.process_time(), memory()
index.search("chlidren's rihgts educattion")
print(imported - start, opened - imported, time.process_time() - opened,
      with_import - bare, with_file - bare, memory() - bare)
"""


class Asked(NamedTuple):
    text: str
    words: frozenset[str]  #: a text is right if it has all of these


class Taken(NamedTuple):
    seconds: list[float]
    right: list[bool]
    missed: list[str]  #: queries without a right answer, with what was wanted


# -- texts and queries -------------------------------------------------------------------------------


def real_texts() -> list[str]:
    """Give the English summaries of recommendations, then the statements of obligations."""
    data = package.load()
    texts = [data.raw_in("recommendations", key)["summary"]["en"] for key in data.recommendations]
    texts += [data.raw_in("obligations", key)["statement"]["en"] for key in data.obligations]
    return list(dict.fromkeys(texts))


class _Words:
    """Gives other words for those of a text, and new ones as the collection grows."""

    def __init__(self, texts: list[str]) -> None:
        self._words = [word for text in texts for word in made.WORD.findall(text) if len(word) >= SHORTEST]
        self._texts = len(texts)
        self._known = {word.lower() for word in self._words}
        self._first = len(self._known)
        self._new: list[str] = []
        self._chance = random.Random(SEED)

    def grow(self, texts: int) -> None:
        """Make new words of two halves until there are as many as so many texts should have; half of them are used again."""
        while len(self._known) < self._first * (texts / self._texts) ** GROWTH:
            left, right = self._chance.choices(self._words, k=2)
            word = (left[: (len(left) + 1) // 2] + right[len(right) // 2 :]).lower()
            if word not in self._known:
                self._known.add(word)
                self._new.append(word)
                if self._chance.random() < 0.5:
                    self._words.append(word)

    def other(self, word: str) -> str:
        if len(word) < SHORTEST or self._chance.random() >= REPLACED:
            return word
        return self._new.pop() if self._new else self._chance.choice(self._words)


def corpus(size: int) -> list[str]:
    """Give real texts first; then they are repeated with other words and another order of clauses."""
    real = real_texts()
    words = _Words(real)
    chance = random.Random(SEED)
    texts = real[:size]
    while len(texts) < size:
        clauses = CLAUSE.findall(real[len(texts) % len(real)])
        chance.shuffle(clauses)
        words.grow(len(texts))
        texts.append(made.WORD.sub(lambda m: words.other(m[0]), " ".join(clause.strip() for clause in clauses)))
    return texts


def queries(texts: list[str], rounds: int) -> list[dict[str, list[Asked]]]:
    """Give the queries of each round by class: 4 to 6 words of a text, then the same with more and more wrong with them."""
    chance = random.Random(SEED)
    typos = made.Typos(made.folded_words(texts), made.ENGLISH)
    found = []
    for _ in range(rounds):
        by_class: dict[str, list[Asked]] = {name: [] for name in CLASSES}
        while len(by_class["clean"]) < QUERIES:
            words = [w for w in dict.fromkeys(made.WORD.findall(chance.choice(texts))) if len(w) >= SHORTEST]
            if len(words) < 6:
                continue
            places = sorted(chance.sample(range(len(words)), chance.randint(4, 6)))
            clean = [words[place] for place in places]
            wanted = frozenset(map(fold, clean))
            long = chance.choice([n for n, w in enumerate(clean) if len(w) >= made.ONE_TYPO] or [0])
            one = [typos.word(w, chance) if n == long else w for n, w in enumerate(clean)]
            every = [typos.word(w, chance) for w in clean]
            kept = chance.sample(range(len(clean)), len(clean) - 1)
            hard = " ".join(every[n] for n in kept)
            for name, text, words_of in (
                ("clean", " ".join(clean), wanted),
                ("one typo", " ".join(one), wanted),
                ("every word", " ".join(every), wanted),
                ("hard", hard, frozenset(fold(clean[n]) for n in kept)),
            ):
                by_class[name].append(Asked(text, words_of))
        found.append(by_class)
    return found


# -- measuring ---------------------------------------------------------------------------------------


def measure(size: int, rounds: int, *, with_peers: bool) -> dict[str, Any]:
    """Give build time, size on disk, seconds and right answers of each engine at one size."""
    texts = corpus(size)
    asked = queries(texts, rounds)
    builds = search_peers.for_texts(size) if with_peers else {"nimrights": search_peers.nimrights}
    engines: dict[str, search_peers.Search] = {}
    facts: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, build in builds.items():
            place = Path(folder) / name.replace(" ", "-")
            place.mkdir()
            start = time.process_time()
            engines[name] = build(texts, place)
            facts[name] = {"build s": time.process_time() - start, "file bytes": _bytes_below(place)}
        taken = _in_turn(engines, asked, texts)
        for name in engines:
            facts[name] |= {c: taken[name][c]._asdict() for c in CLASSES}
        opened = _opened(Path(folder) / "nimrights" / "nimrights.index")
    return {"size": size, "text bytes": sum(len(t.encode()) for t in texts), "engines": facts, "opened": opened}


def _bytes_below(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def _in_turn(
    engines: dict[str, search_peers.Search], asked: list[dict[str, list[Asked]]], texts: list[str]
) -> dict[str, dict[str, Taken]]:
    taken = {name: {c: Taken([], [], []) for c in CLASSES} for name in engines}
    words_of: dict[int, set[str]] = {}

    def has_all(number: int, words: frozenset[str]) -> bool:
        if number not in words_of:
            words_of[number] = set(fold(texts[number]).split())
        return words <= words_of[number]

    gc.collect()
    gc.freeze()  # what the peers hold should not slow down the collection of our garbage
    chance = random.Random(SEED)
    for number, by_class in enumerate(asked):
        order = list(engines)
        chance.shuffle(order)
        for name in order:
            engines[name]("children education housing", FIRST)  # warm, and another query than those that count
            for class_name, wanted in by_class.items():
                seconds, right, missed = taken[name][class_name]
                until = BUDGET * (number + 1) / len(asked)
                for place, query in enumerate(wanted):
                    if place and sum(seconds) > until:
                        break
                    start = time.process_time()
                    hits = engines[name](query.text, FIRST)
                    seconds.append(time.process_time() - start)
                    right.append(any(has_all(hit, query.words) for hit in hits))
                    if not right[-1]:
                        missed.append(f"`{query.text}`: wanted {', '.join(sorted(query.words))}")
    gc.unfreeze()
    return taken


def _opened(path: Path) -> dict[str, float]:
    """Give what opening the file costs a process of its own: medians of five."""
    runs = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", OPENED, path], capture_output=True, check=True, encoding="utf-8")
        runs.append(list(map(float, done.stdout.split())))
    names = ("import s", "open s", "first query s", "MiB with import", "MiB with file", "MiB after a query")
    return dict(zip(names, map(statistics.median, zip(*runs, strict=True)), strict=True))


def three_times_as_long(size: int, rounds: int, *, with_peers: bool) -> dict[str, tuple[list[float], list[float]]]:
    """Give the seconds of queries over texts and over texts of three times their length, in turn."""
    texts = corpus(size)
    long = [" ".join((text, texts[n - 1], texts[n - 2])) for n, text in enumerate(texts)]
    known = search_peers.for_texts(size) if with_peers else {"nimrights": search_peers.nimrights}
    found: dict[str, tuple[list[float], list[float]]] = {}
    asked = queries(texts, rounds)
    for name in ("nimrights", "tantivy fuzzy"):
        if name not in known:
            continue
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            engines = known[name](texts, Path(first)), known[name](long, Path(second))
            found[name] = [], []
            for number, by_class in enumerate(asked):
                for place in (0, 1) if number % 2 else (1, 0):
                    for query in by_class["every word"]:
                        start = time.process_time()
                        engines[place](query.text, FIRST)
                        found[name][place].append(time.process_time() - start)
    return found


def exponent(first: dict[str, Any], last: dict[str, Any], engine: str, class_name: str) -> float:
    """Give the power of the number of texts with which an engine's time grows from one run of `measure` to another."""
    before, after = (statistics.median(run["engines"][engine][class_name]["seconds"]) for run in (first, last))
    return math.log(after / before) / math.log(last["size"] / first["size"])
