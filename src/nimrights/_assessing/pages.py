"""An assessment as a section of a council paper: the short form and the full one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from nimrights._assessing.asking import ADDED, Asked, Asking, Stage
from nimrights._assessing.parts import Parts
from nimrights._pages.blocks import (
    Answered,
    Block,
    Bullets,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Questions,
    Strong,
    Table,
)
from nimrights._pages.words import word
from nimrights.exceptions import BadQuery
from nimrights.models import Obligation
from nimrights.release import canonical
from nimrights.vocabulary import check_language

#: forms of the section
FORMS: Final = ("short", "full")
#: recommendations that are shown for an area in the full form
_MOST_RECOMMENDATIONS: Final = 5
#: rights that are named in the short form
_MOST_RIGHTS: Final = 5
#: obligations in the short form: at least, and at most
_DUTIES: Final = (4, 6)


def page_of(assessment: Asking, lang: str, form: str) -> Page:
    """Give the section in one language; *form* is ``short`` or ``full``, else `BadQuery`."""
    check_language(lang)
    if form not in FORMS:
        raise BadQuery(f"a form is {' or '.join(FORMS)}, not {form!r}")
    pages = _Pages(assessment, lang)
    blocks = pages.short() if form == "short" else pages.full()
    return Page(lang, pages.says("title"), tuple(blocks))


def ranges(numbers: Iterable[int]) -> str:
    """Give whole numbers in few words.

    >>> ranges([1, 2, 3, 5, 7, 8])
    '1–3, 5, 7–8'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


class _Pages(Parts):
    """Writes one assessment in one language."""

    # the two forms

    def short(self) -> Iterator[Block]:
        """Give half a page: areas, rights, the nearest obligations, open questions, sources."""
        a = self.assessment
        yield Heading(1, self.says("title"))
        yield self._case()
        yield from self._areas_short()
        yield from self._rights_short()
        least, most = _DUTIES
        duties = a.nearest(min(most, max(least, 2 * len(a.areas))))
        if duties:
            caption = self.says("near").format(len(duties), len(a.obligations))
            yield self._duties(caption, duties, whole=False)
        yield Paragraph((Strong(f"{self.says('open')}:"), " ", self._open()))
        count = len({r.id for touched in a.areas for r in self._advice_of(touched)})
        if count:
            yield Paragraph((self.says("advice-short").format(count),))
        yield Paragraph((Strong(f"{self.says('sources')}:"), " ", *self._joined(self._law(duties), "; ")), small=True)
        yield self._foot()

    def full(self) -> Iterator[Block]:
        """Give everything: areas, rights, obligations, all questions with their answers, recommendations, sources."""
        a = self.assessment
        yield Heading(1, self.says("title"))
        yield self._case()
        yield Paragraph((self.says("draft"),))
        yield Heading(2, self.says("touched"))
        yield from self._areas()
        yield from self._rights()
        if a.obligations:
            yield Heading(2, word("obligations", self.lang))
            shown: set[Obligation] = set()
            for touched in a.areas:
                duties = [o for o in touched.area.obligations if o not in shown]
                shown.update(duties)
                if duties:
                    yield self._duties(self.says("duties-of").format(touched.area.label[self.lang]), duties)
        yield Heading(2, self.says("questions"))
        asked = a.questions
        yield Paragraph((self.says("order").format(len(asked) - len(a.unanswered), len(asked)),))
        for number, stage in enumerate(a.stages, 1):
            yield from self._stage(number, stage)
        yield from self._not_asked()
        yield from self._advice()
        yield from self._kept()
        yield Heading(2, self.says("sources"))
        yield Bullets(tuple(self._sources()))
        yield self._foot()

    # parts

    def _areas_short(self) -> Iterator[Block]:
        if not self.assessment.areas:
            yield Paragraph((self.says("nothing"),))
            return
        line: list[str | Strong | Link] = [Strong(f"{word('areas', self.lang)}:"), " "]
        for n, touched in enumerate(self.assessment.areas):
            about = "; ".join(filter(None, (self._found(touched), self._said(touched.evidence))))
            line += ["; " if n else "", touched.area.label[self.lang], f" ({about})" if about else ""]
        yield Paragraph((*line, "."))

    def _areas(self) -> Iterator[Block]:
        rows = [
            (((touched.area.label[self.lang],),), ((self._found(touched),),), ((self._said(touched.evidence) or "–",),))
            for touched in self.assessment.areas
        ]
        if rows:
            header = (self.says("area"), self.says("how"), self.says("evidence"))
            yield Table(self.says("areas"), header, (30, 30, 40), tuple(rows))
        else:
            yield Paragraph((self.says("nothing"),))
        if self.assessment.struck:
            names = [
                touched.area.label[self.lang] + (f" ({found})" if (found := self._found(touched)) else "")
                for touched in self.assessment.struck
            ]
            yield Paragraph((Strong(f"{self.says('struck')}:"), " ", f"{', '.join(names)}."))

    def _rights(self) -> Iterator[Block]:
        rows = [
            row.right.label[self.lang]
            + (f" ({self.says('added')})" if row.how == ADDED else f" ({len(row.obligations)})")
            for row in self.assessment.rights
        ]
        if rows:
            yield Paragraph((Strong(f"{self.says('rights')}:"), " ", "; ".join(rows), "."))

    def _rights_short(self) -> Iterator[Block]:
        rows = sorted(self.assessment.rights, key=lambda row: row.how != ADDED)  # what a person added is always named
        if rows:
            names = [row.right.label[self.lang] for row in rows[:_MOST_RIGHTS]]
            rest = len(rows) - len(names)
            more = f" {self.says('and-more').format(rest)}" if rest else ""
            yield Paragraph((Strong(f"{self.says('rights-short')}:"), " ", f"{'; '.join(names)}{more}."))

    def _open(self) -> str:
        every, open_ = self.assessment.questions, self.assessment.unanswered
        if not open_:
            return self.says("none-open").format(len(every))
        return self.says("open-short").format(len(open_), len(every), ranges(q.number for q in open_))

    def _stage(self, number: int, stage: Stage) -> Iterator[Block]:
        if stage.step is not None:
            name, why = stage.step.label[self.lang], stage.step.description[self.lang]
            origin = f"{word('origin', self.lang)}: {self.term('origin', stage.step.origin)}."
        elif stage.area is not None:
            label = stage.area.label[self.lang]
            name, why, origin = self.says("of-area").format(label), self.says("of-area-why"), ""
        name = f"{number}. {name}"
        yield Heading(3, name)
        yield Paragraph((f"{why} {origin}".strip(),), small=True)
        yield self._questions(name, stage.questions)

    def _questions(self, caption: str, questions: Iterable[Asked]) -> Questions:
        answers = self.assessment.answers
        rows = []
        for asked in questions:
            links = [Link(self.cite(p), p.url or p.instrument.url) for p in asked.provisions]
            rows.append(Answered(str(asked.number), asked.text[self.lang], self._joined(links), answers.get(asked.key)))
        return Questions(caption, self._header(), self.says("blank"), tuple(rows))

    def _header(self) -> tuple[str, str, str]:
        return self.says("number"), self.says("question"), self.says("answer")

    def _not_asked(self) -> Iterator[Block]:
        rows = [
            Answered("–", self.assessment.question(key)[self.lang], (), answer)
            for key, answer in self.assessment.not_asked.items()
        ]
        if rows:
            yield Heading(3, self.says("not-asked"))
            yield Questions(self.says("not-asked"), self._header(), self.says("blank"), tuple(rows))

    def _advice(self) -> Iterator[Block]:
        if not self.assessment.areas:
            return
        yield Heading(2, self.says("advice"))
        yield Paragraph((self.says("advice-why"),))
        for touched in self.assessment.areas:
            rows = self._advice_of(touched)
            yield Heading(3, touched.area.label[self.lang])
            if not rows:
                yield Paragraph((self.says("advice-none"),))
                continue
            shown = rows[:_MOST_RECOMMENDATIONS]
            if len(shown) < len(rows):
                yield Paragraph((self.says("advice-rest").format(len(shown), len(rows)),), small=True)
            yield Bullets(tuple(self._one_advice(r) for r in shown))

    def _kept(self) -> Iterator[Block]:
        rows = self.assessment.kept
        if rows:
            yield Heading(2, self.says("kept"))
            said = [row.value if isinstance(row.value, str) else canonical(row.value) for row in rows]
            yield Bullets(
                tuple((Strong(row.where), f": {text} ({row.why})") for row, text in zip(rows, said, strict=True))
            )

    # sources

    def _sources(self) -> Iterator[Line]:
        a = self.assessment
        law = self._law(a.obligations, a.questions)
        if law:
            yield (Strong(f"{self.says('law')}:"), " ", *self._joined(law, "; "))
        method = [entry.source for stage in a.stages if stage.step for entry in stage.step.provenance]
        links = self._joined(self._links(source for source in method if source.publisher != "Lovdata"), "; ")
        if links:
            yield (Strong(f"{self.says('questions')}:"), " ", *links)
        shown = [r for touched in a.areas for r in self._advice_of(touched)[:_MOST_RECOMMENDATIONS]]
        links = self._joined(self._links(r.provenance[0].source for r in shown), "; ")
        if links:
            yield (Strong(f"{word('recommendations', self.lang)}:"), " ", *links)
