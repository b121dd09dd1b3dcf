"""Checks of the guide, the course and the human rights city."""

from __future__ import annotations

from typing import Final

from nimrights._checks.checking import Found, check_for, list_of, rows
from nimrights.authoring import PLACEHOLDER, Tables
from nimrights.vocabulary import LANGUAGES

FEWEST_ANSWERS: Final = 2
MOST_ANSWERS: Final = 5

#: table -> fields that a record may not leave empty
_PARTS: Final = {
    "guide": ("questions",),
    "course": ("audiences", "goals", "sections", "questions"),
    "city": ("questions", "measures"),
}
#: origin -> field that has to bear it out
_BORNE_OUT: Final = {"guide": "provenance", "nim": "provenance", "fra": "provenance", "law": "provisions"}


@check_for("E207")
def _answers(tables: Tables) -> Found:
    """A question has fewer than two or more than five answers, no right one, or two that read the same."""
    for _, key, row in rows(tables, "questions"):
        answers = [answer for answer in list_of(row, "answers") if isinstance(answer, dict)]
        if not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
            yield key, f"it has {len(answers)} answers; give {FEWEST_ANSWERS} to {MOST_ANSWERS}"
        elif not any(answer.get("correct") is True for answer in answers):
            yield key, "no answer is right: mark one with correct = true, or several"
        for lang in LANGUAGES:
            texts = [answer["text"].get(lang) for answer in answers if isinstance(answer.get("text"), dict)]
            told = [text for text in texts if isinstance(text, str) and text != PLACEHOLDER]
            if len(set(told)) < len(told):
                yield key, f"two answers read the same in {lang}"


@check_for("E208")
def _grounds(tables: Tables) -> Found:
    """A step, a question or an element does not say what it rests on."""
    for _, key, row in rows(tables, "questions"):
        if not any(list_of(row, name) for name in ("provisions", "decisions", "provenance")):
            yield key, "name a provision, a decision or a source that it rests on"
    for _, key, row in rows(tables, "guide", "city"):
        parts = [row, *(asked for asked in list_of(row, "questions") if isinstance(asked, dict))]
        field = _BORNE_OUT.get(str(row.get("origin")))
        if field and not any(list_of(part, field) for part in parts):
            yield key, f"its origin is {row['origin']!r}: give its {field}"


@check_for("E209")
def _places(tables: Tables) -> Found:
    """A step, a module or an element has the place of another, or lacks a part."""
    for table, parts in _PARTS.items():
        taken: dict[int, str] = {}
        for _, key, row in rows(tables, table):
            yield from ((key, f"it has no {part}") for part in parts if not row.get(part))
            place = row.get("order")
            if isinstance(place, int) and taken.setdefault(place, key) != key:
                yield key, f"its order {place} is that of {taken[place]}: give each its own"


@check_for("E304")
def _paragraphs(tables: Tables) -> Found:
    """The paragraphs of a section differ in number between the languages."""
    for _, key, row in rows(tables, "course"):
        for section in list_of(row, "sections"):
            body = section.get("body") if isinstance(section, dict) else None
            texts = [text for text in body.values() if isinstance(text, str)] if isinstance(body, dict) else []
            if len({text.count("\n\n") for text in texts}) > 1:
                yield key, f"the languages differ in paragraphs: {texts[0][:40]!r}"
