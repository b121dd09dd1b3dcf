"""The records for learning and planning: the guide's steps, the course, and the human rights city."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from nimrights._records.law import Area, Decision, Obligation, Provision, Right
from nimrights._records.local import Advice, Practice
from nimrights._records.record import BaseRecord, Provenance, Review
from nimrights.text import Text, Texts


@frozen(kw_only=True)
class StepQuestion:
    """One question of a step, with the provisions that it rests on."""

    key: str  #: its name within the step
    text: Text
    provisions: tuple[Provision, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Step(BaseRecord):
    """A step of the guide: what to ask of a case, and why. It never gives the answer."""

    kind: ClassVar[str] = "step"
    id: str
    order: int  #: place in the guide
    part: str  #: a value of the vocabulary ``part``
    label: Text
    description: Text  #: why this is asked
    questions: tuple[StepQuestion, ...]
    areas: tuple[Area, ...] = ()  #: it applies in these areas; with `rights` empty too, always
    rights: tuple[Right, ...] = ()  #: and where one of these rights is touched
    provisions: tuple[Provision, ...] = ()  #: on which the step rests
    origin: str  #: a value of the vocabulary ``origin``
    note: str | None = None
    provenance: tuple[Provenance, ...] = ()
    reviewed: tuple[Review, ...] = ()

    def applies(self, areas: tuple[Area, ...] = (), rights: tuple[Right, ...] = ()) -> bool:
        """Say whether it is to be asked where *areas* and *rights* are touched."""
        if not self.areas and not self.rights:
            return True
        return any(area in areas for area in self.areas) or any(right in rights for right in self.rights)


@frozen(kw_only=True)
class Answer:
    """One answer to choose, with what to tell whoever chose it."""

    text: Text
    correct: bool
    feedback: Text


@frozen(kw_only=True, eq=False, repr=False)
class Question(BaseRecord):
    """A question of the course, with answers to choose from; one of them is right, or several."""

    kind: ClassVar[str] = "question"
    id: str  #: id of the module, a slash, a name
    scenario: Text | None = None  #: an invented case from municipal life
    text: Text
    answers: tuple[Answer, ...]
    provisions: tuple[Provision, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    areas: tuple[Area, ...] = ()
    note: str | None = None
    provenance: tuple[Provenance, ...] = ()
    reviewed: tuple[Review, ...] = ()

    @property
    def several(self) -> bool:
        """Say whether more than one answer is right."""
        return sum(answer.correct for answer in self.answers) > 1


@frozen(kw_only=True)
class Section:
    """One section of a module, in our own words."""

    heading: Text
    body: Text  #: paragraphs, with an empty line between them
    provisions: tuple[Provision, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Module(BaseRecord):
    """A module of the course: explanations in plain language, and questions."""

    kind: ClassVar[str] = "module"
    id: str
    order: int  #: place in the course
    label: Text
    audiences: tuple[str, ...]  #: values of the vocabulary ``audience``
    summary: Text
    goals: Texts  #: what a learner can do afterwards
    sections: tuple[Section, ...]
    areas: tuple[Area, ...] = ()
    questions: tuple[Question, ...]
    note: str | None = None
    provenance: tuple[Provenance, ...] = ()
    reviewed: tuple[Review, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Element(BaseRecord):
    """An element of a human rights city: a foundation, a structure or a tool."""

    kind: ClassVar[str] = "element"
    id: str
    order: int  #: place in the framework
    part: str  #: a value of the vocabulary ``city-part``
    label: Text
    description: Text
    questions: Texts  #: what to ask in a self-assessment
    measures: Texts  #: steps that a municipality could take next, our own suggestions
    areas: tuple[Area, ...] = ()
    advice: tuple[Advice, ...] = ()
    practices: tuple[Practice, ...] = ()
    origin: str  #: a value of the vocabulary ``origin``
    note: str | None = None
    provenance: tuple[Provenance, ...] = ()
    reviewed: tuple[Review, ...] = ()
