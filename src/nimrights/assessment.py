"""Assessment: the questions that human rights raise in a case, to be answered by a person.

It proposes areas, rights and questions, and writes the answers down. It never concludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from nimrights._assessing import filled
from nimrights._assessing.asking import CLASSIFIED, Asked, Asking, Stage, TouchedArea, TouchedRight
from nimrights._assessing.files import fields_from, values_of
from nimrights._assessing.filled import Kept
from nimrights._assessing.pages import page_of
from nimrights._files import AnyPath, replace_whole
from nimrights._pages.to_docx import docx_of
from nimrights._pages.to_html import html_of
from nimrights._pages.to_markdown import markdown_of
from nimrights.cases import read_case
from nimrights.classifier import classify
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.models import Area, Right
from nimrights.versions import load

__all__ = ["Asked", "Assessment", "Kept", "Stage", "TouchedArea", "TouchedRight", "assess"]


def assess(  # noqa: PLR0913 - an option each
    case: str | Mapping[str, Any],
    *,
    add: Iterable[Area | str] = (),
    strike: Iterable[Area | str] = (),
    rights: Iterable[Right | str] = (),
    threshold: float | None = None,
    dataset: Dataset | None = None,
) -> Assessment:
    """Give an assessment of *case* to be filled in: a text, or its fields as in `nimrights.cases.read_case`.

    The areas are those that `nimrights.classify` finds, and those that you *add* (areas or their ids);
    those that you *strike* are remembered, but nothing is asked for them. *rights* are added to those
    that the areas' obligations protect.

    Raises `NotFound` for an id that is not there, `BadQuery` for a case that is none or for an area
    that is both added and struck, and whatever `nimrights.classify` raises.

    >>> case = assess("Klage på vedtak om samvær etter omsorgsovertakelse", add=["disability-services"])
    >>> [(touched.area.id, touched.how) for touched in case.areas]
    [('child-welfare', 'classified'), ('disability-services', 'added')]
    """
    dataset = dataset or load()
    read = read_case(case)
    for name, *said in (*read.texts, *read.codes):
        filled.check_text(said[-1], f"{name} of the case")
    matches = classify(case, threshold=threshold, dataset=dataset)
    found = tuple(TouchedArea(m.area, CLASSIFIED, m.score, m.evidence) for m in matches)
    new = Assessment(case=read, areas=found, dataset=dataset)
    added, struck = _each(add), _each(strike)
    if both := {_id(area) for area in added} & {_id(area) for area in struck}:
        raise BadQuery(f"{min(both)!r} is both added and struck: do one of them")
    for area in added:
        new = new.add(area)
    for area in struck:
        new = new.strike(area)
    for right in _each(rights):
        new = new.add_right(right)
    return new


def _each(given: Any) -> list[Any]:  # noqa: ANN401 - one or several
    """Give what was given as a list, a single one too: a text is not a list of its letters."""
    return [given] if isinstance(given, (str, Area, Right)) else list(given)


def _id(record: Area | Right | str) -> str:
    return record if isinstance(record, str) else record.id


@frozen(kw_only=True, slots=False)
class Assessment(Asking):
    """A case, the areas and rights it touches, the questions, and the answers so far.

    It never changes: `answer`, `add`, `strike` and `add_right` give a new one. Two are equal when they
    say the same on the same data.
    """

    def answer(self, key: str, text: str) -> Assessment:
        """Give the assessment with this answer to the question *key*; an empty text takes the answer away.

        Raises `NotFound` with suggestions for a key that is no question's, `BadQuery` for what is no text.

        >>> case = assess("Søknad om startlån")
        >>> first = case.questions[0]
        >>> len(case.unanswered) - len(case.answer(first.key, "Søkeren og barna.").unanswered)
        1
        """
        return evolve(self, answers=self.answered(key, text))

    def add(self, area: Area | str) -> Assessment:
        """Give the assessment with an area more, taken back if it was struck; `NotFound` with suggestions."""
        areas, struck = self._with_area(self.dataset.areas[_id(area)])
        return evolve(self, areas=areas, struck=struck)

    def strike(self, area: Area | str) -> Assessment:
        """Give the assessment without an area, which is remembered; answers stay. `NotFound` with suggestions."""
        areas, struck = self._without_area(self.dataset.areas[_id(area)])
        return evolve(self, areas=areas, struck=struck)

    def add_right(self, right: Right | str) -> Assessment:
        """Give the assessment with a right more; `NotFound` with suggestions."""
        found = self.dataset.rights[_id(right)]
        return self if found in self.added_rights else evolve(self, added_rights=(*self.added_rights, found))

    # documents

    def to_markdown(self, lang: str = "nb", form: str = "full") -> str:
        """Give it as Markdown; *form* is ``full`` or ``short``. Raises `UnknownLanguage` or `BadQuery`."""
        return markdown_of(page_of(self, lang, form))

    def to_html(self, lang: str = "nb", form: str = "full") -> str:
        """Give it as one page of HTML that needs nothing else; raises as `to_markdown` does."""
        return html_of(page_of(self, lang, form))

    def to_docx(self, path: AnyPath, lang: str = "nb", form: str = "full") -> None:
        """Write it as a Word document, which takes the place of *path* only when it is whole.

        Raises as `to_markdown` does, and `MissingExtra` without python-docx (the extra ``docx``).
        """
        replace_whole(path, docx_of(page_of(self, lang, form)))

    # files

    def to_json(self, lang: str = "nb") -> str:
        """Give it as JSON to fill in or to go on with; *lang* is that of the questions' texts."""
        return filled.dump_json(values_of(self, lang))

    def to_toml(self, lang: str = "nb") -> str:
        """Give the same as TOML, which is easier to write in; `MissingExtra` without the extra ``toml``."""
        return filled.dump_toml(values_of(self, lang))

    def save(self, path: AnyPath, lang: str = "nb") -> None:
        """Write it to a file that ends in .json or .toml, which is replaced only when the new one is whole."""
        filled.save(path, values_of(self, lang))

    @classmethod
    def from_json(cls, text: str | bytes, *, dataset: Dataset | None = None, update: bool = False) -> Assessment:
        """Read what `to_json` gave, filled in or not.

        Raises `DataError` where the text is no assessment, has unknown keys or a newer format, names what is
        retired, or was filled in with another version than *dataset* (without it, the newest). With *update*
        it is brought over to that version instead, and what has no place there stands under `kept`.
        """
        values = filled.parse(text, "json", "the JSON")
        return cls(**fields_from(values, "the JSON", dataset or load(), update=update))

    @classmethod
    def from_toml(cls, text: str | bytes, *, dataset: Dataset | None = None, update: bool = False) -> Assessment:
        """Read what `to_toml` gave, as `from_json` does."""
        values = filled.parse(text, "toml", "the TOML")
        return cls(**fields_from(values, "the TOML", dataset or load(), update=update))

    @classmethod
    def open(cls, path: AnyPath, *, dataset: Dataset | None = None, update: bool = False) -> Assessment:
        """Read a file that `save` wrote, as `from_json` does."""
        return cls(**fields_from(filled.read(path), str(path), dataset or load(), update=update))
