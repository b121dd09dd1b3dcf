"""Questions of the course as a quiz: the order of the answers, and marking what was chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from nimrights.exceptions import BadQuery
from nimrights.models import Answer, Question

#: the order of the answers where no other is asked for
SEED: Final = 0


@frozen
class Marked:
    """What was chosen of the answers to a question, and how it stands to what is right.

    It says nothing of a case or of a municipality: only whether a question of a course was answered as it is
    answered in the data.
    """

    question: Question
    chosen: tuple[Answer, ...]  #: in the order of the question's answers

    @property
    def right(self) -> bool:
        """Say whether all right answers were chosen, and no other."""
        return all(answer.correct == (answer in self.chosen) for answer in self.question.answers)

    @property
    def partly(self) -> bool:
        """Say whether some right answer was chosen, but not all of them or not they alone."""
        return not self.right and any(answer.correct for answer in self.chosen)

    @property
    def missed(self) -> tuple[Answer, ...]:
        """Give the right answers that were not chosen."""
        return tuple(a for a in self.question.answers if a.correct and a not in self.chosen)


def shuffled(question: Question, seed: int = SEED) -> tuple[Answer, ...]:
    """Give the answers of *question* in an order of their own for each seed, the same everywhere and always.

    Raises `BadQuery` for a seed that is not a whole number.

    >>> from nimrights import load
    >>> from nimrights.quizzes import shuffled
    >>> question = next(iter(load().questions.values()))
    >>> shuffled(question, 1) == shuffled(question, 1), set(shuffled(question, 1)) == set(question.answers)
    (True, True)
    """
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise BadQuery(f"a seed is a whole number, not {type(seed).__name__}")
    keyed = [
        (hashlib.sha256(f"{seed}/{question.id}/{place}".encode()).digest(), answer)
        for place, answer in enumerate(question.answers)
    ]
    return tuple(answer for _, answer in sorted(keyed, key=lambda pair: pair[0]))


def mark(question: Question, chosen: Iterable[Answer]) -> Marked:
    """Mark the *chosen* answers of *question*; none chosen is wrong, not an error.

    Raises `BadQuery` for an answer that is not one of the question's, or for several where one is right.

    >>> from nimrights import load
    >>> from nimrights.quizzes import mark
    >>> question = next(iter(load().questions.values()))
    >>> mark(question, [answer for answer in question.answers if answer.correct]).right
    True
    """
    picked = list(chosen)
    if any(answer not in question.answers for answer in picked):
        raise BadQuery(f"what was chosen is no answer of {question.id}: choose among its answers")
    found = tuple(answer for answer in question.answers if answer in picked)
    if len(found) > 1 and not question.several:
        raise BadQuery(f"{question.id} has one right answer, and {len(found)} were chosen: choose one")
    return Marked(question, found)
