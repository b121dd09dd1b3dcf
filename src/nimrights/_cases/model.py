"""The linear model behind the classifier: n-grams inside words, all areas in one integer.

A text's score for an area is a sum over its distinct words, divided by the length of the text's
feature vector. A word's scores for all areas are packed into the lanes of one Python integer, so
a text costs one addition a word. What stands between two spaces is looked up as it is written:
folding, n-grams and weights are paid once for each spelling that a collection has.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from nimrights.exceptions import DataError
from nimrights.text import words

FORMAT: Final = 2  #: version of the file format
_FORMATS: Final = (1, FORMAT)  #: those that are read; in the first, calibration is one line
SHORTEST, LONGEST = 3, 5  #: lengths of n-grams

_LANE: Final = 4  #: bytes for an area
_BIAS: Final = 128  #: added to every weight so that lanes never borrow
_MOST_CACHED: Final = 200_000
_LONGEST_WORD: Final = 60

_ONE_LANE: Final = (1 << 8 * _LANE) - 1
_STEP_BITS: Final = 10  #: bits after the point of a bar
#: features of a text, and height of a bar, up to which lanes can be compared without running over
_MOST_COMPARED: Final = 4096
_HIGHEST_BAR: Final = 64

_DIGIT = re.compile(r"\d")
_SPELLED: Final = re.compile(r"[^\W_]+")

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


class Known(NamedTuple):
    """A content word of a text, with what the model knows of it."""

    word: str  #: folded
    spelled: str  #: as it stands in the text
    packed: int  #: weights of its features, a lane for each area
    features: int  #: how many it has
    squared: int  #: squared length of its features, in units of the model


@frozen
class Curve:
    """A rising line through points, from a score to its log odds; beyond the ends it goes on at a slope of its own.

    >>> curve = Curve.of([(0.0, -1.0), (2.0, 3.0)], (1.0, 0.5))
    >>> [curve.at(score) for score in (-1.0, 0.0, 1.0, 2.0, 4.0)], curve.score(4.0)
    ([-2.0, -1.0, 1.0, 3.0, 4.0], 4.0)
    """

    scores: tuple[float, ...]
    odds: tuple[float, ...]
    slopes: tuple[float, ...]  #: of each piece, one more than points

    @classmethod
    def of(cls, points: Sequence[tuple[float, float]], ends: tuple[float, float]) -> Curve:
        """Give the curve through *points*, with the slopes before the first and after the last."""
        inner = [(there[1] - here[1]) / (there[0] - here[0]) for here, there in pairwise(points)]
        slopes = (ends[0], *inner, ends[1])
        if not points or not all(0 < slope < math.inf for slope in slopes):
            raise ValueError("a curve needs a point and must rise")
        return cls(tuple(score for score, _ in points), tuple(odds for _, odds in points), slopes)

    def at(self, score: float) -> float:
        """Give the log odds of *score*."""
        piece = bisect_right(self.scores, score)
        point = max(0, piece - 1)
        return self.odds[point] + self.slopes[piece] * (score - self.scores[point])

    def score(self, odds: float) -> float:
        """Give the score that has *odds*."""
        piece = bisect_right(self.odds, odds)
        point = max(0, piece - 1)
        return self.scores[point] + (odds - self.odds[point]) / self.slopes[piece]


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
    curve: Curve  #: calibration: log odds of a score
    threshold: float  #: default threshold, chosen on out-of-fold predictions
    facts: dict[str, Any]  #: how it was trained
    _row_of: dict[str, int] = field(repr=False)
    _weights: bytes = field(repr=False)
    _idf: bytes = field(repr=False)
    _idf_scale: float = field(repr=False)
    lanes: dict[str, int] = field(init=False, repr=False)  #: area -> its lane
    _cache: dict[str, tuple[int, int, int]] = field(factory=dict, repr=False)
    _spellings: dict[str, tuple[Known, ...]] = field(factory=dict, repr=False)
    _bars: dict[float, tuple[int, int] | None] = field(factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "lanes", {area: lane for lane, area in enumerate(self.areas)})

    def word(self, word: str) -> tuple[int, int, int]:
        """Give a word's packed weights, how many features it has, and its squared length in units."""
        found = self._cache.get(word)
        if found is None:
            packed, count, squared = 0, 0, 0
            width = len(self.areas)
            for gram in ngrams(word):
                row = self._row_of.get(gram)
                if row is not None:
                    lanes = bytearray(width * _LANE)
                    lanes[::_LANE] = self._weights[row * width : (row + 1) * width]
                    packed += int.from_bytes(lanes, "little")
                    count += 1
                    squared += self._idf[row] ** 2  # in units of 1 / idf_scale: whole numbers add up alike in any order
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
        packed, count, squared = 0, 0, 0
        for word in known:
            p, c, s = self.word(word)
            packed += p
            count += c
            squared += s
        if not count:
            return Scores((), 0.0)
        length = math.sqrt(squared) / self._idf_scale
        sums = self.unpack(packed, count)
        return Scores(tuple(v / length + b for v, b in zip(sums, self.intercepts, strict=True)), length)

    def known(self, text: str) -> dict[str, Known]:
        """Give the distinct content words of *text*, in order, by their folded form."""
        spellings = self._spellings
        found: dict[str, Known] = {}
        for piece in text.split():
            entries = spellings.get(piece)
            if entries is None:
                entries = self._read(piece)
            for entry in entries:
                if entry[0] not in found:
                    found[entry[0]] = entry
        return found

    def _read(self, piece: str) -> tuple[Known, ...]:
        """Give the content words in what stands between two spaces."""
        found = content_words(piece)
        spelled = {}
        if found:
            for part in reversed(_SPELLED.findall(unicodedata.normalize("NFC", piece))):
                spelled.update(dict.fromkeys(words(part), part))
        entries = tuple(Known(word, spelled.get(word, word), *self.word(word)) for word in found)
        if len(self._spellings) >= _MOST_CACHED:
            self._spellings.clear()
        self._spellings[piece] = entries
        return entries

    def weight(self, entry: Known, area: str) -> float:
        """Give how much a word counts for *area*, before the length of the text."""
        lane = self.lanes[area]
        return ((entry.packed >> (8 * _LANE * lane) & _ONE_LANE) - entry.features * _BIAS) / self.scale

    def above(self, known: Iterable[Known], least: float) -> list[tuple[float, str]]:
        """Give the probability of every area that reaches *least*, with the area, highest first, then by id."""
        packed, count, squared = 0, 0, 0
        for _, _, weights, features, units in known:
            packed += weights
            count += features
            squared += units
        if not count:
            return []
        length = math.sqrt(squared) / self._idf_scale
        found = []
        for lane in self._candidates(packed, count, length * self.scale, least):
            value = (packed >> (8 * _LANE * lane) & _ONE_LANE) - count * _BIAS
            probability = self.probability(value / self.scale / length + self.intercepts[lane])
            if probability >= least:
                found.append((-probability, self.areas[lane]))
        return [(-negative, area) for negative, area in sorted(found)]

    def _candidates(self, packed: int, count: int, length: float, least: float) -> Iterable[int]:
        """Give the lanes that may reach *least*: all lanes are compared with a lower bound at once.

        A lane's bar is (needed score - intercept) * length; rounded down it can only let too many pass.
        """
        every = range(len(self.areas))
        if count > _MOST_COMPARED:
            return every
        if least not in self._bars:
            self._bars[least] = self._bar(least)
        bar = self._bars[least]
        if bar is None:
            return every
        steps, ones = bar
        left = (
            ((packed << _STEP_BITS) | ones << (8 * _LANE - 1))
            - steps * int(length)
            - ones * (count * _BIAS << _STEP_BITS)
        )
        passed = left >> (8 * _LANE - 1) & ones
        lanes = []
        while passed:
            low = passed & -passed
            lanes.append(low.bit_length() // (8 * _LANE))
            passed ^= low
        return lanes

    def _bar(self, least: float) -> tuple[int, int] | None:
        """Give the needed score above each intercept, in steps, and a 1 in every lane.

        `None` where a bar is not positive, or too high to be compared.
        """
        if not 0 < least < 1:
            return None
        needed = self.curve.score(math.log(least / (1 - least)))
        steps = [math.floor((needed - intercept) * (1 << _STEP_BITS)) for intercept in self.intercepts]
        if min(steps) <= 0 or max(steps) > _HIGHEST_BAR << _STEP_BITS:
            return None
        ones = sum(1 << (8 * _LANE * lane) for lane in range(len(steps)))
        return sum(step << (8 * _LANE * lane) for lane, step in enumerate(steps)), ones

    def probability(self, score: float) -> float:
        """Give the calibrated probability of a score."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.curve.at(score)))))


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
        if form in _FORMATS:
            grams = spelled.decode().split(" ")
            known = {name: header[name] for name in ("scale", "threshold", "facts")}
            intercepts, idf_scale = tuple(header["intercepts"]), header["idf_scale"]
            curve = _curve(header)
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise DataError(f"{name} is not a nimrights model") from error
    if form not in _FORMATS:
        raise DataError(f"{name} has format {form!r}; this nimrights reads up to {FORMAT}: upgrade nimrights")
    if len(grams) != count or len(numbers) != count * (1 + len(areas)):
        raise DataError(f"{name} is truncated: it should hold {count} n-grams; fetch it again")
    return Model(
        **known,
        areas=areas,
        intercepts=intercepts,
        curve=curve,
        row_of=dict(zip(grams, range(count), strict=True)),
        idf=numbers[:count],
        idf_scale=idf_scale,
        weights=numbers[count:],
    )


def _curve(header: dict[str, Any]) -> Curve:
    if header["format"] == 1:
        return Curve.of([(0.0, header["offset"])], (header["slope"], header["slope"]))
    before, after = header["ends"]
    return Curve.of([(score, odds) for score, odds in header["curve"]], (before, after))
