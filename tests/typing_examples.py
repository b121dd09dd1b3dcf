"""What type checkers see. mypy reads this file (strict); nothing runs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, assert_type

import nimrights
from nimrights import (
    Advice,
    Area,
    Areas,
    Body,
    Citation,
    Code,
    Dataset,
    Decision,
    Development,
    Document,
    Element,
    Finding,
    Hit,
    Instrument,
    LegalBasis,
    LegalForce,
    Link,
    Match,
    Module,
    Municipality,
    NotFound,
    Obligation,
    Practice,
    Provenance,
    Provision,
    Question,
    Recommendation,
    Record,
    Results,
    Retired,
    Review,
    Right,
    Source,
    Step,
    Table,
    Term,
    Text,
    TextHit,
    TextIndex,
    Texts,
    Version,
)
from nimrights.authoring import Problem
from nimrights.checks import check_sources
from nimrights.coverage import Coverage, coverage_of
from nimrights.differences import Change, FieldChange, changelog, diff
from nimrights.models import AdviceMeasure, Answer, Section, StepQuestion
from nimrights.vocabulary import Basis, Duty, Force, InstrumentKind, Municipal, Position, Verification


def loading(path: Path) -> None:
    assert_type(nimrights.load(), Dataset)
    assert_type(nimrights.load("2026.1"), Dataset)
    assert_type(nimrights.load(path), Dataset)
    assert_type(nimrights.load(None), Dataset)
    nimrights.load(2026.1)  # type: ignore[arg-type]
    assert_type(nimrights.published(), tuple[Version, ...])
    assert_type(nimrights.published()[0].version, str)
    assert_type(nimrights.published()[0].model_sha256, str | None)
    assert_type(nimrights.__version__, str)


def dataset(ds: Dataset) -> None:
    assert_type(ds.version, str)
    assert_type(ds.as_of, str)
    assert_type(ds.sha256, str)
    assert_type(ds.pin, str)
    assert_type(ds.sources, Table[Source])
    assert_type(ds.terms, Table[Term])
    assert_type(ds.instruments, Table[Instrument])
    assert_type(ds.provisions, Table[Provision])
    assert_type(ds.rights, Table[Right])
    assert_type(ds.areas, Areas)
    assert_type(ds.obligations, Table[Obligation])
    assert_type(ds.decisions, Table[Decision])
    assert_type(ds.bodies, Table[Body])
    assert_type(ds.documents, Table[Document])
    assert_type(ds.recommendations, Table[Recommendation])
    assert_type(ds.municipalities, Table[Municipality])
    assert_type(ds.codes, Table[Code])
    assert_type(ds.advice, Table[Advice])
    assert_type(ds.findings, Table[Finding])
    assert_type(ds.practices, Table[Practice])
    assert_type(ds.guide, Table[Step])
    assert_type(ds.course, Table[Module])
    assert_type(ds.questions, Table[Question])
    assert_type(ds.city, Table[Element])
    assert_type(ds["crc-3"], Record)
    assert_type("crc-3" in ds, bool)
    assert_type(ds.raw("crc-3"), dict[str, Any])
    ds.version = "2027.1"  # type: ignore[misc]


def tables(ds: Dataset) -> None:
    mapping: Mapping[str, Area] = ds.areas
    assert_type(mapping["housing"], Area)
    assert_type(ds.areas["housing"], Area)
    assert_type(ds.areas.get("housing"), Area | None)
    assert_type(len(ds.areas), int)
    for key, area in ds.areas.items():
        assert_type(key, str)
        assert_type(area, Area)
    ds.areas["housing"] = ds.areas["education"]  # type: ignore[index]


def filters(ds: Dataset) -> None:
    found = ds.recommendations.where(area="child-welfare", municipal="named", body="CRC")
    assert_type(found, Table[Recommendation])
    assert_type(ds.obligations.where(area="housing"), Table[Obligation])
    assert_type(found.where(document=None), Table[Recommendation])
    ds.recommendations.where(municipal=5)  # type: ignore[arg-type]
    ds.recommendations.where("child-welfare")  # type: ignore[call-arg]


def areas_by_code(ds: Dataset) -> None:
    assert_type(ds.areas.for_kostra("244"), Areas)
    assert_type(ds.areas.for_los("https://psi.norge.no/los/ord/fosterhjem"), Areas)
    assert_type(ds.areas.for_kcode("F47"), Areas)
    assert_type(ds.areas.for_sdg("16.2"), Areas)
    assert_type(ds.areas.for_law("bvl"), Areas)
    assert_type(ds.areas.for_law("bvl", "1-3").for_sdg("16"), Areas)
    assert_type(ds.areas.for_kostra("244")["child-welfare"], Area)
    ds.areas.for_kostra(244)  # type: ignore[arg-type]
    ds.rights.for_kostra("244")  # type: ignore[attr-defined]


def municipalities(ds: Dataset) -> None:
    municipality = ds.municipality("Guovdageaidnu")
    assert_type(municipality, Municipality)
    assert_type(municipality.is_one_of("sami-language-area"), bool | None)
    assert_type(municipality.organisation_number, str | None)
    assert_type(ds.obligations_for("Guovdageaidnu"), tuple[Obligation, ...])
    assert_type(ds.obligations_for(municipality), tuple[Obligation, ...])
    ds.municipality(5612)  # type: ignore[arg-type]
    ds.obligations_for(5612)  # type: ignore[arg-type]


def links(ds: Dataset) -> None:
    assert_type(ds.links("child-welfare"), tuple[Link, ...])
    link = ds.links(ds.areas["child-welfare"])[0]
    assert_type(link.field, str)
    assert_type(link.to, Record)
    assert_type(link.basis, Basis)
    assert_type(link.made, str)
    assert_type(link.via, str | None)
    assert_type(ds.history("crpd1-6c"), tuple[Recommendation, ...])
    assert_type(ds.history(ds.recommendations["crpd1-6c"]), tuple[Recommendation, ...])
    ds.history(ds.areas["child-welfare"])  # type: ignore[arg-type]


def way_back(ds: Dataset) -> None:
    assert_type(ds.citing("crc-3"), tuple[Record, ...])
    assert_type(ds.citing(ds.provisions["crc-3"], kind="obligation"), tuple[Record, ...])


def areas(ds: Dataset) -> None:
    area = ds.areas["child-welfare"]
    assert_type(area.label, Text)
    assert_type(area.label.nb, str)
    assert_type(ds.areas["child-welfare"].label.nb, str)
    assert_type(area.label["nn"], str)
    assert_type(area.synonyms, Texts)
    assert_type(area.synonyms.nb, tuple[str, ...])
    assert_type(area.synonyms["en"], tuple[str, ...])
    assert_type(area.obligations, tuple[Obligation, ...])
    assert_type(area.decisions, tuple[Decision, ...])
    assert_type(area.kostra, tuple[str, ...])
    assert_type(area.kcodes, tuple[str, ...])
    assert_type(area.doubt, Text | None)
    assert_type(area.reviewed, tuple[Review, ...])
    assert_type(area.provenance[0], Provenance)
    assert_type(area.provenance[0].source, Source)
    assert_type(area.provenance[0].verification, Verification)
    area.label.se  # type: ignore[attr-defined]  # noqa: B018
    area.label = Text(nb="a", nn="b", en="c")  # type: ignore[misc]
    Text(nb="a")  # type: ignore[call-arg]
    Text(nb="a", nn="b", en=5)  # type: ignore[arg-type]


def obligations(ds: Dataset) -> None:
    duty = ds.areas["child-welfare"].obligations[0]
    assert_type(duty.id, str)
    assert_type(duty.kind, str)
    assert_type(duty.area, str)
    assert_type(duty.statement.nb, str)
    assert_type(duty.duty, Duty)
    assert_type(duty.force, Force)
    assert_type(duty.force.binding, bool)
    assert_type(duty.force_on("2026-01-02"), Force | None)
    assert_type(duty.rights, tuple[Right, ...])
    assert_type(duty.legal_basis, tuple[LegalBasis, ...])
    assert_type(duty.legal_basis[0].paragraph, str | None)
    assert_type(duty.legal_basis[0].operative, bool)
    assert_type(duty.legal_basis[0].basis, Basis | None)
    assert_type(duty.legal_basis[0].made, str | None)
    assert_type(duty.operative, tuple[Provision, ...])
    assert_type(duty.operative_force, Force | None)
    assert_type(duty.doubt, Text | None)
    assert_type(duty.reviewed, tuple[Review, ...])
    assert_type(duty.provisions, tuple[Provision, ...])
    assert_type([p.id for p in duty.provisions], list[str])
    assert_type(duty.questions.nn, tuple[str, ...])
    assert_type(duty.basis, Basis)


def law(ds: Dataset) -> None:
    provision = ds.provisions["crc-3"]
    assert_type(provision.instrument, Instrument)
    assert_type(provision.heading, str | None)
    assert_type(provision.force_on("2026-01-02"), Force | None)
    assert_type(provision.instrument.type, InstrumentKind)
    assert_type(provision.instrument.force, tuple[LegalForce, ...])
    assert_type(provision.instrument.force[0].holds_on("2026-01-02"), bool)
    assert_type(ds.instruments["crpd"].force_on("2025-12-31"), Force | None)
    assert_type(ds.rights["right-to-housing"].provisions, tuple[Provision, ...])
    assert_type(ds.decisions["hr-2022-401-a"].court.nb, str)


def recommendations(ds: Dataset) -> None:
    recommendation = ds.recommendations["rec-007"]
    assert_type(recommendation.force, Force)
    assert_type(recommendation.body, Body | None)
    assert_type(recommendation.document, Document | None)
    assert_type(recommendation.position, Position | None)
    assert_type(recommendation.municipal, Municipal)
    assert_type(recommendation.areas, tuple[Area, ...])
    assert_type(recommendation.states, tuple[str, ...])
    assert_type(recommendation.date, str | None)
    assert_type(recommendation.linked, str | None)
    assert_type(recommendation.repeats, tuple[Recommendation, ...])
    assert_type(recommendation.developments, tuple[Development, ...])
    assert_type(recommendation.developments[0].text.nb, str)
    assert_type(recommendation.developments[0].provenance, tuple[Provenance, ...])
    assert_type(recommendation.reviewed, tuple[Review, ...])
    recommendation.body.id  # type: ignore[union-attr]  # noqa: B018
    recommendation.document.symbol  # type: ignore[union-attr]  # noqa: B018


def reviews(review: Review) -> None:
    assert_type(review.date, str)
    assert_type(review.against, str)
    assert_type(review.changed, tuple[str, ...])
    assert_type(review.error, bool)
    assert_type(review.note, str | None)
    Review(date="2026-11-22")  # type: ignore[call-arg]


def local(ds: Dataset) -> None:
    assert_type(ds.codes["kostra/254"].replaced_by, tuple[str, ...])
    assert_type(ds.codes["kostra/254"].ended, bool)
    assert_type(ds.codes["kostra/254"].heading, str | None)
    advice = ds.advice["nim-advice-1"]
    assert_type(advice.force, Force)
    assert_type(advice.number, int)
    assert_type(advice.measures, tuple[AdviceMeasure, ...])
    assert_type(advice.measures[0].text.en, str)
    finding = next(iter(ds.findings.values()))
    assert_type(finding.sample, Text | None)
    assert_type(finding.areas, tuple[Area, ...])
    practice = next(iter(ds.practices.values()))
    assert_type(practice.themes, tuple[str, ...])
    assert_type(practice.place.nb, str)
    assert_type(practice.year, str | None)


def learning(ds: Dataset) -> None:
    step = ds.guide["guide-legal-basis"]
    assert_type(step.order, int)
    assert_type(step.questions, tuple[StepQuestion, ...])
    assert_type(step.questions[0].provisions, tuple[Provision, ...])
    assert_type(step.applies(step.areas, step.rights), bool)
    module = ds.course["course-basics"]
    assert_type(module.goals, Texts)
    assert_type(module.sections, tuple[Section, ...])
    assert_type(module.sections[0].body.nn, str)
    assert_type(module.questions, tuple[Question, ...])
    question = module.questions[0]
    assert_type(question.scenario, Text | None)
    assert_type(question.answers, tuple[Answer, ...])
    assert_type(question.answers[0].correct, bool)
    assert_type(question.several, bool)
    assert_type(question.decisions, tuple[Decision, ...])
    element = ds.city["city-declaration"]
    assert_type(element.measures, Texts)
    assert_type(element.advice, tuple[Advice, ...])
    assert_type(element.practices, tuple[Practice, ...])
    assert_type(element.note, str | None)


def comparing(ds: Dataset) -> None:
    changes = diff(nimrights.load("2026.1"), ds)
    assert_type(changes, tuple[Change, ...])
    kind = changes[0].change
    assert_type(kind, Literal["added", "removed", "retired", "corrected", "relabelled", "remapped", "annotated"])
    assert_type(changes[0].fields, tuple[FieldChange, ...])
    assert_type(changes[0].fields[0].old, object)
    assert_type(changes[0].why, str | None)
    assert_type(changes[0].error, bool)
    assert_type(changelog(ds, ds), str)
    assert_type(coverage_of(ds), tuple[Coverage, ...])
    assert_type(coverage_of(ds)[0].status, Literal["complete", "partial", "none"] | None)
    assert_type(coverage_of(ds)[0].stated, int | None)


def checking(path: Path) -> None:
    assert_type(check_sources(path), list[Problem])
    assert_type(check_sources("datasets")[0].code, str)


def searching(ds: Dataset) -> None:
    hits = nimrights.search("tvang på sykehjem", limit=5)
    assert_type(hits, Results)
    assert_type(nimrights.search("barnevern", kind="area", dataset=ds), Results)
    hit = hits[0]
    assert_type(hit.record, Record)
    assert_type(hit.score, float)
    assert_type(hit.kind, str)
    assert_type(hit.confident, bool)
    assert_type(hit.stage, Literal["id", "citation", "exact", "alias", "stem", "fuzzy"])
    if isinstance(hit.record, Area):
        assert_type(hit.record.obligations, tuple[Obligation, ...])
    nimrights.search(5)  # type: ignore[arg-type]
    assert_type(hits.total, int)
    assert_type(hits.facets["area"]["child-welfare"], int)
    assert_type(hits[1:], list[Hit])
    assert_type(hit.matched.words, tuple[tuple[str, str], ...])
    assert_type(hit.matched.via, str | None)
    nimrights.search("vold", area="domestic-violence", years=(2014, 2019), force="recommendation", offset=10)
    nimrights.search("vold", years=2014)  # type: ignore[arg-type]
    assert_type(nimrights.snippet(hit, style="html", width=80), str)
    nimrights.snippet(hit, style="bold")  # type: ignore[arg-type]
    assert_type(nimrights.complete("barneh", limit=5, dataset=ds), list[str])
    assert_type(nimrights.did_you_mean("barnvren"), list[str])


def searching_texts(path: Path) -> None:
    index = TextIndex.build([("a", "Vold i nære relasjoner", ["vold"]), ("b", "Skolemiljø", ())])
    assert_type(index, TextIndex)
    assert_type(index.search("vold", limit=3), list[TextHit])
    assert_type(index.search("vold")[0].key, str)
    index.save(path)
    assert_type(TextIndex.open(path), TextIndex)
    assert_type(len(index), int)
    TextIndex.build([("a", "Vold")])  # type: ignore[list-item]


def classifying(ds: Dataset) -> None:
    matches = nimrights.classify("Klage på vedtak om samvær", threshold=0.5, limit=3, dataset=ds)
    assert_type(matches, list[Match])
    match = matches[0]
    assert_type(match.area, Area)
    assert_type(match.area.label.nb, str)
    assert_type(match.score, float)
    assert_type(match.evidence[0].word, str)
    assert_type(match.evidence[0].weight, float)
    assert_type(match.obligations, tuple[Obligation, ...])
    assert_type(match.recommendations, tuple[Recommendation, ...])


def citing(ds: Dataset) -> None:
    assert_type(nimrights.find_citations("EMK art. 8", dataset=ds), tuple[Citation, ...])
    citation = nimrights.parse_citation("EMK art. 8")
    assert_type(citation, Citation | None)
    if citation is not None:
        assert_type(citation.ids, tuple[str, ...])
        assert_type(citation.start, int)
        assert_type(citation.paragraph, str | None)


def errors() -> None:
    try:
        nimrights.load()["no-such-id"]
    except Retired as error:
        assert_type(error.replacement, str | None)
        assert_type(error.reason, str)
    except NotFound as error:
        assert_type(error.wanted, str)
        assert_type(error.suggestions, tuple[str, ...])
        key_error: KeyError = error
        del key_error


def misspelled_names_are_errors() -> None:
    nimrights.lood  # type: ignore[attr-defined]  # noqa: B018


def every_record_has_an_id_and_a_kind(record: Record) -> str:
    return f"{record.kind} {record.id}"
