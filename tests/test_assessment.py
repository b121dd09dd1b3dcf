"""Assessments: what is asked follows from the case and the data, answers are kept, and nothing is concluded."""

from __future__ import annotations

import builtins
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from nimrights import (
    Assessment,
    BadQuery,
    DataError,
    Dataset,
    MissingExtra,
    NotFound,
    UnknownLanguage,
    assess,
    classify,
)
from nimrights._assessing.pages import page_of, ranges
from nimrights._assessing.words import _SAYS
from nimrights._cases.model import decode, encode, ngrams
from nimrights._pages.blocks import Bullets, Heading, Link, Page, Paragraph, Questions, Strong, Table
from nimrights._pages.to_docx import docx_of
from nimrights._pages.to_html import html_of
from nimrights._pages.to_markdown import markdown_of
from nimrights.cli import main
from nimrights.publishing import compile_sources
from nimrights.vocabulary import LANGUAGES

CASE = "Klage på vedtak om samvær etter omsorgsovertakelse"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
NASTY = [
    "</p><script>alert(1)</script>",
    "**bold** # [a](javascript:x) | `c`",
    "two\nlines\r\nthree",
    "\x00\x1b\u202e",
    "1. a\n- b\n# c",
]


@pytest.fixture(scope="module")
def judged(mini: Dataset) -> Dataset:
    """The miniature dataset with a model that knows one word: a playground."""
    grams = sorted(ngrams("lekeplass"))
    header = {
        "areas": ["parks", "playgrounds"], "scale": 10.0, "idf_scale": 10.0, "intercepts": [-3.0, -3.0],
        "curve": [[-1.0, -1.0], [1.0, 1.0]], "ends": [1.0, 1.0], "threshold": 0.5, "facts": {},
    }  # fmt: skip
    data = encode(header, grams, [10] * len(grams), bytes([128, 228] * len(grams)))
    fresh = Dataset(mini._release)
    fresh.prepared("model", lambda _: decode(data, "one word"))
    return fresh


@pytest.fixture
def case(judged: Dataset) -> Assessment:
    return assess("Ny lekeplass", dataset=judged)


@pytest.fixture(scope="module")
def real(ds: Dataset) -> Assessment:
    return assess(CASE, dataset=ds)


def shape(assessment: Assessment) -> list[tuple[str, list[str]]]:
    return [((stage.step or stage.area).id, [q.key for q in stage.questions]) for stage in assessment.stages]


# what is asked


def test_the_areas_are_those_of_classify_with_their_evidence(judged, case):
    (match,) = classify("Ny lekeplass", dataset=judged)
    (touched,) = case.areas
    assert (touched.area, touched.how, touched.score) == (match.area, "classified", match.score)
    assert touched.evidence == match.evidence
    assert touched.evidence[0].word == "lekeplass"


def test_a_case_with_fields_is_read_as_classify_reads_it(judged):
    fields = {"tittel": "Svar", "kostra": "335", "noekkelord": ["ny huske"], "ukjent": 7}
    found = assess(fields, dataset=judged)
    assert [touched.area.id for touched in found.areas] == ["playgrounds"]
    assert found.case.texts == (("tittel", "Svar"), ("noekkelord", "ny huske"))
    assert found.title == "Svar"
    assert assess({"kostra": "335"}, dataset=judged).title == "335"


def test_areas_and_rights_can_be_added_and_struck(judged):
    found = assess("Ny lekeplass", add=["parks"], strike="playgrounds", rights=["play"], dataset=judged)
    assert [(t.area.id, t.how) for t in found.areas] == [("parks", "added")]
    assert [(t.area.id, t.how, t.evidence[0].word) for t in found.struck] == [
        ("playgrounds", "classified", "lekeplass")
    ]
    assert [(r.right.id, r.how) for r in found.rights][-1] == ("play", "obligation")
    assert [(r.right.id, r.how) for r in assess("x", rights="play", dataset=judged).rights] == [("play", "added")]


def test_what_is_struck_comes_back_as_it_was(judged, case):
    assert case.strike("playgrounds").add("playgrounds") == case
    assert case.strike("playgrounds").strike("playgrounds") == case.strike("playgrounds")
    assert case.add("playgrounds") == case
    gone = case.strike("parks")
    assert [(t.area.id, t.how, t.score) for t in gone.struck] == [("parks", "struck", None)]
    assert [(t.area.id, t.how) for t in gone.add("parks").areas][-1] == ("parks", "added")
    assert case.add_right("play").add_right("play") == case.add_right(judged.rights["play"])


def test_wrong_ids_and_cases_say_so(judged, case):
    for wrong in ({"add": ["park"]}, {"strike": ["park"]}):
        with pytest.raises(NotFound, match="did you mean 'parks'"):
            assess("x", dataset=judged, **wrong)
    with pytest.raises(NotFound, match="rights"):
        assess("x", rights=["plays"], dataset=judged)
    with pytest.raises(BadQuery, match="'parks' is both added and struck"):
        assess("x", add="parks", strike=[judged.areas["parks"]], dataset=judged)
    with pytest.raises(BadQuery, match="mapping"):
        assess(7, dataset=judged)
    with pytest.raises(BadQuery, match="text of the case holds half a character"):
        assess("\ud800", dataset=judged)


def test_questions_stand_in_the_order_of_the_guide_with_their_obligations(case):
    assert shape(case) == [
        ("guide-which-right", ["guide-which-right/right", "guide-which-right/whose"]),
        (
            "guide-hear-children",
            ["guide-hear-children/heard", "playgrounds/hear-children/1", "playgrounds/let-play/1"],
        ),
        ("playgrounds", ["playgrounds/keep-safe/1", "playgrounds/keep-safe/2", "playgrounds/supervise/1"]),
    ]
    assert [question.number for question in case.questions] == list(range(1, 9))


def test_a_step_is_asked_only_where_it_applies(judged):
    def steps(**chosen):
        return [stage.step.id for stage in assess("x", dataset=judged, **chosen).stages if stage.step]

    assert steps() == ["guide-which-right"]
    assert steps(add=["playgrounds"]) == steps(rights=["play"]) == ["guide-which-right", "guide-hear-children"]
    assert steps(rights=["safe-places"]) == ["guide-which-right"]


def test_a_shared_obligation_is_asked_for_once(case):
    keys = [question.key for question in case.add("parks").questions]
    assert len(keys) == len(set(keys)) == 9
    assert keys[-1] == "parks/sami-signs/1"


def test_the_last_part_of_the_guide_comes_after_the_areas(mini_copy, swap, judged):
    swap("guide.toml", 'part = "duties"', 'part = "conclusion"')
    with (mini_copy / "terms.toml").open("a", encoding="utf-8") as file:
        file.write('[part.conclusion]\nlabel.nb = "slutt"\nlabel.nn = "slutt"\nlabel.en = "end"\n')
    changed = compile_sources(mini_copy)
    changed.prepared("model", lambda _: judged.prepared("model", None))
    assert [name for name, _ in shape(assess("Ny lekeplass", dataset=changed))] == [
        "guide-which-right", "playgrounds", "guide-hear-children",
    ]  # fmt: skip


def test_each_question_carries_what_it_rests_on(case):
    rests = {question.key: [p.id for p in question.provisions] for question in case.questions}
    assert rests["guide-hear-children/heard"] == ["lek-3", "lpl-4a-3"]
    assert rests["playgrounds/keep-safe/2"] == ["lpl-4a-3"], "the operative ones"
    keep_safe = next(q for q in case.questions if q.key == "playgrounds/keep-safe/2")
    assert keep_safe.text.nb == "Hvem retter feil?"
    assert (keep_safe.obligation.id, keep_safe.step) == ("playgrounds/keep-safe", None)


def test_every_obligation_of_the_areas_is_asked_about(real):
    asked = {question.obligation for question in real.questions} - {None}
    assert asked == set(real.obligations)
    assert {o for touched in real.areas for o in touched.area.obligations} == asked
    for question in real.questions:
        assert question.provisions or (question.step and not question.step.provisions)


# answers


def test_an_answer_gives_a_new_assessment(case):
    key = "playgrounds/keep-safe/2"
    answered = case.answer(key, " Driftsavdelingen ")
    assert case.answers == {}
    assert answered.answers == {key: " Driftsavdelingen "}
    assert [q.key for q in case.unanswered if q not in answered.unanswered] == [key]
    assert answered.answer(key, "  \n") == case
    with pytest.raises(TypeError):
        answered.answers[key] = "other"
    with pytest.raises(AttributeError):
        answered.answers = {}


def test_an_answer_needs_a_question_and_a_text(case):
    with pytest.raises(NotFound, match="did you mean 'playgrounds/keep-safe/1', 'playgrounds/keep-safe/2'"):
        case.answer("playgrounds/keep-safe/3", "x")
    for key in ("guide-which-right", "guide-which-right/rights", "x", "", "a/b/c/d", None):
        with pytest.raises(NotFound):
            case.answer(key, "x")
    for text in (None, 7, "\ud800"):
        with pytest.raises(BadQuery, match="an answer"):
            case.answer("guide-which-right/right", text)


def test_an_answer_outlives_its_area(case):
    answered = case.answer("playgrounds/keep-safe/1", "Ja, i mai.")
    struck = answered.strike("playgrounds")
    assert struck.not_asked == {"playgrounds/keep-safe/1": "Ja, i mai."}
    assert "Ja, i mai." in struck.to_markdown()
    assert _SAYS["not-asked"][0] in struck.to_markdown()
    assert Assessment.from_json(struck.to_json(), dataset=case.dataset).add("playgrounds") == answered


# files


@st.composite
def assessments(draw, dataset):
    found = assess(
        draw(
            TEXTS
            | st.fixed_dictionaries({"tittel": TEXTS, "noekkelord": st.lists(TEXTS), "kostra": TEXTS | st.just("335")})
        ),
        add=draw(st.sets(st.sampled_from(["parks", "playgrounds"]))),
        dataset=dataset,
    )
    for area in draw(st.sets(st.sampled_from(["parks", "playgrounds"]))):
        found = found.strike(area)
    for right in draw(st.sets(st.sampled_from(["play", "safe-places"]))):
        found = found.add_right(right)
    for question in found.questions:
        found = found.answer(question.key, draw(TEXTS))
    return found


@settings(max_examples=60)
@given(st.data())
def test_files_give_the_assessment_back(judged, data):
    found = data.draw(assessments(judged))
    for lang in LANGUAGES:
        again = Assessment.from_json(found.to_json(lang), dataset=judged)
        assert again == found
        assert Assessment.from_toml(found.to_toml(lang), dataset=judged) == found
        assert again.to_json(lang) == found.to_json(lang)


@settings(max_examples=40)
@given(st.data())
def test_every_assessment_can_be_written_as_a_document(judged, data):
    found = data.draw(assessments(judged))
    for form in ("short", "full"):
        page = page_of(found, data.draw(st.sampled_from(LANGUAGES)), form)
        check_html(html_of(page))
        assert body(docx_of(page)) is not None
        assert markdown_of(page)


def test_two_assessments_are_one_only_on_the_same_data(case, judged, ds):
    assert case == assess("Ny lekeplass", dataset=judged)
    assert assess("x", dataset=ds) != assess("x", dataset=judged)


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_a_file_lists_every_question_to_be_filled_in(case, tmp_path, ending):
    path = tmp_path / f"sak.{ending}"
    case.save(path, "en")
    text = path.read_text("utf-8")
    mark = ('"answer": ""', 'answer = ""')[ending == "toml"]
    assert text.count(mark) == len(case.questions) == len(case.unanswered)
    assert all(question.text.en in text for question in case.questions)
    before, _, after = text.partition(case.questions[3].key)
    path.write_text(before + case.questions[3].key + after.replace(mark, mark[:-1] + 'Ja"', 1), "utf-8")
    assert Assessment.open(path, dataset=case.dataset) == case.answer(case.questions[3].key, "Ja")


def changed(before: Assessment, **values) -> str:
    return json.dumps({**json.loads(before.to_json()), **values})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"aeras": []}, r"the JSON: aeras: .*did you mean 'areas'"),
        ({"areas": [{"area": "swings"}]}, r"areas\[0\]: 'swings' was retired \(was never an area\)"),
        ({"areas": [{"area": "parks"}, {"area": "parks"}]}, r"areas\[1\]: 'parks' stands twice"),
        ({"areas": [{"area": "parks", "how": "guessed"}]}, "how: expected classified, added or struck"),
        ({"areas": [{"area": "parks", "score": "high"}]}, "score: expected a number"),
        ({"areas": [{"how": "added"}]}, "'area' is missing"),
        ({"areas": [{"area": "parks", "evidence": [{"word": 1, "weight": 0}]}]}, "word is a text"),
        ({"case": {"texts": [{"field": "tittel"}]}}, "'text' is missing"),
        ({"case": 7}, "case: expected a table"),
        ({"rights": ["plays"]}, r"rights\[0\]"),
        ({"questions": [{"key": "playgrounds/old-duty/1", "answer": "x"}]}, "use 'playgrounds/keep-safe'"),
        (
            {"questions": [{"key": "playgrounds/keep-safe/9", "answer": "x"}]},
            "has no question '9'; it has playgrounds/keep-safe/1",
        ),
        ({"questions": [{"key": "guide-x/y"}]}, "'guide-x' is not in guide"),
        (
            {"questions": [{"key": "playgrounds/keep-safe/1", "question": "Hvem retter feil?", "answer": "x"}]},
            "is another question now",
        ),
        (
            {"questions": [{"key": "guide-which-right/right", "question": "Mine?", "answer": "x"}]},
            "is another question now",
        ),
        ({"questions": [{"key": "guide-which-right/right", "answer": "x"}] * 2}, "answered twice"),
        (
            {"questions": [{"key": "guide-which-right/right", "anwser": "x"}]},
            r"questions\.guide-which-right/right\.anwser: .*'answer'",
        ),
        ({"format": 2}, "format: 2 is newer than 1"),
        ({"dataset": "2026.2"}, "filled in with 2026.2"),
        ({"kind": "city"}, "expected 'assessment'"),
    ],
)
def test_a_file_that_does_not_fit_says_where_and_what_to_do(case, values, said):
    with pytest.raises(DataError, match=said):
        Assessment.from_json(changed(case, **values), dataset=case.dataset)


def test_update_follows_what_moved_and_keeps_the_rest(case):
    questions = [
        {"key": "playgrounds/old-duty/1", "question": "Hvem retter feil?", "answer": "moved by its text"},
        {"key": "playgrounds/supervise/1", "question": "Another question?", "answer": "kept: other text"},
        {"key": "guide-gone/x", "answer": "kept: no step"},
        {"key": "guide-which-right/right", "question": "Worded otherwise?", "answer": "stays: keys of steps last"},
        {"key": "guide-gone/y", "answer": " "},
    ]
    values = {
        "dataset": "2025.1@sha256:0", "questions": questions, "mine": "kept: unknown key",
        "areas": [{"area": "swings", "how": "added"}, {"area": "parks", "how": "added"}], "rights": ["gone"],
    }  # fmt: skip
    text = changed(case, **values)
    with pytest.raises(DataError, match="--update"):
        Assessment.from_json(text, dataset=case.dataset)
    found = Assessment.from_json(text, dataset=case.dataset, update=True)
    assert found.answers == {
        "playgrounds/keep-safe/2": "moved by its text", "guide-which-right/right": "stays: keys of steps last",
    }  # fmt: skip
    assert [touched.area.id for touched in found.areas] == ["parks"]
    kept = {row.where: row.value for row in found.kept}
    assert kept["mine"] == "kept: unknown key"
    assert kept["rights[0]"] == "gone"
    assert kept["areas[0]"] == {"area": "swings", "how": "added"}
    assert kept["questions.playgrounds/supervise/1"]["answer"] == "kept: other text"
    assert kept["questions.guide-gone/x"]["answer"] == "kept: no step"
    assert len(kept) == 5
    for again in (
        Assessment.from_json(found.to_json(), dataset=case.dataset),
        Assessment.from_toml(found.to_toml(), dataset=case.dataset),
    ):
        assert again == found
    for written in (found.to_markdown(), found.to_html()):
        assert all(said in written for said in ("kept: unknown key", "kept: other text", "kept: no step"))


# documents


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.said.append(data)


def check_html(text: str) -> Reader:
    """Fail where a page is not well formed, fetches something, or leaves a table or a heading unexplained."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    tags = [tag for tag, _ in reader.seen]
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & set(tags)
    assert "url(" not in text
    assert "@import" not in text
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tags.count("table") == tags.count("caption") == tags.count("thead") == tags.count("tbody")
    assert all(about.get("scope") in {"col", "row"} for tag, about in reader.seen if tag == "th")
    assert all(str(about["href"]).startswith("https://") for tag, about in reader.seen if tag == "a")
    assert not any(name.startswith("on") for _, about in reader.seen for name in about)
    return reader


def body(data: bytes):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))
        return ET.fromstring(parts.read("word/document.xml"))


def said_in(element) -> str:
    return " ".join(" ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in element.iter(f"{W}p")).split())


def plain(text: str) -> str:
    """Give Markdown without its marks and addresses."""
    text = re.sub(r"\]\(<[^>]*>\)", "", text)
    return " ".join(
        re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*_\[\]|]|<br>|^> ", " ", text, flags=re.MULTILINE)).split()
    )


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_full_form_says_everything_in_all_three_kinds_of_document(real, ds, lang):
    answered = real.answer(real.questions[2].key, "Et svar.\nPå to linjer.")
    html = check_html(answered.to_html(lang))
    assert dict(html.seen)["html"] == {"lang": lang}
    word = flat(said_in(body(docx_of(page_of(answered, lang, "full")))))
    markdown = answered.to_markdown(lang)
    for shown in (word, flat(" ".join(html.said)), plain(markdown)):
        assert CASE in shown
        for question in answered.questions:
            assert flat(question.text[lang]) in flat(shown)
        for obligation in answered.obligations:
            assert flat(obligation.statement[lang]) in flat(shown)
        for recommendation in classify(CASE, dataset=ds)[0].recommendations[:5]:
            assert flat(recommendation.summary[lang]) in flat(shown)
        assert shown.count(_SAYS["blank"][LANGUAGES.index(lang)]) == len(answered.unanswered)
        assert "Et svar." in shown
        assert "På to linjer." in shown
        assert shown.count({"nb": "Ikke juridisk", "nn": "Ikkje juridisk", "en": "Not legal"}[lang]) == 1
    for provision in {p for o in answered.obligations for p in o.provisions}:
        assert (provision.url or provision.instrument.url) in markdown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_recommendations_are_never_shown_as_binding(real, lang):
    not_binding = {"nb": "ikke bindende", "nn": "ikkje bindande", "en": "not binding"}[lang]
    markdown = real.to_markdown(lang)
    shown = markdown.partition(f"## {_SAYS['advice'][LANGUAGES.index(lang)]}")[2].partition("\n## ")[0]
    assert shown.count("\n- ") == 5
    assert shown.count(not_binding) == 5
    assert not_binding in real.to_markdown(lang, "short")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_concluded(real, lang):
    own = " ".join(row[LANGUAGES.index(lang)] for row in _SAYS.values())
    assert not re.search(r"lovlig|lovleg|krenke|brudd|brot|lawful|violat|breach|compl", own)
    assert "%" not in own


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_short_form_is_half_a_page(ds, lang):
    for text in (CASE, "Reguleringsplan for vindkraft i reinbeiteområde", "Kameraovervåking i skolegården", "Referat"):
        found = assess(text, dataset=ds)
        page = page_of(found, lang, "short")
        tables = [block for block in page.blocks if isinstance(block, Table)]
        assert len(tables) == bool(found.areas)
        for table in tables:
            assert 3 <= len(table.rows) <= 6
            assert all(row[1][0][0] for row in table.rows), "each with its legal force"
        shown = plain(markdown_of(page))
        assert len(shown) < 3000
        assert all(table.caption in shown for table in tables), "it says how few of the obligations it shows"
        assert (f"1–{len(found.questions)}" in shown) or not found.questions


def test_the_nearest_obligations_are_those_that_speak_of_the_case(real):
    assert real.nearest(1)[0].id == "child-welfare/contact-and-family-ties"
    assert len(real.nearest(4)) == 4
    assert set(real.nearest(1000)) == set(real.obligations)


def test_areas_take_turns_among_the_nearest(judged):
    found = assess("Skilt på samisk ved lekeplass", add=["parks"], dataset=judged)
    assert [o.id for o in found.nearest(2)][1] == "parks/sami-signs"


def test_documents_are_the_same_every_time(real):
    for form in ("short", "full"):
        assert docx_of(page_of(real, "nn", form)) == docx_of(page_of(real, "nn", form))
        assert real.to_html("nn", form) == real.to_html("nn", form)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_the_user_wrote_is_shown_and_never_obeyed(judged, nasty):
    found = assess(f"Ny lekeplass {nasty}", dataset=judged).answer("guide-which-right/right", nasty)
    html = check_html(found.to_html())
    page = page_of(found, "nb", "full")
    word = body(docx_of(page))
    shown = nasty.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
    assert shown in "".join(html.said)
    assert flat(shown) in flat(said_in(word))
    markdown = found.to_markdown()
    assert flat(shown) in plain(markdown)
    assert "<script" not in markdown.replace("\\<script", "")
    answer = [line for line in markdown.splitlines() if line.startswith(">")]
    assert len(answer) == len(nasty.splitlines())
    assert not any(re.match(r"> *(#|-|\d+\.)", line) for line in answer), "no heading, no list"


def test_an_address_that_is_none_is_no_link():
    page = Page("en", "T", (Heading(1, "T"), Paragraph((Link("here", "javascript:alert(1)"), Link("there")))))
    assert "javascript" not in html_of(page) + markdown_of(page)
    assert not list(body(docx_of(page)).iter(f"{W}hyperlink"))
    page = Page("en", "T", (Heading(1, "T"), Bullets(((Link("§ 1", "https://a.no/>x"), Strong("b")),))))
    assert "[§ 1](<https://a.no/%3Ex>)**b**" in markdown_of(page)
    assert 'href="https://a.no/&gt;x"' in html_of(page)


def test_a_word_table_keeps_its_head_and_breaks_between_rows(real):
    word = body(docx_of(page_of(real, "nb", "full")))
    tables = list(word.iter(f"{W}tbl"))
    page = page_of(real, "nb", "full")
    assert len(tables) == sum(isinstance(block, (Table, Questions)) for block in page.blocks)
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
    assert len(list(word.iter(f"{W}sdt"))) == len(real.unanswered), "a place to type for each open question"


def test_the_order_of_elements_in_a_word_table_is_the_one_that_word_wants(real):
    word = body(docx_of(page_of(real, "nb", "full")))
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]
    for about in word.iter(f"{W}tblPr"):
        names = [element.tag.removeprefix(W) for element in about]
        assert names == sorted(names, key=order.index)
    for about in word.iter(f"{W}tcPr"):
        names = [element.tag.removeprefix(W) for element in about]
        assert names == sorted(names, key=["tcW", "shd"].index)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_document_says_its_language_and_nobodys_name(case, lang):
    import docx

    document = docx.Document(io.BytesIO(docx_of(page_of(case, lang, "short"))))
    assert document.core_properties.language == {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[lang]
    assert document.core_properties.title == _SAYS["title"][LANGUAGES.index(lang)]
    assert document.core_properties.author == ""
    assert next(p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")) == "Heading 1"


def test_word_without_its_library_names_the_extra(case, monkeypatch, tmp_path):
    real_import = builtins.__import__

    def without(name, *args, **more):
        if name.partition(".")[0] == "docx":
            raise ImportError(name)
        return real_import(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"nimrights\[docx\]"):
        case.to_docx(tmp_path / "x.docx")
    assert list(tmp_path.iterdir()) == []
    assert case.to_markdown()


def test_another_language_or_form_is_an_error(case, tmp_path):
    for write in (case.to_markdown, case.to_html):
        with pytest.raises(UnknownLanguage):
            write("se")
        with pytest.raises(BadQuery, match="short or full, not 'long'"):
            write("nb", "long")
    with pytest.raises(UnknownLanguage):
        case.to_json("se")
    with pytest.raises(UnknownLanguage):
        case.to_docx(tmp_path / "x.docx", "se")


def test_ranges_are_short():
    assert ranges([]) == ""
    assert ranges([4]) == "4"
    assert ranges([1, 2, 4, 6, 7, 8]) == "1–2, 4, 6–8"


# the command


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*args, code=0):
        done = CliRunner().invoke(main, ["assess", *args, "--lang", "nb"])
        assert done.exit_code == code, done.output
        return done

    return run


def test_from_a_title_to_a_word_document_in_one_command(run, tmp_path, real):
    run(CASE, "-o", "sak.docx")
    assert (tmp_path / "sak.docx").read_bytes() == docx_of(page_of(real, "nb", "full"))


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([], lambda a: a.to_markdown()),
        (["--form", "short"], lambda a: a.to_markdown("nb", "short")),
        (["--format", "html"], lambda a: a.to_html()),
        (["--format", "json"], lambda a: a.to_json()),
        (["--format", "toml"], lambda a: a.to_toml()),
    ],
)
def test_without_a_file_it_is_printed(run, real, args, expected):
    assert run(CASE, *args).stdout == expected(real)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.htm", "a.json", "a.toml"])
def test_the_ending_says_the_format(run, tmp_path, real, name):
    run(CASE, "-o", name)
    text = (tmp_path / name).read_text("utf-8")
    expected = {"md": real.to_markdown, "html": real.to_html, "htm": real.to_html, "json": real.to_json}
    assert text == expected.get(name[2:], real.to_toml)()


def test_areas_and_rights_are_chosen_on_the_command_line(run, ds):
    done = run(CASE, "--add", "housing", "--strike", "child-welfare", "--right", "culture", "--format", "json")
    assert Assessment.from_json(done.stdout) == assess(
        CASE, add=["housing"], strike=["child-welfare"], rights=["culture"]
    )


def test_a_file_is_filled_in_and_goes_on(run, tmp_path, real):
    run(CASE, "-o", "sak.toml")
    path = tmp_path / "sak.toml"
    path.write_text(path.read_text("utf-8").replace('answer = ""', 'answer = "Mitt svar"', 1), "utf-8")
    expected = real.answer(real.questions[0].key, "Mitt svar")
    run("--answers", "sak.toml", "-o", "sak.docx")
    assert (tmp_path / "sak.docx").read_bytes() == docx_of(page_of(expected, "nb", "full"))
    run(CASE, "--answers", "sak.toml", "--add", "housing", "-o", "sak.toml")
    assert Assessment.open(path) == expected.add("housing")


def test_nothing_that_is_there_is_replaced_unasked(run, tmp_path):
    for name in ("sak.toml", "sak.docx"):
        (tmp_path / name).write_text("mine", "utf-8")
        assert "--overwrite" in run(CASE, "-o", name, code=2).stderr
        assert (tmp_path / name).read_text("utf-8") == "mine"
    run(CASE, "-o", "sak.docx", "--overwrite")
    assert (tmp_path / "sak.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("args", "said", "code"),
    [
        ([], "give a TEXT", 2),
        (["x", "--case", "case.json"], "not both", 2),
        (["x", "-o", "a.pdf"], r"ends in \.md", 2),
        (["x", "--format", "docx"], "name a file with -o", 2),
        (["x", "--add", "housin"], "did you mean 'housing'", 1),
        (["x", "--add", "housing", "--strike", "housing"], "both added and struck", 2),
        (["--answers", "case.json"], "kind: expected 'assessment'", 3),
        (["--answers", "gone.json"], "cannot read gone.json", 3),
        (["--answers", "x.json", "--threshold", "0.5"], "does not go with", 2),
    ],
)
def test_wrong_usage_says_so(run, tmp_path, args, said, code):
    (tmp_path / "case.json").write_text('{"tittel": "x"}', "utf-8")
    assert re.search(said, run(*args, code=code).stderr)


def test_answers_to_another_case_are_not_mixed_in(run):
    run(CASE, "-o", "sak.json")
    assert "is about another case" in run("Søknad om startlån", "--answers", "sak.json", code=2).stderr


def test_a_case_with_fields_is_read_from_a_file(run, tmp_path):
    fields = {"tittel": "Svar på søknad", "kostra": "244"}
    (tmp_path / "case.json").write_text(json.dumps(fields), "utf-8")
    assert Assessment.from_json(run("--case", "case.json", "--format", "json").stdout) == assess(fields)


def test_a_case_without_an_area_is_still_written(run):
    done = run("Referat fra forrige møte")
    assert _SAYS["nothing"][0] in done.stdout
    assert "--add AREA" in done.stderr


def test_an_older_file_is_brought_over_with_update(run, tmp_path, ds):
    old = assess(CASE, dataset=Dataset(ds._release))
    text = (
        old.to_json()
        .replace(ds.pin, "2026.1@sha256:0")
        .replace('"struck": []', '"struck": [], "mine": "kept for later"')
    )
    (tmp_path / "old.json").write_text(text, "utf-8")
    assert "--dataset 2026.1" in run("--answers", "old.json", code=3).stderr
    done = run("--answers", "old.json", "--update", "-o", "new.json")
    assert "kept: mine" in done.stderr
    assert "kept for later" in (tmp_path / "new.json").read_text("utf-8")
