"""The training tool on a few texts: what it leaves out, how it calibrates, and that it gives the same bytes again."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="needs the extra train")
pytest.importorskip("sklearn", reason="needs the extra train")

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import train_classifier as trainer  # noqa: E402

from nimrights._cases.model import content_words, decode  # noqa: E402

TEXTS = [
    ("Kven har ansvaret for vegen", ()),
    ("Kven betaler skuleskyss", ("education",)),
    ("Skuleskyss på farleg veg", ("education",)),
    ("Ny skule på Moen", ("education",)),
    ("Startlån til bustad", ("housing",)),
    ("Avslag på startlån", ("housing",)),
    ("Kommunale bustader", ("housing",)),
    ("Kven kan søkje startlån", ("housing",)),
    ("Kven styrer kommunen", ()),
    ("Kven svarar på brev", ()),
]


@pytest.fixture
def sources(mini_copy):
    """The miniature dataset with some training texts for two of its areas."""
    one, other = sorted(path.stem for path in (mini_copy / "areas").glob("*.toml"))[:2]
    folder = mini_copy / "training"
    folder.mkdir()
    areas = {"education": one, "housing": other}
    with (folder / "some.jsonl").open("w", encoding="utf-8") as file:
        for n in range(4):
            for text, labels in TEXTS:
                row = {
                    "text": f"{text} {'abcd'[n] * 4}",
                    "areas": [areas[a] for a in labels],
                    "lang": "nn",
                    "form": "title",
                }
                file.write(json.dumps(row) + "\n")
    return mini_copy


# -- terms -------------------------------------------------------------------------------------


def test_a_term_loses_the_areas_to_which_it_only_misleads():
    terms = [("kven", ("minorities",)), ("kven", ("housing", "minorities")), ("skuleskyss", ("minorities",))]
    assert trainer.telling(terms, TEXTS) == [("skuleskyss", ("minorities",))]  # it stands in too few texts to be judged
    often = [*TEXTS, *[("Kven", ("minorities",))] * 3]
    assert trainer.telling(terms[:2], often) == [("kven", ("minorities",)), ("kven", ("minorities",))]


def test_a_term_is_judged_where_all_its_words_stand():
    terms = [("kven betaler", ("minorities",)), ("betaler kven", ("education",)), ("kven betaler veg", ("minorities",))]
    assert trainer.telling(terms, TEXTS * 5) == terms[1:]


def test_a_term_without_content_words_teaches_nothing():
    assert trainer.telling([("4a", ("minorities",)), ("og i", ("minorities",))], TEXTS) == []


# -- calibration -------------------------------------------------------------------------------


def drawn(count=4000):
    """Scores whose probability is their sigmoid, but for high ones, which promise too much."""
    chosen = np.random.default_rng(7)
    scores = chosen.normal(-1, 2, count)
    true = 1 / (1 + np.exp(-np.minimum(scores, 0.5)))
    return scores.reshape(-1, 1), (chosen.random(count) < true).astype(int).reshape(-1, 1)


def test_the_curve_says_what_was_right_where_a_line_does_not():
    scores, labels = drawn()
    curve = trainer.calibrate(scores, labels)
    slope, offset = trainer.platt(scores, labels)
    line = 1 / (1 + np.exp(-(slope * scores + offset)))
    for part in (scores > 1, (scores > -1) & (scores < 1)):
        missed, line_missed = (
            abs(said[part].mean() - labels[part].mean()) for said in (trainer.probabilities_of(curve, scores), line)
        )
        assert missed < 0.06
        assert missed < 0.6 * line_missed


def test_the_curve_rises_and_keeps_every_order():
    curve = trainer.calibrate(*drawn())
    assert list(curve.scores) == sorted(set(curve.scores))
    assert all(slope > 0 for slope in curve.slopes)
    said = trainer.probabilities_of(curve, np.linspace(-15, 15, 500))
    assert (np.diff(said) > 0).all()


def test_training_and_use_read_the_curve_alike():
    curve = trainer.calibrate(*drawn())
    scores = np.linspace(-12, 12, 97)
    expected = [1 / (1 + math.exp(-curve.at(float(score)))) for score in scores]
    assert trainer.probabilities_of(curve, scores) == pytest.approx(expected)


# -- training ----------------------------------------------------------------------------------


def test_what_was_learned_tells_its_areas_apart():
    learned = trainer.learn(TEXTS, [("husleige", ("housing",))], ["education", "housing"])
    education, housing = learned.scores(["Skuleskyss", "Startlån", "Kven"]).T
    assert education[0] > max(education[1:])
    assert housing[1] > max(housing[0], housing[2])


def test_no_more_ngrams_than_asked_for_are_kept():
    assert len(trainer.learn(TEXTS, [], ["housing"], 12).features.grams) == 12


def test_the_same_sources_give_the_same_bytes_and_the_model_scores_as_it_was_trained(sources, monkeypatch):
    monkeypatch.setattr(trainer, "TARGET_PRECISION", 0.5)
    data, _ = trainer.train(sources)
    assert trainer.train(sources)[0] == data
    model = decode(data, "new.model")
    texts, terms = trainer.training_rows(sources)
    exact = trainer.learn(texts, terms, list(model.areas)).scores([text for text, _ in texts])
    stored = [model.score(content_words(text)).values for text, _ in texts]
    assert np.abs(np.array(stored) - exact).max() < 0.1  # weights are stored in eight bits
