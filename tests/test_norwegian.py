"""The key that spellings and inflections of one word share, in both written languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import load
from nimrights._engine.common import COMMON, STOP_WORDS
from nimrights._engine.indexing import keys_in
from nimrights._engine.norwegian import key
from nimrights._engine.searchable import SEARCHED
from nimrights.text import fold

#: one line, one word: its inflections in bokmål and nynorsk
ONE_WORD = """
    barn barna barnet barns
    skole skolen skoler skolene skule skular skulane skolens
    hjemmetjeneste hjemmetjenester hjemmetjenestene heimeteneste heimetenesta heimetenester
    sykehjem sykehjemmet sykehjemmene sjukeheim sjukeheimen sjukeheimar
    bolig boliger boligen boligene bustad bustaden bustader
    rettighet rettigheter rettighetene rettigheit
    myndighet myndigheter myndighetene styresmakt styresmakter styresmaktene
    kommune kommunen kommuner kommunene kommunar
    sikkerhet sikkerheten tryggleik tryggleiken
    behandling behandlingen behandlinger handsaming handsaminga
    vold volden vald valden
    arbeid arbeider arbeidet
    frihet friheter fridom fridomen
    mulighet muligheter moglegheit moglegheiter
    statlig statlige statleg statlege
    eiendom eiendommen eigedom eigedomen
    kirke kirker kirken kyrkje kyrkja kyrkjer
    navn navnet namn namnet
"""
DIFFERENT = [
    ("barn", "barnehage"), ("skole", "skjold"), ("vold", "vann"), ("rett", "rute"),
    ("kirke", "kirurg"), ("helse", "hals"), ("likestilling", "likebehandling"), ("fosterhjem", "sykehjem"),
]  # fmt: skip


def parallel_labels(ds):
    """Labels and titles that differ between the languages, folded."""
    for table in SEARCHED:
        for id in ds.table(table):
            for field in ("label", "title"):
                text = ds.raw_in(table, id).get(field)
                if isinstance(text, dict) and fold(text["nb"]) != fold(text["nn"]):
                    yield fold(text["nb"]), fold(text["nn"])


@pytest.mark.parametrize("row", ONE_WORD.strip().splitlines(), ids=lambda row: row.split()[0])
def test_inflections_and_both_languages_share_a_key(row):
    assert {key(fold(word)) for word in row.split()} == {key(fold(row.split()[0]))}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_have_different_keys(one, other):
    assert key(one) != key(other)


def test_parallel_words_of_the_dataset_mostly_share_their_key():
    """Measured on data 2026.2: 1,323 of 1,750 pairs of words that differ (0.756)."""
    pairs = [
        (ours, theirs)
        for nb, nn in parallel_labels(load("2026.2"))
        if len(nb.split()) == len(nn.split())
        for ours, theirs in zip(nb.split(), nn.split(), strict=True)
        if ours != theirs
    ]
    assert len(pairs) > 1500
    assert sum(key(ours) == key(theirs) for ours, theirs in pairs) / len(pairs) >= 0.745


def test_parallel_labels_of_the_dataset_often_say_the_same():
    """Measured on data 2026.2: 671 of 1,255 labels that differ (0.535)."""
    pairs = list(parallel_labels(load("2026.2")))
    assert len(pairs) > 1200
    assert sum(keys_in(nb) == keys_in(nn) for nb, nn in pairs) / len(pairs) >= 0.525


def test_few_words_of_the_dataset_share_a_key_with_another():
    """A key that joins everything would pass the tests above: on data 2026.2, 1,319 words have more than 1,100 keys."""
    ds = load("2026.2")
    labels = (ds.raw_in(table, id).get("label") for table in SEARCHED for id in ds.table(table))
    words = {word for label in labels if isinstance(label, dict) for word in fold(label["nb"]).split()}
    assert len({key(word) for word in words}) / len(words) >= 0.85


@pytest.mark.parametrize("word", ["", "ja", "emk", "8", "1-3", "b5", "§", "104", "crpd1", "a" * 400])
def test_what_is_too_short_or_no_word_is_left_alone_or_shortened_only(word):
    assert key(word)[:1] == word[:1]
    assert len(word) > 3 or key(word) == word


@given(st.text(max_size=30))
def test_any_folded_word_has_one_key(text):
    for word in fold(text).split():
        assert key(word) == key(word)
        assert key(word)


def test_words_that_say_little_are_folded_and_stand_in_one_list():
    for words in (STOP_WORDS, COMMON):
        assert {fold(word) for word in words} == set(words)
    assert STOP_WORDS
    assert "barn" not in COMMON | STOP_WORDS
