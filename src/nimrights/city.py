"""A municipality's own assessment against the elements of a human rights city: states, progress, and what changed.

The municipality fills it in. Nothing is computed about how well human rights are kept: states are counted, no more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from attrs import evolve, field, frozen

from nimrights._assessing import filled
from nimrights._assessing.filled import Kept
from nimrights._cities.files import FORMAT, KIND, as_values, read_values
from nimrights._cities.status import FIELDS, STATES, ElementStatus, State, checked_fields
from nimrights._files import AnyPath
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, UnknownLanguage
from nimrights.models import Area, Element, Municipality
from nimrights.versions import load
from nimrights.vocabulary import check_language

__all__ = [
    "STATES",
    "Change",
    "CitySelfAssessment",
    "ElementStatus",
    "checked_date",
    "compare",
    "from_values",
    "new_self_assessment",
    "progress",
    "read_self_assessment",
    "to_values",
    "write_self_assessment",
]

Move = Literal["forward", "back", "assessed", "changed", "new", "gone", "same"]


@frozen(kw_only=True)
class CitySelfAssessment:
    """What a municipality says of the elements of a human rights city on one day. Change it with `stated`."""

    municipality: Municipality
    date: str  #: ISO date, given by whoever fills it in
    lang: str = "nb"  #: language of the questions in the file
    areas: tuple[Area, ...] = ()  #: policy areas that the municipality begins with
    statuses: tuple[ElementStatus, ...] = ()  #: in the order of the framework
    kept: tuple[Kept, ...] = ()  #: what was written before and has no place any more
    dataset: Dataset = field(eq=False, repr=False)

    def status(self, element: Element | str) -> ElementStatus:
        """Give what is said of an element (or its id), an empty status where nothing is; `NotFound` suggests ids."""
        wanted = self.dataset.city[element if isinstance(element, str) else element.id]
        return next((s for s in self.statuses if s.element == wanted), ElementStatus(element=wanted))

    def every(self) -> tuple[ElementStatus, ...]:
        """Give a status for every element of the dataset, empty ones where nothing is said."""
        return tuple(self.status(key) for key in self.dataset.city)

    def stated(self, element: Element | str, /, **fields: Any) -> CitySelfAssessment:  # noqa: ANN401 - see ElementStatus
        """Give a copy in which an element has other *fields*: those of `ElementStatus`.

        Raises `NotFound` for an element that is not there, `BadQuery` for a field or a value that is not.

        >>> from nimrights import load
        >>> mine = new_self_assessment("Kristiansand", "2026-11-23")
        >>> mine.stated("city-declaration", state="planned", owner="Kommunestyret").status("city-declaration").state
        'planned'
        """
        status = self.status(element)
        new = evolve(status, **checked_fields(status.element, fields))
        others = {s.element.id: s for s in self.statuses} | {status.element.id: new}
        return evolve(self, statuses=tuple(others[key] for key in self.dataset.city if key in others))

    def complete(self) -> CitySelfAssessment:
        """Give a copy that holds every element of the dataset, so that a file shows them all."""
        return evolve(self, statuses=self.every())


def new_self_assessment(
    municipality: Municipality | str,
    date: str,
    *,
    lang: str = "nb",
    areas: Iterable[Area | str] = (),
    dataset: Dataset | None = None,
) -> CitySelfAssessment:
    """Give an empty self-assessment of a municipality (or its number or name) for a *date* that you give.

    *areas* are those (or their ids) that the municipality begins with, if it has chosen any.
    Raises `NotFound` with suggestions, `BadQuery` for a date that is none, and `UnknownLanguage`.

    >>> empty = new_self_assessment("Kristiansand", "2026-11-23")
    >>> empty.municipality.label, {status.state for status in empty.statuses}
    ('Kristiansand', {None})
    """
    dataset = dataset or load()
    named = municipality if isinstance(municipality, str) else municipality.id
    chosen = [dataset.areas[area if isinstance(area, str) else area.id] for area in areas]
    return CitySelfAssessment(
        municipality=dataset.municipality(named),
        date=checked_date(date),
        lang=check_language(lang),
        areas=tuple(dict.fromkeys(chosen)),
        dataset=dataset,
    ).complete()


def checked_date(date: str) -> str:
    """Give *date* back if it is an ISO date; `BadQuery` if not."""
    try:
        if dt.date.fromisoformat(date).isoformat() == date:
            return date
    except (TypeError, ValueError):
        pass
    raise BadQuery(f"{date!r} is no date: give year, month and day, such as 2026-11-23")


def read_self_assessment(path: AnyPath, *, dataset: Dataset | None = None, update: bool = False) -> CitySelfAssessment:
    """Read a self-assessment from a JSON or TOML file.

    With *update*, one that was filled in with another dataset version is brought over to this one:
    retired ids follow their replacements, and what has no place is kept under `kept`.

    Raises `DataError` that says what does not fit, where, and what to do.
    """
    return from_values(filled.read(path), str(path), dataset=dataset, update=update)


def from_values(
    values: Mapping[str, Any], name: str = "the file", *, dataset: Dataset | None = None, update: bool = False
) -> CitySelfAssessment:
    """Give the self-assessment that decoded JSON or TOML holds; *name* is what errors call it."""
    dataset = dataset or load()
    reading = filled.Reading(values, name, kind=KIND, newest=FORMAT, dataset=dataset, update=update)
    found = read_values(reading)
    try:
        date = checked_date(found.date)
    except BadQuery as error:
        raise reading.error("date", str(error)) from None
    try:
        lang = check_language(found.lang)
    except UnknownLanguage as error:
        raise reading.error("lang", str(error)) from None
    statuses = {key: ElementStatus(element=dataset.city[key], **fields) for key, fields in found.elements.items()}
    return CitySelfAssessment(
        municipality=found.municipality,
        date=date,
        lang=lang,
        areas=found.areas,
        statuses=tuple(statuses[key] for key in dataset.city if key in statuses),
        kept=tuple(reading.kept),
        dataset=dataset,
    )


def to_values(assessment: CitySelfAssessment) -> dict[str, Any]:
    """Give a self-assessment as it is written, ready for JSON or TOML."""
    body = as_values(assessment.municipality, assessment.date, assessment.lang, assessment.areas, assessment.statuses)
    return {**filled.head(KIND, FORMAT, assessment.dataset), **body, **filled.kept_rows(assessment.kept)}


def write_self_assessment(path: AnyPath, assessment: CitySelfAssessment) -> None:
    """Write a self-assessment to a ``.json`` or ``.toml`` file, which is replaced only when the new one is whole.

    Raises `BadQuery` for another ending, `MissingExtra` for TOML without tomli-w, `DataError` if it cannot be written.
    """
    filled.save(path, to_values(assessment))


def progress(assessment: CitySelfAssessment) -> dict[str, dict[State | None, int]]:
    """Count the elements of each part by state, ``None`` for those that are not assessed.

    >>> progress(new_self_assessment("Kristiansand", "2026-11-23"))["foundation"]
    {None: 4}
    """
    counts: dict[str, Counter[State | None]] = {}
    for status in assessment.every():
        counts.setdefault(status.element.part, Counter())[status.state] += 1
    order = [None, *STATES]
    return {part: {state: found[state] for state in order if found[state]} for part, found in counts.items()}


@frozen
class Change:
    """What became of one element from one day to another."""

    element: Element
    move: Move
    before: State | None
    now: State | None
    fields: tuple[str, ...] = ()  #: what else was changed


def compare(old: CitySelfAssessment, new: CitySelfAssessment) -> tuple[Change, ...]:
    """Say of each element what moved between two self-assessments of a municipality, the older first.

    Raises `BadQuery` when they are of two municipalities or data versions, or the first is the later one.

    >>> old = new_self_assessment("Kristiansand", "2026-11-23")
    >>> new = evolve(old.stated("city-declaration", state="planned"), date="2027-11-23")
    >>> [(c.element.id, c.move) for c in compare(old, new) if c.move != "same"]
    [('city-declaration', 'assessed')]
    """
    if old.municipality != new.municipality:
        raise BadQuery(f"{old.municipality.label} and {new.municipality.label}: compare a municipality with itself")
    if old.dataset.pin != new.dataset.pin:
        raise BadQuery("the two are of different dataset versions: read both with the same one")
    if old.date > new.date:
        raise BadQuery(f"the first is of {old.date}, the second of {new.date}: name the older one first")
    before, now = ({s.element.id: s for s in one.statuses} for one in (old, new))
    changes = []
    for key in old.dataset.city:
        if key in before or key in now:
            was, is_ = old.status(key), new.status(key)
            move = "new" if key not in before else "gone" if key not in now else _move(was, is_)
            names = (*FIELDS, "answers")
            other = tuple(name for name in names if getattr(was, name) != getattr(is_, name))
            changes.append(Change(is_.element, move, was.state, is_.state, other))
    return tuple(changes)


def _move(was: ElementStatus, now: ElementStatus) -> Move:
    if was.state == now.state:
        return "same"
    if was.state is None:
        return "assessed"
    if was.step is None or now.step is None:
        return "changed"
    return "forward" if now.step > was.step else "back"
