"""The file of an assessment: what stands in it, and how it is read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from nimrights._assessing import filled
from nimrights._assessing.asking import ADDED, CLASSIFIED, STRUCK, Asking, TouchedArea, question_texts
from nimrights._assessing.filled import Reading
from nimrights.cases import TEXT, Case
from nimrights.classifier import Evidence
from nimrights.dataset import Dataset
from nimrights.models import Area, Obligation, Right, Step
from nimrights.vocabulary import check_language

#: format of the files; a reader refuses a newer one
FORMAT: Final = 1
_KIND: Final = "assessment"
#: keys of a file beside those that every filled-in file has
_KEYS: Final = ("case", "areas", "struck", "rights", "questions")


def values_of(assessment: Asking, lang: str) -> dict[str, Any]:
    """Give what stands in the file, every question with its text in *lang* and its answer."""
    lang = check_language(lang)
    case = assessment.case
    plain = [text for name, text in case.texts if name == TEXT]
    asked = {question.key: question.text for question in assessment.questions}
    asked |= {key: assessment.question(key) for key in assessment.not_asked}
    return {
        **filled.head(_KIND, FORMAT, assessment.dataset),
        "case": plain[0] if case == Case(tuple((TEXT, text) for text in plain[:1])) and plain else _case_values(case),
        "areas": [_area_values(touched) for touched in assessment.areas],
        "struck": [_area_values(touched) for touched in assessment.struck],
        "rights": [right.id for right in assessment.added_rights],
        "questions": [
            {"key": key, "question": text[lang], "answer": assessment.answers.get(key, "")}
            for key, text in asked.items()
        ],
        **filled.kept_rows(assessment.kept),
    }


def fields_from(values: Mapping[str, Any], name: str, dataset: Dataset, *, update: bool) -> dict[str, Any]:
    """Give the fields of the assessment that a file holds."""
    reading = Reading(values, name, kind=_KIND, newest=FORMAT, dataset=dataset, update=update)
    top = reading.table(reading.body, "", _KEYS, ("case",))
    case = _case_from(top["case"], reading)
    seen: set[str] = set()
    areas = _areas_from(top.get("areas", []), "areas", reading, seen)
    struck = _areas_from(top.get("struck", []), "struck", reading, seen)
    rights: list[Right] = []
    for n, key in enumerate(reading.rows(top.get("rights", []), "rights")):
        right = reading.record("rights", key, f"rights[{n}]", key)
        rights += [right] if isinstance(right, Right) and right not in rights else []
    answers = _answers_from(top.get("questions", []), reading)
    return {
        "case": case, "areas": areas, "struck": struck, "added_rights": tuple(rights), "answers": answers,
        "kept": tuple(reading.kept), "dataset": dataset,
    }  # fmt: skip


def _case_values(case: Case) -> dict[str, Any]:
    return {
        "texts": [{"field": name, "text": text} for name, text in case.texts],
        "codes": [{"field": name, "scheme": scheme, "code": code} for name, scheme, code in case.codes],
    }


def _case_from(value: object, reading: Reading) -> Case:
    if isinstance(value, str):
        return Case(((TEXT, value),))
    top = reading.table(value, "case", ("texts", "codes"))
    rows: dict[str, list[list[str]]] = {"texts": [], "codes": []}
    for name, keys in (("texts", ("field", "text")), ("codes", ("field", "scheme", "code"))):
        for n, row in enumerate(reading.rows(top.get(name, []), f"case.{name}")):
            where = f"case.{name}[{n}]"
            there = reading.table(row, where, keys, keys)
            rows[name].append([reading.text(there[key], f"{where}.{key}") for key in keys])
    return Case(
        tuple((name, text) for name, text in rows["texts"]),
        tuple((name, scheme, code) for name, scheme, code in rows["codes"]),
    )


def _area_values(touched: TouchedArea) -> dict[str, Any]:
    row: dict[str, Any] = {"area": touched.area.id, "how": touched.how}
    if touched.score is not None:
        row["score"] = touched.score
    if touched.evidence:
        row["evidence"] = [
            {"word": e.word, "weight": e.weight, "field": e.field} | ({"term": e.term} if e.term is not None else {})
            for e in touched.evidence
        ]
    return row


def _areas_from(value: object, name: str, reading: Reading, seen: set[str]) -> tuple[TouchedArea, ...]:
    found = []
    for n, row in enumerate(reading.rows(value, name)):
        where = f"{name}[{n}]"
        there = reading.table(row, where, ("area", "how", "score", "evidence"), ("area",))
        area = reading.record("areas", there["area"], where, row)
        if not isinstance(area, Area):
            continue
        if area.id in seen:
            reading.keep(where, row, f"{area.id!r} stands twice")
            continue
        seen.add(area.id)
        how = there.get("how", STRUCK if name == "struck" else ADDED)
        if how not in (CLASSIFIED, ADDED, STRUCK):
            raise reading.error(where, f"how: expected {CLASSIFIED}, {ADDED} or {STRUCK}, got {how!r}")
        score = reading.number(there["score"], f"{where}.score") if "score" in there else None
        rows = enumerate(reading.rows(there.get("evidence", []), f"{where}.evidence"))
        evidence = tuple(_evidence_from(entry, f"{where}.evidence[{m}]", reading) for m, entry in rows)
        found.append(TouchedArea(area, how, score, evidence))
    return tuple(found)


def _evidence_from(value: object, where: str, reading: Reading) -> Evidence:
    row = reading.table(value, where, ("word", "weight", "field", "term"), ("word", "weight"))
    said = {key: reading.text(row[key], f"{where}.{key}") for key in ("word", "field", "term") if key in row}
    return Evidence(
        reading.number(row["weight"], f"{where}.weight"), said["word"], said.get("term"), said.get("field", TEXT)
    )


def _answers_from(value: object, reading: Reading) -> dict[str, str]:
    answers: dict[str, str] = {}
    for n, row in enumerate(reading.rows(value, "questions")):
        where = f"questions[{n}]"
        if isinstance(row, dict) and isinstance(row.get("key"), str):
            where = f"questions.{row['key']}"  # says more than a place, which changes
        there = reading.table(row, where, ("key", "question", "answer"), ("key",))
        answer = reading.text(there.get("answer", ""), f"{where}.answer")
        if not answer.strip() and reading.update:
            continue  # nothing was written
        key = _key_from(there, row, where, reading)
        if key is None or not answer.strip():
            continue
        if key in answers:
            reading.keep(where, row, f"{key!r} is answered twice")
        else:
            answers[key] = answer
    return answers


def _key_from(there: Mapping[str, Any], row: object, where: str, reading: Reading) -> str | None:
    """Give the key of the question that an answer belongs to in this dataset; ``None``: it was put under `kept`.

    A question of an obligation is known by its number, so its text must be the same; in another version it
    may have another number.
    """
    key = reading.text(there["key"], f"{where}.key")
    owner, _, name = key.rpartition("/")
    record = reading.record("obligations" if "/" in owner else "guide", owner, where, row)
    if not isinstance(record, (Obligation, Step)):
        return None
    known = question_texts(record)
    now = f"{record.id}/{name}"
    asked = there.get("question")
    if asked is not None and (isinstance(record, Obligation) or not reading.update):
        same = [k for k, (text, _) in known.items() if reading.text(asked, where) in (text.nb, text.nn, text.en)]
        if now not in same and same and reading.update:
            return same[0]
        if now in known and now not in same:
            reading.keep(where, row, f"{now!r} is another question now: {known[now][0].en}")
            return None
    if now not in known:
        reading.keep(where, row, f"{record.id!r} has no question {name!r}; it has {', '.join(known)}")
        return None
    return now
