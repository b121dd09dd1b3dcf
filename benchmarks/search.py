"""Search side by side with named peers: how often the right answer comes first, and how fast. One run, engines shuffled.

    python benchmarks/search.py [--sizes 500,5000] [--rounds 5] [--json FILE]
    python benchmarks/search.py --only labels --no-peers --missed 20

Needs the extra ``bench`` and a checkout; a peer that is not installed is left out, and the output
says so. Times are processor time, which leaves out what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import search_countries
import search_labels
import search_peers
import search_texts
import startup

from nimrights.versions import load

TIMING = ("median ms", "p95 ms", "p95 / median", "times ours", "queries")
WHOLE = "rapidfuzz WRatio"  #: what is asked of a text for each record
LEAST_TO_GROW = 5_000  #: growth is told from here on, if there are two such sizes


# -- tables ------------------------------------------------------------------------------------------


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print("| " + " | ".join(heads) + " |\n| --- |" + " --: |" * (len(heads) - 1))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def share(values: Sequence[float]) -> str:
    return f"{statistics.fmean(values):.3f}" if values else "none"


def in_ms(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def median_ms(seconds: Sequence[float]) -> str:
    return in_ms(statistics.median(seconds))


def times(seconds: Sequence[float], ours: Sequence[float]) -> str:
    return f"{statistics.median(seconds) / statistics.median(ours):,.2f}"


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, round(len(seconds) * 0.95) - 1)]


def timing(seconds: Sequence[float], ours: Sequence[float]) -> list[object]:
    """Give the cells below `TIMING`."""
    ratio = p95(seconds) / statistics.median(seconds)
    return [median_ms(seconds), in_ms(p95(seconds)), f"{ratio:.1f}", times(seconds, ours), len(seconds)]


def figures(seconds: Sequence[float], **right: Sequence[float]) -> dict[str, float]:
    """Give what is written to a file of queries and their shares of right answers."""
    shares = {name: round(statistics.fmean(values), 4) for name, values in right.items() if values}
    timed = {"median_s": round(statistics.median(seconds), 7), "p95_s": round(p95(seconds), 7)} if seconds else {}
    return {"queries": len(seconds), **shares, **timed}


# -- the parts ---------------------------------------------------------------------------------------


def labels(arguments: argparse.Namespace) -> dict[str, Any]:
    peers = {} if arguments.no_peers else search_peers.for_names()
    rows = search_labels.names()
    found = search_labels.run(peers, arguments.slow)
    citations = search_labels.citations()
    slow = ", ".join(sorted(search_peers.SLOW.intersection(peers))) or "none"
    print("## Names\n")
    print(
        f"{len({row.key for row in rows}):,} records with {len({row.text for row in rows}):,} names. "
        f"Share of queries whose first hit is right; slow peers ({slow}) have the first {arguments.slow} of a set.\n"
    )
    lines: list[list[object]] = []
    for title, results in found.items():
        own = results["nimrights"]
        few = own.first[: arguments.slow]
        line = [share(own.among_five), share(own.first), share(few), *(share(results[peer].first) for peer in peers)]
        lines.append([title, len(own.first), *line])
    empty = [""] * (1 + len(peers))
    title, asked = "citations and codes, `nimrights.search`", len(citations.first)
    lines.append([title, asked, share(citations.among_five), share(citations.first), *empty])
    few_head = f"its hit@1 on the first {arguments.slow}"
    table(("", "queries", "nimrights recall@5", "nimrights hit@1", few_head, *peers), lines)
    for title, results in found.items():
        show_missed(title, results["nimrights"].missed, arguments.missed)
    show_missed("citations and codes", citations.missed, arguments.missed)

    print("Time over the names, queries of all sets.\n")
    over_names = {
        engine: [s for results in found.values() for s in results[engine].seconds] for engine in ("nimrights", *peers)
    }
    table(("", *TIMING), ([n, *timing(s, over_names["nimrights"])] for n, s in over_names.items()))
    print("Time over the whole dataset, queries of all sets in turn, others each round.\n")
    whole = search_labels.real_size(arguments.rounds, None if arguments.no_peers else search_peers.PEERS[WHOLE].texts)
    whole["nimrights.search, citations and codes"] = citations.seconds
    table(("", *TIMING), ([n, *timing(s, whole["nimrights.search"])] for n, s in whole.items()))
    written = {**found, "citations and codes": {"nimrights.search": citations}}
    return {
        "sets": {
            title: {n: figures(r.seconds, hit_1=r.first, recall_5=r.among_five) for n, r in results.items()}
            for title, results in written.items()
        },
        "names": {name: figures(seconds) for name, seconds in over_names.items()},
        "dataset": {name: figures(seconds) for name, seconds in whole.items()},
    }


def show_missed(title: str, missed: Sequence[str], most: int) -> None:
    for line in missed[:most]:
        print(f"- {title}: {line}")
    if missed[:most]:
        print()


def texts(arguments: argparse.Namespace) -> dict[str, Any]:
    sizes = [int(size) for size in arguments.sizes.split(",")]
    print("## English texts\n")
    print(
        f"{len(search_texts.real_texts())} texts are real: summaries of recommendations, then statements of obligations. "
        f"Further ones are made of them: {search_texts.REPLACED:.0%} of the longer words are others of the corpus, and "
        "clauses stand in another order. New words are made of halves of others, so that the number of different words "
        f"grows with the number of texts to the power {search_texts.GROWTH}, as in real collections. "
        "A text is right if it has all words of the clean query; in hard ones, of those that are left of it. "
        f"An engine is asked as many queries of a class as fit in {search_texts.BUDGET:.0f} s.\n"
    )
    for name, most in search_peers.LARGEST.items():
        if max(sizes) > most:
            print(f"{name} is asked at no more than {most:,} texts.\n")
    runs = []
    for size in sizes:
        runs.append(search_texts.measure(size, arguments.rounds, with_peers=not arguments.no_peers))
        show_size(runs[-1], arguments.missed)
    if len(sizes) > 1:
        show_growth([run for run in runs if run["size"] >= LEAST_TO_GROW], runs)
    print(f"Texts of three times the length, {sizes[-1]:,} texts, typo in every word.\n")
    long = search_texts.three_times_as_long(sizes[-1], arguments.rounds, with_peers=not arguments.no_peers)
    rows = ([name, median_ms(one), median_ms(three), times(three, one)] for name, (one, three) in long.items())
    table(("", "median ms", "three times as long", "times"), rows)
    return {
        "sizes": [{**run, "engines": written(run["engines"])} for run in runs],
        "three_times_as_long": {name: [figures(one), figures(three)] for name, (one, three) in long.items()},
    }


def written(engines: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give what `search_texts.measure` found of each engine, in figures."""
    classes = search_texts.CLASSES
    return {
        name: {key: figures(v["seconds"], recall_5=v["right"]) if key in classes else v for key, v in facts.items()}
        for name, facts in engines.items()
    }


def show_size(run: dict[str, Any], most: int) -> None:
    print(f"### {run['size']:,} texts\n")
    engines = run["engines"]
    ours = engines["nimrights"]
    lines: list[list[object]] = []
    for name, facts in engines.items():
        right = [share(facts[c]["right"]) for c in search_texts.CLASSES]
        clean, every = facts["clean"]["seconds"], facts["every word"]["seconds"]
        size = f"{facts['file bytes'] / run['text bytes']:.2f}" if facts["file bytes"] else "in memory"
        spent = [median_ms(clean), times(clean, ours["clean"]["seconds"])]
        lines.append(
            [name, *right, *spent, *timing(every, ours["every word"]["seconds"]), f"{facts['build s']:.2f}", size]
        )
    recalls = [f"recall@5 {c}" for c in search_texts.CLASSES]
    every_heads = [f"every word: {head}" for head in TIMING]
    table(("", *recalls, "clean: median ms", "clean: times ours", *every_heads, "build s", "file / text"), lines)
    for c in search_texts.CLASSES:
        show_missed(c, ours[c]["missed"], most)
    opened = run["opened"]
    print(
        f"The file of nimrights in a process of its own: import {in_ms(opened['import s'])} ms, "
        f"open {in_ms(opened['open s'])} ms, first query {in_ms(opened['first query s'])} ms; "
        f"memory above bare Python {opened['MiB with import']:.1f} MiB with the import, "
        f"{opened['MiB with file']:.1f} with the open file, {opened['MiB after a query']:.1f} after a query.\n",
        flush=True,
    )


def show_growth(large: list[dict[str, Any]], runs: list[dict[str, Any]]) -> None:
    first, last = (large if len(large) > 1 else runs)[0], runs[-1]
    print(f"Time grows with the number of texts from {first['size']:,} to {last['size']:,} to this power.\n")
    classes = ("clean", "every word")
    rows = [
        [name, *(f"{search_texts.exponent(first, last, name, c):.2f}" for c in classes)]
        for name in last["engines"]
        if name in first["engines"]
    ]
    table(("", *classes), rows)


def countries(arguments: argparse.Namespace) -> dict[str, Any]:
    if arguments.no_peers or "pycountry" in search_peers.missing():
        return {}
    print("## Countries\n\nThe names that pycountry has of countries and their parts; the first hit is right.\n")
    found = {}
    for title, taken in search_countries.run():
        ours = taken["nimrights"]
        table(
            (title, *TIMING, "hit@1"), ([n, *timing(t.seconds, ours.seconds), share(t.right)] for n, t in taken.items())
        )
        show_missed(title, ours.missed, arguments.missed)
        found[title] = {name: figures(t.seconds, hit_1=t.right) for name, t in taken.items()}
    return found


def start(arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure whole processes as `startup` does, in turn."""
    click = "click program --help"
    commands = {name: startup.COMMANDS[name] for name in ("python -c pass", click)}
    commands["nimrights search barnevern"] = [*startup.NIMRIGHTS, "search", "barnevern"]
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(3 * arguments.rounds + 1):
        for name, command in commands.items():
            seconds = startup.cpu(command) / 1000
            if number:  # the first round warms the disk's cache
                taken[name].append(seconds)
    print("## Cold start of the command\n")
    table(("", "CPU ms", "of a click --help"), ([n, median_ms(t), times(t, taken[click])] for n, t in taken.items()))
    return {name: figures(seconds) for name, seconds in taken.items()}


PARTS = {"labels": labels, "texts": texts, "countries": countries, "start": start}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="500,5000", help="numbers of texts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--missed", type=int, default=0, help="so many missed queries of each set are shown")
    parser.add_argument("--slow", type=int, default=10, help="slow peers have so many queries of a set of names")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", type=Path, help="the figures are also written to this file")
    arguments = parser.parse_args()
    print(
        f"Measured on {datetime.now(UTC).date()}: {len(os.sched_getaffinity(0))} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, {search_peers.versions()}; dataset {load().version}; "
        f"{arguments.rounds} rounds of {search_texts.QUERIES} queries, others each round; times are processor time.\n"
    )
    for package in search_peers.missing():
        print(f"{package} is not installed: its engines are left out.\n")
    found: Mapping[str, Any] = {n: part(arguments) for n, part in PARTS.items() if arguments.only in {None, n}}
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
