"""Records for people: complete, in one language, within the width, with legal force and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from nimrights import UnknownLanguage, classify, load, parse_citation, search
from nimrights._pages.words import _WORDS, word
from nimrights.models import TABLES, Record
from nimrights.render import Renderer
from nimrights.vocabulary import LANGUAGES

#: kinds whose legal force is part of what they are
WITH_FORCE = ("obligation", "recommendation", "provision", "instrument", "document", "advice")
SHOWN_QUERIES = (
    "tvang på sykehjem",
    "EMK art. 8",
    "barnvern",
    "kommuneloven",
    "Karasjok",
    "CRC",
    "CRPD/C/NOR/CO/1, para. 10",
)
CASE = "Klage på vedtak om samvær etter omsorgsovertakelse"


def every(ds) -> Iterator[Record]:
    for table in TABLES:
        yield from ds.table(table).values()


@lru_cache(maxsize=6)
def pages(ds, lang, width=80) -> list[tuple[Record, str]]:
    """Every record of the dataset with its page; made once for all tests."""
    renderer = Renderer(ds, lang, width)
    return [(record, renderer.record(record)) for record in every(ds)]


def too_long(page, width, addresses=()):
    """Lines over the width that could have been broken: not an address, not one long word after its mark."""
    return [
        line
        for line in page.split("\n")
        if len(line) > width and line.strip() not in addresses and " " in re.sub(r"^\s*(?:- )?", "", line)
    ]


def other_words(lang):
    """The interface's words in the other languages, as they stand at the head of a line."""
    own = {word(name, lang).casefold() for name in _WORDS}
    return {word(name, other) for name in _WORDS for other in LANGUAGES} - {
        text for name in _WORDS for other in LANGUAGES if (text := word(name, other)).casefold() in own
    }


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


# -- every record ------------------------------------------------------------------------------


def test_every_record_begins_with_its_id_and_its_kind(ds, lang):
    for record, page in pages(ds, lang):
        kind = ds.terms[f"kind/{record.kind}"].label[lang] if f"kind/{record.kind}" in ds.terms else record.kind
        assert page.split("\n")[0] == f"{record.id}  [{kind}]"


def test_every_kind_has_a_name_in_each_language(ds):
    kinds = {cls.kind for cls in TABLES.values()}
    assert [kind for kind in sorted(kinds) if f"kind/{kind}" not in ds.terms] == []


def test_every_record_names_itself_in_the_language(ds, lang):
    renderer = Renderer(ds, lang, 80)
    for record, page in pages(ds, lang):
        name = record.title[lang] if record.kind == "instrument" else renderer.name(record)
        assert " ".join(name.split()) in " ".join(page.split())


def test_no_line_is_longer_than_the_width_but_an_address(ds, lang):
    broken = []
    for record, page in pages(ds, lang):
        addresses = {p.source.url for p in getattr(record, "provenance", ())} | {getattr(record, "url", "")}
        body = page.split("\n", 1)[1]  # an id cannot be broken
        broken += [(record.id, line) for line in too_long(body, 80, addresses)]
    assert broken == []


def test_a_narrow_terminal_breaks_every_line_that_can_be_broken(ds, lang):
    broken = set()
    for record, page in pages(ds, lang, 40):
        addresses = {p.source.url for p in getattr(record, "provenance", ())} | {getattr(record, "url", "")}
        body = page.split("\n", 1)[1]
        broken |= {(record.kind, line) for line in too_long(body, 40, addresses)}
    assert sorted(broken) == []


def test_no_word_of_the_interface_is_in_another_language(ds, lang):
    foreign = sorted(other_words(lang), key=len, reverse=True)
    head = re.compile(rf"^(?:  )?({'|'.join(map(re.escape, foreign))})(?:: | \(\d+\)|$)", re.MULTILINE)
    found = [
        (record.id, match[0])
        for record, page in pages(ds, lang)
        if record.kind not in ("source", "term")  # whose titles and names may be such words
        for match in head.finditer(page)
    ]
    assert found == []


def test_norwegian_pages_have_no_english_abbreviation_for_paragraph(ds):
    for lang in ("nb", "nn"):
        page = Renderer(ds, lang).record(ds["crpd1-10a"])
        line = next(line for line in page.split("\n") if line.startswith(word("document", lang)))
        assert "10(a)" in line
        assert "para." not in line


def test_every_word_of_the_interface_is_there_in_each_language():
    assert {name: len(set(texts)) for name, texts in _WORDS.items() if len(texts) != 3 or not all(texts)} == {}


def test_the_three_languages_differ_on_every_page_with_a_text_of_ours(ds):
    for nb, nn, en in zip(*(pages(ds, lang) for lang in LANGUAGES), strict=True):
        if nb[0].kind in ("area", "right", "obligation", "recommendation", "decision", "provision"):
            assert len({nb[1], nn[1], en[1]}) == 3, nb[0].id


def test_legal_force_is_on_every_page_of_a_legal_kind(ds, lang):
    missing = [
        record.id
        for record, page in pages(ds, lang)
        if record.kind in WITH_FORCE and f"\n{word('force', lang)}: " not in page
    ]
    assert missing == []


def test_what_binds_is_said_to_bind_and_a_recommendation_never(ds, lang):
    binding, not_binding = word("binding", lang), word("not-binding", lang)
    for record, page in pages(ds, lang):
        lines = " ".join(page.split()).split(f"{word('force', lang)}: ")[1:]
        if record.kind in ("recommendation", "document", "advice"):
            assert not_binding in lines[0][:80], record.id
        elif record.kind in ("obligation", "provision"):
            assert all(f"({binding})" in line[:80] and not_binding not in line[:60] for line in lines), record.id


def test_every_source_is_shown_with_address_and_verification(ds, lang):
    for record, page in pages(ds, lang):
        flat = " ".join(page.split())
        for entry in getattr(record, "provenance", ()):
            assert f"    {entry.source.url}" in page.split("\n")
            assert entry.checked in flat
            assert ds.terms[f"verification/{entry.verification.value}"].label[lang] in flat


def test_no_page_has_a_blank_or_trailing_space(ds, lang):
    for record, page in pages(ds, lang):
        assert all(line and line == line.rstrip() for line in page.split("\n")), record.id


def test_no_page_shows_the_inside_of_python(ds, lang):
    for record, page in pages(ds, lang):
        assert not re.search(r"\bNone\b(?!\s+of)|<[A-Z]\w+ |Text\(|\bTrue\b|\(\)|\[\]", page), record.id


# -- each kind ---------------------------------------------------------------------------------


def test_an_area_shows_obligations_with_force_and_recommendations_without(ds):
    page = Renderer(ds, "nb").record(ds["child-welfare"])
    flat = " ".join(page.split())
    for duty in ds.areas["child-welfare"].obligations:
        assert duty.id in flat
        assert " ".join(duty.statement.nb.split()) in flat
    assert flat.count("Rettslig kraft:") == len(ds.areas["child-welfare"].obligations)
    assert f"Anbefalinger ({len(ds.recommendations.where(area='child-welfare'))})" in page
    assert "KOSTRA: 244, 251, 252" in page


def test_a_long_list_says_how_many_are_left_out(ds):
    held = len(ds.recommendations.where(document="crpd-c-nor-co-1"))
    assert f"\n  … {held - 12} more; see --json\n" in Renderer(ds, "en").record(ds["crpd-c-nor-co-1"])


def test_an_obligation_shows_each_provision_with_its_force(ds):
    page = " ".join(Renderer(ds, "en").record(ds["child-welfare/least-intrusive-measure"]).split())
    assert "ECHR 8 " in page
    assert "(echr-8)" in page
    assert "Constitution § 102(1)" in page
    assert "[incorporated treaty]" in page
    for question in ds["child-welfare/least-intrusive-measure"].questions.en:
        assert question in page


def flat(renderer, record):
    return " ".join(renderer.record(record).split())


def test_an_obligation_shows_the_force_of_what_lays_it_down_and_apart_from_it_what_is_behind(mini):
    page = Renderer(mini, "en").record(mini["playgrounds/keep-safe"])
    assert "\nLegal force: statute (binding); behind it: incorporated treaty\n" in page
    assert "\nThe duty stands in: Playgrounds Act § 4 A-3\n" in page
    page = Renderer(mini, "nn").record(mini["playgrounds/hear-children"])
    assert "\nRettsleg kraft: inkorporert traktat (bindande)\n" in page
    assert "\nPlikta står i: LK 3\n" in page


def test_every_obligation_shows_its_operative_basis_and_both_forces(ds, lang):
    renderer = Renderer(ds, lang)
    for duty in ds.obligations.values():
        page = flat(renderer, duty)
        head, _, rest = page.partition(f"{word('operative', lang)}: ")
        assert all(renderer.cite(p) in rest.partition(word("duty", lang))[0] for p in duty.operative), duty.id
        assert renderer.force(duty.operative_force.value) in head, duty.id
        behind = f"; {word('behind', lang)}: {renderer.term('force', duty.force.value)}"
        assert (behind in head) == (duty.force is not duty.operative_force), duty.id


def test_an_older_version_shows_the_one_force_that_it_knows():
    old = load("2026.1")
    page = flat(Renderer(old, "en"), old["child-welfare/best-interests"])
    assert "Legal force: Constitution (binding) Kind of duty" in page
    assert "behind it" not in page
    assert "The duty stands in" not in page


def test_an_area_shows_the_obligations_that_it_shares(mini):
    page = flat(Renderer(mini, "en"), mini["parks"])
    assert "Obligations (4)" in page
    assert "(binding); behind it: incorporated treaty. playgrounds/keep-safe" in page


@pytest.mark.parametrize("table", ["areas", "obligations"])
def test_a_doubt_is_shown_where_there_is_one_and_nowhere_else(ds, mini, lang, table):
    doubts = 0
    for dataset in (ds, mini):
        renderer = Renderer(dataset, lang)
        for record in dataset.table(table).values():
            page = renderer.record(record)
            assert (f"\n{word('doubt', lang)}: " in page) == (record.doubt is not None), record.id
            if record.doubt:
                doubts += 1
                assert " ".join(record.doubt[lang].split()) in " ".join(page.split())
    assert doubts > 0


def test_a_recommendation_shows_what_it_repeats_what_repeats_it_and_what_happened_later(mini):
    page = Renderer(mini, "nb").record(mini["play1-5a"])
    assert "\nGjentar (1)\n  - play0-3 Plass til lek\n" in page
    assert "\nGjentatt i (1)\n  - nim-play-1 Plass i byen til lek\n" in page
    assert "\nSenere: 2025-08: Staten ga ut en veileder.\nKilde: Concluding observations, note 9 " in page
    alone = Renderer(mini, "nb").record(mini["play1-6"])
    assert not re.search("Gjentar|Gjentatt|Senere", alone)


def test_every_repeat_is_shown_at_both_ends(ds):
    renderer = Renderer(ds, "nn", 100)
    repeating = [r for r in ds.recommendations.values() if r.repeats]
    for recommendation in repeating[::9]:
        assert f"\n{word('repeats', 'nn')} ({len(recommendation.repeats)})\n" in renderer.record(recommendation)
        other = recommendation.repeats[0]
        count = sum(other in r.repeats for r in repeating)
        assert f"\n{word('repeated', 'nn')} ({count})\n" in renderer.record(other)


def test_every_review_is_shown_with_its_date_what_it_was_read_against_and_what_it_changed(ds, mini, lang):
    page = Renderer(mini, "en").record(mini["play1-5a"])
    assert "\nReviewed: 2026-11-21, read against the original text (summary.en)\n" in page
    assert page.endswith("\nReviewed: 2026-11-22, compared with other records")
    for record, text in pages(ds, lang):
        reviews = getattr(record, "reviewed", ())
        lines = " ".join(text.split()).split(f" {word('reviewed', lang)}: ")[1:]
        assert len(lines) == len(reviews), record.id
        for review, line in zip(reviews, lines, strict=True):
            how = ds.terms[f"review/{review.against}"].label[lang]
            changed = f" ({', '.join(review.changed)})" if review.changed else ""
            assert line.startswith(f"{review.date}, {how}{changed}"), record.id


def test_advice_shows_to_whom_it_is_and_each_measure_with_who_is_to_take_it(ds, mini, lang):
    page = Renderer(mini, "en").record(mini["play-advice-1"])
    assert "\nAddressed to: municipalities\nMeasures\n  - a course every year (municipalities)\n" in page
    for advice in ds.advice.values():
        page = flat(Renderer(ds, lang), advice)
        assert " ".join(advice.statement[lang].split()) in page
        for measure in advice.measures:
            actor = ds.terms[f"actor/{measure.actor}"].label[lang]
            assert f"{' '.join(measure.text[lang].split())} ({actor})" in page


def test_a_finding_shows_who_measured_when_and_whom(ds, lang):
    for finding in ds.findings.values():
        page = flat(Renderer(ds, lang), finding)
        assert " ".join(finding.statement[lang].split()) in page
        assert f"{word('date', lang)}: {finding.date} {word('publisher', lang)}: {finding.publisher} " in page
        assert finding.sample is None or f"{word('sample', lang)}: {' '.join(finding.sample[lang].split())}" in page
        assert all(f"{area.id} {area.label[lang]}" in page for area in finding.areas)


def test_a_practice_shows_year_themes_and_areas(ds, lang):
    for practice in ds.practices.values():
        page = flat(Renderer(ds, lang), practice)
        assert " ".join(practice.summary[lang].split()) in page
        assert (f"{word('date', lang)}: {practice.year}" in page) == (practice.year is not None)
        assert all(ds.terms[f"theme/{theme}"].label[lang] in page for theme in practice.themes)
        assert all(f"{area.id} {area.label[lang]}" in page for area in practice.areas)


PAGES = {
    "guide-which-right": """\
guide-which-right  [step]
Which right
Whoever knows which right the case concerns finds the requirements.
Part: the case
Applies to: always
Questions in a case
  - Which right does the case concern?
  - Whose right is it?
Origin: read in the guide
Source: Concluding observations, step 1 (secondary, 2026-11-22)
    https://example.org/report""",
    "guide-hear-children": """\
guide-hear-children  [step]
The children's view
Children are to be heard before anything is built.
Part: duties
Applies to: where the case touches any of these
Policy areas (1)
  - playgrounds Playgrounds
Rights (1)
  - play Right to play
Questions in a case
  - Were the children heard, and how?
      CP 3 [incorporated treaty (binding)], Playgrounds Act § 4 A-3 [statute
      (binding)]
Legal basis (1)
  - lek-3 CP 3: Right to play [incorporated treaty (binding)]
Origin: follows from the provisions
Note: The convention is only read in part.""",
    "course-play/swing": """\
course-play/swing  [question]
A swing is broken, and the children use it all the same.
Who has to make it safe?
Answers
  - The municipality [right]
      The municipality keeps the playgrounds safe.
  - The parents [wrong]
      The parents do not own the playground.
Module: Play (course-play)
Obligations (1)
  - playgrounds/keep-safe The municipality must keep the playgrounds safe.
      [statute (binding); behind it: incorporated treaty]
Legal basis (1)
  - lpl-4a-3 Playgrounds Act § 4 A-3: Supervision by the municipality [statute
      (binding)]
Decisions (1)
  - hr-2020-1-a HR-2020-1-A (swing)
Policy areas (1)
  - playgrounds Playgrounds
Note: The act does not say how soon.
Source: Lekeplassloven, § 4 A-3 (primary, 2026-11-21)
    https://example.org/act
Reviewed: 2026-11-22, read against the original text""",
    "course-play": """\
course-play  [module]
Play
The module explains what a municipality owes to children who play.
For: elected members, leaders
Goals
  - know the right to play
  - know who supervises
The right
    Children have a right to play.
    It holds for every child.
      CP 3 [incorporated treaty (binding)]
Who does what?
    The municipality supervises.
      CP 3 [incorporated treaty (binding)], Playgrounds Act § 4 A-3 [statute
      (binding)]
Questions (2)
  - course-play/swing Who has to make it safe?
  - course-play/before-building What must the municipality do before it builds?
Policy areas (1)
  - playgrounds Playgrounds
Note: Written for the tests.""",
    "city-promise": """\
city-promise  [element]
Promise of play
The council promises to be playful.
Part: foundation
Self-assessment
  - Has the council adopted a promise?
  - Do the inhabitants know of it?
Possible next steps
  - Adopt a promise.
Advice (1)
  - play-advice-1 Train staff in play
Examples (1)
  - lekeby-play-city Lekeby: a playful city
Policy areas (1)
  - playgrounds Playgrounds
Origin: stands in the framework
Source: Concluding observations, page (secondary, 2026-11-22)
    https://example.org/report""",
}


@pytest.mark.parametrize("key", PAGES)
def test_a_page_of_the_guide_the_course_and_the_city_reads_in_order(mini, key):
    assert Renderer(mini, "en").record(mini[key]) == PAGES[key]


def test_a_step_shows_every_question_with_what_it_rests_on_and_its_force(ds, mini, lang):
    for dataset in (ds, mini):
        renderer = Renderer(dataset, lang)
        for step in dataset.guide.values():
            page = flat(renderer, step)
            assert f"{word('origin', lang)}: {dataset.terms[f'origin/{step.origin}'].label[lang]}" in page
            assert f"{word('part', lang)}: {dataset.terms[f'part/{step.part}'].label[lang]}" in page
            for asked in step.questions:
                forces = [renderer.force(provision.force_on(dataset.as_of).value) for provision in asked.provisions]
                pairs = zip(asked.provisions, forces, strict=True)
                cited = ", ".join(f"{renderer.cite(provision)} [{force}]" for provision, force in pairs)
                assert " ".join(f"- {asked.text[lang]} {cited}".split()) in page


def test_a_question_shows_every_answer_with_its_feedback_and_which_is_right(ds, mini, lang):
    for dataset in (ds, mini):
        for question in dataset.questions.values():
            page = flat(Renderer(dataset, lang), question)
            for answer in question.answers:
                judged = word("right" if answer.correct else "wrong", lang)
                assert " ".join(f"- {answer.text[lang]} [{judged}] {answer.feedback[lang]}".split()) in page
            assert page.count(f"[{word('right', lang)}]") == sum(answer.correct for answer in question.answers)
            assert question.scenario is None or " ".join(question.scenario[lang].split()) in page


def test_a_module_shows_every_paragraph_and_an_element_every_suggestion(ds, mini, lang):
    for dataset in (ds, mini):
        for module in dataset.course.values():
            page = flat(Renderer(dataset, lang), module)
            for section in module.sections:
                assert " ".join(f"{section.heading[lang]} {section.body[lang]}".split()) in page
            assert all(f"- {' '.join(goal.split())}" in page for goal in module.goals[lang])
            assert all(dataset.terms[f"audience/{audience}"].label[lang] in page for audience in module.audiences)
        for element in dataset.city.values():
            page = flat(Renderer(dataset, lang), element)
            for text in (*element.questions[lang], *element.measures[lang], element.description[lang]):
                assert " ".join(text.split()) in page


@pytest.mark.parametrize("table", ["advice", "findings", "practices", "guide", "questions", "course", "city"])
def test_a_caveat_that_a_record_carries_is_shown(ds, table):
    for record in ds.table(table).values():
        if record.note:
            assert " ".join(record.note.split()) in flat(Renderer(ds, "en"), record), record.id


def test_a_code_shows_its_areas_its_end_and_what_took_over(ds, mini):
    page = Renderer(mini, "en").record(mini["kostra/254"])
    lines = page.split("\n")
    assert lines[1:6] == [
        "254 Et avviklet område",
        "ended 2023-12-31",
        "kostra/257, kostra/258",
        "Policy areas (1)",
        "  - parks Parks",
    ]
    assert "ended" not in Renderer(mini, "en").record(mini["kostra/335"])
    renderer = Renderer(ds, "nb", 100)
    named = [
        code for code in ds.codes.values() if any(code.code in a.los + a.kostra + a.kcodes for a in ds.areas.values())
    ]
    for code in named[::7]:
        field = {"k-codes": "kcodes"}.get(code.scheme, code.scheme)
        count = sum(code.code in getattr(area, field) for area in ds.areas.values())
        assert f"\n{word('areas', 'nb')} ({count})\n" in renderer.record(code)


def test_a_treaty_that_became_law_shows_both_periods(ds):
    page = Renderer(ds, "en").record(ds["crpd"])
    periods = [line for line in page.split("\n") if line.startswith("Legal force: ")]
    assert len(periods) == 2
    assert "from 2013-06-03" in periods[0]
    assert "from 2026-01-01" in periods[1]


def test_an_instrument_calls_its_articles_provisions_not_legal_basis(ds):
    assert "Legal basis" not in Renderer(ds, "en").record(ds["echr"])


def test_a_document_says_how_many_recommendations_it_has_and_holds(ds):
    for document in ds.documents.values():
        if document.stated is not None:
            held = len(ds.recommendations.where(document=document.id))
            assert f"{word('stated', 'en')}: {document.stated} ({held} of them in the dataset)" in " ".join(
                Renderer(ds, "en").record(document).split()
            )


def test_a_recommendation_of_a_review_shows_states_and_position(ds):
    shown = [r for r in ds.recommendations.values() if r.position and r.states][:5]
    assert shown
    for recommendation in shown:
        page = " ".join(Renderer(ds, "nn").record(recommendation).split())
        assert f"Statar: {', '.join(recommendation.states)}" in page
        assert f"Svaret frå Noreg: {ds.terms[f'position/{recommendation.position.value}'].label.nn}" in page


def test_a_municipality_shows_its_names_and_language_area(ds):
    page = Renderer(ds, "nn").record(ds["5610"])
    assert "Namn: Kárášjohka, Karasjok" in page
    assert "Samisk språkområde: " in page
    assert "Samisk språkområde" not in Renderer(ds, "nn").record(ds["0301"])


def test_a_term_with_a_definition_shows_it(ds):
    term = next(term for term in ds.terms.values() if term.definition)
    assert term.definition.en in " ".join(Renderer(ds, "en").record(term).split())


def test_provisions_are_cited_as_lawyers_do(ds):
    nb, en = Renderer(ds, "nb"), Renderer(ds, "en")
    assert (nb.cite(ds["crc-3"], "1"), en.cite(ds["crc-3"], "1")) == ("BK 3(1)", "CRC 3(1)")
    assert (nb.cite(ds["echr-8"]), en.cite(ds["echr-8"])) == ("EMK 8", "ECHR 8")
    assert (nb.cite(ds["grl-104"], "2"), en.cite(ds["grl-104"], "2")) == ("Grl. § 104(2)", "Constitution § 104(2)")
    assert nb.cite(ds["bvl-1-3"]) == "bvl. § 1-3"
    # a law without an abbreviation has its name
    assert nb.cite(ds["kommuneloven-5-12"]) == "Kommuneloven § 5-12"


def test_a_citation_as_shown_leads_back_to_the_provision(ds, lang):
    renderer = Renderer(ds, lang)
    lost = [
        (provision.id, renderer.cite(provision))
        for provision in ds.provisions.values()
        if (found := parse_citation(renderer.cite(provision))) is None or found.ids[0] != provision.id
    ]
    assert lost == []


def test_force_says_whether_it_binds(ds):
    renderer = Renderer(ds, "en")
    assert renderer.force("recommendation").endswith("(not binding)")
    assert renderer.force("statute").endswith("(binding)")
    assert renderer.force("unheard-of") == "unheard-of (binding)"


def test_an_unknown_language_is_refused(ds):
    with pytest.raises(UnknownLanguage, match="'se'"):
        Renderer(ds, "se").record(ds["crc-3"])


def test_a_width_below_forty_is_taken_as_forty(ds):
    assert Renderer(ds, "nb", 1).record(ds["crc-3"]) == Renderer(ds, "nb", 40).record(ds["crc-3"])


def test_every_record_of_a_small_dataset_is_shown(mini, lang):
    for _, page in pages(mini, lang, 60):
        assert len(page.split("\n")) > 1


# -- search results and classifications --------------------------------------------------------


@pytest.mark.parametrize("query", SHOWN_QUERIES)
@pytest.mark.parametrize("width", [60, 80])
def test_hits_are_two_lines_each_with_score_id_and_reason(ds, lang, query, width):
    hits = search(query, limit=20)
    lines = list(Renderer(ds, lang, width).hits(hits))
    assert len(lines) == 2 * len(hits)
    for hit, name, reason in zip(hits, lines[::2], lines[1::2], strict=True):
        assert name.startswith(f"{hit.score:5.1f}  ")
        assert len(name) <= width
        assert f" {hit.record.id}  [" in reason
        way = "linked" if hit.matched.via else hit.stage
        assert reason.split(f"  {way}: ")[1]


@pytest.mark.parametrize("query", SHOWN_QUERIES)
def test_reasons_stay_within_the_width(ds, query):
    lines = list(Renderer(ds, "nb", 80).hits(search(query, limit=20)))
    assert [line for line in lines if len(line) > 80] == []


def test_a_misspelling_is_shown_beside_what_it_was_taken_for(ds):
    lines = list(Renderer(ds, "nb").hits(search("barnvern", limit=1)))
    assert "barnvern ~ barnevern" in lines[1]


def test_no_hits_no_lines(ds):
    assert list(Renderer(ds, "nb").hits(())) == []
    assert list(Renderer(ds, "nb").matches([])) == []


@pytest.mark.parametrize("most", [0, 1, 5, 1000])
def test_a_match_shows_duties_bound_and_as_many_recommendations_as_asked(ds, lang, most):
    match = classify(CASE, limit=1)[0]
    lines = list(Renderer(ds, lang).matches([match], most))
    text = "\n".join(lines)
    flat = " ".join(text.split())
    assert lines[0] == f"{match.area.label[lang]} (child-welfare, {match.score:.2f})"
    assert all(duty.id in flat for duty in match.obligations)
    assert flat.count(f"{word('force', lang)}: ") == len(match.obligations)
    shown = match.recommendations[:most]
    not_binding = Renderer(ds, lang).force("recommendation")
    assert flat.count(f"{not_binding}. ") == len(shown)
    for recommendation in shown:
        assert f"        {recommendation.provenance[0].source.url}" in lines
        assert " ".join(recommendation.summary[lang].split()) in flat
    left = len(match.recommendations) - len(shown)
    assert (f"… {left} {word('more', lang)} nimrights show child-welfare" in text) == (left > 0)


def test_a_match_shows_its_evidence_with_weight_and_term(ds):
    match = classify(CASE, limit=1)[0]
    flat = " ".join(" ".join(Renderer(ds, "nb").matches([match])).split())
    for evidence in match.evidence:
        assert f"{evidence.word} {evidence.weight:+.2f}" in flat
        assert evidence.term is None or f"({evidence.term})" in flat


@pytest.mark.parametrize("width", [60, 80, 100])
def test_matches_stay_within_the_width(ds, lang, width):
    matches = classify("samvær skole sykehjem", threshold=0)
    addresses = {r.provenance[0].source.url for m in matches for r in m.recommendations}
    lines = "\n".join(Renderer(ds, lang, width).matches(matches, 3))
    assert too_long(lines, width, addresses) == []
