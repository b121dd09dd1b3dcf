"""Ranking: what a query's words meet, how documents gain by them, and what another document does not change."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from nimrights._engine.index import Index
from nimrights._engine.indexing import Entry, build
from nimrights._engine.matching import BEST_WORDS, SCORE, Matching
from nimrights.exceptions import DataError
from nimrights.text import fold

TEXTS = [
    "Kommunen skal hjelpe barn som trenger det",
    "Barnevernet og barnevernsinstitusjoner",
    "Vold i nære relasjoner",
    "Skolemiljø uten mobbing",
    "Heimetenester for eldre",
    "Retten til bolig og bostøtte",
    "Tvang overfor pasienter på sykehjem",
]
WORDS = sorted({word for text in TEXTS for word in fold(text).split()})

queries = st.lists(
    st.sampled_from([*WORDS, "barnvern", "hjemmetjeneste", "sjukeheim", "bolgi"]), min_size=1, max_size=5
)
collections = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=8)


def index_of(texts):
    return Index(build((str(n), (Entry("text", "", text),)) for n, text in enumerate(texts)))


def met(word, texts=TEXTS):
    return {m.word: m for m in index_of(texts).vocabulary.meeting(fold(word)).met}


def best(query, texts=TEXTS):
    ranking = index_of(texts).rank(fold(query))
    return sorted(ranking.best(len(texts)), key=lambda n: (-ranking.shares([n])[n], n))


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "there", "fuzzy"),
    [
        ("barn", "barn", False),
        ("barna", "barn", False),
        ("barnevern", "barnevernet", False),
        ("barneverns", "barnevernsinstitusjoner", False),
        ("institusjon", "barnevernsinstitusjoner", False),
        ("miljø", "skolemiljo", False),
        ("hjemmetjeneste", "heimetenester", False),
        ("sjukeheim", "sykehjem", False),
        ("mobbnig", "mobbing", True),
        ("relasjner", "relasjoner", True),
        ("ovrefor", "overfor", True),
        ("pasineetr", "pasienter", True),
    ],
)
def test_a_word_is_met_by_itself_its_forms_its_compounds_and_what_is_spelled_like_it(asked, there, fuzzy):
    found = met(asked)
    assert there in found
    assert found[there].fuzzy == fuzzy


@pytest.mark.parametrize(("asked", "other"), [("vond", "vold"), ("xqzw", "tvang"), ("ar", "barn"), ("mo", "mobbing")])
def test_what_is_too_short_or_too_far_meets_nothing_or_only_what_begins_so(asked, other):
    assert other not in met(asked, ["tvang barn mobbing"])


def test_a_word_that_is_known_is_no_misspelling_of_another():
    assert "vold" not in met("vald", ["vold vald"]) or not met("vald", ["vold vald"])["vold"].fuzzy
    assert [m.fuzzy for m in met("bolig", ["bolig bolgi"]).values()] == [False]


def test_the_word_itself_counts_most_then_its_forms_then_compounds_then_misspellings():
    found = met("barn", ["barn barna barnevern steinbarn barm"])
    compounds = [found[word].quality for word in ("barnevern", "steinbarn")]
    assert 1 == found["barn"].quality > found["barna"].quality > max(compounds)
    assert "barm" not in found
    assert 0 < met("barn", ["barm"])["barm"].quality < min(compounds)


@pytest.mark.parametrize("asked", ["vern institusjon", "miljø skole", "verninstitusjon"])
def test_words_are_joined_and_taken_apart(asked):
    assert best(asked.replace(" ", ""), ["skole og miljø", "vern av en institusjon"])


def test_a_text_with_all_the_words_stands_before_one_with_some():
    assert best("vold relasjoner")[0] == 2
    assert best("vold", ["vold i nære relasjoner", "vold"]) == [0, 1]


def test_words_that_say_nothing_find_nothing():
    index = index_of(TEXTS)
    for query in ("og", "i på av", "", " "):
        assert index.rank(query).best(10) == []
        assert index.rank(query).shares([0]) == {0: 0}
        assert index.rank(query).reaching(0.1) == 0


def test_a_document_outside_the_counters_has_no_share():
    ranking = index_of(["barn", "vold", *["x"] * 40]).rank("barn")
    assert ranking.shares([0])[0] == pytest.approx(0.75, abs=0.05)
    assert ranking.shares([41])[41] == 0


@given(collections, queries)
def test_shares_are_between_nothing_and_all_and_the_best_reach_what_they_have(texts, asked):
    ranking = index_of(texts).rank(" ".join(map(fold, asked)))
    shares = [ranking.shares([n])[n] for n in range(len(texts))]
    assert all(0 <= share <= 1 for share in shares)
    for share in {0.3, 0.6, *shares} - {0.0}:
        reached = ranking.reaching(share)
        assert all(bool(reached >> n & 1) for n, held in enumerate(shares) if held > share + 0.02)
        assert not any(reached >> n & 1 for n, held in enumerate(shares) if held < share - 0.02)
    most = ranking.best(3)
    assert (
        min((shares[n] for n in most), default=1.0)
        >= max((share for n, share in enumerate(shares) if n not in most), default=0.0)
        or len(most) < 3
    )


@given(collections, queries)
def test_an_index_that_was_asked_before_answers_the_same(texts, asked):
    query = " ".join(map(fold, asked))
    used = index_of(texts)
    for word in asked:
        used.rank(fold(word))
        used.rank(query)
    fresh = index_of(texts).rank(query)
    assert used.rank(query).shares(range(len(texts))) == fresh.shares(range(len(texts)))


# -- whole labels ------------------------------------------------------------------------------


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=8))
def test_a_label_is_found_exactly_and_nothing_scores_higher(labels):
    index = Index(build((str(n), (Entry("label", "", label),)) for n, label in enumerate(labels)))
    for label in labels:
        folded = fold(label)
        matching = Matching(index, folded)
        owners = {n for n, other in enumerate(labels) if fold(other) == folded}
        assert {n for n in range(len(labels)) if matching.score(n) == SCORE["exact"]} == owners
        assert {n for n in range(len(labels)) if matching.score(n) > BEST_WORDS + 1} == owners


@pytest.mark.parametrize(
    ("query", "stage"),
    [
        ("vold i nære relasjoner", "exact"),
        ("VOLD I NÆRE RELASJONER", "exact"),
        ("vald i nære relasjonar", "stem"),
        ("vold i nærerelasjoner", "stem"),
        ("vold i nære", "stem"),
        ("vold i nære relsajoner", "fuzzy"),
    ],
)
def test_how_a_label_was_found(query, stage):
    index = Index(build([("a", (Entry("label", "nb", "Vold i nære relasjoner"),)), ("b", ())]))
    matching = Matching(index, fold(query))
    assert matching.found[0].stage == stage
    reason = matching.reason(0, matching.score(0))
    assert (reason.field, reason.lang, reason.place) == ("label", "nb", 0)


def test_a_label_goes_before_an_alias_with_the_same_letters():
    index = Index(build([("a", (Entry("alias", "nn", "vald"), Entry("label", "nb", "Vald")))]))
    matching = Matching(index, "vald")
    assert (matching.found[0].stage, matching.reason(0, matching.score(0)).field) == ("exact", "label")


# -- another document --------------------------------------------------------------------------

LETTERS = "abdegiklnorst"


@st.composite
def additions(draw):
    """A query, documents with its words misspelled, inflected and joined, and one more of other letters."""
    letters = draw(st.permutations(LETTERS))
    ours = st.text(letters[:7], min_size=2, max_size=9)
    asked = draw(st.lists(ours, min_size=1, max_size=3))
    changed = st.sampled_from([
        *asked,
        "".join(asked),
        *(word + ending for word in asked for ending in ("en", "ar", "s", "skolen")),
        *(word[1:] + word[:1] for word in asked),
        *(word[:-1] for word in asked),
        *(letters[8] + word for word in asked),
    ])  # fmt: skip
    words = st.one_of(changed, st.text(letters, min_size=1, max_size=9))
    text = st.lists(words, max_size=5).map(" ".join)
    documents = draw(st.lists(st.tuples(text, st.lists(text, max_size=2)), min_size=2, max_size=8))
    theirs = st.lists(st.text(letters[7:], min_size=1, max_size=9), max_size=5).map(" ".join)
    new = draw(st.tuples(theirs, st.lists(theirs, max_size=2)))
    return " ".join(asked), documents, new, draw(st.integers(0, len(documents)))


def scores(documents, query):
    """The score of each document that is found, by its key, best first."""
    rows = [
        (key, (*(Entry("label", "", label) for label in labels), Entry("text", "", text)))
        for key, (text, labels) in documents
    ]
    matching = Matching(Index(build(rows)), fold(query))
    found = [(-matching.score(n), n, rows[n][0]) for n in range(len(rows)) if matching.score(n)]
    return {key: -score for score, _, key in sorted(found)}


@settings(max_examples=300)
@given(additions())
def test_a_record_with_no_word_spelled_like_one_of_the_query_changes_neither_scores_nor_order_of_the_others(case):
    """The law, and why it says "spelled like".

    Nothing is counted over the collection: no word weighs less because many documents have it. But
    what a word of a query is taken for depends on which words there are: if the word itself is known,
    no misspelling is looked for, and an unknown compound is taken apart into words that are known.
    """
    query, documents, new, place = case
    before = [(str(n), document) for n, document in enumerate(documents)]
    after = [*before[:place], ("new", new), *before[place:]]
    was, now = scores(before, query), scores(after, query)
    now.pop("new", None)
    assert list(now.items()) == list(was.items())


@settings(max_examples=100)
@given(additions(), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_change_their_scores(case, chance):
    query, documents, _, _ = case
    rows = [(str(n), document) for n, document in enumerate(documents)]
    was = scores(rows, query)
    chance.shuffle(rows)
    assert scores(rows, query) == was


def test_a_record_with_the_very_word_of_the_query_does_change_what_the_others_are_found_by():
    others = [("a", ("barnevern", [])), ("b", ("barnehage", []))]
    assert scores(others, "barnvern")["a"] > 0
    assert "a" not in scores([*others, ("new", ("barnvern", []))], "barnvern")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(1, 60))
def test_more_documents_with_a_word_do_not_make_it_weigh_less(asked, copies):
    query = " ".join(asked)
    document = ("a", (query, []))
    many = [document, *((str(n), (query, [])) for n in range(copies))]
    assume(scores([document], query))
    assert scores(many, query)["a"] == scores([document], query)["a"]


def test_damage_inside_the_file_is_noticed_when_it_is_looked_for():
    data = bytearray(build([("a", (Entry("label", "nb", "Vern mot vold"),))]))
    Index(bytes(data)).check()
    data[-20] ^= 1
    with pytest.raises(DataError, match="damaged"):
        Index(bytes(data)).check()


# -- misspellings --------------------------------------------------------------------------------


@st.composite
def slips(draw):
    """A word of some, and what one slip makes of it: a letter left out, put in, another, or two in the other order."""
    known = draw(st.lists(st.text("abdeiklnorstv", min_size=3, max_size=14), min_size=1, max_size=12, unique=True))
    word = draw(st.sampled_from(known))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("abdeiklnorstv"))
    slipped = draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    return known, word, slipped


@settings(max_examples=300)
@given(slips())
@example((["toalett"], "toalett", "taolett"))
@example((["abba"], "abba", "baba"))
def test_one_slip_is_always_forgiven(case):
    known, word, slipped = case
    assume(len(slipped) >= 3 and fold(slipped) == slipped and all(fold(w) == w for w in known))
    meeting = index_of(known).vocabulary.meeting(slipped)
    if slipped not in known:
        assert word in {*(m.word for m in meeting.met), *meeting.function_words}


def test_two_slips_are_forgiven_in_a_long_word_if_no_word_is_nearer():
    assert met("helsehejlpen", ["helsehjelpen"])["helsehjelpen"].fuzzy
    assert "institusjon" in met("insttusjno", ["institusjon"])
    assert "institusjon" not in met("insttusjno", ["institusjon", "instatusjno"])


def test_the_inflections_of_the_word_that_was_meant_are_met_too():
    found = met("tvnag", ["tvang", "tvangen", "trang"])
    assert found["tvang"].quality > found["tvangen"].quality > 0


def test_a_slip_of_a_word_that_stands_everywhere_counts_as_little_as_the_word():
    texts = ["kommunen hjelper", "barn hjelper"]
    right, slipped = (index_of(texts).rank(query) for query in ("kommunen barn", "kommnuen barn"))
    assert slipped.total == right.total < index_of(texts).rank("hjelper barn").total
    assert best("kommnuen barn", texts) == [1, 0]


def test_a_slip_that_may_be_of_a_telling_word_counts_in_full():
    assert index_of(["sak"]).vocabulary.meeting("sax").worth < 1.0
    assert index_of(["sak", "sal"]).vocabulary.meeting("sax").worth == 1.0


def test_a_slip_of_a_function_word_finds_nothing_but_is_known():
    meeting = index_of(["ikke", "barn"]).vocabulary.meeting("ikkke")
    assert meeting.met == ()
    assert meeting.function_words == ("ikke",)


@given(collections, queries)
def test_an_index_that_keeps_nothing_answers_the_same(texts, asked):
    """What is kept between queries saves time only."""
    query = " ".join(map(fold, asked))
    many = texts * 60  # more than 256 texts with a word: these are sets
    forgetful, other = index_of(many), index_of(many)
    forgetful._most_sets = 1
    for word in asked:
        other.rank(fold(word))
    assert forgetful.rank(query).shares(range(len(many))) == other.rank(query).shares(range(len(many)))
