"""The records: legal force in time, links as objects, and values that never change."""

from __future__ import annotations

from datetime import date
from typing import get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights._records.kinds import KINDS, ORDERED
from nimrights.models import (
    TABLES,
    Instrument,
    LegalBasis,
    LegalForce,
    Obligation,
    Provision,
    Record,
    Right,
    code_id,
    provision_id,
)
from nimrights.publishing import compile_sources
from nimrights.text import Text, Texts
from nimrights.vocabulary import Basis, Duty, Force, InstrumentKind

TEXT = Text(nb="a", nn="b", en="c")


def instrument(*periods: LegalForce, key: str = "x") -> Instrument:
    return Instrument(
        id=key,
        type=InstrumentKind.TREATY,
        title=TEXT,
        label=TEXT,
        unit="article",
        url="https://example.org",
        force=periods,
        provenance=(),
    )


def provision(number: str, *periods: LegalForce) -> Provision:
    whole = instrument(*periods)
    return Provision(id=f"x-{number}", instrument=whole, number=number, label=TEXT, provenance=())


def obligation(*provisions: Provision) -> Obligation:
    return Obligation(
        id="housing/let",
        statement=TEXT,
        rights=(),
        duty=Duty.FULFIL,
        legal_basis=tuple(LegalBasis(provision=p) for p in provisions),
        force=Force.STATUTE,
        questions=Texts(),
        basis=Basis.READING,
        provenance=(),
    )


def period(force: Force = Force.TREATY, since: str | None = None, until: str | None = None) -> LegalForce:
    return LegalForce(force=force, since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2013-06-03", None, "2013-06-02", False),
        ("2013-06-03", None, "2013-06-03", True),
        ("2013-06-03", None, "2099-01-01", True),
        # only the month is known: certain once it is over
        ("2013-07", None, "2013-07-31", False),
        ("2013-07", None, "2013-08-01", True),
        ("2013-06", None, "2013-06-30", False),
        ("2013-06", None, "2013-07-01", True),
        ("2013-12", None, "2014-01-01", True),
        # only the year is known
        ("2013", None, "2013-12-31", False),
        ("2013", None, "2014-01-01", True),
        # the last day belongs to the period
        ("2013-06-03", "2020-12-31", "2020-12-31", True),
        ("2013-06-03", "2020-12-31", "2021-01-01", False),
        ("2013", "2013-06-30", "2013-06-01", False),
        ("2013", "2014-01-01", "2014-01-01", True),
        ("2013", "2014-01-01", "2014-01-02", False),
        # the start was not recorded
        (None, None, "1814-05-17", True),
        (None, "2020-12-31", "2020-12-31", True),
        (None, "2020-12-31", "2021-01-01", False),
    ],
)
def test_a_force_holds_from_its_certain_start_to_its_last_day(since, until, day, holds):
    assert period(since=since, until=until).holds_on(day) is holds


days = st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(str)


@given(days, days, days)
def test_a_start_that_is_known_less_well_never_comes_earlier(start, until, day):
    exact, month, year = (period(since=start[:length], until=until).holds_on(day) for length in (10, 7, 4))
    assert year <= month <= exact


@given(days, days, days)
def test_what_began_and_has_no_end_goes_on(start, day, later):
    if day <= later and period(since=start).holds_on(day):
        assert period(since=start).holds_on(later)


def test_the_disability_convention_was_a_treaty_and_became_norwegian_law(ds):
    crpd = ds.instruments["crpd"]
    assert crpd.force_on("2013-06-02") is None
    assert crpd.force_on("2013-06-03") is Force.TREATY
    assert crpd.force_on("2025-12-31") is Force.TREATY
    assert crpd.force_on("2026-01-01") is Force.INCORPORATED_TREATY
    assert crpd.force_on("2026-01-02") is Force.INCORPORATED_TREATY
    assert crpd.force_on(ds.as_of) is Force.INCORPORATED_TREATY


def test_the_strongest_force_of_the_day_counts_whatever_the_order(mini):
    periods = (
        period(Force.TREATY, "2000-01-01"),
        period(Force.STATUTE, "2005-01-01", "2009-12-31"),
        period(Force.INCORPORATED_TREATY, "2020-01-01"),
    )
    expected = {
        "1999-12-31": None,
        "2004-12-31": Force.TREATY,
        "2009-12-31": Force.STATUTE,
        "2010-01-01": Force.TREATY,
        "2020-01-01": Force.INCORPORATED_TREATY,
    }
    for order in (periods, periods[::-1]):
        assert {day: instrument(*order).force_on(day) for day in expected} == expected


def test_an_instrument_that_is_not_in_force_has_none():
    assert instrument().force_on("2026-01-01") is None
    assert provision("1").force_on("2026-01-01") is None
    assert obligation(provision("1")).force_on("2026-01-01") is None
    assert obligation().force_on("2026-01-01") is None


def test_a_provision_has_the_force_of_its_instrument(mini):
    for item in mini.provisions.values():
        for day in ("2001-01-01", "2013-07-01", "2025-12-31", "2026-01-02"):
            assert item.force_on(day) is item.instrument.force_on(day)


def test_an_obligation_has_the_strongest_force_of_its_provisions():
    treaty = provision("1", period(Force.TREATY, "2000-01-01"))
    statute = provision("2", period(Force.STATUTE, "2010-01-01"))
    future = provision("3", period(Force.CONSTITUTION, "2030-01-01"))
    duty = obligation(treaty, statute, future)
    assert duty.force_on("1999-12-31") is None
    assert duty.force_on("2009-12-31") is Force.TREATY
    assert duty.force_on("2010-01-01") is Force.STATUTE
    assert duty.force_on("2030-01-01") is Force.CONSTITUTION


def test_an_obligation_knows_its_area_and_each_provision_once(mini):
    duty = mini.obligations["playgrounds/keep-safe"]
    assert duty.area == "playgrounds"
    assert [(b.provision.id, b.paragraph) for b in duty.legal_basis] == [
        ("lek-12", "1"),
        ("lek-12", "2"),
        ("lpl-4a-3", None),
    ]
    assert [p.id for p in duty.provisions] == ["lek-12", "lpl-4a-3"]


def test_an_obligation_knows_the_provisions_that_lay_it_down(mini):
    duty = mini.obligations["playgrounds/keep-safe"]
    assert [p.id for p in duty.operative] == ["lpl-4a-3"]
    twice = attrs.evolve(duty, legal_basis=(*duty.legal_basis, *duty.legal_basis))
    assert twice.operative == duty.operative
    assert twice.provisions == duty.provisions
    assert attrs.evolve(duty, legal_basis=duty.legal_basis[:2]).operative == ()


@pytest.mark.parametrize("key", ["play1-5a", "play-advice-1"])
def test_what_recommends_never_binds_and_no_one_can_say_otherwise(mini, key):
    record = mini[key]
    assert record.force is Force.RECOMMENDATION
    assert not record.force.binding
    with pytest.raises(TypeError):
        attrs.evolve(record, force=Force.STATUTE)


def test_a_recommendation_says_what_it_repeats_and_what_happened_later(mini):
    recommendation = mini.recommendations["play1-5a"]
    assert recommendation.repeats == (mini.recommendations["play0-3"],)
    (later,) = recommendation.developments
    assert (later.date, later.text.en) == ("2025-08", "The State published a guide.")
    assert later.provenance[0].source is mini.sources["src-report"]


def test_a_record_says_when_it_was_read_again_and_what_that_changed(mini):
    misled, right = mini.recommendations["play1-5a"].reviewed
    assert (misled.date, misled.against, misled.changed, misled.error) == (
        "2026-11-21",
        "source-text",
        ("summary.en",),
        True,
    )
    assert (right.date, right.against, right.changed, right.error, right.note) == (
        "2026-11-22",
        "records",
        (),
        False,
        None,
    )
    assert mini.recommendations["play1-6"].reviewed == ()
    assert mini.areas["playgrounds"].reviewed[0].changed == ("kcodes",)


def test_a_record_says_what_is_doubtful(mini):
    assert mini.obligations["playgrounds/supervise"].doubt.en == "The act does not say how often."
    assert mini.obligations["playgrounds/keep-safe"].doubt is None
    assert mini.areas["parks"].doubt.nn == "Staten eig somme av parkane."


def test_advice_findings_and_practices_are_whole(mini):
    advice = mini.advice["play-advice-1"]
    assert (advice.number, advice.addressee, advice.text_seen) == (1, "municipalities", "complete")
    assert [(m.actor, m.text.en) for m in advice.measures] == [("municipalities", "a course every year")]
    finding = mini.findings["play-survey-2021"]
    assert (finding.date, finding.publisher, finding.sample.en) == ("2021", "Example", "218 leaders")
    assert finding.areas == (mini.areas["playgrounds"],)
    practice = mini.practices["lekeby-play-city"]
    assert (practice.country, practice.year, practice.themes) == ("no", "2018", ("declaration",))
    assert practice.place.nn == "Leikeby"


def test_a_step_says_why_it_asks_and_each_question_what_it_rests_on(mini):
    step = mini.guide["guide-hear-children"]
    assert (step.order, step.part, step.origin, step.note) == (
        2,
        "duties",
        "law",
        "The convention is only read in part.",
    )
    (asked,) = step.questions
    assert (asked.key, asked.text.nn) == ("heard", "Er barna høyrde, og korleis?")
    assert asked.provisions == (mini.provisions["lek-3"], mini.provisions["lpl-4a-3"])
    assert [question.key for question in mini.guide["guide-which-right"].questions] == ["right", "whose"]


def test_a_step_applies_where_one_of_its_areas_or_rights_is_touched(mini):
    always, sometimes = mini.guide.values()
    playgrounds, parks = mini.areas["playgrounds"], mini.areas["parks"]
    play, safe = mini.rights["play"], mini.rights["safe-places"]
    assert always.applies()
    assert always.applies((parks,), (safe,))
    assert not sometimes.applies()
    assert not sometimes.applies((parks,), (safe,))
    assert sometimes.applies(areas=(parks, playgrounds))
    assert sometimes.applies(rights=(play,))
    assert sometimes.applies((parks,), (safe, play))
    assert attrs.evolve(sometimes, areas=()).applies((playgrounds,)) is False


def test_a_module_has_goals_sections_and_questions_in_the_order_of_its_file(mini):
    module = mini.course["course-play"]
    assert (module.order, module.audiences) == (1, ("elected", "leaders"))
    assert module.goals.en == ("know the right to play", "know who supervises")
    assert [section.heading.en for section in module.sections] == ["The right", "Who does what?"]
    assert module.sections[0].body.en == "Children have a right to play.\n\nIt holds for every child."
    assert module.sections[1].provisions == (mini.provisions["lek-3"], mini.provisions["lpl-4a-3"])
    assert module.questions == (mini.questions["course-play/swing"], mini.questions["course-play/before-building"])
    assert module.provenance == ()


def test_a_question_knows_its_right_answers_and_what_they_rest_on(mini):
    one, several = mini.course["course-play"].questions
    assert [(a.text.en, a.correct) for a in one.answers] == [("The municipality", True), ("The parents", False)]
    assert one.answers[1].feedback.nb == "Foreldrene eier ikke lekeplassen."
    assert (one.obligations, one.decisions) == (
        (mini.obligations["playgrounds/keep-safe"],),
        (mini.decisions["hr-2020-1-a"],),
    )
    assert (one.several, several.several) == (False, True)
    assert several.scenario is None


def test_an_element_says_what_to_ask_and_what_could_come_next(mini):
    element = mini.city["city-promise"]
    assert (element.order, element.part, element.origin) == (2, "foundation", "fra")
    assert element.questions.en[1] == "Do the inhabitants know of it?"
    assert element.measures.nn == ("Vedta ein lovnad.",)
    assert element.advice == (mini.advice["play-advice-1"],)
    assert element.practices == (mini.practices["lekeby-play-city"],)


def records(dataset):
    return [next(iter(dataset.table(name).values())) for name in TABLES]


def test_records_are_frozen(mini):
    for record in records(mini):
        for name in ("id", *(field.name for field in attrs.fields(type(record))), "brand_new"):
            with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
                setattr(record, name, "other")
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            del record.id


def test_records_are_values(mini, mini_root):
    again = compile_sources(mini_root)
    for name in TABLES:
        for key, record in mini.table(name).items():
            other = again.table(name)[key]
            assert other is not record
            assert other == record
            assert hash(other) == hash(record)
            changed = attrs.evolve(record, id="other")
            assert changed != record
            assert record == record  # noqa: PLR0124
            assert record != key


def test_a_change_anywhere_in_a_record_makes_it_another_value(mini):
    right = mini.rights["play"]
    assert attrs.evolve(right, basis=Basis.READING) != right
    assert attrs.evolve(right, label=attrs.evolve(right.label, nn="anna")) != right
    assert attrs.evolve(right, basis=right.basis) == right


def test_records_of_different_kinds_are_never_equal(mini):
    assert all(a is b or a != b for a in records(mini) for b in records(mini))


def test_the_repr_of_a_record_is_short_and_names_it(mini):
    for record in records(mini):
        assert repr(record) == f"<{type(record).__name__} {record.id}>"


def test_every_record_class_has_a_table_and_a_kind_of_its_own():
    assert set(TABLES.values()) == set(get_args(Record))
    assert len({cls.kind for cls in TABLES.values()}) == len(TABLES)


def test_records_take_keywords_only():
    with pytest.raises(TypeError):
        Right("play")


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("kostra", "244", "kostra/244"),
        ("los", "https://psi.norge.no/los/ord/fosterhjem", "los/ord-fosterhjem"),
        ("los", "https://psi.norge.no/los/tema/helse-og-omsorg", "los/tema-helse-og-omsorg"),
        ("k-codes", "F", "k-codes/f"),
        ("k-codes", "0", "k-codes/0"),
        # whatever the spelling of our letters
        ("los", "https://psi.norge.no/los/ord/skolemiljø", "los/ord-skolemiljo"),
    ],
)
def test_an_id_of_a_code_is_its_scheme_and_the_code(scheme, code, expected):
    assert code_id(scheme, code) == expected


def test_every_code_of_the_data_has_the_id_of_its_scheme_and_code(ds, mini):
    for dataset in (ds, mini):
        for key, code in dataset.codes.items():
            assert key == code_id(code.scheme, code.code)


@pytest.mark.parametrize(
    ("instrument_id", "number", "expected"),
    [
        ("pbrl", "4 A-3", "pbrl-4a-3"),
        ("pbrl", "4A-3", "pbrl-4a-3"),
        ("crc", "3", "crc-3"),
        ("hol", "3-3 a", "hol-3-3a"),
        ("opplaeringslova", " 12\u00a0-\u00a02 ", "opplaeringslova-12-2"),
    ],
)
def test_an_id_of_a_provision_has_no_spaces_and_no_capitals(instrument_id, number, expected):
    assert provision_id(instrument_id, number) == expected


def test_the_kinds_told_without_classes_are_those_of_the_classes():
    assert list(KINDS.items()) == [(table, cls.kind) for table, cls in TABLES.items()]
    assert {table for table, cls in TABLES.items() if any(a.name == "order" for a in cls.__attrs_attrs__)} == ORDERED
