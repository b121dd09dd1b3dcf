"""Drawings: alike every time, well-formed, told in words, and only with the library that draws them."""

from __future__ import annotations

import builtins
import re
from xml.etree import ElementTree as ET

import pytest

from nimrights import MissingExtra
from nimrights._pages.charts import bars, can_draw, ladder

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = {"Foundations": [("Promise & <play>", 2, "under way"), ("Other $x$", None, "not assessed")]}


def drawn(kind: str, name: str = "one") -> str:
    pytest.importorskip("matplotlib", reason="an extra")
    if kind == "bars":
        series = {"UPR & co": [1, 2], "CRC": [0, 3], "a": [1, 1], "b": [2, 0], "c": [0, 0], "d": [1, 0], "e": [1, 1]}
        return bars(name, "Title <1>", "In words & figures", ["2019", "no date"], series)
    return ladder(name, "Title <1>", "In words & figures", ["planned", "under way", "in place"], GROUPS)


@pytest.mark.parametrize("kind", ["bars", "ladder"])
def test_a_drawing_has_a_title_and_a_description_and_is_alike_every_time(kind):
    text = drawn(kind)
    assert text == drawn(kind)
    root = ET.fromstring(text)
    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    title, description = root.find(SVG + "title"), root.find(SVG + "desc")
    assert (title.text, description.text) == ("Title <1>", "In words & figures")
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert "metadata" not in text
    assert not re.search(r"20\d\d-\d\d-\d\d", text)


@pytest.mark.parametrize("kind", ["bars", "ladder"])
def test_two_drawings_share_no_id_and_every_reference_leads_somewhere(kind):
    first, second = (set(re.findall(r'\bid="([^"]+)"', drawn(kind, name))) for name in ("one", "two"))
    assert not first & second
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', drawn(kind, "one")))
    assert {a or b for a, b in used} <= first


def test_words_and_numbers_stand_in_the_drawing_as_text():
    shown = {"".join(node.itertext()) for node in ET.fromstring(drawn("bars")).iter(SVG + "text")}
    assert {"Title <1>", "UPR & co", "2019", "no date", "6", "7"} <= {text.strip() for text in shown}
    shown = {"".join(node.itertext()) for node in ET.fromstring(drawn("ladder")).iter(SVG + "text")}
    assert {"Promise & <play>", "Other $x$", "under way", "not assessed", "Foundations"} <= {
        text.strip() for text in shown
    }


def test_a_ladder_fills_as_many_steps_as_were_taken():
    def filled(taken):
        pytest.importorskip("matplotlib", reason="an extra")
        return ladder("n", "t", "a", ["1", "2", "3"], {"g": [("x", taken, "s")]}).count("fill: #0b4f8a")

    assert [filled(taken) for taken in (None, 0, 1, 2, 3)] == [0, 0, 1, 2, 3]


def test_the_settings_of_the_user_change_nothing():
    mpl = pytest.importorskip("matplotlib", reason="an extra")
    usual = drawn("bars")
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "path", "axes.facecolor": "red"}):
        assert drawn("bars") == usual


def test_without_the_library_the_error_names_the_extra(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name=name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert not can_draw()
    with pytest.raises(MissingExtra, match=r"nimrights\[charts\]"):
        ladder("n", "t", "a", ["1", "2", "3"], GROUPS)
