"""Search over texts of one's own: its laws, its file, and what it refuses."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, DataError, NimrightsError
from nimrights._engine.common import STOP_WORDS
from nimrights._engine.matching import LOWEST
from nimrights.text import fold
from nimrights.texts import MOST_CHARACTERS, TextIndex

DOCUMENTS = [
    ("a", "Vern mot vold i nære relasjoner", ("Vold i nære relasjoner",)),
    ("b", "Universell utforming av skoler og barnehager", ("Universell utforming", "UU")),
    ("c", "Kommunen skal tilby hjemmetjenester til eldre", ()),
    ("d", "", ("Tomt dokument",)),
    ("e", "", ()),
]
INDEX = TextIndex.build(DOCUMENTS)

words = st.sampled_from(
    "vold vald nære relasjoner universell utfroming skole hjemmetjeneste eldre UU tomt kommunen".split()
)
texts = st.lists(words, max_size=5).map(" ".join)
collections = st.lists(st.tuples(texts, st.lists(texts, max_size=2)), max_size=8).map(
    lambda rows: [(str(n), text, labels) for n, (text, labels) in enumerate(rows)]
)


def answers(index, query, **options):
    return [(hit.key, hit.score, hit.stage, hit.words) for hit in index.search(query, **options)]


def keys(query, **options):
    return [hit.key for hit in INDEX.search(query, **options)]


@pytest.mark.parametrize(
    ("query", "key", "stage"),
    [
        ("Vold i nære relasjoner", "a", "exact"),
        ("uu", "b", "exact"),
        ("vald i nære relasjonar", "a", "stem"),
        ("universel utfroming", "b", "fuzzy"),
        ("heimetenester", "c", "stem"),
        ("tjenester hjemme", "c", "stem"),
        ("skolene", "b", "stem"),
        ("tomt dok", "d", "stem"),
    ],
)
def test_what_is_meant_is_found_first_and_says_how(query, key, stage):
    hit = INDEX.search(query)[0]
    assert (hit.key, hit.stage) == (key, stage)
    assert hit.words
    assert 0 < hit.score <= 100


@given(collections)
def test_a_label_finds_its_own_document_first(documents):
    index = TextIndex.build(documents)
    for _, _, labels in documents:
        for label in filter(fold, labels):
            owners = {key for key, _, others in documents if fold(label) in map(fold, others)}
            first = index.search(label)[0]
            assert first.key in owners
            assert first.stage == "exact"


@given(collections, texts, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_does_not_matter(documents, query, chance):
    def scored(rows):
        return {hit.key: (hit.score, hit.stage) for hit in TextIndex.build(rows).search(query)}

    shuffled = documents[:]
    chance.shuffle(shuffled)
    assert scored(shuffled) == scored(documents)


@given(collections, texts)
def test_equal_scores_stand_in_the_order_in_which_the_texts_were_given(documents, query):
    found = TextIndex.build(documents).search(query)
    assert [(-hit.score, int(hit.key)) for hit in found] == sorted((-hit.score, int(hit.key)) for hit in found)


@given(collections, texts)
def test_fewer_is_the_beginning_of_more(documents, query):
    index = TextIndex.build(documents)
    everything = index.search(query, limit=1000)
    assert len({hit.key for hit in everything}) == len(everything)
    for limit in (1, 2, 5):
        assert index.search(query, limit=limit) == everything[:limit]


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=8).map(" ".join)), st.integers(1, 3))
@example("\ud800 vold \0", 3)
@example("10" * 300, 3)
def test_any_text_is_answered_within_bounds(query, limit):
    hits = INDEX.search(query, limit=limit)
    assert len(hits) <= limit
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits == [] or fold(query)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=2)), max_size=4),
    st.text(max_size=20),
)
def test_any_text_can_be_indexed(rows, query):
    index = TextIndex.build((str(n), text, labels) for n, (text, labels) in enumerate(rows))
    assert len(index) == len(rows)
    assert len(index.search(query)) <= len(rows)


@pytest.mark.parametrize("query", ["vold i nære relasjoner", "universell utforming på nynorsk", "åpenhet", "skøler"])
def test_composed_and_decomposed_letters_find_the_same(query):
    forms = [unicodedata.normalize(form, query) for form in ("NFC", "NFD")]
    assert answers(INDEX, forms[0]) == answers(INDEX, forms[1])
    decomposed = TextIndex.build((k, unicodedata.normalize("NFD", t), labels) for k, t, labels in DOCUMENTS)
    assert answers(decomposed, query) == answers(INDEX, query)


@pytest.mark.parametrize("query", ["", " ", "?!", "\0", "\ud800", "\U0001f600", "og i på", "xqzwvk"])
def test_what_means_nothing_finds_nothing(query):
    assert INDEX.search(query) == []


def test_a_query_is_read_up_to_the_limit():
    assert keys("x" * (MOST_CHARACTERS - 5) + " vold") == ["a"]
    assert keys("x" * MOST_CHARACTERS + " vold") == []


@pytest.mark.parametrize("size", [0, 1])
def test_no_texts_and_one(size, tmp_path):
    index = TextIndex.build([("a", "Vold", ())][:size])
    assert len(index) == size
    for query in ("vold", "volld", "vol", "barn", "vold og barn"):
        assert [hit.key for hit in index.search(query)] == (["a"] if size and "vo" in query else [])
    index.save(tmp_path / "small.index")
    assert answers(TextIndex.open(tmp_path / "small.index"), "vold") == answers(index, "vold")


def test_empty_texts_are_found_by_their_labels_only():
    assert keys("tomt dokument") == ["d"]
    assert "e" not in {key for query in ("vold", "utforming", "eldre", "tomt") for key in keys(query)}


@pytest.mark.parametrize("key", ["a", "a\nb", "\n"])
def test_keys_are_each_their_own_and_one_line(key):
    with pytest.raises(BadQuery, match=r"twice|line break"):
        TextIndex.build([("a", "x", ()), (key, "y", ())])


@pytest.mark.parametrize("query", [None, 8, b"vold", ["vold"]])
def test_what_is_no_text_is_refused(query):
    with pytest.raises(BadQuery, match=type(query).__name__):
        INDEX.search(query)


@pytest.mark.parametrize("limit", [0, -1, 1001, 1.0, "10", None, True])
def test_limit_out_of_range_is_refused(limit):
    with pytest.raises(BadQuery, match="1 to 1000"):
        INDEX.search("vold", limit=limit)


# -- files -------------------------------------------------------------------------------------


@given(collections, st.lists(texts, max_size=4))
def test_an_index_from_a_file_gives_the_same_answers(tmp_path_factory, documents, queries):
    path = tmp_path_factory.mktemp("index") / "texts.index"
    made = TextIndex.build(documents)
    made.save(path)
    opened = TextIndex.open(path)
    assert len(opened) == len(made)
    for query in queries:
        assert answers(opened, query) == answers(made, query)


def test_saving_twice_and_saving_what_was_opened_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "one.index", tmp_path / "other.index"
    INDEX.save(one)
    TextIndex.build(DOCUMENTS).save(other)
    assert one.read_bytes() == other.read_bytes()
    TextIndex.open(str(one)).save(other)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("left", [0, 1, 30, 200, -9])
def test_a_file_that_is_cut_off_is_refused(left, tmp_path):
    path = tmp_path / "texts.index"
    INDEX.save(path)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DataError, match=r"texts\.index"):
        TextIndex.open(path)


@pytest.mark.parametrize("data", [b"", b"junk", b"\0" * 5000, b"nimrights search index 1\n{}\n"])
def test_a_foreign_file_is_refused(data, tmp_path):
    path = tmp_path / "texts.index"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"texts\.index"):
        TextIndex.open(path)


def test_a_file_that_is_not_there_or_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(DataError):
        TextIndex.open(tmp_path / "none.index")
    with pytest.raises(DataError):
        TextIndex.open(tmp_path)
    with pytest.raises(NimrightsError):
        INDEX.save(tmp_path / "no" / "such" / "folder.index")


@pytest.mark.parametrize(
    "document",
    [
        ("", "text", ()),
        ("a\ud800", "text", ()),
        (5, "text", ()),
        ("a\nb", "text", ()),
        ("a", None, ()),
        ("a", "text", "vold"),
        ("a", "text", (1,)),
    ],
)
def test_a_document_that_is_none_is_refused(document):
    with pytest.raises(BadQuery):
        TextIndex.build([document])


# -- the second look -------------------------------------------------------------------------------


def ordered(texts, query, **options):
    index = TextIndex.build((str(n), text, ()) for n, text in enumerate(texts))
    return [hit.key for hit in index.search(query, **options)]


def test_of_texts_with_the_same_words_the_one_with_the_function_words_stands_first():
    texts = ["barn uten foreldre bor alene her", "barn bor uten foreldre alene med her"]
    assert ordered(texts, "barn med foreldre")[0] == "1"


def test_of_texts_with_the_same_words_the_one_with_them_side_by_side_stands_first():
    texts = ["barn har rett til mye som vi ikke nevner i skole", "barn i skole har rett til mye som vi nevner"]
    assert ordered(texts, "barn skole")[0] == "1"


def test_of_words_that_are_spelled_alike_the_more_like_one_counts_more():
    texts = ["stedet er forlatt", "stengte er forlatt"]
    assert ordered(texts, "stengde")[0] == "1"


def test_function_words_alone_find_nothing():
    assert ordered(["barn og unge", "og"], "og") == []
    assert ordered(["barn og unge", "og"], "oog ikkke") == []


def test_labels_and_running_text_of_one_document_are_told_apart():
    index = TextIndex.build([("a", "Alle har rett til bolig", ("Boligvern",)), ("b", "Boligvern nevnes her", ())])
    assert [(hit.key, hit.stage) for hit in index.search("boligvern")] == [("a", "exact"), ("b", "stem")]
    assert index.search("rett bolig")[0].key == "a"


def test_a_hit_says_which_words_met_each_once_for_a_word_of_the_query():
    hit = TextIndex.build([("a", "Kommunen verner barn mot vold", ())]).search("vrener barn barn vold")[0]
    assert [word for word, _ in hit.words] == ["vrener", "barn", "vold"]
    assert hit.stage == "fuzzy"


@given(collections, words)
def test_scores_fall_from_hit_to_hit(documents, query):
    scores = [hit.score for hit in TextIndex.build(documents).search(query)]
    assert scores == sorted(scores, reverse=True)


MANY = [
    " ".join(words)
    for words in itertools.product(
        ("barn", "barna", "barnehager", "ungdom"),
        ("med", "uten"),
        ("rett", "krav"),
        ("bolig", "boliger", "skole", "helsehjelp", "vern"),
        ("i kommunen", "hjemme"),
    )
]
TEXTS = TextIndex.build((str(n), text, ()) for n, text in enumerate(MANY))


def test_fewer_is_the_beginning_of_more_among_many_texts():
    for query in ("barn bolig", "brn med boilg", "ungdom uten vern hjemme", "boligvern"):
        every = [(hit.key, hit.score) for hit in TEXTS.search(query, limit=len(MANY))]
        assert len(every) > 40
        for limit in (1, 10, 32, 33, 50):
            assert [(hit.key, hit.score) for hit in TEXTS.search(query, limit=limit)] == every[:limit]


@pytest.mark.parametrize(
    "query", ["barn", "brn", "bolig hjemme", "boligvern", "barnebolig xqzw", "ett barn", "helsehejlp"]
)
def test_every_hit_says_its_words_and_none_scores_too_little(query):
    for hit in TEXTS.search(query, limit=100):
        assert hit.words
        assert hit.score >= LOWEST
        assert not {word for _, word in hit.words} & STOP_WORDS


def test_a_compound_that_nobody_wrote_is_found_by_its_parts():
    rows = [("a", "vern av en institusjon", ()), ("b", "vern av en institusjon", ("UU",))]
    first, second = TextIndex.build(rows).search("verninstitusjon")
    assert first.words == second.words == (("vern", "vern"), ("institusjon", "institusjon"))
    assert first.score == pytest.approx(second.score, abs=6)


@pytest.mark.parametrize("query", ["barnehage barnehagebarnevern", "skole helsehjelp boligskole"])
def test_the_order_of_the_words_of_a_query_changes_nothing(query):
    rows = [(str(n), text, ()) for n, text in enumerate(MANY)]
    index = TextIndex.build([*rows, ("x", "en barnehagelærer i byen", ()), ("y", "barnevern", ())])
    forth, back = (index.search(" ".join(words)) for words in (query.split(), query.split()[::-1]))
    assert [(hit.key, hit.score) for hit in forth] == [(hit.key, hit.score) for hit in back]


def test_other_words_that_begin_like_the_query_leave_the_words_of_a_hit():
    plain = [("a", "kommunen har barnehageplasser", ())]
    others = [(str(n), word, ()) for n, word in enumerate("barna barnet barnas barns barnlig barnslig barnets".split())]
    for rows in (plain, [*plain, *others]):
        hit = next(hit for hit in TextIndex.build(rows).search("barn") if hit.key == "a")
        assert hit.words == (("barn", "barnehageplasser"),)
        assert hit.stage == "stem"


def test_an_inflection_goes_before_a_slip():
    hit = TextIndex.build([("a", "vold og valg", ())]).search("vald")[0]
    assert (hit.stage, hit.words) == ("stem", (("vald", "vold"),))


def test_many_function_words_leave_room_for_the_others():
    query = " ".join(sorted(STOP_WORDS)[:60]) + " barn"
    assert TextIndex.build([("a", "alle barn i landet", ())]).search(query)[0].words == (("barn", "barn"),)


def test_a_text_in_another_script_is_as_near():
    index = TextIndex.build([("a", "skole bolig", ()), ("b", "права человека", ())])
    assert index.search("skole bolig")[0].score == index.search("права человека")[0].score
