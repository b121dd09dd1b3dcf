"""The measures of the classifier's figures, on examples with known answers, and what is published of them."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nimrights import published

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "datasets" / "training" / "figures.json"
sys.path.insert(0, str(ROOT / "tools"))

import check_lexicon as lexicon  # noqa: E402
import measures  # noqa: E402

#: three areas; texts with what was said of them and what they are
ROWS = [
    ([0.9, 0.2, 0.1], [0]),
    ([0.8, 0.7, 0.1], [1, 0]),
    ([0.4, 0.3, 0.1], [0]),
    ([0.1, 0.1, 0.6], [1]),
    ([0.05, 0.05, 0.05], []),
    ([0.75, 0.05, 0.05], []),
]

probabilities = st.floats(0, 1)
texts = st.lists(
    st.tuples(st.lists(probabilities, min_size=3, max_size=3), st.lists(st.integers(0, 2), max_size=3, unique=True)),
    max_size=20,
)


# -- intervals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),  # Newcombe 1998 and common tables
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_those_of_the_literature(right, count, low, high):
    assert measures.wilson(right, count) == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_everything_is_possible():
    assert measures.wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_the_share_and_is_mirrored(count, data):
    right = data.draw(st.integers(0, count))
    low, high = measures.wilson(right, count)
    assert 0 <= low <= right / count + 1e-9
    assert right / count - 1e-9 <= high <= 1
    mirrored = measures.wilson(count - right, count)
    assert mirrored == pytest.approx((1 - high, 1 - low))


# -- calibration -------------------------------------------------------------------------------


def test_a_calibration_error_with_a_known_answer():
    pairs = [(0.95, True)] * 8 + [(0.95, False)] * 2 + [(0.05, False)] * 10
    bins = measures.binned(pairs)
    assert [entry.count for entry in bins] == [10, *[0] * 8, 10]
    assert (bins[9].said, bins[9].right) == (pytest.approx(0.95), pytest.approx(0.8))
    assert measures.calibration_error(bins) == pytest.approx((0.15 + 0.05) / 2)


def test_certain_and_right_is_no_error_and_certain_and_wrong_is_all():
    assert measures.calibration_error(measures.binned([(1.0, True), (0.0, False)])) == 0
    assert measures.calibration_error(measures.binned([(1.0, False), (0.0, True)])) == 1


def test_steps_end_where_the_next_begins():
    bins = measures.binned([(0.0, True), (0.1, True), (0.099, True), (1.0, True)])
    assert [entry.count for entry in bins] == [2, 1, *[0] * 7, 1]


def test_nothing_said_is_no_error():
    assert measures.calibration_error(measures.binned([])) == 0


@given(st.lists(st.tuples(probabilities, st.booleans()), max_size=50))
@example([(1.0, True)])
def test_an_error_is_at_most_one_and_every_prediction_counts_once(pairs):
    bins = measures.binned(pairs)
    assert sum(entry.count for entry in bins) == len(pairs)
    assert 0 <= measures.calibration_error(bins) <= 1


def test_the_pairs_that_calibration_looks_at():
    assert len(measures.every(ROWS)) == 18
    assert measures.every(ROWS)[:3] == [(0.9, True), (0.2, False), (0.1, False)]
    assert measures.surest(ROWS) == [
        (0.9, True), (0.8, True), (0.4, True), (0.6, False), (0.05, False), (0.75, False),
    ]  # fmt: skip
    assert measures.asserted(ROWS, 0.7) == [(0.9, True), (0.8, True), (0.7, True), (0.75, False)]


# -- thresholds, areas, confusion --------------------------------------------------------------


def test_what_a_threshold_buys():
    assert measures.at(ROWS, 0.7) == {
        "threshold": 0.7,
        "precision": 3 / 4,
        "recall": 3 / 5,
        "covered": 2 / 4,
        "none left empty": 1 / 2,
    }
    assert measures.at(ROWS, 0.35)["recall"] == 4 / 5
    assert measures.at(ROWS, 0.35)["precision"] == 4 / 6


def test_where_nothing_is_asserted_precision_is_not_known():
    found = measures.at(ROWS, 0.99)
    assert found["precision"] is None
    assert (found["recall"], found["covered"], found["none left empty"]) == (0, 0, 1)
    assert set(measures.at([], 0.5).values()) == {0.5, None}


@given(texts, st.lists(probabilities, min_size=2, max_size=2).map(sorted))
def test_a_higher_threshold_finds_less_and_leaves_more_empty(rows, thresholds):
    lower, higher = (measures.at(rows, t) for t in thresholds)
    for name in ("recall", "covered"):
        assert lower[name] is None or lower[name] >= higher[name]
    assert lower["none left empty"] is None or lower["none left empty"] <= higher["none left empty"]


def test_counts_by_area():
    assert measures.by_area(ROWS, 0.7, 3) == [
        {"texts": 3, "asserted": 3, "right": 2},
        {"texts": 2, "asserted": 1, "right": 1},
        {"texts": 0, "asserted": 0, "right": 0},
    ]


def test_confusion_counts_each_text_once_in_the_row_of_its_primary_area():
    assert measures.confusion(ROWS, 0.5, 3) == [
        [1, 0, 0, 1],  # the third is left empty
        [0, 1, 1, 0],  # the second is right by another of its areas
        [0, 0, 0, 0],
        [1, 0, 0, 1],  # texts without an area
    ]


@given(texts, probabilities)
def test_measures_of_the_same_texts_agree(rows, threshold):
    found = measures.at(rows, threshold)
    areas = measures.by_area(rows, threshold, 3)
    said = measures.asserted(rows, threshold)
    assert sum(a["asserted"] for a in areas) == len(said)
    assert sum(a["right"] for a in areas) == sum(right for _, right in said)
    assert found["precision"] == (sum(r for _, r in said) / len(said) if said else None)
    table = measures.confusion(rows, threshold, 3)
    assert sum(map(sum, table)) == len(rows)
    assert sum(table[3]) == sum(not labels for _, labels in rows)
    if found["none left empty"] is not None:
        assert found["none left empty"] == table[3][3] / sum(table[3])
    if found["covered"] is not None:
        empty = sum(row[3] for row in table[:3])
        assert found["covered"] == pytest.approx(1 - empty / sum(map(sum, table[:3])))


# -- the lexicon -------------------------------------------------------------------------------


def text(words, areas=(), lang="nb"):
    found = lexicon.content_words(words)
    return lexicon.Text(frozenset(found), f" {' '.join(found)} ", tuple(areas), lang)


@pytest.mark.parametrize(
    ("term", "words", "fires"),
    [
        ("barnehage", "Ny barnehageplass", True),
        ("barnehage", "Friluftsbarnehage", True),
        ("eldre", "Foreldremøte", False),  # a short word does not end another
        ("val", "Valfag", False),  # a very short one stands alone
        ("val", "Val til utval", True),
        ("samvær etter flytting", "Samværsordning etter flyttingen", True),
        ("samvær etter flytting", "Samværsordning", False),
    ],
)
def test_a_term_fires_in_inflections_and_compounds(term, words, fires):
    assert lexicon.fires(lexicon.content_words(term), text(words)) is fires


def test_terms_that_never_fire_or_only_mislead_are_reported():
    terms = {
        "democracy": [("nb", "valg"), ("nb", "folkestyre"), ("nn", "val"), ("nb", "12-24")],
        "school": [("nb", "skole")],
    }
    rows = [text("Valg av tillitsvalgt")] * 4 + [text("Valg", ["democracy"]), text("Skole", ["school"])]
    found = {(f.kind, f.term): f for f in lexicon.check_terms(terms, rows)}
    assert set(found) == {
        ("only misleads", "valg"), ("never fires", "folkestyre"), ("never fires", "val"), ("never fires", "12-24"),
    }  # fmt: skip
    misleading = found["only misleads", "valg"]
    assert (misleading.fires, misleading.right, misleading.others) == (5, 1, "none 4")
    assert found["never fires", "12-24"].others == "no content word"


def test_two_in_three_wrong_is_not_yet_misleading_and_four_texts_are_too_few():
    wrong, right = text("x", ["b"]), text("x", ["a"])
    assert not lexicon.misleads([wrong] * 4 + [right] * 2, "a")
    assert lexicon.misleads([wrong] * 5 + [right] * 2, "a")
    assert not lexicon.misleads([wrong] * 4, "a")


def test_a_term_that_is_shown_where_texts_are_about_other_areas_is_reported():
    terms = {
        "national-minorities": [("nn", "kven"), ("nn", "kven i skulen"), ("nn", "kapittel 4a")],
        "school": [("nb", "skulen")],
    }
    rows = [text("Kven har ansvaret", ["school"])] * 4 + [text("Kven", ["national-minorities"], "nn")] * 2
    rows += [text("Kvensk skule", ["school"]), text("Kven eig skulen, kapittel 4a", ["school"])]
    [found] = lexicon.check_shown(terms, rows)
    assert found == ("shown wrongly", "national-minorities", "nn", "kven", 7, 2, "school 5")


def test_the_report_is_a_table():
    lines = lexicon.report([lexicon.Finding("never fires", "school", "nb", "skole", 0, 0, "")]).splitlines()
    assert len(lines) == 3
    assert len({line.count("|") for line in lines}) == 1


# -- what is published -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def figures():
    return json.loads(FIGURES.read_text(encoding="utf-8"))


def test_the_published_figures_are_of_the_newest_model(figures):
    newest = published()[-1]
    assert figures["about"]["dataset"] == newest.version
    assert figures["about"]["model_sha256"] == newest.model_sha256


def test_the_published_figures_hold_numbers_and_ids_and_no_texts(figures, ds):
    def strings(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from strings(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from strings(inner)
        elif isinstance(value, str):
            yield value

    assert set(strings([figures["texts"], figures["titles"]])) == set(ds.areas)


@pytest.mark.parametrize("name", ["texts", "titles"])
def test_the_published_figures_agree_with_each_other(figures, name):
    found = figures[name]
    if found is None:
        pytest.skip("no outside titles were measured")
    whole, areas = found["whole"], found["areas"].values()
    assert list(found["areas"]) == found["order"]
    assert sum(a["asserted"] for a in areas) == whole["asserted"] == found["calibration"]["asserted"]["count"]
    right = sum(a["right"] for a in areas)
    assert whole["precision"] == pytest.approx(right / whole["asserted"], abs=1e-4)
    assert whole["recall"] == pytest.approx(right / whole["areas"], abs=1e-4)
    [default] = [entry for entry in found["thresholds"] if entry["threshold"] == found["threshold"]]
    assert {key: default[key] for key in ("precision", "recall", "covered")} == pytest.approx(
        {key: whole[key] for key in ("precision", "recall", "covered")}, abs=1e-4
    )
    assert sum(map(sum, found["confusion"])) == whole["labelled"] + whole["none"]
    for pairs in found["calibration"].values():
        bins = [measures.Bin(*entry) for entry in pairs["bins"]]
        assert sum(entry.count for entry in bins) == pairs["count"]
        assert measures.calibration_error(bins) == pytest.approx(pairs["error"], abs=2e-4)
    for area in areas:
        for count, (share, low, high) in ((area["asserted"], area["precision"]), (area["texts"], area["recall"])):
            assert (low, high) == pytest.approx(measures.wilson(area["right"], count), abs=1e-4)
            assert share is None or math.isclose(share, area["right"] / count, abs_tol=1e-4)
