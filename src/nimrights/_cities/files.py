"""What stands in the file of a city's self-assessment, and how it is read with care."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, cast

from attrs import frozen

from nimrights._assessing.filled import Reading
from nimrights._cities.status import FIELDS, STATES, ElementStatus
from nimrights._records.suggesting import closest
from nimrights.models import Area, Element, Municipality
from nimrights.vocabulary import LANGUAGES

KIND: Final = "city-self-assessment"
FORMAT: Final = 1
_TOP: Final = ("municipality", "name", "date", "lang", "areas", "states", "elements")


@frozen
class Found:
    """What a file holds."""

    municipality: Municipality
    date: str
    lang: str
    areas: tuple[Area, ...]
    elements: dict[str, dict[str, Any]]  #: id -> fields of a status


def as_values(
    municipality: Municipality, date: str, lang: str, areas: Iterable[Area], statuses: Iterable[ElementStatus]
) -> dict[str, Any]:
    """Give what stands in a file below its head. Labels and questions are there to be read, in one language."""
    return {
        "municipality": municipality.id,
        "name": municipality.label,
        "date": date,
        "lang": lang,
        "areas": [area.id for area in areas],
        "states": list(STATES),  # for whoever fills it in; not read
        "elements": {status.element.id: _status_values(status, lang) for status in statuses},
    }


def _status_values(status: ElementStatus, lang: str) -> dict[str, Any]:
    questions = status.element.questions[lang]
    return {
        "label": status.element.label[lang],
        "state": status.state or "",
        **{name: getattr(status, name) for name in FIELDS},
        "answers": [
            {"question": question, "answer": status.answers.get(number, "")}
            for number, question in enumerate(questions)
        ],
    }


def read_values(reading: Reading) -> Found:
    """Read what stands below the head of a file."""
    top = reading.table(reading.body, "", _TOP, ("municipality", "date"))
    municipality = _municipality(reading, top)
    areas: list[Area] = []
    for number, key in enumerate(reading.rows(top.get("areas", []), "areas")):
        area = reading.record("areas", key, f"areas[{number}]", key)
        areas += [area] if isinstance(area, Area) and area not in areas else []
    elements: dict[str, dict[str, Any]] = {}
    # ids that still stand for themselves first, so that a retired one does not take the place of its replacement
    rows = reading.table(top.get("elements", {}), "elements", top.get("elements", {}))
    for key in sorted(rows, key=lambda key: key not in reading.dataset.city):
        where = f"elements.{key}"
        element = cast("Element | None", reading.record("city", key, where, rows[key]))
        if element is None:
            continue
        if element.id in elements:
            reading.keep(
                where, rows[key], f"{element.id!r} took its place, and the file says something of that already"
            )
            continue
        elements[element.id] = _read_status(reading, element, where, rows[key])
    return Found(
        municipality=municipality,
        date=_date(reading, top["date"]),
        lang=reading.text(top.get("lang", "nb"), "lang"),
        areas=tuple(areas),
        elements=elements,
    )


def _municipality(reading: Reading, top: dict[str, Any]) -> Municipality:
    key = top["municipality"]
    found = reading.record("municipalities", key, "municipality", key)
    if not isinstance(found, Municipality):
        raise reading.error("municipality", f"{key!r} is no municipality of dataset {reading.dataset.version}")
    name = reading.text(top.get("name", ""), "name")
    if name and name not in (found.label, *found.names):
        reading.keep("name", name, f"{key} is {found.label}, and the number decides")
    return found


def _date(reading: Reading, value: object) -> str:
    """Give a date as text; TOML may write it without quotation marks."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return reading.text(value, "date")


def _read_status(reading: Reading, element: Element, where: str, value: object) -> dict[str, Any]:
    row = reading.table(value, where, ("label", "state", *FIELDS, "answers"))
    label = reading.text(row.get("label", ""), f"{where}.label")
    if label and label not in [element.label[lang] for lang in LANGUAGES]:
        reading.keep(f"{where}.label", label, f"the label of {element.id!r} is another; write your own words elsewhere")
    state = reading.text(row.get("state", ""), f"{where}.state").strip()
    fields: dict[str, Any] = {"state": state or None}
    if state and state not in STATES:
        near = closest(state, STATES)
        hint = f"did you mean {near[0]!r}?" if near else f"use {', '.join(STATES)}, or nothing"
        reading.keep(f"{where}.state", state, f"{state!r} is no state; {hint}")
        fields["state"] = None
    for name in FIELDS:
        fields[name] = reading.text(row.get(name, ""), f"{where}.{name}")
    answers: dict[int, str] = {}
    for number, entry in enumerate(reading.rows(row.get("answers", []), f"{where}.answers")):
        _read_answer(reading, element, f"{where}.answers[{number}]", entry, answers)
    return {**fields, "answers": answers}


def _read_answer(reading: Reading, element: Element, where: str, value: object, answers: dict[int, str]) -> None:
    """Read one answer; its question is found by its words, in any of the languages."""
    row = reading.table(value, where, ("question", "answer"), ("question",))
    question, answer = (reading.text(row.get(name, ""), f"{where}.{name}") for name in ("question", "answer"))
    if not answer:
        return  # nothing was written
    places = {said: place for lang in LANGUAGES for place, said in enumerate(element.questions[lang])}
    place = places.get(question.strip())
    if place is None:
        reading.keep(where, value, f"{element.id!r} does not ask this in dataset {reading.dataset.version}")
    elif place in answers:
        reading.keep(where, value, "the question is answered twice")
    else:
        answers[place] = answer
