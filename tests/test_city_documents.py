"""Pages and drafts of a city: drafts say so, nothing is claimed, what binds stands apart, and words come in three languages."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from test_markup import NASTY, check_page

from nimrights import Dataset, UnknownLanguage
from nimrights._assessing.filled import Kept
from nimrights._cities.words import _SAYS, says
from nimrights.city import STATES, CitySelfAssessment, new_self_assessment
from nimrights.city_documents import (
    comparison_page,
    draft_declaration,
    draft_plan,
    progress_page,
    progress_svg,
)
from nimrights.vocabulary import LANGUAGES

DRAFTS = {"declaration": draft_declaration, "plan": draft_plan}


@pytest.fixture(params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture(params=DRAFTS)
def draft(request):
    return DRAFTS[request.param]


@pytest.fixture(scope="module")
def empty(mini: Dataset) -> CitySelfAssessment:
    return new_self_assessment("Lekvik", "2026-11-23", areas=["playgrounds"], dataset=mini)


@pytest.fixture(scope="module")
def filled(empty) -> CitySelfAssessment:
    return empty.stated("city-promise", state="in-place", evidence="Sak 1/26").stated(
        "city-swing-count", state="planned", owner="Parkvesenet", next_step="Telle i mai", deadline="2027", answers={0: "I fjor."}
    )  # fmt: skip


def test_all_words_are_there_in_three_languages():
    for name, row in _SAYS.items():
        assert len(row) == len(LANGUAGES), name
        assert all(row), name
        assert len({text.count("{}") for text in row}) == 1, name
    assert {says(state, "en") for state in STATES} == {
        "not started",
        "planned",
        "under way",
        "in place",
        "not relevant",
    }


# -- drafts ------------------------------------------------------------------------------------


def test_a_draft_says_first_that_it_is_one(draft, lang, empty, filled):
    for one in (empty, filled):
        page = draft(one, lang)
        assert page.markdown().splitlines()[2] == "> " + says("draft", lang).replace("[", r"\[")
        assert f'<p class="draft">{says("draft", lang)}</p>' in page.html()
        assert check_page(page.html()).seen[0][1]["lang"] == lang


def test_nothing_is_claimed_without_a_file(draft, lang, empty):
    text = draft(empty, lang).markdown()
    assert says("from-file", lang).partition("{}")[0] not in text
    assert says("already", lang).partition("{}")[0] not in text
    for name in ("fill", "fill-often", "fill-date"):
        assert says(name, lang).replace("[", r"\[").replace("]", r"\]") in text


def test_a_declaration_has_every_element_as_a_proposal_to_tick(lang, empty, mini):
    text = draft_declaration(empty, lang).markdown()
    for element in mini.city.values():
        label = element.label[lang]
        assert f"- [ ] {label[0].lower()}{label[1:]}" in text.splitlines()


def test_a_declaration_tells_what_is_in_place_and_leaves_out_what_is_not_relevant(filled):
    text = draft_declaration(filled, "en").markdown()
    assert "- [ ] promise of play (in place according to the municipality's own assessment of 2026-11-23)" in text
    assert "Evidence: Sak 1/26" in text
    struck = draft_declaration(filled.stated("city-promise", state="not-relevant"), "en").markdown()
    assert "- [ ] promise of play" not in struck
    assert "Not relevant according to the municipality's own assessment of 2026-11-23: Promise of play." in struck


def test_a_plan_has_a_part_for_each_element_that_is_left(filled, empty):
    def parts(one):
        return re.findall(r'<section id="(city-[a-z-]+)">', draft_plan(one, "en").html())

    assert parts(empty) == ["city-swing-count", "city-promise"]
    assert parts(filled) == ["city-swing-count"]
    assert parts(filled.stated("city-swing-count", state="not-relevant")) == []
    text = draft_plan(filled, "en").markdown()
    for said in (
        "Owner: Parkvesenet",
        "Deadline: 2027",
        "Telle i mai",
        "I fjor.",
        "- [ ] Count the swings.",
        "Sak 1/26",
    ):
        assert said in text


def test_the_obligations_of_the_areas_stand_with_their_force_and_provisions(draft, empty, mini):
    text = draft(empty, "en").markdown()
    for duty in mini.areas["playgrounds"].obligations:
        assert (duty.statement.en in text) == (duty in mini.obligations_for("Lekvik"))
    assert text.count("Legal force: ") == len(
        [o for o in mini.areas["playgrounds"].obligations if o in mini.obligations_for("Lekvik")]
    )
    assert "(binding)" in text
    assert '<ul class="binding">' in draft(empty, "en").html()
    none = evolve(empty, areas=()).stated("city-promise", state="not-relevant")
    assert "## Obligations in the areas" not in draft(none, "en").markdown()


def test_each_item_leads_to_its_areas_or_to_all(draft, empty):
    text = draft(evolve(empty, areas=()), "en").markdown()
    duties = len(
        [o for o in empty.dataset.areas["playgrounds"].obligations if o in empty.dataset.obligations_for("9901")]
    )
    assert f"Areas: [Playgrounds](<#area-playgrounds>) ({duties} obligations)" in text
    assert re.search(r"Areas: all areas$", text, re.MULTILINE)
    assert (
        "Areas: all areas; areas that were chosen: [Playgrounds](<#area-playgrounds>)" in draft(empty, "en").markdown()
    )


def test_advice_and_examples_say_that_they_do_not_bind(draft, lang, empty, mini):
    text = draft(empty, lang).markdown()
    assert says("not-binding", lang) in text
    for line in text.splitlines():
        if mini.practices["lekeby-play-city"].label[lang] in line:
            assert says("examples", lang) in line
            break
    else:
        pytest.fail("the example is missing")
    assert mini.advice["play-advice-1"].statement[lang] in text


def test_what_is_ours_is_told_apart_from_the_framework(draft, empty):
    text = draft(empty, "en").markdown().lower()
    assert says("fra", "en").lower() in text
    assert says("own", "en") in text
    assert says("framework", "en").lower() in text


def test_it_is_no_legal_advice_said_once(draft, filled, lang):
    from nimrights._pages.words import word

    assert draft(filled, lang).markdown().count(word("legal-advice", lang)) == 1


@pytest.mark.parametrize("nasty", NASTY)
def test_what_the_municipality_wrote_is_shown_and_never_obeyed(nasty, draft, empty):
    state = "in-place" if draft is draft_declaration else "planned"
    one = empty.stated("city-promise", state=state, evidence=nasty, owner=nasty, next_step=nasty, answers={0: nasty})
    one = evolve(one, kept=(Kept("there", nasty, "why"),))
    for page in (draft(one, "en"), progress_page(one, "en", charts=False)):
        reader = check_page(page.html())
        assert "".join(nasty.split("\n")).translate(dict.fromkeys([0, 27, 0x202E], "\ufffd")) in "".join(
            text for _, text in reader.texts
        )
        assert "<script" not in page.html()


# -- progress and change -----------------------------------------------------------------------


def test_progress_shows_every_state_and_no_score(filled, lang):
    page = progress_page(filled, lang, charts=False)
    text = page.markdown()
    for name in ("in-place", "planned", "no-score"):
        assert says(name, lang) in text
    assert "%" not in text
    check_page(page.html())


def test_the_drawing_says_in_words_what_it_shows(filled, lang):
    pytest.importorskip("matplotlib", reason="an extra")
    root = ET.fromstring(progress_svg(filled, lang))
    description = root.find("{http://www.w3.org/2000/svg}desc").text
    assert f"1 {says('planned', lang)}" in description
    assert f"1 {says('in-place', lang)}" in description
    html = progress_page(filled, lang).html()
    assert description in html
    assert html.count("<svg") == 1
    check_page(html)
    assert progress_svg(filled, lang) == progress_svg(filled, lang)


def test_change_shows_what_moved(filled, empty):
    new = evolve(filled, date="2027-11-23").stated("city-promise", state="under-way", owner="Ny")
    page = comparison_page(filled, new, "en")
    assert "| Promise of play | back | in place | under way | owner |" in page.markdown()
    assert "1 elements have not changed." in page.markdown()
    assert page.title == "Changes: Lekvik, 2026-11-23 to 2027-11-23"
    check_page(page.html())
    assert "|" not in comparison_page(empty, empty, "en").markdown()


def test_what_was_kept_is_shown(filled):
    one = evolve(filled, kept=(Kept("elements.city-old", {"owner": "Ola"}, "it was retired"),))
    for page in (progress_page(one, charts=False), draft_plan(one)):
        assert "Ola" in page.markdown()
        assert "it was retired" in page.markdown()


def test_another_language_is_an_error(filled):
    for make in (progress_page, progress_svg, draft_declaration, draft_plan):
        with pytest.raises(UnknownLanguage):
            make(filled, "se")
