"""What the shipped dataset promises."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import attrs
import pytest

from nimrights import Retired, load, published
from nimrights.models import TABLES, Record
from nimrights.publishing import compile_sources
from nimrights.text import Text
from nimrights.versions import verify
from nimrights.vocabulary import LANGUAGES, Basis, Force, Verification

#: the policy areas, fixed in section 5 of the design
AREAS = """
    child-welfare employee-expression coercive-care disability-services elderly-care health-care
    mental-health-substance home-services education school-environment kindergarten refugees-integration housing
    social-assistance-poverty domestic-violence equality-discrimination sami-rights national-minorities
    religion-belief culture-leisure participation-democracy assembly-expression-public-space access-to-information
    privacy-digital planning-property environment-climate water-sanitation procurement-business employment-labour
    public-health emergency-preparedness
""".split()

#: the instruments that are no statutes and no regulations, fixed in the same place
INSTRUMENTS = "grl echr echr-p1 iccpr icescr crc cedaw crpd icerd cat istanbul ilo169 fcnm ecrml".split()

#: tables with records of our own making
OUR_OWN = ("guide", "questions", "course", "city")

WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
IDS = {
    "sources": WORD,
    "terms": rf"{WORD}/{WORD}",
    "instruments": WORD,
    "provisions": rf"{WORD}-\d+[a-z]?(?:-\d+[a-z]?)?",
    "rights": WORD,
    "obligations": rf"(?:{'|'.join(AREAS)})/{WORD}",
    "decisions": rf"hr-\d{{4}}-\d+-[a-z]|echr-{WORD}",
    "areas": "|".join(AREAS),
    "bodies": r"[A-Za-z]+(?:-[A-Za-z]+)*",
    "documents": WORD,
    "recommendations": rf"{WORD}(?:\.\d+)?",
    "municipalities": r"\d{4}",
    "codes": rf"kostra/\d{{3}}|los/{WORD}|k-codes/[0-9a-z]",
    "advice": WORD,
    "findings": WORD,
    "practices": WORD,
    "guide": rf"guide-{WORD}",
    "questions": rf"course-{WORD}/{WORD}",
    "course": rf"course-{WORD}",
    "city": rf"city-{WORD}",
}


def test_the_31_areas_are_exactly_those_of_the_design(ds):
    assert len(AREAS) == 31
    assert sorted(ds.areas) == sorted(AREAS)


def test_every_area_has_at_least_four_obligations(ds):
    few = {key: len(area.obligations) for key, area in ds.areas.items() if len(area.obligations) < 4}
    assert few == {}


def test_there_are_as_many_records_as_promised(ds):
    assert len(ds.obligations) >= 4 * len(ds.areas)
    assert len(ds.recommendations) > 600
    assert all(len(ds.table(table)) for table in TABLES)
    assert len(ds.municipalities) == 357
    assert len(ds.rights) >= 30


def test_every_obligation_belongs_to_the_area_that_its_id_names(ds):
    for key, duty in ds.obligations.items():
        assert duty.area == key.partition("/")[0]
        assert duty in ds.areas[duty.area].obligations, key


def test_an_area_has_every_obligation_once_its_own_first(ds):
    for key, area in ds.areas.items():
        listed = [duty.id for duty in area.obligations]
        assert len(listed) == len(set(listed)), key
        homes = [duty.area == key for duty in area.obligations]
        assert homes == sorted(homes, reverse=True), key
        assert any(homes), key


def test_every_shared_obligation_is_there_and_written_once():
    """What an area's file lists under ``shared`` is written in the file of another area."""
    folder = Path(__file__).parents[1] / "datasets" / "areas"
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")}
    assert any("shared" in row for row in files.values())
    for area, row in files.items():
        for key in row.get("shared", []):
            home, _, name = key.partition("/")
            assert home != area, key
            assert name in files[home]["obligations"], key


@pytest.mark.parametrize("table", TABLES)
def test_ids_match_their_pattern(ds, table):
    assert [key for key in ds.table(table) if not re.fullmatch(IDS[table], key)] == []


def test_no_id_stands_in_two_tables(ds):
    keys = [key for table in TABLES for key in ds.table(table)]
    assert len(keys) == len(set(keys))


def test_the_instruments_have_the_ids_of_the_design(ds):
    assert {"grl", "echr", "crc", "crpd"} <= set(ds.instruments)
    made_here = {*ds.instruments.where(type="statute"), *ds.instruments.where(type="regulation")}
    assert set(ds.instruments) - made_here <= set(INSTRUMENTS)


def test_a_provision_carries_the_id_of_its_instrument(ds):
    for key, provision in ds.provisions.items():
        assert key == f"{provision.instrument.id}-{''.join(provision.number.split()).lower()}"


def texts(value):
    """Every `Text` below a value; links are not followed."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif attrs.has(type(value)) and not isinstance(value, Record):
        for field in attrs.fields(type(value)):
            yield from texts(getattr(value, field.name))


def all_texts(record):
    return [text for f in attrs.fields(type(record)) for text in texts(getattr(record, f.name))]


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ("sources", "municipalities", "codes")])
def test_every_record_stands_in_three_languages(ds, table):
    for key, record in ds.table(table).items():
        found = all_texts(record)
        assert found, key
        for text in found:
            assert all(isinstance(text[lang], str) and text[lang].strip() for lang in LANGUAGES), (key, text)


def test_lists_of_words_stand_in_three_languages(ds):
    for key, area in ds.areas.items():
        assert all(area.synonyms[lang] for lang in LANGUAGES), key
    for key, duty in ds.obligations.items():
        assert len({len(duty.questions[lang]) for lang in LANGUAGES}) == 1, key
        assert duty.questions.nb, key


def test_a_translation_is_no_copy(ds):
    """Bokmål and English of a statement, a summary or a description are never the same words."""
    for table, field in [("obligations", "statement"), ("recommendations", "summary"), ("areas", "description")]:
        same = [
            key for key, record in ds.table(table).items() if getattr(record, field).nb == getattr(record, field).en
        ]
        assert same == []


def test_a_recommendation_never_binds_and_an_obligation_always_does(ds):
    for recommendation in ds.recommendations.values():
        assert recommendation.force is Force.RECOMMENDATION
        assert not recommendation.force.binding
    for duty in ds.obligations.values():
        assert duty.force.binding
        assert duty.provisions


def test_the_stored_force_is_the_force_on_the_date_of_the_data(ds):
    wrong = {key: (duty.force, duty.force_on(ds.as_of)) for key, duty in ds.obligations.items()
             if duty.force is not duty.force_on(ds.as_of)}  # fmt: skip
    assert wrong == {}


def test_every_operative_provision_is_in_the_legal_basis_and_every_obligation_has_one(ds):
    for key, duty in ds.obligations.items():
        assert duty.operative, key
        assert set(duty.operative) <= set(duty.provisions), key


def test_the_operative_force_is_the_strongest_of_what_lays_down_the_duty_and_never_above_what_is_behind(ds):
    for key, duty in ds.obligations.items():
        forces = [force for p in duty.operative if (force := p.force_on(ds.as_of)) is not None]
        assert duty.operative_force is Force.strongest(forces), key
        assert duty.operative_force.rank >= duty.force.rank, key
        assert duty.operative_force.binding


def test_every_link_of_an_obligation_says_how_and_when_it_was_made(ds):
    for key, duty in ds.obligations.items():
        for entry in duty.legal_basis:
            assert isinstance(entry.basis, Basis), key
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.made), key
            assert entry.made <= ds.as_of


def test_child_welfare_rests_on_family_life_and_the_best_interests_of_the_child(ds):
    cited = {provision.id for duty in ds.areas["child-welfare"].obligations for provision in duty.provisions}
    assert {"echr-8", "grl-102", "grl-104", "crc-3", "crc-9"} <= cited


def test_every_record_says_where_it_comes_from(ds):
    for table in TABLES:
        if table not in ("sources", "terms", "bodies"):
            for key, record in ds.table(table).items():
                assert record.provenance or table in OUR_OWN, key
                for entry in record.provenance:
                    assert entry.locator, key
                    assert isinstance(entry.verification, Verification), key
                    assert entry.checked <= ds.as_of, key


# -- reviews, repeats and what happened later --------------------------------------------------


def test_every_recommendation_was_reviewed_twice_against_its_source_and_against_the_others(ds):
    few = [key for key, r in ds.recommendations.items() if len(r.reviewed) < 2]
    assert few == []
    lone = [key for key, r in ds.recommendations.items() if "records" not in {review.against for review in r.reviewed}]
    assert lone == []


@pytest.mark.parametrize("table", [name for name, cls in TABLES.items() if "reviewed" in cls.__slots__])
def test_a_review_is_dated_known_and_names_fields_of_its_record(ds, table):
    beside = {"instruments": {"provisions"}, "areas": {"shared"}}.get(table, set())  # written in the same file
    for key, record in ds.table(table).items():
        for review in record.reviewed:
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", review.date), key
            assert review.date <= ds.as_of, key
            assert f"review/{review.against}" in ds.terms, key
            changed = {name.partition(".")[0] for name in review.changed} - beside
            assert all(hasattr(record, name) for name in changed), (key, review.changed)
            if review.error:
                assert review.note, key
                assert review.changed, key


def test_links_of_a_recommendation_were_confirmed_on_a_day(ds):
    for key, recommendation in ds.recommendations.items():
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", recommendation.linked), key
        assert recommendation.linked <= ds.as_of


def test_repeats_go_back_in_time_to_other_documents_and_never_round(ds):
    for key, recommendation in ds.recommendations.items():
        assert len(set(recommendation.repeats)) == len(recommendation.repeats), key
        for other in recommendation.repeats:
            assert other is not recommendation
            assert recommendation not in other.repeats
            assert other.document is None or other.document is not recommendation.document, (key, other.id)
            if other.date and recommendation.date:
                assert other.date <= recommendation.date, (key, other.id)
    seen = dict.fromkeys(ds.recommendations, 0)

    def depth(recommendation, above=()):
        assert recommendation not in above, [r.id for r in above]
        seen[recommendation.id] += 1
        return 1 + max((depth(other, (*above, recommendation)) for other in recommendation.repeats), default=0)

    assert max(depth(recommendation) for recommendation in ds.recommendations.values()) > 1
    assert min(seen.values()) > 0


def test_a_development_has_a_day_and_a_source(ds):
    found = [(r, later) for r in ds.recommendations.values() for later in r.developments]
    assert found
    for recommendation, later in found:
        assert later.provenance, recommendation.id
        assert later.date <= ds.as_of
        if recommendation.date:
            assert later.date[:4] >= recommendation.date[:4], recommendation.id


# -- retired ids -------------------------------------------------------------------------------


def test_a_retired_id_raises_retired_with_a_replacement_that_is_there(ds):
    retired = ds._release.header["retired"]
    assert retired
    old = load("2026.1")
    for key, tombstone in retired.items():
        assert key not in ds
        with pytest.raises(Retired) as caught:
            ds[key]
        assert (caught.value.replacement, caught.value.reason) == (tombstone.get("replacement"), tombstone["reason"])
        assert caught.value.replacement is None or caught.value.replacement in ds
        if caught.value.replacement and key in old:
            assert ds[caught.value.replacement].kind == old[key].kind


def test_every_id_that_was_ever_published_is_there_or_retired(ds):
    for row in published():
        dataset = load(row.version)
        for table in TABLES:
            gone = [key for key in dataset.table(table) if key not in ds.table(table)]
            assert [key for key in gone if ds.tombstone(key) is None] == []


# -- codes, municipalities and the rest --------------------------------------------------------


def test_areas_name_only_codes_that_hold(ds):
    for field, scheme in (("kostra", "kostra"), ("los", "los"), ("kcodes", "k-codes")):
        known = {code.code: code for code in ds.codes.where(scheme=scheme).values()}
        for key, area in ds.areas.items():
            for code in getattr(area, field):
                assert not known[code].ended, (key, code)


def test_a_code_that_was_replaced_has_ended_and_what_took_over_is_of_its_scheme(ds):
    for code in ds.codes.values():
        for key in code.replaced_by:
            assert code.ended
            assert ds.codes[key].scheme == code.scheme
        assert code.until is None or code.ended


def test_only_main_classes_of_k_codes_are_held(ds):
    assert {len(code.code) for code in ds.codes.where(scheme="k-codes").values()} == {1}


def test_every_obligation_says_to_whom_it_applies(ds):
    assert {f"applies/{duty.applies_to}" for duty in ds.obligations.values()} <= set(ds.terms)


def test_numbers_and_names_of_municipalities_do_not_clash(ds):
    for field in ("organisation_number", "number_2023"):
        numbers = [n for m in ds.municipalities.values() if (n := getattr(m, field)) is not None]
        assert len(numbers) == len(set(numbers)), field
    for municipality in ds.municipalities.values():
        assert len(municipality.names) == len(municipality.languages)
        assert (municipality.sami_category is None) == (municipality.sami_since is None)


def test_a_recommendation_and_its_document_agree(ds):
    for key, recommendation in ds.recommendations.items():
        if recommendation.document:
            assert recommendation.body is recommendation.document.body, key
            assert recommendation.paragraph or recommendation.document.text_seen != "complete", key


def test_advice_is_numbered_without_a_gap(ds):
    numbers = sorted(advice.number for advice in ds.advice.values())
    assert len(numbers) == len(set(numbers))
    assert numbers[0] == 1


def test_practices_say_where(ds):
    for key, practice in ds.practices.items():
        assert re.fullmatch(r"[a-z]{2}", practice.country), key
        assert practice.themes, key
        assert {f"theme/{theme}" for theme in practice.themes} <= set(ds.terms), key


def test_the_steps_of_the_guide_say_what_they_rest_on(ds):
    for key, step in ds.guide.items():
        assert step.questions, key
        cited = {*step.provisions, *(provision for asked in step.questions for provision in asked.provisions)}
        assert step.origin in ("guide", "nim", "law", "method"), key
        assert cited or step.origin != "law", key
        assert step.provenance or step.origin not in ("guide", "nim"), key
    assert {step.part for step in ds.guide.values()} == parts(ds, "part")


def test_the_elements_of_the_city_say_whose_they_are(ds):
    for key, element in ds.city.items():
        assert element.origin in ("fra", "method"), key
        assert element.provenance or element.origin == "method", key
    assert {element.part for element in ds.city.values()} == parts(ds, "city-part")


def parts(ds, vocabulary):
    return {key.partition("/")[2] for key in ds.terms if key.startswith(f"{vocabulary}/")}


def test_the_course_is_as_large_as_promised_and_for_everybody(ds):
    assert len(ds.course) >= 8
    assert len(ds.questions) >= 60
    assert {audience for module in ds.course.values() for audience in module.audiences} == parts(ds, "audience")
    for key, module in ds.course.items():
        assert 3 <= len(module.goals.nb) <= 5, key
        assert all(question.id.startswith(f"{key}/") for question in module.questions)


def test_every_question_has_a_right_answer_and_rests_on_something(ds):
    for key, question in ds.questions.items():
        assert 2 <= len(question.answers) <= 5, key
        assert any(answer.correct for answer in question.answers), key
        assert question.provisions or question.decisions or question.provenance, key
        assert len(ds.citing(question, kind="module")) == 1, key


def test_a_right_answer_does_not_always_stand_in_the_same_place(ds):
    """Whoever always takes the same place must not pass."""
    singles = [q for q in ds.questions.values() if not q.several]
    places = [next(i for i, answer in enumerate(q.answers) if answer.correct) for q in singles]
    assert all(places.count(place) < len(places) / 2 for place in set(places))


@pytest.mark.parametrize("table", ["guide", "course", "city"])
def test_places_in_an_order_are_taken_once(ds, table):
    orders = [record.order for record in ds.table(table).values()]
    assert orders == sorted(set(orders))
    assert orders


def test_links_say_how_they_were_made(ds):
    for table in ("rights", "obligations", "decisions", "recommendations"):
        assert {type(record.basis) for record in ds.table(table).values()} == {Basis}


def test_sources_have_an_address_or_a_reference(ds):
    for key, source in ds.sources.items():
        assert source.url.strip(), key
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", source.retrieved), key


def test_no_path_or_address_of_a_private_machine_is_in_the_data(ds):
    private = re.compile(r"file://|localhost|127\.0\.0\.1|/home/|/tmp/|C:\\")
    for table in TABLES:
        for key in ds.table(table):
            assert not private.search(str(ds.raw_in(table, key))), key


@pytest.mark.parametrize("table", ["rights", "obligations"])
def test_nothing_in_the_data_is_left_over(ds, table):
    assert [key for key in ds.table(table) if not ds.citing(key)] == []


@pytest.mark.parametrize("row", published(), ids=lambda row: row.version)
def test_every_published_version_is_intact(row):
    assert verify(row.version) == row
    dataset = load(row.version)
    assert sum(len(dataset.table(name)) for name in TABLES) == row.records
    assert load(f"{row.version}@sha256:{row.sha256}") is dataset


def test_the_newest_version_speaks_for_a_day(ds):
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", ds.as_of)
    assert re.fullmatch(r"\d{4}\.[1-9]\d*", ds.version)


def test_the_sources_that_are_published_give_the_published_bytes():
    """Whoever changes the sources raises the version; a published one stays what it was."""
    root = Path(__file__).parents[1] / "datasets"
    compiled = compile_sources(root)
    row = {row.version: row for row in published()}.get(compiled.version)
    assert row is None or row.sha256 == compiled.sha256
