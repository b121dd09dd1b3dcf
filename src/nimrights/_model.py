"""The linear model behind the classifier: n-grams inside words, all areas in one integer.

A text's score for an area is a sum over its distinct words, divided by the length of the text's
feature vector. A word's scores for all areas are packed into the lanes of one Python integer, so
a text costs one addition a word; a word met before is in the cache.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from attrs import field, frozen

from nimrights.exceptions import DataError
from nimrights.text import words

#: version of the file format
FORMAT: Final = 1
SHORTEST, LONGEST = 3, 5  #: lengths of n-grams

_LANE: Final = 4  #: bytes for an area
_BIAS: Final = 128  #: added to every weight so that lanes never borrow
_MOST_CACHED: Final = 200_000
_LONGEST_WORD: Final = 60

_DIGIT = re.compile(r"\d")

#: words of no content: function words, and what every case title may have
STOP_WORDS: Final = frozenset(
    "og i pa av for til med om som er det den de en et ei ein eit a at the of to in and or on by with from fra "
    "ved ikke ikkje mv m sak saker ps rs nr vedr kommune kommunen kommunal kommunale kommunens svar "
    "hoyring horing".split()
)


def ngrams(word: str) -> list[str]:
    """Give the features of a folded word: itself between marks, and its n-grams.

    >>> ngrams("bpa")
    ['^bpa$', '^bp', 'bpa', 'pa$', '^bpa', 'bpa$']
    """
    marked = f"^{word[:_LONGEST_WORD]}$"
    parts = [marked[at : at + n] for n in range(SHORTEST, LONGEST + 1) for at in range(len(marked) - n + 1)]
    return list(dict.fromkeys([marked, *parts]))


def content_words(text: str) -> list[str]:
    """Give the distinct folded words of *text* that may tell something, in order; words with digits do not."""
    return [w for w in dict.fromkeys(words(text)) if w not in STOP_WORDS and len(w) > 1 and not _DIGIT.search(w)]


@frozen(eq=False)
class Scores:
    """Scores of one text before calibration."""

    values: tuple[float, ...]  #: one for each area of the model
    length: float  #: length of the feature vector; 0 for a text without a known feature


@frozen(eq=False)
class Model:
    """A trained model. Made by ``tools/train_classifier.py``, read from beside the release."""

    areas: tuple[str, ...]
    scale: float  #: a weight of 1 is this many units
    intercepts: tuple[float, ...]
    slope: float  #: calibration: probability = sigmoid(slope * score + offset)
    offset: float
    threshold: float  #: default threshold, chosen on out-of-fold predictions
    facts: dict[str, Any]  #: how it was trained
    _row_of: dict[str, int] = field(repr=False)
    _weights: bytes = field(repr=False)
    _idf: list[float] = field(repr=False)
    _cache: dict[str, tuple[int, int, float]] = field(factory=dict, repr=False)

    def word(self, word: str) -> tuple[int, int, float]:
        """Give a word's packed weights, how many features it has, and its squared length."""
        found = self._cache.get(word)
        if found is None:
            packed, count, squared = 0, 0, 0.0
            width = len(self.areas)
            for gram in ngrams(word):
                row = self._row_of.get(gram)
                if row is not None:
                    lanes = bytearray(width * _LANE)
                    lanes[::_LANE] = self._weights[row * width : (row + 1) * width]
                    packed += int.from_bytes(lanes, "little")
                    count += 1
                    squared += self._idf[row] ** 2
            if len(self._cache) >= _MOST_CACHED:
                self._cache.clear()
            found = self._cache[word] = packed, count, squared
        return found

    def unpack(self, packed: int, count: int) -> list[float]:
        """Give the weights in *packed*, the sum of *count* features, one for each area."""
        lanes = packed.to_bytes(len(self.areas) * _LANE, "little")
        values = memoryview(lanes).cast("I")
        taken = count * _BIAS
        return [(value - taken) / self.scale for value in values]

    def score(self, known: list[str]) -> Scores:
        """Score the content words of a text."""
        packed, count, squared = 0, 0, 0.0
        for word in known:
            p, c, s = self.word(word)
            packed += p
            count += c
            squared += s
        if not count:
            return Scores((), 0.0)
        length = math.sqrt(squared)
        sums = self.unpack(packed, count)
        return Scores(tuple(v / length + b for v, b in zip(sums, self.intercepts, strict=True)), length)

    def probability(self, score: float) -> float:
        """Give the calibrated probability of a score."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.slope * score + self.offset))))


def encode(header: dict[str, Any], grams: list[str], idf: list[int], weights: bytes) -> bytes:
    """Give the bytes of a model file: a JSON line, a line of n-grams, and the numbers."""
    first = json.dumps({**header, "format": FORMAT, "grams": len(grams)}, sort_keys=True, separators=(",", ":"))
    return f"{first}\n{' '.join(grams)}\n".encode() + bytes(idf) + weights


def decode(data: bytes, name: str) -> Model:
    """Read the bytes of a model file; `DataError` if it is not one or is cut off."""
    first, _, rest = data.partition(b"\n")
    spelled, _, numbers = rest.partition(b"\n")
    try:
        header = json.loads(first)
        form, count, areas = header["format"], header["grams"], tuple(header["areas"])
        if form == FORMAT:
            grams = spelled.decode().split(" ")
            known = {name: header[name] for name in ("scale", "slope", "offset", "threshold", "facts")}
            intercepts, idf_scale = tuple(header["intercepts"]), header["idf_scale"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{name} is not a nimrights model") from error
    if form != FORMAT:
        raise DataError(f"{name} has format {form!r}; this nimrights reads {FORMAT}: upgrade nimrights")
    if len(grams) != count or len(numbers) != count * (1 + len(areas)):
        raise DataError(f"{name} is truncated: it should hold {count} n-grams; fetch it again")
    return Model(
        **known,
        areas=areas,
        intercepts=intercepts,
        row_of={gram: row for row, gram in enumerate(grams)},
        idf=[value / idf_scale for value in numbers[:count]],
        weights=numbers[count:],
    )
