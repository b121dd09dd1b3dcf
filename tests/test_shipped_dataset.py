"""What the shipped dataset promises."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from nimrights import load, published
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

#: the instruments that are no statutes, fixed in the same place
INSTRUMENTS = "grl echr echr-p1 iccpr icescr crc cedaw crpd icerd cat istanbul ilo169 fcnm ecrml".split()

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
}


def test_the_31_areas_are_exactly_those_of_the_design(ds):
    assert len(AREAS) == 31
    assert sorted(ds.areas) == sorted(AREAS)


def test_every_area_has_at_least_four_obligations(ds):
    few = {key: len(area.obligations) for key, area in ds.areas.items() if len(area.obligations) < 4}
    assert few == {}


def test_there_are_as_many_records_as_promised(ds):
    assert len(ds.obligations) >= 240
    assert len(ds.recommendations) > 600
    assert len(ds.municipalities) == 357
    assert len(ds.rights) >= 30


def test_every_obligation_belongs_to_its_area_and_to_no_other(ds):
    held = [duty.id for area in ds.areas.values() for duty in area.obligations]
    assert sorted(held) == list(ds.obligations)
    for key, area in ds.areas.items():
        assert all(duty.area == key for duty in area.obligations)


@pytest.mark.parametrize("table", TABLES)
def test_ids_match_their_pattern(ds, table):
    assert [key for key in ds.table(table) if not re.fullmatch(IDS[table], key)] == []


def test_no_id_stands_in_two_tables(ds):
    keys = [key for table in TABLES for key in ds.table(table)]
    assert len(keys) == len(set(keys))


def test_the_instruments_have_the_ids_of_the_design(ds):
    assert {"grl", "echr", "crc", "crpd"} <= set(ds.instruments)
    statutes = ds.instruments.where(type="statute")
    assert set(ds.instruments) - set(statutes) <= set(INSTRUMENTS)


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


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ("sources", "municipalities")])
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


def test_child_welfare_rests_on_family_life_and_the_best_interests_of_the_child(ds):
    cited = {provision.id for duty in ds.areas["child-welfare"].obligations for provision in duty.provisions}
    assert {"echr-8", "grl-102", "grl-104", "crc-3", "crc-9"} <= cited


def test_every_record_says_where_it_comes_from(ds):
    for table in TABLES:
        if table not in ("sources", "terms", "bodies"):
            for key, record in ds.table(table).items():
                assert record.provenance, key
                for entry in record.provenance:
                    assert entry.locator, key
                    assert isinstance(entry.verification, Verification), key
                    assert entry.checked <= ds.as_of, key


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
