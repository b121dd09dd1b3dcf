"""Classification: what a case touches, with evidence from its own words, and nothing where nothing is known."""

from __future__ import annotations

from itertools import pairwise

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, DataError, Dataset, NimrightsError, NotFound, classify, published
from nimrights.classifier import MOST_CHARACTERS, model_of
from nimrights.publishing import compile_sources, publish
from nimrights.text import fold
from nimrights.vocabulary import LANGUAGES, Municipal

CASE = "Sak 23/145 Klage på vedtak om samvær etter omsorgsovertakelse"

TEXTS = [
    CASE,
    "Bekymringsmelding om barn i fosterhjem",
    "Varsling om kritikkverdige forhold",
    "Reguleringsplan for nytt boligfelt",
    "Bruk av tvang overfor pasient på sykehjem",
    "Skulemiljø og mobbing",
    "Samisk språk i barnehagen",
    "Søknad om BPA",
    "Complaint about access to documents",
    "Rullestolrampe ved skolen",
]

NOTHING = [
    "",
    " ",
    "\n\t",
    "?!",
    "23/145",
    "1 2 3",
    "Protokoll fra forrige møte",
    "xqzw",
    "日本語",
    "\U0001f600",
    "Sak 1/24",
]

ODD = {
    "emoji": "\U0001f600 samvær \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "right-to-left": "\u202esamvær \u05e9\u05dc\u05d5\u05dd",
    "html": "<b>samvær</b> &amp; <script>omsorgsovertakelse</script>",
    "sql": "'; DROP TABLE areas; -- samvær",
    "regex": r".*+?^${}()|[]\ samvær",
    "ten thousand words": " ".join(f"ord{n}" for n in range(10_000)),
    "a megabyte": "samvær " * 150_000,
    "a megabyte of one word": "x" * 1_000_000,
    "nul": "\0samvær\0",
    "lone surrogate": "samvær \ud800 \udfff",
    "marks": "samvær" + "\u0301" * 100_000,
}


def shown(matches):
    return [(m.area.id, m.score, m.evidence) for m in matches]


# -- the case of the documentation -------------------------------------------------------------


@pytest.fixture(scope="module")
def match():
    found = [m for m in classify(CASE) if m.area.id == "child-welfare"]
    assert found
    return found[0]


def test_the_case_is_child_welfare_first(match):
    assert classify(CASE)[0].area.id == "child-welfare"
    assert match.score > 0.8


def test_the_obligations_bind_and_rest_on_the_right_provisions(match):
    provisions = {p.id for duty in match.obligations for p in duty.provisions}
    assert "echr-8" in provisions
    assert provisions & {"grl-102", "grl-104"}
    assert provisions & {"crc-9", "crc-3"}
    assert all(duty.force.binding for duty in match.obligations)
    assert match.obligations == match.area.obligations


def test_there_are_recommendations_none_binding_each_with_an_address(match):
    assert len(match.recommendations) >= 3
    for recommendation in match.recommendations:
        assert not recommendation.force.binding
        assert recommendation.provenance[0].source.url
        assert "child-welfare" in [area.id for area in recommendation.areas]
    assert sum(r.provenance[0].source.url.startswith("https://") for r in match.recommendations) >= 3


def test_the_evidence_is_the_words_that_say_so(match):
    words = [e.word for e in match.evidence]
    assert set(words[:2]) == {"omsorgsovertakelse", "samvær"}
    assert "samvær" in words
    assert match.evidence[0].term in {t for lang in LANGUAGES for t in match.area.synonyms[lang]}


def terms_shown(text, area):
    [found] = [m for m in classify(text, threshold=0) if m.area.id == area]
    return {e.word: e.term for e in found.evidence}


def test_a_term_is_shown_only_where_all_its_content_words_stand(ds):
    synonyms = ds.areas["child-welfare"].synonyms.nb
    assert "samvær etter omsorgsovertakelse" in synonyms
    assert "samvær" not in synonyms
    apart = terms_shown("Omsorgsovertakelse: etter klage ny plan for samvær", "child-welfare")
    assert {apart[word] for word in ("Omsorgsovertakelse", "samvær")} == {"samvær etter omsorgsovertakelse"}
    assert apart.get("klage") is None
    assert terms_shown("Klage på samvær", "child-welfare")["samvær"] is None
    assert terms_shown("Svar etter vedtak", "child-welfare").get("etter") is None


def test_a_term_with_digits_is_not_shown_for_its_other_words(ds):
    numbered = [(key, t) for key, area in ds.areas.items() for t in area.synonyms.nb if any(c.isdigit() for c in t)]
    assert numbered
    for key, term in numbered:
        assert term not in terms_shown(term.replace("-", " ") + " samvær", key).values()


def test_recommendations_come_by_municipal_relevance_then_newest_then_id(ds):
    order = list(Municipal)
    for found in classify("x samvær skole sykehjem", threshold=0):
        rows = found.recommendations
        assert {r.id for r in rows} == set(ds.recommendations.where(area=found.area.id))
        relevance = [order.index(r.municipal) for r in rows]
        assert relevance == sorted(relevance)
        for one, other in pairwise(rows):
            if one.municipal == other.municipal:
                assert (one.date or "") >= (other.date or "")
                assert (one.date or "") > (other.date or "") or one.id < other.id


# -- what every answer is ----------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_scores_are_probabilities_surest_first(text):
    scores = [m.score for m in classify(text, threshold=0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("text", TEXTS)
def test_evidence_is_words_of_the_text_strongest_first(text):
    words = fold(text).split()
    for match in classify(text, threshold=0):
        assert all(fold(e.word) in words for e in match.evidence)
        weights = [e.weight for e in match.evidence]
        assert weights == sorted(weights, reverse=True)
        terms = {t for lang in LANGUAGES for t in match.area.synonyms[lang]}
        assert all(e.term is None or (e.term in terms and fold(e.word) in fold(e.term).split()) for e in match.evidence)


@pytest.mark.parametrize("text", TEXTS)
def test_every_asserted_area_has_evidence_for_it(text):
    for match in classify(text):
        assert match.evidence
        assert match.evidence[0].weight > 0


def test_a_long_text_has_evidence_too(ds):
    """Where many words each say a little, the strongest of them are still shown."""
    without = []
    for key, area in ds.areas.items():
        text = " ".join([*area.synonyms.nb, *area.synonyms.nn, *(duty.statement.nb for duty in area.obligations)])
        assert len(text.split()) > 200
        without += [(key, m.area.id) for m in classify(text) if not m.evidence or m.evidence[0].weight <= 0]
    assert without == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_higher_threshold_gives_the_beginning_of_a_lower_one(ds, text):
    everything = classify(text, threshold=0)
    assert {m.area.id for m in everything} == set(ds.areas)
    for threshold in (0.01, 0.2, 0.5, 0.9, 1):
        kept = classify(text, threshold=threshold)
        assert shown(kept) == shown(everything)[: len(kept)]
        # scores are shown with four decimals
        assert all(m.score >= threshold - 5e-5 for m in kept)
        assert all(m.score <= threshold + 5e-5 for m in everything[len(kept) :])


@pytest.mark.parametrize("text", TEXTS)
def test_without_a_threshold_the_model_decides(ds, text):
    assert shown(classify(text)) == shown(classify(text, threshold=model_of(ds).threshold))


@pytest.mark.parametrize("text", TEXTS)
def test_limit_gives_the_surest(text):
    everything = shown(classify(text, threshold=0))
    for limit in (1, 3, 100):
        assert shown(classify(text, threshold=0, limit=limit)) == everything[:limit]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_known_is_nothing_found(text):
    assert classify(text) == []


@pytest.mark.parametrize("text", ["", "23/145", "?!", "og i på", "日本語"])
def test_no_known_word_is_nothing_even_at_threshold_zero(text):
    assert classify(text, threshold=0) == []


def test_same_text_same_answer_also_from_a_fresh_dataset(ds):
    fresh = Dataset(ds._release)
    for text in TEXTS:
        assert shown(classify(text)) == shown(classify(text)) == shown(classify(text, dataset=fresh))
    assert shown(classify(CASE)) == shown(classify(CASE))
    assert classify(CASE)[0] == classify(CASE)[0]


def test_spelling_case_order_and_repetition_do_not_count():
    expected = [m.area.id for m in classify(CASE)]
    for text in (
        CASE.upper(),
        CASE.replace("æ", "ae").replace("å", "aa"),
        f"{CASE} {CASE}",
        " ".join(reversed(CASE.split())),
    ):
        assert [m.area.id for m in classify(text)] == expected


def test_case_number_and_function_words_do_not_count():
    assert shown(classify("Sak 23/145 samvær")) == shown(classify("samvær")) == shown(classify("PS 99/2024 om samvær"))


def test_every_area_is_found_by_its_own_names(ds):
    missed = []
    for key, area in ds.areas.items():
        for lang in LANGUAGES:
            text = f"{area.label[lang]}: {', '.join(area.synonyms[lang][:6])}"
            if key not in [m.area.id for m in classify(text, threshold=0, limit=3)]:
                missed.append((key, text))
    assert missed == []


# -- options -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, 8, b"samvaer", ["samvær"], object()])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(BadQuery, match=type(text).__name__):
        classify(text)


@pytest.mark.parametrize("threshold", [-0.01, 1.01, float("nan"), float("inf"), "0.5", True, [0.5]])
def test_threshold_out_of_range_is_refused(threshold):
    with pytest.raises(BadQuery, match="threshold is a number from 0 to 1"):
        classify(CASE, threshold=threshold)


@pytest.mark.parametrize("limit", [0, -1, 1.0, "1", True])
def test_limit_out_of_range_is_refused(limit):
    with pytest.raises(BadQuery, match="limit is a whole number of at least 1"):
        classify(CASE, limit=limit)


def test_a_refusal_does_not_depend_on_the_text():
    with pytest.raises(BadQuery):
        classify("", limit=0)
    with pytest.raises(BadQuery):
        classify("", threshold=2)


# -- any input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_bounded(name, ds):
    matches = classify(ODD[name])
    assert len(matches) <= len(ds.areas)
    assert shown(matches) == shown(classify(ODD[name]))


@pytest.mark.parametrize("name", [name for name, text in ODD.items() if "omsorgsovertakelse" in text])
def test_odd_neighbours_do_not_hide_a_word(name):
    assert "child-welfare" in [m.area.id for m in classify(ODD[name])]


def test_text_is_read_up_to_the_limit():
    filler = "." * (MOST_CHARACTERS - len("omsorgsovertakelse"))
    assert [m.area.id for m in classify(f"{filler}omsorgsovertakelse")] == ["child-welfare"]
    assert classify(f"{filler}{'.' * 18}omsorgsovertakelse") == []


known = st.sampled_from(
    "samvær omsorgsovertakelse skole sykehjem tvang samisk BPA plan klage vedtak og i 23/145".split()
)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=80), st.lists(known, max_size=12).map(" ".join)), st.floats(0, 1))
@example("\ud800", 0.0)
@example("\0", 0.0)
def test_any_text_gives_probabilities_in_order(text, threshold):
    matches = classify(text, threshold=threshold)
    scores = [m.score for m in matches]
    assert scores == sorted(scores, reverse=True)
    words = fold(text).split()
    assert all(fold(e.word) in words for m in matches for e in m.evidence)


# -- versions and values -----------------------------------------------------------------------


def test_the_model_is_read_once(ds):
    assert model_of(ds) is model_of(ds)


def test_a_dataset_that_is_not_published_has_no_model(mini_root, swap, mini_copy):
    swap("dataset.toml", 'version = "2026.1"', 'version = "1999.7"')
    with pytest.raises(NotFound, match="published versions"):
        classify("lekeplass", dataset=compile_sources(mini_copy))


def test_a_version_without_a_model_says_so(mini_root, mini, releases):
    publish(mini_root, releases=releases)
    assert published()[0].model_sha256 is None
    fresh = Dataset(mini._release)
    with pytest.raises(DataError, match=r"2026\.1 was published without a model"):
        classify("lekeplass", dataset=fresh)


def test_a_dataset_does_not_get_answers_from_the_model_of_another_with_its_version(mini):
    """The miniature dataset says 2026.1 too, but its areas are not those of the published model."""
    with pytest.raises(NimrightsError):
        classify("lekeplass med samvær", threshold=0, dataset=Dataset(mini._release))


def test_a_match_is_a_frozen_value_that_shows_its_area_by_id(match):
    assert "area=child-welfare" in repr(match)
    assert len(repr(match)) < 1500
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        match.score = 1.0
