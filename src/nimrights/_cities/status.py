"""What a municipality says of one element of a human rights city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import field, frozen

from nimrights._assessing.filled import check_text
from nimrights.exceptions import BadQuery
from nimrights.models import Element

State = Literal["not-started", "planned", "under-way", "in-place", "not-relevant"]

#: what an element can be, in the order in which work goes forward; the last stands outside it
STATES: Final[tuple[State, ...]] = ("not-started", "planned", "under-way", "in-place", "not-relevant")
#: texts that are said of an element, beside its state and answers
FIELDS: Final = ("evidence", "owner", "next_step", "deadline")


@frozen(kw_only=True)
class ElementStatus:
    """What a municipality says of one element. Everything is optional, and nothing is said for it."""

    element: Element
    state: State | None = None  #: ``None``: not assessed
    evidence: str = ""  #: what shows it: a decision, a plan, a page
    owner: str = ""
    next_step: str = ""
    deadline: str = ""
    answers: Mapping[int, str] = field(factory=dict)  #: place of a question of the element, from 0 -> answer

    @property
    def step(self) -> int | None:
        """Give how far work has come, 0 to 3; ``None`` where the element is not assessed or not relevant."""
        return STATES.index(self.state) if self.state is not None and self.state != STATES[-1] else None


def checked_fields(element: Element, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give *fields* of a status back if they can be that; `BadQuery` says what is wrong."""
    for name, value in fields.items():
        if name == "state":
            if value is not None and value not in STATES:
                raise BadQuery(f"{value!r} is no state of an element: use {', '.join(STATES)}, or None")
        elif name == "answers":
            _check_answers(element, value)
        elif name in FIELDS:
            check_text(value, name)
        else:
            raise BadQuery(f"an element has no {name!r}: give state, {', '.join(FIELDS)} or answers")
    checked = dict(fields)
    if "answers" in checked:  # an empty one is none
        checked["answers"] = {number: text for number, text in checked["answers"].items() if text}
    return checked


def _check_answers(element: Element, answers: object) -> None:
    if not isinstance(answers, Mapping) or not all(isinstance(number, int) for number in answers):
        raise BadQuery("answers are texts by the place of their question, from 0")
    asked = len(element.questions.nb)
    for number, text in answers.items():
        if not 0 <= number < asked:
            raise BadQuery(f"{element.id} has {asked} questions, none at {number}")
        check_text(text, f"the answer at {number}")
