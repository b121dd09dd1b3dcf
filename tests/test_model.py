"""The linear model: packing many areas into one integer changes no number, and damaged files are refused."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nimrights import DataError
from nimrights._cases.model import (
    FORMAT,
    LONGEST,
    SHORTEST,
    STOP_WORDS,
    Curve,
    Model,
    content_words,
    decode,
    encode,
    ngrams,
)
from nimrights.classifier import model_of
from nimrights.text import fold
from nimrights.versions import model_file_of

AREAS = ["a", "b", "c"]
HEADER = {
    "areas": AREAS, "scale": 10.0, "idf_scale": 2.0, "intercepts": [0.5, 0.0, -0.25],
    "curve": [[0.0, -2.0], [1.0, 0.0], [3.0, 1.0]], "ends": [1.0, 0.25], "threshold": 0.5, "facts": {"texts": 3},
}  # fmt: skip
GRAMS = ["^bpa$", "bpa", "^is$"]
IDF = [2, 4, 6]
#: a byte for each gram and area, 128 more than the weight
WEIGHTS = bytes([138, 128, 118, 129, 0, 255, 127, 128, 129])

WORDS = [
    "bpa",
    "barnevern",
    "samvær",
    "omsorgsovertakelse",
    "skolemiljø",
    "xqzw",
    "å",
    "sykehjemsplass",
    "bustøtte",
    "é" * 90,
]


def small(**changed) -> bytes:
    return encode({**HEADER, **changed}, GRAMS, IDF, WEIGHTS)


def first_format(**line) -> bytes:
    header = {name: value for name, value in HEADER.items() if name not in ("curve", "ends")}
    return encode({**header, **line}, GRAMS, IDF, WEIGHTS).replace(b'"format":2', b'"format":1')


@pytest.fixture
def model() -> Model:
    return decode(small(), "small.model")


@pytest.fixture(scope="module")
def shipped(ds) -> Model:
    return model_of(ds)


@pytest.fixture(scope="module")
def plain(ds):
    """The numbers of the shipped file, read without the module under test: gram -> (idf, weights)."""
    first, grams, numbers = Path(model_file_of(ds.version)).read_bytes().split(b"\n", 2)
    header = json.loads(first)
    width, count = len(header["areas"]), header["grams"]
    rows = {}
    for row, gram in enumerate(grams.decode().split(" ")):
        at = count + row * width
        weights = [(byte - 128) / header["scale"] for byte in numbers[at : at + width]]
        rows[gram] = (numbers[row] / header["idf_scale"], weights)
    return rows


def plain_grams(word):
    marked = "^" + word + "$"
    found = {marked}
    for start in range(len(marked)):
        for end in range(start + SHORTEST, min(start + LONGEST, len(marked)) + 1):
            found.add(marked[start:end])
    return found


# -- features ----------------------------------------------------------------------------------


def test_ngrams_of_a_word():
    assert ngrams("bpa") == ["^bpa$", "^bp", "bpa", "pa$", "^bpa", "bpa$"]
    assert ngrams("a") == ["^a$"]
    assert ngrams("") == ["^$"]


@given(st.text(st.characters(codec="utf-8"), max_size=55))
@example("aaaa")
def test_ngrams_are_all_the_parts_and_each_once(word):
    grams = ngrams(word)
    assert max(Counter(grams).values()) == 1
    assert set(grams) == plain_grams(word)


def test_a_very_long_word_has_bounded_features():
    assert len(ngrams("ab" * 500_000)) <= 3 * 62 + 1
    assert ngrams("x" * 60 + "tail") == ngrams("x" * 60 + "other")


def test_content_words_are_folded_distinct_and_tell_something():
    text = "Sak 23/145 Klage på vedtak om SAMVÆR, samvær og skole i kommunen § 3"
    assert content_words(text) == ["klage", "vedtak", "samvar", "skole"]


@given(st.text(max_size=60))
def test_content_words_are_in_the_text_and_no_stop_words(text):
    found = content_words(text)
    assert len(found) == len(set(found))
    folded = fold(text).split()
    assert all(word in folded and word not in STOP_WORDS for word in found)


def test_stop_words_are_folded():
    assert [word for word in STOP_WORDS if fold(word) != word] == []


# -- a model made by hand ----------------------------------------------------------------------


def test_a_model_comes_back_as_it_was_written(model):
    assert model.areas == ("a", "b", "c")
    assert (model.scale, model.intercepts) == (10.0, (0.5, 0.0, -0.25))
    assert model.curve == Curve((0.0, 1.0, 3.0), (-2.0, 0.0, 1.0), (1.0, 2.0, 0.5, 0.25))
    assert (model.threshold, model.facts) == (0.5, {"texts": 3})


def test_a_word_has_its_weights_its_count_and_its_length(model):
    packed, count, squared = model.word("bpa")
    assert count == 2  # the marked word and the bare one
    assert squared == 2**2 + 4**2  # in units of the file, before they are scaled
    assert model.unpack(packed, count) == pytest.approx([1.1, -12.8, 11.7])


def test_a_text_is_scored_by_its_words(model):
    scores = model.score(["bpa", "is"])
    length = math.sqrt(1 + 4 + 9)
    assert scores.length == pytest.approx(length)
    expected = [(1.1 - 0.1) / length + 0.5, (-12.8 + 0) / length, (11.7 + 0.1) / length - 0.25]
    assert scores.values == pytest.approx(expected)


def test_a_text_without_a_known_feature_has_no_scores(model):
    for words in ([], ["xyz"], ["xyz", "qwrt"]):
        assert (model.score(words).values, model.score(words).length) == ((), 0.0)


@pytest.mark.parametrize(("score", "odds"), [(-1, -3), (0, -2), (0.5, -1), (1, 0), (2, 0.5), (3, 1), (7, 2)])
def test_probability_is_the_sigmoid_of_the_curve(model, score, odds):
    assert model.probability(score) == pytest.approx(1 / (1 + math.exp(-odds)))
    assert model.curve.score(odds) == pytest.approx(score)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_probability_rises_with_the_score_and_stays_a_probability(one, other):
    model = decode(small(), "small.model")
    low, high = sorted((one, other))
    assert 0 <= model.probability(low) <= model.probability(high) <= 1


def test_a_model_of_format_1_is_calibrated_by_its_line(model):
    old = decode(first_format(slope=2.0, offset=-1.0), "old.model")
    assert [old.probability(score) for score in (-3.0, 0.5, 1.5)] == [
        1 / (1 + math.exp(-(2.0 * score - 1.0))) for score in (-3.0, 0.5, 1.5)
    ]
    assert old.score(["bpa", "is"]).values == model.score(["bpa", "is"]).values


@pytest.mark.parametrize("version", ["2026.1", "2026.2"])
def test_published_models_of_format_1_give_what_their_file_says(version):
    """Every number is read from the file without the module under test."""
    path = model_file_of(version)
    header = json.loads(Path(path).read_bytes().partition(b"\n")[0])
    assert header["format"] == 1
    model = decode(Path(path).read_bytes(), path)
    assert (model.threshold, model.intercepts) == (header["threshold"], tuple(header["intercepts"]))
    for text in [*WORDS, " ".join(WORDS), "klage på vedtak om samvær", "Høring - reguleringsplan"]:
        for least in (0.0, 0.01, header["threshold"]):
            expected = [
                (1 / (1 + math.exp(-(header["slope"] * value + header["offset"]))), area)
                for value, area in zip(model.score(content_words(text)).values, model.areas, strict=False)
            ]
            found = model.above(model.known(text).values(), least)
            kept = sorted((row for row in expected if row[0] >= least), key=lambda row: (-row[0], row[1]))
            assert [area for _, area in found] == [area for _, area in kept]
            assert [p for p, _ in found] == pytest.approx([p for p, _ in kept], rel=1e-12)


@pytest.mark.parametrize(
    "points", [[], [[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, 0], [0, 1]], [[0, 0], [1, 0]], [[0, 0], ["a", 1]], [0], 7]
)
def test_a_curve_that_does_not_rise_is_no_calibration(points):
    with pytest.raises(DataError, match=r"^odd\.model is not a nimrights model"):
        decode(small(curve=points), "odd.model")


@pytest.mark.parametrize("ends", [[0, 1], [1, -1], [1], [1, 2, 3], "ab", 1])
def test_a_curve_must_rise_beyond_its_ends_too(ends):
    with pytest.raises(DataError, match=r"^odd\.model is not a nimrights model"):
        decode(small(ends=ends), "odd.model")


@pytest.mark.parametrize("slope", [0.0, -1.0])
def test_a_line_that_does_not_rise_is_no_calibration(slope):
    with pytest.raises(DataError, match=r"^odd\.model is not a nimrights model"):
        decode(first_format(slope=slope, offset=0.0), "odd.model")


def test_model_does_not_print_its_weights(model):
    assert len(repr(model)) < 500


# -- packing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", WORDS)
def test_packed_weights_are_the_plain_sum(shipped, plain, word):
    word = fold(word)
    known = [plain[gram] for gram in plain_grams(word[:60]) if gram in plain]
    packed, count, squared = shipped.word(word)
    assert count == len(known)
    assert math.sqrt(squared) / shipped._idf_scale == pytest.approx(math.sqrt(sum(idf**2 for idf, _ in known)))
    sums = [sum(weights[lane] for _, weights in known) for lane in range(len(shipped.areas))]
    assert shipped.unpack(packed, count) == pytest.approx(sums)


def test_words_that_the_test_uses_are_known_to_the_shipped_model(shipped):
    assert sum(shipped.word(fold(word))[1] > 5 for word in WORDS) >= 6


def test_packed_weights_of_a_text_are_the_plain_sum(shipped, plain):
    text = content_words(" ".join(WORDS))
    known = [plain[gram] for word in text for gram in plain_grams(word[:60]) if gram in plain]
    length = math.sqrt(sum(idf**2 for idf, _ in known))
    for lane, value in enumerate(shipped.score(text).values):
        total = sum(weights[lane] for _, weights in known)
        assert value == pytest.approx(total / length + shipped.intercepts[lane])


def plainly_above(model, text, least):
    """The areas that reach *least*, by the score of each area on its own."""
    scores = model.score(content_words(text)).values
    found = (
        [(model.probability(value), area) for area, value in zip(model.areas, scores, strict=True)] if scores else []
    )
    return sorted((row for row in found if row[0] >= least), key=lambda row: (-row[0], row[1]))


@given(st.lists(st.sampled_from([*WORDS, "klage", "tvang", "samisk", "budsjett"]), max_size=30), st.floats(0, 1))
@example(WORDS, 0.0)
@example(WORDS, 1.0)
@example(["bpa"] * 30, 0.5)
@example([], 0.0)
def test_comparing_all_areas_at_once_finds_what_each_alone_reaches(ds, words, least):
    model = model_of(ds)
    text = " ".join(words)
    found = model.above(model.known(text).values(), least)
    expected = plainly_above(model, text, least)
    assert [area for _, area in found] == [area for _, area in expected]
    assert [p for p, _ in found] == pytest.approx([p for p, _ in expected])


@pytest.mark.parametrize("least", [0.0, 1e-9, 0.2, 0.5, 0.9, 1 - 1e-9, 1.0])
def test_a_long_text_is_compared_as_a_short_one(shipped, ds, least):
    text = " ".join(synonym for area in ds.areas.values() for synonym in area.synonyms.nb)
    assert len(content_words(text)) > 500
    found = shipped.above(shipped.known(text).values(), least)
    assert [area for _, area in found] == [area for _, area in plainly_above(shipped, text, least)]


def test_a_word_is_known_by_its_folded_form_and_shown_as_it_first_stands(shipped):
    found = shipped.known("SAMVÆR, samvær og Skole-miljø i Å§3")
    assert list(found) == ["samvar", "skole", "miljo"]
    assert [entry.spelled for entry in found.values()] == ["SAMVÆR", "Skole", "miljø"]
    for word, entry in found.items():
        assert (entry.word, entry.packed, entry.features, entry.squared) == (word, *shipped.word(word))


def test_the_weight_of_a_word_is_its_share_of_the_sum(shipped):
    entry = shipped.known("omsorgsovertakelse")["omsorgsovertakelse"]
    assert [shipped.weight(entry, area) for area in shipped.areas] == pytest.approx(
        list(shipped.unpack(entry.packed, entry.features))
    )


@given(st.text(max_size=60))
def test_the_known_words_of_a_text_are_its_content_words(ds, text):
    assert list(model_of(ds).known(text)) == content_words(text)


def test_lanes_do_not_run_over_in_the_longest_text():
    """All weights at their largest, in as many words as a text can have."""
    highest = decode(encode(HEADER, GRAMS, IDF, bytes([255]) * 9), "highest.model")
    packed, count, _ = highest.word("bpa")
    many = 100_000
    assert highest.unpack(packed * many, count * many) == pytest.approx([12.7 * count * many] * 3)


def test_the_cache_does_not_change_results(ds, monkeypatch):
    warm = model_of(ds)
    cold = decode(Path(model_file_of(ds.version)).read_bytes(), "cold")
    texts = [content_words(text) for text in ("samvær etter omsorgsovertakelse", "skolemiljø", "samvær og skolemiljø")]
    expected = [cold.score(text).values for text in texts]
    assert [warm.score(text).values for text in texts] == expected
    assert [cold.score(text).values for text in texts] == expected
    monkeypatch.setattr("nimrights._cases.model._MOST_CACHED", 2)
    tiny = decode(Path(model_file_of(ds.version)).read_bytes(), "tiny")
    assert [tiny.score(text).values for text in texts] == expected
    assert len(tiny._cache) <= 2


# -- files that are no model -------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"\n\n", b"{}", b"{}\n", b"[]\n", b"null\n", b"7\n", b'"x"\n', b"\x1f\x8b\x08", b"\xff\xfe\n\n",
        b'{"format": 1}\n', b'{"format": 1, "grams": 1, "areas": 7}\na\nxx', b"<html></html>", "blå".encode("utf-16"),
    ],
)  # fmt: skip
def test_foreign_bytes_are_refused_by_name(data):
    with pytest.raises(DataError, match=r"^foreign\.bin is not a nimrights model"):
        decode(data, "foreign.bin")


def test_every_truncation_is_refused():
    whole = small()
    for length in range(len(whole)):
        with pytest.raises(DataError):
            decode(whole[:length], "cut.model")


def test_truncated_file_says_what_to_do():
    with pytest.raises(DataError, match=r"^cut\.model is truncated: it should hold 3 n-grams; fetch it again"):
        decode(small()[:-1], "cut.model")


def test_file_with_too_much_is_refused():
    with pytest.raises(DataError):
        decode(small() + b"\0", "long.model")


def test_newer_format_asks_for_an_upgrade():
    newer = small().replace(b'"format":2', b'"format":%d' % (FORMAT + 1))
    with pytest.raises(DataError, match=r"^new\.model has format 3; this nimrights reads up to 2: upgrade nimrights"):
        decode(newer, "new.model")


@pytest.mark.parametrize("key", sorted(HEADER))
def test_header_without_a_key_is_refused(key):
    header = {name: value for name, value in HEADER.items() if name != key}
    with pytest.raises(DataError, match=r"^odd\.model"):
        decode(encode(header, GRAMS, IDF, WEIGHTS), "odd.model")


def test_ngrams_that_are_no_text_are_refused():
    broken = small().replace(b"^bpa$ bpa", b"^bpa$ \xff\xfea")
    with pytest.raises(DataError, match=r"^odd\.model"):
        decode(broken, "odd.model")


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_else(data):
    with pytest.raises(DataError):
        decode(data, "x")


def test_same_model_gives_the_same_bytes():
    reordered = dict(reversed(HEADER.items()))
    assert encode(reordered, GRAMS, IDF, WEIGHTS) == small()


def test_shipped_model_knows_every_area_of_the_data(ds, shipped):
    assert set(shipped.areas) == set(ds.areas)
    assert len(shipped.intercepts) == len(shipped.areas)
    assert 0 < shipped.threshold < 1
