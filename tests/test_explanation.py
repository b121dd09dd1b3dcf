"""Explanations: what the case says is marked and never obeyed, and what follows has its force and its source."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nimrights import BadQuery, UnknownLanguage, classify, load
from nimrights._pages.words import word
from nimrights.classifier import MOST_CHARACTERS
from nimrights.explanation import _SAYS, MOST_RECOMMENDATIONS, explain_html, explain_text
from nimrights.text import fold
from nimrights.vocabulary import LANGUAGES

CASE = "Klage på vedtak om samvær etter omsorgsovertakelse"
FILE = {
    "tittel": "Kameraovervåking i skolegården",
    "noekkelord": ["personvern", "elever"],
    "kostra": "202",
    "klasse": {"klasseID": "F47", "klassifikasjonssystem": "K-koder", "tittel": "Barnevern"},
    "saksmappe": {"offentligTittel": "Overvåking", "los": "https://psi.norge.no/los/ord/fosterhjem"},
}
#: elements without an end
VOID = {"br"}
#: what may stand in what: of the elements that a fragment has, those that hold blocks and those that hold text
BLOCKS = {
    "section": {"h2", "h3", "p", "dl", "article"},
    "article": {"h3", "h4", "p", "ul"},
    "ul": {"li"},
    "dl": {"dt", "dd"},
}
TEXT = {"mark", "a", "code", "br"}
ATTRIBUTES = {
    "section": {"class", "lang", "aria-label", "style"},
    "mark": {"style", "title"},
    "a": {"href", "style"},
    "dd": {"lang", "dir"},
}


class Reader(HTMLParser):
    """Reads a fragment and fails where it is not well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        parent = self.open[-1] if self.open else "body"
        allowed = BLOCKS.get(parent, TEXT if self.open else {"section"})
        assert tag in allowed, f"{tag} in {parent}"
        assert set(dict(attrs)) <= ATTRIBUTES.get(tag, set()), (tag, attrs)
        assert len(dict(attrs)) == len(attrs), "an attribute twice"
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data):
        where = self.open[-1] if self.open else ""
        assert where not in BLOCKS or not data.strip(), data
        assert where or not data.strip(), data
        self.texts.append((where, data))

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def elements(self, tag):
        return [attrs for name, attrs in self.seen if name == tag]

    def said(self, *tags):
        return [text for tag, text in self.texts if not tags or tag in tags]


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def whole(reader):
    return " ".join("".join(reader.said()).split())


@pytest.fixture(scope="module")
def matches():
    return classify(CASE)


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


# -- what it shows -----------------------------------------------------------------------------


def test_the_words_that_counted_are_marked_with_what_they_counted_for(matches):
    reader = read(explain_html(CASE, matches, "en"))
    shown = dict(zip(reader.said("mark"), reader.elements("mark"), strict=True))
    assert set(shown) == {e.word for m in matches for e in m.evidence if e.weight > 0}
    strongest = matches[0].evidence[0]
    assert shown[strongest.word]["title"] == f"Child welfare services {strongest.weight:.0%}"


def test_the_text_is_whole_and_in_order(matches):
    assert "".join(read(explain_html(CASE, matches)).said("dd", "mark")) == CASE
    assert explain_text(CASE, matches).splitlines()[0].replace("*", "") == f"Tekst: {CASE}"


def test_a_word_is_marked_wherever_it_stands_and_however_it_is_spelled():
    case = "SAMVÆR og samvær, samva\u0308r og fosterhjem"
    found = read(explain_html(case, classify("samvær fosterhjem", threshold=0, limit=1))).said("mark")
    assert found == ["SAMVÆR", "samvær", "samva\u0308r", "fosterhjem"]
    assert {fold(text) for text in found} == {"samvar", "fosterhjem"}


def test_a_word_that_speaks_against_is_named_and_not_marked():
    match = classify(CASE)[0]
    against = attrs.evolve(match.evidence[1], weight=-0.2)
    changed = attrs.evolve(match, evidence=(match.evidence[0], against))
    reader = read(explain_html(CASE, [changed], "en"))
    assert reader.said("mark") == [match.evidence[0].word]
    assert any(text.startswith(against.word) and "speaks against" in text for text in reader.said("li"))


def test_every_area_has_its_label_score_reasons_duties_and_recommendations(lang):
    matches = classify(FILE)
    assert len(matches) > 1
    reader = read(explain_html(FILE, matches, lang))
    areas = [text for text in reader.said("h3") if text != _SAYS["case"][LANGUAGES.index(lang)]]
    assert areas == [m.area.label[lang] for m in matches]
    assert reader.said("code") == [m.area.id for m in matches]
    text = whole(reader)
    for match in matches:
        assert f"{word('obligations', lang)} ({len(match.obligations)}): {word('binding', lang)}" in reader.said("h4")
        for duty in match.obligations:
            assert duty.statement[lang] in text
        for r in match.recommendations[:MOST_RECOMMENDATIONS]:
            assert r.summary[lang] in text
    shown = sum(len(m.evidence) + len(m.obligations) + len(m.recommendations[:MOST_RECOMMENDATIONS]) for m in matches)
    assert len(reader.elements("li")) == shown


def test_a_duty_has_its_force_and_the_provisions_that_lay_it_down_before_those_behind(ds, matches):
    items = re.findall(r"<li>(.*?)</li>", explain_html(CASE, matches, "en"), re.DOTALL)
    lines = {unescape(re.sub(r"<(?!br)[^>]*>", "", item)).split("<br>")[0]: item.split("<br>") for item in items}
    apart = [d for d in matches[0].obligations if d.operative and len(d.provisions) > len(d.operative)]
    assert apart
    for duty in apart:
        _, force, operative, behind = (unescape(re.sub(r"<[^>]*>", "", line)) for line in lines[duty.statement.en])
        assert force.startswith(f"Legal force: {ds.terms[f'force/{duty.operative_force}'].label.en}")
        laid, rest = (line.partition(": ")[2].split(", ") for line in (operative, behind))
        assert operative.startswith("The duty stands in: ")
        assert behind.startswith("Behind it: ")
        assert len(laid) == len({(b.provision, b.paragraph) for b in duty.legal_basis if b.operative})
        assert len(rest) == len({(b.provision, b.paragraph) for b in duty.legal_basis if not b.operative})
        assert all(any(p.number in cited for cited in laid) for p in duty.operative)


def test_recommendations_are_said_not_to_bind_and_are_at_most_five(ds, lang):
    match = classify(CASE)[0]
    assert len(match.recommendations) > MOST_RECOMMENDATIONS
    reader = read(explain_html(CASE, [match], lang))
    [head] = [text for text in reader.said("h4") if text.startswith(word("recommendations", lang))]
    assert head.endswith(word("not-binding", lang))
    force = ds.terms["force/recommendation"].label[lang]
    assert sum(force in text for text in reader.said("li")) == MOST_RECOMMENDATIONS
    assert any(text.startswith(f"{len(match.recommendations) - MOST_RECOMMENDATIONS} ") for text in reader.said("p"))


def test_it_says_once_that_it_is_no_legal_advice_and_which_data_it_is_from(lang, ds):
    for case, found in ((CASE, classify(CASE)), (FILE, classify(FILE)), ("x", [])):
        for text in (whole(read(explain_html(case, found, lang))), " ".join(explain_text(case, found, lang).split())):
            assert text.count(word("legal-advice", lang)) == 1
            assert f"{ds.version}, " in text
            assert text.endswith(f"{ds.as_of}.")


def test_no_match_is_said(lang):
    html, text = explain_html("Protokoll", [], lang), explain_text("Protokoll", [], lang)
    assert word("no-area", lang) in whole(read(html))
    assert word("no-area", lang) in text.splitlines()
    assert not read(html).elements("mark")
    assert read(html).elements("article") == []


def test_a_score_is_never_shown_as_certain(matches):
    sure = attrs.evolve(matches[0], score=1.0)
    assert "Probability: over 99%" in whole(read(explain_html(CASE, [sure], "en")))
    assert "100%" not in whole(read(explain_html(CASE, [sure], "en"))).partition("Why")[0]
    half = attrs.evolve(matches[0], score=0.5)
    assert "Sannsyn: 50\u00a0%" in "".join(read(explain_html(CASE, [half], "nn")).said("p"))


def test_the_dataset_that_judged_is_named():
    old = load("2026.1")
    found = classify(CASE, dataset=old)
    assert "2026.1, " in explain_html(CASE, found)
    assert "2026.1, " in explain_html("x", [], dataset=old)
    assert "2026.1, " in explain_text("x", [], dataset=old)
    assert all(d.statement.nb in whole(read(explain_html(CASE, found))) for d in found[0].obligations)


# -- a case with fields ------------------------------------------------------------------------


def test_each_field_is_shown_under_its_name(lang):
    reader = read(explain_html(FILE, classify(FILE), lang))
    column = LANGUAGES.index(lang)
    names = reader.said("dt")
    title, keyword, file = (_SAYS[name][column] for name in ("tittel", "noekkelord", "saksmappe"))
    assert names[0] == title
    assert names.count(keyword) == 2
    assert f"{file} › {_SAYS['offentligTittel'][column]}" in names
    lines = explain_text(FILE, classify(FILE), lang).splitlines()
    assert [line.partition(": ")[0] for line in lines[: len(names)]] == names


def test_codes_are_marked_and_named():
    found = classify(FILE)
    reader = read(explain_html(FILE, found))
    assert {"202", "https://psi.norge.no/los/ord/fosterhjem"} <= set(reader.said("mark"))
    assert " Grunnskole" in reader.said("dd")
    assert any(text.startswith("KOSTRA-funksjon 202 Grunnskole: ") for text in reader.said("li"))
    assert "KOSTRA-funksjon: *202* Grunnskole" in explain_text(FILE, found).splitlines()


def test_a_code_that_no_scheme_has_is_shown_and_not_marked():
    case = {"tittel": "Søknad om startlån", "kostra": "99999"}
    reader = read(explain_html(case, classify(case)))
    assert "99999" in reader.said("dd")
    assert "99999" not in reader.said("mark")


def test_a_case_without_anything():
    assert read(explain_html({}, [])).elements("dl") == []
    assert explain_text({}, [], "en").splitlines()[0] == word("no-area", "en")


# -- nothing of the case is obeyed -------------------------------------------------------------

#: control and format characters, surrogates, and what is no character
UNSEEN = {"Cc", "Cf", "Cs", "Cn"}

EVIL = [
    "<script>alert(1)</script> samvær",
    "samvær</dd></dl></section><img src=x onerror=alert(1)>",
    "\"><b title='samvær'>&amp;&#60;i&#62;",
    "samvær <!-- ]]> <![CDATA[ <?php ?>",
    "\0samvær\x1b[2J\x9b31m\x07\x7f",
    "samvær \ud800 \udfff \ufffe \U0001ffff",
    "\u202esamvær\u2066",
    "a < b & c > d \r\n\tsamvær",
]


@pytest.mark.parametrize("evil", EVIL)
def test_markup_in_a_case_stays_text(evil):
    for case in (evil, {"tittel": evil, "noekkelord": [evil], "kostra": evil, "klasse": {"tittel": evil}}):
        html = explain_html(case, classify("samvær"))
        reader = read(html)
        assert html.encode("utf-8")
        assert not {c for c in html if unicodedata.category(c) in UNSEEN} - set("\r\n\t")
        harmless = "".join("\ufffd" if unicodedata.category(c) in UNSEEN and c not in "\r\n\t" else c for c in evil)
        shown = "".join(reader.said("dd", "mark"))
        assert shown.startswith(harmless) if isinstance(case, dict) else shown == harmless


@pytest.mark.parametrize("evil", EVIL)
def test_a_terminal_is_told_nothing_by_a_case(evil):
    for case in (evil, {"tittel": evil, "kostra": evil}):
        for color in (False, True):
            text = explain_text(case, classify("samvær"), color=color)
            assert text.encode("utf-8")
            left = re.sub(r"\x1b\[(1;4|0)m", "", text) if color else text
            assert not re.search(
                r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left.replace("\xa0", "")
            )


def test_a_code_with_control_characters_is_found_and_made_harmless():
    """Codes are looked up folded, so one with odd characters can be evidence."""
    case = {"kostra": "244\x1b[2J"}
    matches = classify({"kostra": "244"})
    forged = attrs.evolve(matches[0], evidence=(attrs.evolve(matches[0].evidence[0], word=case["kostra"]),))
    assert "\x1b" not in explain_text(case, [forged])
    assert "\x1b" not in explain_html(case, [forged])


def test_a_marked_code_and_the_name_of_an_area_are_escaped_too():
    case = {"kostra": '244"<b>'}
    match = classify({"kostra": "244"})[0]
    area = attrs.evolve(match.area, label=attrs.evolve(match.area.label, nb='A "name" <i>'))
    forged = attrs.evolve(match, area=area, evidence=(attrs.evolve(match.evidence[0], word=case["kostra"]),))
    reader = read(explain_html(case, [forged]))
    assert reader.said("mark") == [case["kostra"]]
    assert reader.elements("mark")[0]["title"].startswith(area.label.nb)
    assert area.label.nb in reader.said("h3")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://example.org/%0aalert(1)",
        "data:text/html,<script>",
        "//example.org",
        "https:example.org",
        "https://",
        "http://exa mple.org",
        "https://example.org/\n",
        "https://example.org\\@evil",
        "https://[::1",
        "Printed in the journal, p. 3",
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(matches, url):
    recommendation = matches[0].recommendations[0]
    origin = recommendation.provenance[0]
    source = attrs.evolve(origin.source, url=url, title="A <title>")
    changed = attrs.evolve(recommendation, provenance=(attrs.evolve(origin, source=source),))
    match = attrs.evolve(matches[0])
    match.__dict__["recommendations"] = (changed,)
    reader = read(explain_html(CASE, [match], "en"))
    assert any(text.endswith("Source: A <title>") for text in reader.said("li"))
    assert url not in [attrs["href"] for attrs in reader.elements("a")]


def test_every_link_leads_to_the_web_and_every_recommendation_to_its_source():
    for case in (CASE, FILE, "skole sykehjem tvang samisk plan"):
        found = classify(case, threshold=0)
        links = [attrs["href"] for attrs in read(explain_html(case, found)).elements("a")]
        assert links
        assert all(re.match(r"https?://[^\s/]+", href) for href in links)
        for match in found:
            for r in match.recommendations[:MOST_RECOMMENDATIONS]:
                url = r.provenance[0].source.url
                assert url in links or not url.startswith("http")


@settings(max_examples=40)
@given(st.text(max_size=60))
@example("samvær\x00")
def test_any_text_gives_a_well_formed_fragment(text):
    html = explain_html({"tittel": text, "kostra": text}, classify(CASE))
    reader = read(html)
    assert len(reader.elements("section")) == 1
    assert len(reader.elements("article")) == 1


def test_a_long_text_is_shown_as_far_as_it_was_read():
    case = "samvær " + "x" * MOST_CHARACTERS
    reader = read(explain_html(case, classify(case), "en"))
    assert len("".join(reader.said("dd", "mark"))) < MOST_CHARACTERS + 50
    assert "".join(reader.said("dd")).endswith("[The rest was not read.]")
    exact = "x" * MOST_CHARACTERS
    assert "not read" not in explain_text(exact, [], "en")


# -- what it looks like ------------------------------------------------------------------------


def light(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_enough_for_everybody_and_marks_do_without_colour(matches):
    """Web Content Accessibility Guidelines 1.4.3: at least 4.5 to 1."""
    reader = read(explain_html(CASE, matches))
    looks = {
        tag: dict(rule.split(":") for rule in attrs["style"].split(";"))
        for tag, attrs in reader.seen
        if "style" in attrs
    }
    ground = looks["section"]["background"]
    assert contrast(looks["section"]["color"], ground) >= 4.5
    assert contrast(looks["a"]["color"], ground) >= 4.5
    assert contrast(looks["mark"]["color"], looks["mark"]["background"]) >= 4.5
    assert looks["mark"]["font-weight"] == "bold"
    assert looks["mark"]["text-decoration"] == looks["a"]["text-decoration"] == "underline"


def test_headings_go_down_one_step_at_a_time():
    levels = [int(tag[1]) for tag, _ in read(explain_html(FILE, classify(FILE))).seen if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 2
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert Counter(levels)[2] == 1


def test_two_fragments_can_stand_on_one_page(matches):
    assert not [attrs for _, attrs in read(explain_html(CASE, matches)).seen if "id" in attrs]


def test_the_fragment_says_its_language_and_leaves_that_of_the_case_open(matches, lang):
    reader = read(explain_html(CASE, matches, lang))
    assert reader.elements("section")[0]["lang"] == lang
    assert {attrs["lang"] for attrs in reader.elements("dd")} == {""}


def test_the_interface_is_in_one_language():
    for name, texts in _SAYS.items():
        assert len(texts) == 3, name
        assert all(texts), name
    pages = {lang: whole(read(explain_html(FILE, classify(FILE), lang))) for lang in LANGUAGES}
    for lang in LANGUAGES:
        for name in ("areas", "proposal", "case", "marked", "score", "why", "share"):
            own = _SAYS[name][LANGUAGES.index(lang)]
            assert own in pages[lang]
            others = {texts for texts in _SAYS[name] if texts != own}
            assert [o for o in others if re.search(rf"\b{re.escape(o)}\b", pages[lang])] == []


def test_colours_only_when_asked(matches):
    plain, colored = explain_text(CASE, matches), explain_text(CASE, matches, color=True)
    assert "\x1b" not in plain
    assert "*samvær*" in plain
    assert "\x1b[1;4msamvær\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]+m", "*", colored) == plain


def test_lines_keep_to_the_width(matches):
    body = explain_text(CASE, matches, width=60).split("\n\n")[1].splitlines()
    assert [line for line in body if len(line) > 60 and "http" not in line] == []


def test_the_same_case_gives_the_same_bytes():
    assert explain_html(FILE, classify(FILE)) == explain_html(FILE, iter(classify(FILE)))
    assert explain_text(FILE, classify(FILE)) == explain_text(FILE, tuple(classify(FILE)))


# -- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("explain", [explain_html, explain_text])
def test_bad_input_is_refused(explain, matches):
    for lang in ("se", "", None, "NB"):
        for found in (matches, []):
            with pytest.raises(UnknownLanguage):
                explain(CASE, found, lang)
    for case in (None, 8, b"x", ["x"]):
        with pytest.raises(BadQuery, match=type(case).__name__):
            explain(case, matches)
    with pytest.raises(BadQuery, match="tittel"):
        explain({"tittel": 8}, matches)
    for wrong in ("abc", [1], None, matches[0].area, [matches[0], "x"]):
        with pytest.raises(BadQuery, match="what classify gives"):
            explain(CASE, wrong)


def test_what_was_found_in_one_version_can_be_told_with_another():
    matches = classify(CASE, dataset=load("2026.3"))
    for tell in (explain_text, explain_html):
        assert matches[0].area.label["nb"] in tell(CASE, matches, dataset=load("2026.1"))
