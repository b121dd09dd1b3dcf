"""Search over the names of countries beside `pycountry.countries.search_fuzzy`, which looks through the same names."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import search_queries as made
from search_texts import SEED, Taken

from nimrights.texts import TextIndex

Engine = Callable[[str], list[str]]


def run() -> Iterator[tuple[str, dict[str, Taken]]]:
    """Give what both take for names of countries, and for those with a typo.

    Right is a country that has the name, or a part of that name.
    """
    import pycountry  # noqa: PLC0415 - it may not be installed

    names_of: dict[str, list[str]] = {}
    for country in pycountry.countries:
        names = (country.name, getattr(country, "official_name", None), getattr(country, "common_name", None))
        names_of[country.alpha_2] = [name for name in names if name]
    for part in pycountry.subdivisions:
        names_of[part.country_code].append(part.name)
    index = TextIndex.build((key, "", names) for key, names in names_of.items())

    def theirs(query: str) -> list[str]:
        try:
            return [country.alpha_2 for country in pycountry.countries.search_fuzzy(query)]
        except LookupError:
            return []

    engines: dict[str, Engine] = {
        "nimrights": lambda query: [hit.key for hit in index.search(query)],
        "pycountry search_fuzzy": theirs,
    }
    clean, misspelled = _queries(names_of, [country.name for country in pycountry.countries])
    yield "name", _in_turn(engines, clean)
    yield "name with one typo", _in_turn(engines, misspelled)


def _queries(names_of: dict[str, list[str]], asked: list[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Give names, and names with a typo, with the countries that have them."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for key, names in names_of.items():
        for name in names:
            owners[name].add(key)
    typos = made.Typos(made.folded_words(owners), made.ENGLISH)
    chance = random.Random(SEED)
    wrong = {typo: owners[name] for name in asked if (typo := typos.one(name, chance))}
    return {name: owners[name] for name in asked}, wrong


def _in_turn(engines: dict[str, Engine], asked: dict[str, set[str]]) -> dict[str, Taken]:
    taken = {name: Taken([], [], []) for name in engines}
    chance = random.Random(SEED)
    for query, right in asked.items():
        order = list(engines)
        chance.shuffle(order)
        for name in order:
            start = time.process_time()
            keys = engines[name](query)
            taken[name].seconds.append(time.process_time() - start)
            taken[name].right.append(bool(keys) and keys[0] in right)
            if not taken[name].right[-1]:
                taken[name].missed.append(f"`{query}`: wanted {', '.join(sorted(right))}; came {', '.join(keys[:3])}")
    return taken
