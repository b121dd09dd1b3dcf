"""The course for learning platforms: Moodle GIFT, a SCORM 1.2 package, or plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from nimrights._courses.gift import gift
from nimrights._courses.scorm import scorm
from nimrights._courses.words import closing, says
from nimrights._pages.naming import Names
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, NotFound
from nimrights.models import Decision, Module, Obligation, Provision, Question
from nimrights.quizzes import SEED, shuffled
from nimrights.versions import load
from nimrights.vocabulary import check_language

FORMATS: Final = ("gift", "scorm", "json")
#: share of right answers, in per cent, from which a learning platform is told that a quiz is passed
PASS_MARK: Final = 80
#: version of the form of the JSON
JSON_FORMAT: Final = 1

_MOST: Final = 100


def find_module(name: str, dataset: Dataset) -> Module:
    """Give a module by its id, with or without ``course-``; `NotFound` suggests others.

    >>> from nimrights import load
    >>> from nimrights.course_export import find_module
    >>> find_module("basics", load())
    <Module course-basics>
    """
    wanted = name.strip().lower()
    key = wanted if wanted in dataset.course else f"course-{wanted.removeprefix('course-')}"
    return dataset.course[key]


def export_course(  # noqa: PLR0913 - an option each
    format: str,
    lang: str = "nb",
    *,
    modules: Iterable[Module | str] | None = None,
    seed: int = SEED,
    pass_mark: int = PASS_MARK,
    dataset: Dataset | None = None,
) -> bytes:
    """Give the course as a file: ``gift``, ``scorm`` (a zip) or ``json``; the same data gives the same bytes.

    *modules* are modules or their ids (default: all), in the order given. The answers stand in the order that
    `nimrights.quizzes.shuffled` gives for *seed*. From *pass_mark* per cent right answers on, a SCORM quiz
    is reported as passed.

    Raises `BadQuery` for an unknown format or a value out of range, `UnknownLanguage`, and `NotFound` for a
    module that is not there or a version of the data that has no course.

    >>> from nimrights import export_course
    >>> export_course("gift", "en", modules=["basics"]).decode().splitlines()[3]
    '$CATEGORY: $course$/top/Human rights in the municipality/1. The municipality has the duty: the basics'
    """
    check_language(lang)
    if format not in FORMATS:
        raise BadQuery(f"the course cannot be exported as {format!r}; use {', '.join(FORMATS)}")
    if not isinstance(pass_mark, int) or isinstance(pass_mark, bool) or not 0 <= pass_mark <= _MOST:
        raise BadQuery(f"a pass mark is a whole number from 0 to {_MOST}, not {pass_mark!r}")
    data = load() if dataset is None else dataset
    if isinstance(modules, (str, Module)):
        raise BadQuery("modules are a list of modules or of their ids")
    wanted: Iterable[Module | str] = data.course.values() if modules is None else modules
    chosen = [find_module(module, data) if isinstance(module, str) else module for module in wanted]
    if not chosen:
        raise NotFound("course", f"data {data.version} (a newer version of the data has it)")
    if format == "scorm":
        return scorm(data, chosen, lang, seed, pass_mark)
    if format == "gift":
        return gift(data, chosen, lang, seed).encode("utf-8")
    told = _Told(data, lang).course(chosen, seed)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


class _Told(Names):
    """Tells the course in one language as values that JSON has."""

    def course(self, modules: Iterable[Module], seed: int) -> dict[str, Any]:
        return {
            "format": JSON_FORMAT,
            "title": says("course", self.lang),
            "lang": self.lang,
            "dataset": self.dataset.pin,
            "notice": closing(self.dataset, self.lang),
            "modules": [self._module(module, seed) for module in modules],
        }

    def _module(self, m: Module, seed: int) -> dict[str, Any]:
        sections = [
            {
                "heading": section.heading[self.lang],
                "body": section.body[self.lang].strip().split("\n\n"),
                "provisions": list(map(self._provision, section.provisions)),
            }
            for section in m.sections
        ]
        return {
            "id": m.id,
            "title": m.label[self.lang],
            "audiences": list(m.audiences),
            "summary": m.summary[self.lang],
            "goals": list(m.goals[self.lang]),
            "areas": [area.id for area in m.areas],
            "sections": sections,
            "questions": [self._question(question, seed) for question in m.questions],
        }

    def _question(self, q: Question, seed: int) -> dict[str, Any]:
        answers = [
            {"text": a.text[self.lang], "correct": a.correct, "feedback": a.feedback[self.lang]}
            for a in shuffled(q, seed)
        ]
        return {
            "id": q.id,
            "scenario": q.scenario[self.lang] if q.scenario else None,
            "text": q.text[self.lang],
            "several": q.several,
            "answers": answers,
            "provisions": list(map(self._provision, q.provisions)),
            "obligations": list(map(self._obligation, q.obligations)),
            "decisions": list(map(self._decision, q.decisions)),
            "areas": [area.id for area in q.areas],
        }

    def _provision(self, p: Provision) -> dict[str, Any]:
        force = p.force_on(self.dataset.as_of)
        told = {"id": p.id, "name": self.name(p), "url": p.url or p.instrument.url}
        return {**told, "force": force.value if force else None, "binding": bool(force and force.binding)}

    def _obligation(self, o: Obligation) -> dict[str, Any]:
        return {"id": o.id, "statement": o.statement[self.lang], "force": o.force.value, "binding": o.force.binding}

    def _decision(self, d: Decision) -> dict[str, Any]:
        return {"id": d.id, "name": d.label[self.lang], "court": d.court[self.lang], "date": d.date}
