"""Snippets: the text of a hit with the words that matched marked, whole and safe in each style."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, search
from nimrights.hits import Hit, Matched
from nimrights.snippets import snippet
from nimrights.text import fold

QUERIES = [
    "barnevernets",
    "tvang på sykehjem",
    "skulemiljø",
    "EMK art. 8",
    "child-welfare",
    "vold i nære relsajoner",
    "Oslo",
]
MARKS = {"plain": r"\[(.*?)\]", "terminal": "\x1b\\[1m(.*?)\x1b\\[0m", "html": "<mark>(.*?)</mark>"}


def hit_in(record, text, *words):
    return Hit.of(record, 80.0, "stem", Matched("text", "nb", text, tuple((word, fold(word)) for word in words)))


@pytest.fixture(scope="session")
def record(ds):
    return ds["child-welfare"]


@pytest.mark.parametrize("style", MARKS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_hit_has_a_snippet_and_what_is_marked_matched(query, style):
    for hit in search(query, limit=30):
        shown = snippet(hit, style=style)
        assert shown
        marked = re.findall(MARKS[style], shown)
        theirs = {word for _, text in hit.matched.words for word in text.split()}
        assert all(theirs.intersection(fold(unescape(word)).split()) for word in marked) or "[" in hit.matched.text
        assert marked or not theirs or hit.matched.via  # what leads on by a citation has no words of its own


def test_the_words_are_marked_as_they_are_written(record):
    hit = hit_in(record, "Om Barnevernet, barnevern og BARNEVERN.", "barnevernet", "barnevern")
    assert snippet(hit) == "Om [Barnevernet], [barnevern] og [BARNEVERN]."
    assert snippet(hit, style="terminal").count("\x1b[1m") == snippet(hit, style="terminal").count("\x1b[0m") == 3


def test_letters_with_accents_and_ligatures_are_marked_whole(record):
    assert snippet(hit_in(record, "språk på skjærgård", "språk", "skjaergaard")) == "[språk] på [skjærgård]"
    assert snippet(hit_in(record, "to ord: åre", "are")) == "to ord: [åre]"


def test_html_is_escaped_and_only_marks_are_tags(record):
    hit = hit_in(record, "<script>alert('barn')</script> & \"barn\"", "barn")
    shown = snippet(hit, style="html")
    assert shown.count("<mark>barn</mark>") == 2
    assert re.sub("</?mark>", "", shown).count("<") == 0
    assert unescape(re.sub("</?mark>", "", shown)) == hit.matched.text


@pytest.mark.parametrize("style", MARKS)
def test_control_characters_do_not_reach_a_terminal(record, style):
    shown = snippet(hit_in(record, "a\x1b[31m\x00\r\nbarn\x9bx\x7f", "barn"), style=style)
    plain = shown.replace("\x1b[1m", "").replace("\x1b[0m", "") if style == "terminal" else shown
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", plain)


def test_a_long_text_is_cut_at_words_around_the_first_that_matched(record):
    text = " ".join(f"ord{n}" for n in range(100)) + " barnevern " + " ".join(f"ord{n}" for n in range(100))
    shown = snippet(hit_in(record, text, "barnevern"), width=60)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "[barnevern]" in shown
    inside = shown.strip("…").replace("[", "").replace("]", "")
    assert len(inside) <= 60
    assert set(inside.split()) <= set(text.split())


def test_a_short_text_is_not_cut(record):
    assert snippet(hit_in(record, "kort om barn", "barn"), width=20) == "kort om [barn]"


words = st.sampled_from("barn vold <b> & skole åpen ærlig x 8 \u0301 \U0001f600 langtordsomikkefårplass".split(" "))


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=60).map(" ".join)), st.lists(words, max_size=3), st.integers(20, 90), st.sampled_from(list(MARKS)))  # fmt: skip
@example("x" * 500, ["x" * 500], 20, "plain")
@example(" " * 300 + "barn", ["barn"], 20, "html")
def test_any_text_gives_a_snippet_of_bounded_width(ds, text, asked, width, style):
    shown = snippet(hit_in(ds["child-welfare"], text, *asked), style=style, width=width)
    bare = shown
    for mark in ("\x1b[1m", "\x1b[0m", "<mark>", "</mark>"):
        bare = bare.replace(mark, "")
    bare = unescape(bare) if style == "html" else bare
    brackets = shown.count("[") + shown.count("]") if style == "plain" else 0
    assert len(bare) <= width + 2 + brackets
    assert shown == snippet(hit_in(ds["child-welfare"], text, *asked), style=style, width=width)


@pytest.mark.parametrize("style", ["", "bold", "HTML", None])
def test_another_style_is_refused(record, style):
    with pytest.raises(BadQuery, match="plain, terminal, html"):
        snippet(hit_in(record, "barn", "barn"), style=style)


@pytest.mark.parametrize("width", [19, 0, -1, 50.0, "50", None, True])
def test_another_width_is_refused(record, width):
    with pytest.raises(BadQuery, match="at least 20"):
        snippet(hit_in(record, "barn", "barn"), width=width)
