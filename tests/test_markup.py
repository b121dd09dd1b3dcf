"""Pages: what stands in a block is text in both forms, and the HTML is one whole, accessible file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import UnknownLanguage
from nimrights._pages.markup import (
    Fold,
    Grid,
    Item,
    Items,
    Link,
    Page,
    Pairs,
    Paragraph,
    Part,
    Picture,
    Strong,
    plain,
)

NASTY = [
    "</p><script>alert(1)</script>",
    "**bold** # [a](javascript:x) | `c` ~~d~~ $e$",
    "1. a",
    "- b",
    "# c",
    "two\nlines",
    "&lt;b&gt; &amp; &#60;",
    "![x](http://x.example/y.png)",
    "\x00\x1b\u202e",
    "<http://x.example>",
]
VOID = {"meta", "br", "link", "img"}
BLOCKS = (
    Paragraph("Who", "draft"),
    Part(
        "One",
        (
            Paragraph(("see ", Link("here", "https://x.example/a?b=1&c=2"), " and ", Strong("there"))),
            Items((Item("first", ("more",), "item"), Item(Link("to it", "#item"))), "binding"),
            Pairs((("name", "value"),)),
            Grid("Numbers", ("what", "many", "words"), (("a", "1", "x"), ("b", "20", "2"))),
            Fold("Folded", (Paragraph("inside"),), open=True),
            Picture("<svg><title>t</title></svg>"),
            Part("Inner", (Paragraph("text"),), "inner", 3),
        ),
        "one",
    ),
    Part("Two", (Items((Item("do this"),), "tasks"),), "two"),
)
PAGE = Page("Title", "en", BLOCKS, "Contents", "Skip")


class Reader(HTMLParser):
    """Reads a page and fails where it is not well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):  # of a drawing
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def check_page(html: str) -> Reader:
    """Whatever must hold of every page: well formed, nothing to fetch or run, ids once, anchors and headings in order."""
    reader = read(html)
    tags = [tag for tag, _ in reader.seen]
    assert not {"script", "iframe", "object", "embed", "link"} & set(tags)
    assert not [attrs for _, attrs in reader.seen if "src" in attrs or any(name.startswith("on") for name in attrs)]
    assert dict(reader.seen)["html"]["lang"] in ("nb", "nn", "en")
    ids = [attrs["id"] for _, attrs in reader.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in reader.seen:
        if (attrs.get("href") or "").startswith("#"):
            assert attrs["href"][1:] in ids
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tags.count("table") == tags.count("caption") == tags.count("tbody")
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in reader.seen if tag == "th")
    return reader


def test_a_page_is_whole_and_accessible():
    reader = check_page(PAGE.html())
    assert PAGE.html().startswith('<!DOCTYPE html>\n<html lang="en">')
    assert ("a", {"class": "skip", "href": "#content"}) in reader.seen
    assert {"header", "nav", "main"} <= {tag for tag, _ in reader.seen}
    assert [text for where, text in reader.texts if where == "h3"] == ["Inner"]


def test_the_contents_lead_to_every_part():
    for text in ("[One](#one)", "  - [Inner](#inner)", "- [Two](#two)"):
        assert text in PAGE.markdown()
    nav = PAGE.html().partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="#(\w+)"', nav) == ["one", "inner", "two"]


def test_numbers_stand_to_the_right_only_where_a_column_has_nothing_else():
    html = PAGE.html()
    assert '<td class="number">20</td>' in html
    assert "<td>2</td>" in html


def test_markdown_has_all_words_but_no_drawing():
    text = PAGE.markdown()
    for said in (
        "# Title",
        "> Who",
        "## One",
        "| a | 1 | x |",
        "- [ ] do this",
        "- name: value",
        "**Folded**",
        "inside",
    ):
        assert said in text.splitlines() or said in text
    assert "svg" not in text


@pytest.mark.parametrize("nasty", NASTY)
def test_html_shows_what_stands_there_and_obeys_nothing(nasty):
    blocks = (
        Paragraph(nasty),
        Items((Item(nasty, (nasty,)),)),
        Grid(nasty, (nasty, nasty), ((nasty, nasty),)),
        Pairs(((nasty, nasty),)),
        Fold(nasty, (Paragraph((Strong(nasty), Link(nasty, "javascript:alert(1)"))),)),
    )
    reader = check_page(Page(nasty, "nb", (Paragraph("first"), Part(nasty, blocks, "x")), "Contents", "Skip").html())
    assert not [attrs for tag, attrs in reader.seen if tag == "a" and not attrs["href"].startswith("#")]
    shown = nasty.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
    assert "".join(shown.split("\n")) in "".join(text for _, text in reader.texts)


def rendered(markdown: str) -> str:
    markdown_it = pytest.importorskip("markdown_it", reason="comes with the extra of the docs")
    return markdown_it.MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown)


@pytest.mark.parametrize("nasty", NASTY)
def test_markdown_shows_what_stands_there_and_obeys_nothing(nasty):
    blocks = (Paragraph(nasty), Items((Item(nasty, (nasty,)),)), Grid("c", ("a", "b"), ((nasty, nasty),)))
    reader = read(rendered(Page("t", "nb", blocks).markdown()))
    tags = [tag for tag, _ in reader.seen]
    assert not {"script", "a", "img", "em", "del", "code", "blockquote", "ol", "h2"} & set(tags)
    assert tags.count("strong") == 1  # the caption
    assert tags.count("td") == 2
    assert tags.count("ul") == 2


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1))
def test_words_survive_markdown(text):
    shown = "".join(said for _, said in read(rendered(Page("t", "nb", (Paragraph(text),)).markdown())).texts)
    assert "".join(shown.split()) == "t" + "".join(text.split())


def test_an_address_is_a_link_only_where_it_is_one():
    page = Page(
        "t", "en", (Paragraph((Link("a", "https://x.example/<b>"), Link("c", "file:///etc"), Link("d", None))),)
    )
    assert page.markdown().splitlines()[2] == "[a](<https://x.example/%3Cb%3E>)cd"
    assert page.html().count("<a ") == 1


def test_the_words_of_a_line():
    assert plain(("a", Strong("b"), Link("c", "#d"))) == "abc"


def test_another_language_is_an_error():
    with pytest.raises(UnknownLanguage):
        Page("t", "se", ()).html()
