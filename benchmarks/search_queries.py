"""How the query sets of the search benchmark are made: each function changes a name or a text by rule, from a seed.

A changed word is never a word that the data knows, so that a query does not come to mean something else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from nimrights.text import fold

ENGLISH = "abcdefghijklmnopqrstuvwxyz"
NORWEGIAN = ENGLISH + "æøå"
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4  #: letters of a word that gets a typo where every word does, and of a part of a compound
ONE_TYPO, TWO_TYPOS = 5, 9  #: letters of a word that gets one typo, or two
INFLECTED = re.compile(r"(?:en|et|ene|ane|er|ar|a|s|de|te)$")
ENDINGS = {"nb": ("en", "et", "er", "ene", "s"), "nn": ("a", "en", "et", "ar", "ane", "s")}
ENDINGS_AFTER_E = {"nb": ("en", "et", "er", "ene", "es"), "nn": ("a", "en", "et", "ar", "ane", "es")}
DIGRAPHS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
BARE = str.maketrans("æøåÆØÅ", "aoaAOA")


class Query(NamedTuple):
    """A query, what is right as an answer, and the name or words it was made from."""

    text: str
    right: frozenset[str]
    source: str


Change = Callable[[str, random.Random], str | None]  #: gives None where the rule does not apply


def folded_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in fold(text).split()}


def misspelled(word: str, chance: random.Random, letters: str) -> str:
    """Swap, drop, double or change one letter."""
    place = chance.randrange(len(word))
    match chance.choice(("swap", "drop", "double", "change")):
        case "swap":
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case "drop":
            return word[:place] + word[place + 1 :]
        case "double":
            return word[:place] + word[place] + word[place:]
        case _:
            return word[:place] + chance.choice(letters) + word[place + 1 :]


class Typos:
    """Misspells words so that none becomes a *known* one."""

    def __init__(self, known: AbstractSet[str], letters: str = NORWEGIAN) -> None:
        self._known, self._letters = known, letters

    def word(self, word: str, chance: random.Random) -> str:
        return self._until_unknown(word, lambda: misspelled(word, chance, self._letters))

    def twice(self, word: str, chance: random.Random) -> str:
        """Misspell both halves of a word."""
        half = len(word) // 2
        parts = (word[:half], word[half:])
        return self._until_unknown(word, lambda: "".join(misspelled(part, chance, self._letters) for part in parts))

    def _until_unknown(self, word: str, change: Callable[[], str]) -> str:
        for _ in range(50):
            changed = change()
            if fold(changed) not in self._known and changed != word:
                return changed
        return word + word[-1] + word[-1]

    def one(self, name: str, chance: random.Random) -> str | None:
        return _changed_word(name, chance, ONE_TYPO, self.word)

    def two(self, name: str, chance: random.Random) -> str | None:
        return _changed_word(name, chance, TWO_TYPOS, self.twice)

    def every(self, name: str, chance: random.Random) -> str | None:
        if sum(len(word) >= SHORTEST for word in WORD.findall(name)) < 2:
            return None
        return WORD.sub(lambda m: self.word(m[0], chance) if len(m[0]) >= SHORTEST else m[0], name)


def _changed_word(
    name: str, chance: random.Random, shortest: int, change: Callable[[str, random.Random], str]
) -> str | None:
    places = [m for m in WORD.finditer(name) if len(m[0]) >= shortest]
    if not places:
        return None
    place = chance.choice(places)
    return name[: place.start()] + change(place[0], chance) + name[place.end() :]


def prefix(name: str, _: random.Random) -> str | None:
    """Give the first 60 % of a name, at least four letters."""
    cut = name[: max(4, round(len(name) * 0.6))].strip()
    return cut if 4 <= len(cut) < len(name) else None


def inflected(lang: str) -> Change:
    """Give a rule that puts an ending of a language on the last word, where that has none yet."""

    def change(name: str, chance: random.Random) -> str | None:
        last = WORD.findall(name)[-1:]
        if not last or not name.endswith(last[0]) or len(last[0]) < ONE_TYPO or INFLECTED.search(last[0]):
            return None
        if name.endswith("e"):
            return name[:-1] + chance.choice(ENDINGS_AFTER_E[lang])
        return name + chance.choice(ENDINGS[lang])

    return change


def joined(name: str, _: random.Random) -> str | None:
    """Drop the spaces of a name of two or three words."""
    parts = name.split()
    return "".join(parts) if len(parts) in {2, 3} and all(WORD.fullmatch(part) for part in parts) else None


class Compounds:
    """Takes compounds apart where both parts are words of the vocabulary, with or without a letter that links them."""

    def __init__(self, known: AbstractSet[str]) -> None:
        self._known = known

    def cuts(self, word: str) -> Iterator[int]:
        for cut in range(SHORTEST, len(word) - SHORTEST + 1):
            left, right = fold(word[:cut]), fold(word[cut:])
            if right in self._known and (left in self._known or (left[-1] in "se" and left[:-1] in self._known)):
                yield cut

    def split(self, name: str, chance: random.Random) -> str | None:
        places = [m.start() + cut for m in WORD.finditer(name) for cut in self.cuts(m[0])]
        if not places:
            return None
        place = chance.choice(places)
        return f"{name[:place]} {name[place:]}"

    def part(self, name: str, chance: random.Random) -> str | None:
        """Give the first or the last part of a name that is one compound, without a letter that links them."""
        cuts = list(self.cuts(name)) if WORD.fullmatch(name) else []
        if not cuts:
            return None
        cut = chance.choice(cuts)
        left = name[:cut] if fold(name[:cut]) in self._known else name[: cut - 1]
        return chance.choice((left, name[cut:])) if len(left) >= SHORTEST else name[cut:]


def digraphs(name: str, _: random.Random) -> str | None:
    changed = name.translate(DIGRAPHS)
    return changed if changed != name else None


def bare(name: str, _: random.Random) -> str | None:
    changed = name.translate(BARE)
    return changed if changed != name else None
