"""A municipality's report: its own duties with their force, what is recommended apart from it, and no figure lost."""

from __future__ import annotations

import builtins
import re

import pytest
from test_markup import check_page

from nimrights import BadQuery, Dataset, MissingExtra, NotFound, UnknownLanguage
from nimrights._pages.words import word
from nimrights._reports.pages import _alphabetical, _beginning
from nimrights._reports.words import _SAYS, COUNTIES, says
from nimrights.city import new_self_assessment
from nimrights.publishing import compile_sources
from nimrights.report import municipality_report
from nimrights.vocabulary import LANGUAGES


@pytest.fixture(params=LANGUAGES)
def lang(request) -> str:
    return request.param


def test_all_words_are_there_in_three_languages():
    for name, row in _SAYS.items():
        assert len(row) == len(LANGUAGES), name
        assert all(row), name
        assert len({text.count("{}") for text in row}) == 1, name


@pytest.mark.parametrize("name", ["Lekvik", "Husnes"])
def test_a_report_is_one_whole_accessible_page(name, lang, mini: Dataset):
    page = municipality_report(name, lang, charts=False, dataset=mini)
    reader = check_page(page.html())
    assert dict(reader.seen)["html"]["lang"] == lang
    assert page.title == says("title", lang).format(mini.municipality(name).label)
    assert page.markdown().count(word("legal-advice", lang)) == 1
    assert page.html() == municipality_report(name, lang, charts=False, dataset=mini).html()


def test_every_duty_of_the_municipality_stands_once_in_full(mini: Dataset, lang):
    for municipality in mini.municipalities.values():
        html = municipality_report(municipality, lang, charts=False, dataset=mini).html()
        mine = mini.obligations_for(municipality)
        for duty in mini.obligations.values():
            anchor = f'<li id="duty-{duty.id.replace("/", "-")}">'
            assert html.count(anchor) == (duty in mine)
            if duty in mine:
                item = html.partition(anchor)[2].partition("</li>")[0]
                assert duty.statement[lang] in item
                assert word("force", lang) in item
                for basis in duty.legal_basis:
                    assert basis.provision.number in item


def test_recommendations_on_services_stand_in_their_areas_and_do_not_bind(mini: Dataset):
    page = municipality_report("Lekvik", "en", charts=False, dataset=mini)
    text = page.markdown()
    for r in mini.recommendations.values():
        assert (r.summary.en in text) == (r.municipal.value in ("named", "delivers")), r.id
    items = re.findall(r'<ul class="advice">(.*?)</ul>', page.html(), re.DOTALL)
    assert items
    for item in re.findall(r"<li.*?</li>", "".join(items), re.DOTALL):
        assert "Recommendation." in item  # what the miniature data calls the force
        assert "Legal force" not in item
    for summary in re.findall(r"<summary>Recommendations.*?</summary>", page.html()):
        assert "(not binding)" in summary


def test_a_recommendation_without_an_area_is_not_left_out(mini_copy, swap):
    old = """areas = ["playgrounds"]\n"""
    text = (mini_copy / "recommendations" / "older.toml").read_text(encoding="utf-8")
    assert old in text
    (mini_copy / "recommendations" / "older.toml").write_text(text.replace(old, "areas = []\n", 1), encoding="utf-8")
    changed = compile_sources(mini_copy)
    page = municipality_report("Lekvik", "en", charts=False, dataset=changed)
    loose = [r for r in changed.recommendations.values() if not r.areas and r.municipal.value in ("named", "delivers")]
    assert loose
    section = page.html().partition('<section id="no-area">')[2]
    assert all(r.summary.en in section for r in loose)
    check_page(page.html())


def test_the_table_counts_what_the_page_holds(mini: Dataset):
    html = municipality_report("Lekvik", "en", charts=False, dataset=mini).html()
    table = html.partition(says("by-area", "en"))[2].partition("</table>")[0]
    for area in mini.areas.values():
        numbers = table.partition(f"#area-{area.id}")[2].partition("</tr>")[0]
        section = html.partition(f'<section id="area-{area.id}">')[2].partition("</section>\n<section id=")[0]
        duties = section.partition("</details>")[0].count("<li")
        assert re.findall(r">(\d+)</td>", numbers)[0] == str(duties)


def test_who_it_is(mini: Dataset):
    text = municipality_report("Husnes", "nb", charts=False, dataset=mini).markdown()
    assert "- Navn: Husnes, Husnjárga" in text
    assert "siden 01.01.2024" in text
    assert says("outside", "nb") in municipality_report("Lekvik", "nb", charts=False, dataset=mini).markdown()


def test_the_newest_year_comes_first_and_what_has_no_date_last(mini: Dataset):
    html = municipality_report("Lekvik", "en", charts=False, dataset=mini).html()
    for part in re.findall(r"<details>.*?</details>", html, re.DOTALL):
        years = re.findall(r"<h4>(.*?)</h4>", part)
        dated = [year for year in years if year.isdecimal()]
        assert dated == sorted(dated, reverse=True)
        assert years[: len(dated)] == dated


# -- charts ------------------------------------------------------------------------------------


def test_a_chart_has_words_and_its_figures_stand_in_a_table_anyway(mini: Dataset, lang):
    pytest.importorskip("matplotlib", reason="an extra")
    drawn = municipality_report("Lekvik", lang, charts=True, dataset=mini)
    plain = municipality_report("Lekvik", lang, charts=False, dataset=mini)
    check_page(drawn.html())
    assert drawn.html().count("<svg") == drawn.html().count("<desc") == 2
    assert re.sub(r"<figure>.*?</figure>\n", "", drawn.html(), flags=re.DOTALL) == plain.html()
    assert drawn.markdown() == plain.markdown()


def test_without_the_library_there_are_tables_and_asking_for_charts_is_an_error(mini: Dataset, monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name=name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert "<svg" not in municipality_report("Lekvik", dataset=mini).html()
    with pytest.raises(MissingExtra, match="charts"):
        municipality_report("Lekvik", charts=True, dataset=mini)


# -- with a self-assessment ---------------------------------------------------------------------


def test_an_assessment_is_shown_where_there_is_one(mini: Dataset):
    one = new_self_assessment("Lekvik", "2026-11-23", dataset=mini).stated("city-promise", state="planned", owner="Ola")
    text = municipality_report("Lekvik", "en", city=one, charts=False).markdown()
    assert "| Promise of play | planned | Ola |" in text
    without = municipality_report("Lekvik", "en", charts=False, dataset=mini).markdown()
    assert "Ola" not in without
    assert "| Promise of play | foundation | from FRA's framework |" in without


def test_what_does_not_fit_is_said(mini: Dataset, mini_copy, swap):
    one = new_self_assessment("Lekvik", "2026-11-23", dataset=mini)
    with pytest.raises(BadQuery, match="the assessment is of Lekvik"):
        municipality_report("Husnes", city=one)
    swap("city.toml", "Kommunen teller huskene hvert år.", "Kommunen teller alle huskene hvert år.")
    with pytest.raises(BadQuery, match="another dataset version"):
        municipality_report("Lekvik", city=one, dataset=compile_sources(mini_copy))
    with pytest.raises(NotFound, match="Lekvik"):
        municipality_report("Lekvika", dataset=mini)
    with pytest.raises(UnknownLanguage):
        municipality_report("Lekvik", "se", dataset=mini)


# -- small things -------------------------------------------------------------------------------


def test_norwegian_letters_stand_last():
    assert sorted(["Åker", "Ørn", "Ærlig", "bolig", "Zoo"], key=_alphabetical) == [
        "bolig",
        "Zoo",
        "Ærlig",
        "Ørn",
        "Åker",
    ]


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Kommunen skal svare. Den kan vente.", "Kommunen skal svare."),
        ("Noen trenger hjelp. Kommunen skal hjelpe. Mer.", "Noen trenger hjelp. Kommunen skal hjelpe."),
        ("It must act, cf. section 2. Then more.", "It must act, cf. section 2."),
        ("Uten ord for plikt. Heller ikke her.", "Uten ord for plikt. Heller ikke her."),
    ],
)
def test_a_duty_is_cut_only_after_the_sentence_that_says_it(text, beginning):
    assert _beginning(text) == beginning


# -- the shipped data ---------------------------------------------------------------------------


def test_every_county_of_the_data_has_a_name(ds: Dataset):
    assert {m.county for m in ds.municipalities.values()} == set(COUNTIES)


def test_a_sami_municipality_has_duties_that_another_has_not(ds: Dataset):
    here, there = (municipality_report(name, "en", charts=False, dataset=ds) for name in ("Kautokeino", "Kristiansand"))
    anchor = 'id="duty-sami-rights-answer-in-sami"'
    assert anchor in here.html()
    assert anchor not in there.html()
    assert says("applies", "en").format("Guovdageaidnu - Kautokeino") in here.markdown()
    assert says("none-applies", "en").format("Kristiansand") in there.markdown()
    assert len(here.html()) < 1_000_000
    items = re.findall(r'<ul class="advice">(.*?)</ul>', here.html(), re.DOTALL)
    for item in re.findall(r"<li.*?</li>", "".join(items), re.DOTALL):
        assert "not binding" in item
    check_page(here.html())
