"""What is asked of a case: the areas and rights it touches, and the questions in the order of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from nimrights._assessing.filled import Kept, check_text
from nimrights._engine.common import COMMON, STOP_WORDS
from nimrights._records.suggesting import closest
from nimrights.cases import Case
from nimrights.classifier import Evidence
from nimrights.dataset import Dataset
from nimrights.exceptions import NotFound
from nimrights.models import Area, Obligation, Provision, Right, Step
from nimrights.text import Text, words

#: how an area or a right came into an assessment
CLASSIFIED: Final = "classified"  #: by the words and codes of the case
OBLIGATION: Final = "obligation"  #: an obligation of a touched area protects it
ADDED: Final = "added"  #: by the user
STRUCK: Final = "struck"  #: by the user, who struck what nobody had proposed
#: part of the guide before which the questions of the areas themselves are asked
_LAST_PART: Final = "conclusion"
#: an obligation belongs under a step when their shared provisions weigh this much; one that stands in
#: *n* steps weighs 1/n. Set by us
_BELONGS: Final = 1.0
#: letters at their beginning that two words share when they are taken for the same
_STEM: Final = 5


@frozen
class TouchedArea:
    """A policy area that the case touches, or that was struck."""

    area: Area
    how: str = CLASSIFIED  #: ``classified``, ``added`` or ``struck``
    score: float | None = None  #: calibrated probability; ``None`` where it was not classified
    evidence: tuple[Evidence, ...] = ()  #: the words and codes of the case that counted


@frozen
class TouchedRight:
    """A right that the case touches, with the obligations that say so."""

    right: Right
    how: str  #: ``obligation`` or ``added``
    obligations: tuple[Obligation, ...] = ()


@frozen
class Asked:
    """One question that is asked of the case."""

    number: int  #: place among all that are asked, from 1
    key: str  #: id of the step or obligation, a slash, and its key or number there: the same for every case
    text: Text
    provisions: tuple[Provision, ...]  #: what it rests on
    step: Step | None = None  #: the step that it is from
    obligation: Obligation | None = None  #: or the obligation


@frozen
class Stage:
    """Questions that belong together: a step of the guide, or what an area's obligations ask besides."""

    questions: tuple[Asked, ...]
    step: Step | None = None
    area: Area | None = None


def question_texts(record: Step | Obligation) -> dict[str, tuple[Text, tuple[Provision, ...]]]:
    """Give the questions of a step or an obligation by their keys, with what they rest on."""
    if isinstance(record, Step):
        return {f"{record.id}/{asked.key}": (asked.text, asked.provisions) for asked in record.questions}
    rows = zip(record.questions.nb, record.questions.nn, record.questions.en, strict=True)
    provisions = record.operative or record.provisions
    return {f"{record.id}/{n}": (Text(*row), provisions) for n, row in enumerate(rows, 1)}


def _read_only(answers: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({key: answers[key] for key in sorted(answers)})


def _pin(dataset: Dataset) -> str:
    return dataset.pin


@frozen(kw_only=True, slots=False)
class Asking:
    """A case with the areas it touches, what is asked of it, and what was answered. It concludes nothing."""

    case: Case
    areas: tuple[TouchedArea, ...] = ()  #: surest first, added ones last
    struck: tuple[TouchedArea, ...] = ()  #: areas that the user struck
    added_rights: tuple[Right, ...] = ()  #: rights that the user added
    answers: Mapping[str, str] = field(factory=dict, converter=_read_only)  #: key of a question -> answer
    kept: tuple[Kept, ...] = ()  #: what was written under another version and has no place in this one
    dataset: Dataset = field(eq=_pin, repr=False)

    @property
    def title(self) -> str:
        """Give the first text of the case, on one line; its codes where it has none."""
        texts = [text for _, text in self.case.texts] or [", ".join(code for _, _, code in self.case.codes)]
        return " ".join(texts[0].split())

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """Give the obligations of the areas, each once, in the order of the areas."""
        return tuple(dict.fromkeys(o for touched in self.areas for o in touched.area.obligations))

    @cached_property
    def rights(self) -> tuple[TouchedRight, ...]:
        """Give the rights that those obligations protect, the most often named first, and the added ones."""
        held: dict[Right, list[Obligation]] = {}
        for obligation in self.obligations:
            for right in obligation.rights:
                held.setdefault(right, []).append(obligation)
        rows = [TouchedRight(right, OBLIGATION, tuple(duties)) for right, duties in held.items()]
        rows.sort(key=lambda row: -len(row.obligations))
        return (*rows, *(TouchedRight(right, ADDED) for right in self.added_rights if right not in held))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Give the questions in the guide's order: each step that applies, with the obligations that belong there.

        What the other obligations ask stands by area, before the guide's last part.
        """
        areas = tuple(touched.area for touched in self.areas)
        rights = tuple(touched.right for touched in self.rights)
        steps = [step for step in self.dataset.guide.values() if step.applies(areas, rights)]
        below = self._below(steps)
        rest = {o for o in self.obligations if not any(o in duties for duties in below.values())}
        of_areas: list[tuple[Area, list[Obligation]]] = []
        for area in areas:  # a shared obligation is asked for once
            own = [o for o in area.obligations if o in rest]
            rest -= set(own)
            of_areas += [(area, own)] if own else []
        number = iter(range(1, 1_000_000))
        last = next((n for n, step in enumerate(steps) if step.part == _LAST_PART), len(steps))
        return (
            *(_of_step(step, below[step.id], number) for step in steps[:last]),
            *(Stage(tuple(_asked(own, number)), area=area) for area, own in of_areas),
            *(_of_step(step, below[step.id], number) for step in steps[last:]),
        )

    def _below(self, steps: list[Step]) -> dict[str, list[Obligation]]:
        """Give for each step the obligations with which it shares most of the provisions that few steps rest on."""
        count: dict[Provision, int] = {}
        for step in self.dataset.guide.values():
            for provision in step.provisions:
                count[provision] = count.get(provision, 0) + 1
        found: dict[str, list[Obligation]] = {step.id: [] for step in steps}
        for obligation in self.obligations:
            provisions = set(obligation.provisions)
            shared = [(sum(1 / count[p] for p in step.provisions if p in provisions), step) for step in steps]
            for best, step in sorted(shared, key=lambda row: (-round(row[0], 6), row[1].order))[:1]:
                if round(best, 6) >= _BELONGS:
                    found[step.id].append(obligation)
        return found

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Give all questions in order."""
        return tuple(asked for stage in self.stages for asked in stage.questions)

    @property
    def unanswered(self) -> tuple[Asked, ...]:
        """Give the questions that are still open."""
        return tuple(asked for asked in self.questions if asked.key not in self.answers)

    @property
    def not_asked(self) -> dict[str, str]:
        """Give the answers to questions that are no longer asked, such as those of an area struck later."""
        asked = {question.key for question in self.questions}
        return {key: text for key, text in self.answers.items() if key not in asked}

    def question(self, key: str) -> Text:
        """Give the text of any question of the dataset by its key; `NotFound` suggests keys."""
        owner = str(key).rpartition("/")[0]
        table = self.dataset.table("obligations" if "/" in owner else "guide")
        known = question_texts(table[owner]) if owner in table else {}
        if key not in known:
            raise NotFound(str(key), "the questions", closest(str(key), known or [q.key for q in self.questions]))
        return known[key][0]

    def answered(self, key: str, text: str) -> Mapping[str, str]:
        """Give the answers with this one; an empty text takes one away."""
        self.question(key)
        check_text(text, f"an answer ({key})")
        rest = {other: said for other, said in self.answers.items() if other != key}
        return {**rest, key: text} if text.strip() else rest

    def nearest(self, most: int) -> tuple[Obligation, ...]:
        """Give the obligations whose wording is nearest to that of the case, taking the areas in turn.

        A word counts for more the fewer obligations have it. Where no word decides, the order of the area does.
        """
        said = {word for _, text in self.case.texts for word in _telling(text)}
        held = {o: _wording(o) for o in self.obligations}
        having = {word: [o for o in held if any(_alike(word, other) for other in held[o])] for word in said}
        near = {o: sum(1 / len(rows) for rows in having.values() if o in rows) for o in held}
        queues = [sorted(touched.area.obligations, key=lambda o: -near[o]) for touched in self.areas]
        longest = max(map(len, queues), default=0)
        turns = (queue[n] for n in range(longest) for queue in queues if n < len(queue))
        return tuple(dict.fromkeys(turns))[:most]

    def _with_area(self, area: Area) -> tuple[tuple[TouchedArea, ...], tuple[TouchedArea, ...]]:
        """Give the areas and the struck ones with *area* touched: as it was classified, else as added."""
        if any(touched.area == area for touched in self.areas):
            return self.areas, self.struck
        before = [touched for touched in self.struck if touched.area == area and touched.how != STRUCK]
        rest = tuple(touched for touched in self.struck if touched.area != area)
        return (*self.areas, *(before or [TouchedArea(area, ADDED)])), rest

    def _without_area(self, area: Area) -> tuple[tuple[TouchedArea, ...], tuple[TouchedArea, ...]]:
        """Give the areas and the struck ones with *area* struck, with what had spoken for it."""
        if any(touched.area == area for touched in self.struck):
            return self.areas, self.struck
        before = [evolve(touched) for touched in self.areas if touched.area == area]
        rest = tuple(touched for touched in self.areas if touched.area != area)
        return rest, (*self.struck, *(before or [TouchedArea(area, STRUCK)]))


def _asked(obligations: Iterable[Obligation], number: Iterator[int]) -> Iterator[Asked]:
    for obligation in obligations:
        for key, (text, provisions) in question_texts(obligation).items():
            yield Asked(next(number), key, text, provisions, obligation=obligation)


def _of_step(step: Step, obligations: list[Obligation], number: Iterator[int]) -> Stage:
    own = [
        Asked(next(number), key, text, provisions, step=step)
        for key, (text, provisions) in question_texts(step).items()
    ]
    return Stage((*own, *_asked(obligations, number)), step=step)


def _telling(text: str) -> list[str]:
    return [word for word in words(text) if len(word) >= _STEM and word not in STOP_WORDS and word not in COMMON]


def _wording(obligation: Obligation) -> set[str]:
    labels = [provision.label for provision in obligation.operative]
    texts = [t for lang in ("nb", "nn", "en") for t in (obligation.statement[lang], *obligation.questions[lang])]
    return {word for text in (*texts, *(label.nb for label in labels)) for word in _telling(text)}


def _alike(one: str, other: str) -> bool:
    return one[:_STEM] == other[:_STEM]
