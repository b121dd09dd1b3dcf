"""Folding keeps its laws, and a text knows its three languages and no other."""

from __future__ import annotations

import re
import unicodedata

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nimrights import NimrightsError, UnknownLanguage
from nimrights.text import Text, Texts, check_language, fold, words
from nimrights.vocabulary import LANGUAGES

NORWEGIAN = "abcdefghijklmnopqrstuvwxyzæøå"
SAMI = "áčđŋšŧžïńâõäöüéèàôßǥǧǩʒǯ"
#: letters that Norwegian texts hold, with what stands between words
prose = st.text(st.sampled_from(NORWEGIAN + NORWEGIAN.upper() + SAMI + SAMI.upper() + " .,-–/§()«»0123456789_\n"))


@given(st.text())
@example("a_ b")
@example("§§3-1")
@example("oee aaa")
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
@example("Å")
@example("ᾳ")
def test_composed_and_decomposed_unicode_fold_the_same(text):
    forms = {form: fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert set(forms.values()) == {fold(text)}


@given(prose)
def test_case_does_not_matter(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text) == fold(text.swapcase())


@given(prose)
def test_ae_oe_and_aa_are_spellings_of_the_norwegian_letters(text):
    spelled = text.translate(
        str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "OE", "Å": "AA"}),
    )
    assert fold(spelled) == fold(text)


@given(st.text())
@example("a_ b")
def test_only_letters_digits_section_signs_and_single_spaces_are_left(text):
    folded = fold(text)
    assert re.fullmatch(r"([^\W_]|§| (?! ))*", folded)
    assert folded == folded.strip()
    assert folded == folded.casefold()


@given(st.text(), st.text())
def test_words_fold_on_their_own(left, right):
    """What stands beside a word never changes it, so plain and accented texts are folded alike."""
    assert fold(f"{left} {right}").split() == fold(left).split() + fold(right).split()


@given(st.text())
def test_words_are_the_folded_text_split(text):
    assert " ".join(words(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("?! …", ""),
        ("Barnehage", "barnehage"),
        ("Bærekraft på SKJÆRGÅRDEN", "barekraft pa skjargarden"),
        ("Kárášjohka – Karasjok", "karasjohka karasjok"),
        ("Đeatnu ŧ ŋ", "deatnu t n"),
        ("Straße", "strasse"),
        ("bvl. § 9-3 a", "bvl § 9 3 a"),
        ("§§ 3 og 4", "§ § 3 og 4"),
        ("CRC/C/NOR/CO/5-6", "crc c nor co 5 6"),
        ("snake_case", "snake case"),
        ("ﬁn ﬂåte", "fin flate"),
        ("m²", "m2"),
        ("soft\u00adhyphen"[:4], "soft"),
    ],
)
def test_examples(text, folded):
    assert fold(text) == folded


def test_folding_keeps_different_words_apart():
    different = ["lov", "love", "løv", "lav", "lær", "lar", "ror", "rør", "rar", "§ 1", "1"]
    alike = {("løv", "lov"), ("lær", "lar"), ("rør", "ror")}
    for left in different:
        for right in different:
            same = left == right or (left, right) in alike or (right, left) in alike
            assert (fold(left) == fold(right)) is same, (left, right)


TEXT = Text(nb="Barnets beste", nn="Det beste for barnet", en="Best interests of the child")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_gives_each_language(lang):
    assert TEXT[lang] == getattr(TEXT, lang)
    assert Texts(**{lang: ("a", "b")})[lang] == ("a", "b")
    assert check_language(lang) == lang


@pytest.mark.parametrize("lang", ["no", "se", "NB", "nb-NO", "", "kind", "__class__"])
def test_another_language_is_an_error_and_never_a_fallback(lang):
    for ask in (TEXT.__getitem__, Texts(nb=("a",)).__getitem__, check_language):
        with pytest.raises(UnknownLanguage, match="use nb, nn or en") as caught:
            ask(lang)
        assert repr(lang) in str(caught.value)
        assert isinstance(caught.value, (NimrightsError, ValueError))


def test_a_text_needs_all_three_languages():
    assert [field.name for field in attrs.fields(Text)] == list(LANGUAGES)
    with pytest.raises(TypeError):
        Text(nb="bare bokmål")


def test_lists_of_texts_may_be_empty():
    assert [Texts()[lang] for lang in LANGUAGES] == [(), (), ()]


@pytest.mark.parametrize("value", [TEXT, Texts()])
def test_texts_are_frozen(value):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.nb = "annet"
