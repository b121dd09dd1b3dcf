"""Search: the contract of the staged lookup. Golden queries are in their own file, these are its laws."""

from __future__ import annotations

import copy
import inspect
import pickle
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, Dataset, load, search
from nimrights._engine.common import STOP_WORDS
from nimrights._engine.index import Index
from nimrights._engine.matching import LOWEST
from nimrights._engine.searchable import FACETS, KIND_TABLE, SEARCHED, entries_of, index_of, keys_of
from nimrights.lookup import CONFIDENT, MOST_CHARACTERS
from nimrights.text import fold
from nimrights.vocabulary import LANGUAGES

#: the stages in the order in which they are tried; stem and fuzzy measure words and share a place
RANK = {"id": 0, "citation": 1, "exact": 2, "alias": 3, "stem": 4, "fuzzy": 4}

QUERIES = [
    "barnevern", "barnvern", "barnets beste", "tvang på sykehjem", "EMK art. 8", "child-welfare", "skolemiljø", "Oslo",
    "samisk språk i barnehagen", "right to housing", "CRPD/C/NOR/CO/1", "personvern i skolen", "kommuneloven", "bekymring",
    "Kárášjohka", "grl-104", "Tolga", "barn", "og", "x", "omsorgsovertakelse uten samtykke",
]  # fmt: skip

ODD = {
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "right-to-left": "\u202e\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "html": "<script>alert('barnevern')</script>&amp;",
    "sql": "'; DROP TABLE areas; -- OR 1=1",
    "regex": r".*+?^${}()|[]\ (barn|vern)+ (?=x) \d{9999999}",
    "path": "../../../../etc/passwd\x00",
    "format": "%s%n{0}{area.__class__}",
    "ten thousand words": " ".join(f"ord{n}" for n in range(10_000)),
    "one word many times": "barnevern " * 100_000,
    "a megabyte": "a" * 1_000_000,
    "a megabyte of marks": "a" + "\u0301" * 1_000_000,
    "nul": "\0barnevern\0",
    "lone surrogate": "barnevern \ud800 \udfff",
    "zero width": "b\u200ba\u200br\u200bn",
    "wide": "\uff42\uff41\uff52\uff4e",
    "ligature": "\ufdfa\ufdfa",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
}  # fmt: skip


def ids(query, **options):
    return [hit.record.id for hit in search(query, **options)]


# -- stages ------------------------------------------------------------------------------------


def test_every_id_finds_its_own_record_first(ds):
    wrong = []
    for table in SEARCHED:
        for key in ds.table(table):
            hits = search(key, limit=1)
            if not hits or (hits[0].record.id, hits[0].stage, hits[0].score) != (key, "id", 100.0):
                wrong.append((key, hits))
    assert wrong == []


def test_an_id_is_found_in_any_case_and_between_blanks():
    assert search("  GRL-104\n", limit=1)[0].stage == "id"
    assert ids("Child-Welfare", limit=1) == ["child-welfare"]


def test_a_citation_finds_its_record_with_what_stood_there():
    hit = search("kan vi bruke EMK art. 8 her?", limit=1)[0]
    assert (hit.record.id, hit.stage, hit.score) == ("echr-8", "citation", 99.0)
    assert (hit.matched.field, hit.matched.text) == ("citation", "EMK art. 8")


def test_a_citation_of_several_records_gives_them_in_its_order():
    hits = search("CRPD/C/NOR/CO/1, para. 10")
    assert [hit.record.id for hit in hits[:4]] == ["crpd1-10a", "crpd1-10b", "crpd1-10c", "crpd-c-nor-co-1"]
    assert {hit.stage for hit in hits[:4]} == {"citation"}


def test_every_label_of_an_area_finds_it_among_the_exact_hits(ds):
    missed = []
    for key, area in ds.areas.items():
        for lang in LANGUAGES:
            label = area.label[lang]
            stages = {hit.record.id: hit.stage for hit in search(label, limit=100)}
            # an area whose English name is its id is found as that
            if stages.get(key) != ("id" if label.lower() == key else "exact"):
                missed.append((key, label, stages.get(key)))
    assert missed == []


def test_every_synonym_of_an_area_finds_it_by_its_name(ds):
    missed = []
    for key, area in ds.areas.items():
        names = {fold(area.label[lang]) for lang in LANGUAGES}
        for synonym in {s for lang in LANGUAGES for s in area.synonyms[lang]}:
            expected = "id" if synonym.lower() == key else "exact" if fold(synonym) in names else "alias"
            stages = {hit.record.id: hit.stage for hit in search(synonym, limit=200)}
            if stages.get(key) != expected:
                missed.append((key, synonym, expected, stages.get(key)))
    assert missed == []


def test_exact_label_says_field_and_language():
    hit = next(hit for hit in search("Barnevern") if hit.record.id == "child-welfare")
    assert (hit.stage, hit.score, hit.matched.field, hit.matched.lang) == ("exact", 97.0, "label", "nb")
    assert hit.matched.text == "Barnevern"


def test_names_of_a_municipality_are_found_in_each_language(ds):
    assert ids("Karasjok", limit=1) == ids("Kárášjohka", limit=1) == ids("karasjohka", limit=1) == ["5610"]


@pytest.mark.parametrize("query", QUERIES)
def test_no_later_stage_stands_above_an_earlier_one(query):
    ranks = [RANK[hit.stage] for hit in search(query, limit=1000)]
    assert ranks == sorted(ranks)


def test_a_word_that_is_there_beats_one_that_is_only_like_it():
    for word in ("barnehage", "fosterhjem", "sykehjem", "asylsøker"):
        assert search(word, limit=1)[0].stage != "fuzzy"


@pytest.mark.parametrize(
    ("query", "kind", "id"),
    [
        ("Lekeby", "practice", "lekeby-play-city"),
        ("leken by", "practice", "lekeby-play-city"),
        ("Train staff in play", "advice", "play-advice-1"),
        ("halvparten av lederne", "finding", "play-survey-2021"),
        ("kunnskapen kommunane har om leik", "finding", "play-survey-2021"),
    ],
)
def test_advice_practices_and_findings_are_found_by_their_words_and_places(mini, query, kind, id):
    assert ids(query, limit=1, dataset=mini) == [id]
    (hit,) = search(query, limit=1, kind=kind, dataset=mini)
    assert (hit.kind, hit.record) == (kind, mini[id])
    assert hit.confident


def test_every_practice_and_advice_is_found_by_its_name(ds):
    for table in ("advice", "practices", "findings"):
        for key, record in ds.table(table).items():
            for lang in LANGUAGES:
                assert key in [h.record.id for h in search(record.label[lang], limit=5)], (key, lang)


def test_a_shared_obligation_leads_to_every_area_that_has_it(mini):
    via = {
        hit.record.id: hit.matched.via
        for hit in search("kommunen skal høre barna før den bygger", kind="area", dataset=mini)
        if hit.matched.field == "linked"
    }
    assert via == {"parks": "playgrounds/hear-children", "playgrounds": "playgrounds/hear-children"}


def test_codes_are_found_through_the_areas_that_name_them_and_are_no_hits(mini):
    hits = search("335", dataset=mini)
    assert [hit.record.id for hit in hits if hit.matched.via is None] == ["playgrounds"]
    assert hits[0].record.id == "playgrounds"
    with pytest.raises(BadQuery):
        search("335", kind="code", dataset=mini)


# -- order and options -------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_in_range_and_in_order_and_ties_go_by_kind_and_the_order_of_the_table(ds, query):
    hits = search(query, limit=1000)
    assert all(LOWEST <= hit.score <= 100 for hit in hits)
    place = {key: number for number, (_, key) in enumerate(keys_of(ds))}
    keys = [(-hit.score, place[hit.record.id]) for hit in hits]
    # a citation's records keep its order: best first by less than is shown
    free = [key for key, hit in zip(keys, hits, strict=True) if hit.stage != "citation"]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    assert free == sorted(free)


def test_ties_are_decided_by_kind_then_id():
    hits = [hit for hit in search("barnets beste") if hit.stage == "exact"]
    assert [hit.record.id for hit in hits] == ["best-interests-of-the-child", "bvl-1-3", "crc-3"]


@pytest.mark.parametrize("query", QUERIES)
def test_fewer_is_the_beginning_of_more(query):
    everything = search(query, limit=1000)
    for limit in (1, 3, 10):
        assert search(query, limit=limit) == everything[:limit]


@pytest.mark.parametrize("query", QUERIES)
def test_kind_filters_and_changes_nothing_else(query):
    everything = search(query, limit=1000)
    for kind in KIND_TABLE:
        assert search(query, kind=kind, limit=1000) == [hit for hit in everything if hit.kind == kind]


def test_each_record_is_found_once():
    for query in QUERIES:
        found = ids(query, limit=1000)
        assert len(found) == len(set(found))


@pytest.mark.parametrize("query", QUERIES)
def test_every_hit_says_why(query):
    for hit in search(query, limit=1000):
        assert hit.matched.field
        assert hit.matched.text
        if hit.stage in ("exact", "alias", "stem", "fuzzy"):
            assert hit.matched.words
            assert all(ours and theirs for ours, theirs in hit.matched.words)


def test_words_that_matched_stand_in_query_and_record(ds):
    hit = next(hit for hit in search("tvang på sykehjem") if hit.record.id == "coercive-care")
    assert {ours for ours, _ in hit.matched.words} == {"tvang", "sykehjem"}
    written = fold(str(ds.raw("coercive-care"))).split()
    assert all(theirs in written for _, theirs in hit.matched.words)


def test_a_provision_is_found_by_what_rests_on_it():
    hits = [hit for hit in search("skolemiljø mobbing", kind="provision", limit=100) if hit.matched.field == "linked"]
    assert hits
    assert all(hit.stage in ("stem", "fuzzy") for hit in hits)


def test_same_query_same_answer_also_from_a_fresh_index(ds):
    fresh = Dataset(ds._release)
    assert index_of(fresh) is not index_of(ds)
    for query in QUERIES:
        assert search(query) == search(query)
        assert search(query) == search(query, dataset=fresh)


def test_the_index_is_built_once(ds):
    assert index_of(ds) is index_of(ds)
    assert isinstance(index_of(ds), Index)


def test_confident_begins_at_its_score():
    hits = search("tvang på sykehjem", limit=100)
    assert any(hit.confident for hit in hits)
    assert not all(hit.confident for hit in hits)
    assert all(hit.confident == (hit.score >= CONFIDENT) for hit in hits)


def test_a_hit_shows_its_record_by_id():
    assert "record=echr-8," in repr(search("EMK art. 8", limit=1)[0])


# -- filters, facets, pages ----------------------------------------------------------------------

COUNTED = [
    "vold",
    "barn",
    "samisk språk",
    "EMK art. 8",
    "tvang på sykehjem",
    "child-welfare",
    "kommunen skal",
    "skulemiljø",
]


def in_area(ds, hit, area):
    """What belongs to an area, told from the records alone."""
    record, key = hit.record, hit.record.id
    own = ds.areas[area].obligations
    return (
        key == area
        or area in [other.id for other in getattr(record, "areas", ())]
        or key in {o.id for o in own}
        or key in {p.id for o in own for p in o.provisions}
    )


def in_right(ds, hit, right):
    record, key = hit.record, hit.record.id
    return (
        key == right
        or right in [other.id for other in getattr(record, "rights", ())]
        or key in {p.id for p in ds.rights[right].provisions}
        or (hit.kind == "area" and any(right in [r.id for r in o.rights] for o in record.obligations))
    )


def force_of(ds, hit):
    record = hit.record
    if hit.kind in ("recommendation", "advice", "obligation"):
        return record.force.value
    if hit.kind not in ("instrument", "provision"):
        return None
    force = record.force_on(ds.as_of)
    return force and force.value


#: filter -> whether a hit passes it with a value, told from its record
PASSES = {
    "kind": lambda ds, hit, value: hit.kind == value,
    "area": in_area,
    "right": in_right,
    "group": lambda ds, hit, value: value in ds.raw(hit.record.id).get("groups", ()),
    "body": lambda ds, hit, value: value in (hit.record.id, ds.raw(hit.record.id).get("body")),
    "document": lambda ds, hit, value: value in (hit.record.id, ds.raw(hit.record.id).get("document")),
    "year": lambda ds, hit, value: (
        ds.raw(hit.record.id).get("date") or ds.raw(hit.record.id).get("year") or ""
    ).startswith(value),
    "municipal": lambda ds, hit, value: ds.raw(hit.record.id).get("municipal") == value,
    "force": lambda ds, hit, value: force_of(ds, hit) == value,
}


def option(name, value):
    return {"years": (int(value), int(value))} if name == "year" else {name: value}


def test_there_is_a_test_for_every_filter():
    assert set(PASSES) == set(FACETS)
    options = set(inspect.signature(search).parameters) - {"query", "limit", "offset", "dataset"}
    assert options == {*FACETS, "years"} - {"year"}


@pytest.mark.parametrize("query", COUNTED)
def test_counts_are_those_of_a_plain_recount_over_all_hits(ds, query):
    everything = search(query, limit=1000)
    assert everything.total == len(everything)
    for name, passes in PASSES.items():
        counts = everything.facets[name]
        assert list(counts.values()) == sorted(counts.values(), reverse=True)
        for value, count in list(counts.items())[:8]:
            assert count == sum(passes(ds, hit, value) for hit in everything), (name, value)


@pytest.mark.parametrize("query", COUNTED)
@pytest.mark.parametrize("name", PASSES)
def test_a_filter_keeps_what_passes_it_in_the_same_order(ds, query, name):
    everything = search(query, limit=1000)
    for value in list(everything.facets[name])[:3]:
        found = search(query, limit=1000, **option(name, value))
        assert found == [hit for hit in everything if PASSES[name](ds, hit, value)]
        assert found.total == len(found) == everything.facets[name][value]
        assert search(query, limit=3, **option(name, value)) == found[:3]


def test_filters_together_keep_what_passes_all(ds):
    everything = search("vold", limit=1000)
    found = search("vold", limit=1000, kind="recommendation", body="UPR", area="domestic-violence", years=(2010, 2018))
    assert found
    assert found == [
        hit
        for hit in everything
        if hit.kind == "recommendation"
        and in_area(ds, hit, "domestic-violence")
        and hit.record.body is not None
        and hit.record.body.id == "UPR"
        and "2010" <= (hit.record.date or "") < "2019"
    ]
    assert found.facets["body"] == {"UPR": found.total}


def test_years_are_a_range_with_both_ends():
    everything = search("vold", limit=1000)
    counts = everything.facets["year"]
    first, last = min(counts), max(counts)
    assert search("vold", years=(int(first), int(last))).total == sum(counts.values())
    assert search("vold", years=(int(last) + 1, 9999)).total == 0
    assert search("vold", years=(0, int(first))).total == counts[first]


@pytest.mark.parametrize("name", ["area", "right", "group", "body", "document", "municipal", "force"])
@pytest.mark.parametrize("value", ["", "nosuch", "Child-Welfare"])
def test_an_unknown_value_of_a_filter_is_refused(name, value):
    with pytest.raises(BadQuery, match=name):
        search("barn", **{name: value})


@pytest.mark.parametrize("years", [(2020, 2010), (2020,), (), (1, 2, 3), ("2010", "2020"), (2010.0, 2020)])
def test_years_that_are_none_are_refused(years):
    with pytest.raises(BadQuery, match="first and the last year"):
        search("barn", years=years)


def test_a_kind_that_this_version_has_no_records_of_finds_nothing():
    without = load("2026.1")
    assert not without.practices
    assert search("barn", kind="practice", dataset=without) == []


@pytest.mark.parametrize("query", COUNTED)
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_put_together_are_the_whole_list(query, size):
    everything = search(query, limit=1000)
    pages = [search(query, limit=size, offset=at) for at in range(0, min(len(everything), 20 * size), size)]
    assert [hit for page in pages for hit in page] == everything[: 20 * size]
    assert {page.total for page in pages} == {everything.total}


def test_beyond_the_last_page_is_nothing():
    beyond = search("vold", offset=100_000)
    assert beyond == []
    assert beyond.total == search("vold").total > 0


@pytest.mark.parametrize("offset", [-1, 1.0, "0", None, True, 10**7])
def test_offset_out_of_range_is_refused(offset):
    with pytest.raises(BadQuery, match="offset"):
        search("barn", offset=offset)


def test_facets_are_a_mapping_of_all_facets_also_of_nothing():
    for found in (search("vold"), search("?!"), search("xqzwvk")):
        assert list(found.facets) == list(FACETS)
        assert len(found.facets) == len(FACETS)
        with pytest.raises(KeyError):
            found.facets["nosuch"]
    assert not any(search("?!").facets.values())
    assert not any(search("xqzwvk").facets.values())
    assert search("?!").total == 0


# -- laws over the whole dataset ----------------------------------------------------------------


def test_every_name_finds_its_own_record_before_all_that_is_only_like_it(ds):
    """An exact label or alias has its score, and only ids, citations and exact names stand above or beside it."""
    wrong = []
    for table, key in keys_of(ds)[::11]:
        for entry in entries_of(ds.raw_in(table, key), table):
            if entry.field not in ("label", "alias") or not fold(entry.text) or len(entry.text) > MOST_CHARACTERS:
                continue
            hits = search(entry.text, limit=300)
            hit = next((hit for hit in hits if hit.record.id == key), None)
            if hit is None or RANK[hit.stage] > 3 or any(RANK[h.stage] > 3 for h in hits[: hits.index(hit)]):
                wrong.append((entry.text, key, hit and hit.stage))
    assert wrong == []


aliases = st.sampled_from(["økonomisk sosialhjelp", "vold i nære relasjoner", "brukerstyrt personlig assistanse", "offentlig anskaffelse", "rask psykisk helsehjelp", "helhetlig ros-analyse", "stønad til livsopphold", "enslige mindreårige", "convention on the rights of the child"])  # fmt: skip


@given(aliases.map(str.split).flatmap(st.permutations).map(" ".join))
def test_the_order_of_the_words_of_a_name_makes_no_exception_to_the_stages(query):
    hits = search(query, limit=1000)
    assert [RANK[hit.stage] for hit in hits] == sorted(RANK[hit.stage] for hit in hits)
    for hit in hits:
        assert (hit.stage == "exact") == (hit.score == 97.0)
        assert (hit.stage == "alias") == (hit.score == 95.0)
        if hit.stage in ("exact", "alias"):
            assert fold(hit.matched.text) == fold(query)


# -- what people write -------------------------------------------------------------------------


def test_a_missing_letter_still_finds_the_area():
    assert ids("barnvern", limit=1) == ["child-welfare"]
    assert ids("barnevren", limit=1) == ["child-welfare"]
    assert ids("skolemilø", kind="area", limit=1) == ["school-environment"]


def test_best_interests_finds_the_convention():
    assert "crc-3" in ids("barnets beste", limit=3)


@pytest.mark.parametrize(("written", "meant"), [("barne vern", "barnevern"), ("skole miljø", "skolemiljø")])
def test_a_compound_that_is_split_finds_the_same_area(written, meant):
    assert ids(written, kind="area", limit=1) == ids(meant, kind="area", limit=1)


@pytest.mark.parametrize("query", ["åpenhetsloven § 4", "språkpakten art. 7", *QUERIES])
def test_composed_and_decomposed_letters_find_the_same(query):
    composed, decomposed = (search(unicodedata.normalize(form, query)) for form in ("NFC", "NFD"))
    assert [(h.record.id, h.score, h.stage) for h in decomposed] == [(h.record.id, h.score, h.stage) for h in composed]


#: the ways in which æ, ø and å are written where a keyboard lacks them
SPELLINGS = [{"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"}, {"æ": "ä", "ø": "ö", "å": "å"}]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_other_spellings_of_our_letters_find_the_same_area_first(ds, spelling):
    labels = [
        a.label[lang] for a in ds.areas.values() for lang in ("nb", "nn") if set(a.label[lang].lower()) & set("æøå")
    ]
    assert labels
    for label in labels:
        assert ids("".join(spelling.get(c, c) for c in label.lower()), limit=1) == ids(label, limit=1)


def test_case_and_punctuation_do_not_count():
    assert ids("TVANG, PÅ SYKEHJEM!!") == ids("tvang på sykehjem")


# -- what is no query --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["", " ", "\t\n\u00a0", "?!", "...", "-–—", "()[]{}", "«»", "_", "\u200b", "\U0001f600", "\ud800"]
)
def test_query_without_a_letter_or_digit_finds_nothing(query):
    assert search(query) == []


@pytest.mark.parametrize("query", ["og", "og i på", "the of", "xqzwvk", "zzzzzzzzzzzz", "9999999"])
def test_query_that_means_nothing_finds_nothing(query):
    assert search(query) == []


@pytest.mark.parametrize("query", [None, 8, b"barn", ["barn"], object()])
def test_what_is_no_text_is_refused(query):
    with pytest.raises(BadQuery, match=type(query).__name__):
        search(query)


@pytest.mark.parametrize("limit", [0, -1, 1001, 1.0, "10", None, True])
def test_limit_out_of_range_is_refused(limit):
    with pytest.raises(BadQuery, match="1 to 1000"):
        search("barn", limit=limit)


@pytest.mark.parametrize("kind", ["areas", "Area", "", "source", "term", "x"])
def test_unknown_kind_is_refused_and_the_kinds_are_named(kind):
    with pytest.raises(BadQuery, match="area, right, provision"):
        search("barn", kind=kind)


def test_a_refusal_does_not_depend_on_the_query():
    with pytest.raises(BadQuery):
        search("", limit=0)
    with pytest.raises(BadQuery):
        search("", kind="x")


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_bounded(name):
    hits = search(ODD[name], limit=20)
    assert len(hits) <= 20
    assert hits == search(ODD[name], limit=20)


def test_query_is_read_up_to_the_limit():
    filler = "x" * (MOST_CHARACTERS - len("barnevern") - 1)
    assert "child-welfare" in ids(f"{filler} barnevern")
    assert "child-welfare" not in ids(f"{filler}xxxxxxxxxx barnevern")


words = st.sampled_from(
    "barn barnets beste skole sykehjem tvang samisk rett til bolig i på kommunen BPA EMK art. 8".split()
)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=30), st.lists(words, max_size=6).map(" ".join)), st.integers(1, 1000))
@example("\ud800 barn", 1)
@example("0301 CRC crc", 1000)
def test_any_text_gives_at_most_limit_hits(query, limit):
    hits = search(query, limit=limit)
    assert len(hits) <= limit
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits == [] or fold(query)


@settings(max_examples=40)
@given(
    st.lists(words, min_size=1, max_size=5, unique=True).flatmap(lambda w: st.tuples(st.just(w), st.permutations(w)))
)
def test_order_of_words_does_not_change_what_words_find(both):
    # but a citation or a whole name may arise or vanish
    first, second = (
        {h.record.id: h.score for h in search(" ".join(w), limit=1000) if RANK[h.stage] == 4} for w in both
    )
    shared = {key for key in first.keys() & second.keys() if key.startswith("rec-")}
    assert {key: first[key] for key in shared} == {key: second[key] for key in shared}


# -- another dataset ---------------------------------------------------------------------------


def test_every_id_and_label_of_a_small_dataset_is_found_in_it(mini):
    for table in SEARCHED:
        for key in mini.table(table):
            assert ids(key, limit=1, dataset=mini) == [key]
    for right in mini.rights.values():
        assert right.id in [h.record.id for h in search(right.label.nn, dataset=mini) if h.stage == "exact"]
    assert search("barnevern", dataset=mini) != search("barnevern")


# -- what a reading with fresh eyes found ------------------------------------------------------


@pytest.mark.parametrize("query", ["sommer", "møter", "fort", "mottar"])
def test_a_word_does_not_meet_a_function_word_that_is_like_it(query):
    assert not {theirs for hit in search(query, limit=1000) for _, theirs in hit.matched.words} & STOP_WORDS


def test_a_place_name_is_no_inflection_of_a_word(ds):
    volda = ds.municipality("Volda").id
    assert ids("Volda", limit=1) == [volda]
    assert volda not in ids("vold", limit=10)  # further down, as a name that begins so


@pytest.mark.parametrize(
    "restriction",
    [
        {"years": 2020}, {"years": (True, 3)}, {"years": (3, 2)}, {"years": ("2015", "2020")}, {"area": ["x"]},
        {"kind": ["area"]}, {"kind": "element", "area": "nonsense"}, {"force": "law"}, {"body": ""},
    ],
)  # fmt: skip
def test_a_restriction_that_is_none_is_refused(restriction):
    with pytest.raises(BadQuery):
        search("barn", dataset=load("2026.1"), **restriction)


def test_many_common_words_keep_fewer_the_beginning_of_more():
    query = "kommune rett tiltak plikt krav lov sak"
    everything = search(query, limit=1000)
    for limit in (5, 24, 25, 30):
        assert search(query, limit=limit) == everything[:limit]


def test_a_word_longer_than_any_compound_is_not_taken_apart(ds):
    vocabulary = index_of(ds).vocabulary
    assert vocabulary.parts("barnehagebarnevern") == ("barnehage", "barnevern")
    assert vocabulary.parts("barnehagebarnevern" * 4) == ()


def test_every_compound_of_a_common_part_is_looked_at(ds):
    vocabulary = index_of(ds).vocabulary
    holding = [word for word in vocabulary.words if "fore" in word[1:]]
    shortest = sorted(holding, key=lambda word: (len(word), word))[:40]
    assert set(shortest) <= {met.word for met in vocabulary.meeting("fore").met} | STOP_WORDS


# -- hits ------------------------------------------------------------------------------------------


def test_a_hit_says_the_same_whenever_it_is_read():
    early, late = search("vold mot barn"), search("vold mot barn")
    said = [(hit.stage, hit.matched, hit.record) for hit in early]
    for query in ("barnevern", "EMK art. 8", "universell utfroming"):
        search(query)
    assert [(hit.stage, hit.matched, hit.record) for hit in late] == said
    assert early == late
    assert {*early} == {*late}


def test_hits_of_other_scores_or_reasons_are_others():
    hit, other = search("barnevern")[0], search("barnevern barn")[0]
    assert hit.id == other.id
    assert hit != other
    assert hit != hit.id
    assert len({hit, other}) == 2


@pytest.mark.parametrize("copied", [lambda hit: pickle.loads(pickle.dumps(hit)), copy.copy, copy.deepcopy])
def test_a_copy_of_a_hit_is_equal_and_needs_no_index(copied):
    for hit in search("vold mot barn", limit=4):
        other = copied(hit)
        assert other == hit
        assert other.record == hit.record
        assert repr(other) == repr(hit)


def test_a_hit_knows_id_and_kind_without_its_record():
    for hit in search("barn", limit=50):
        assert (hit.id, hit.kind) == (hit.record.id, hit.record.kind)
        assert hit.confident == (hit.score >= CONFIDENT)


def test_a_hit_never_changes():
    hit = search("barnevern")[0]
    for name in ("score", "id", "record", "other"):
        with pytest.raises(AttributeError, match="never changes"):
            setattr(hit, name, 1.0)


def test_hits_of_two_versions_are_equal_only_if_their_records_are():
    old, new = (search("barnevern samvær", dataset=load(version), limit=20) for version in ("2026.2", "2026.3"))
    pairs = [(a, b) for a in old for b in new if a.id == b.id]
    assert pairs
    assert all((a.record == b.record) or a != b for a, b in pairs)


def test_results_can_be_copied_with_their_counts():
    found = search("vold", kind="recommendation", limit=3)
    other = pickle.loads(pickle.dumps(found))
    assert other == found
    assert other.total == found.total
    assert other.facets == {name: dict(values) for name, values in found.facets.items()}


@pytest.mark.parametrize("query", ["o g", "m ed", "i kk e"])
def test_letters_that_make_a_function_word_find_nothing_by_it(query):
    assert not any(ours in STOP_WORDS for hit in search(query, limit=50) for _, ours in hit.matched.words)


@pytest.mark.parametrize("query", ["grant", "neste", "front"])
def test_a_place_is_no_inflection_of_a_word(query):
    assert all(hit.kind != "municipality" or hit.score < 90 for hit in search(query, limit=30))
