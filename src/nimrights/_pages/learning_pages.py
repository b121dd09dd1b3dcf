"""Pages of the guide's steps, of the course and of the human rights city."""

from __future__ import annotations

from collections.abc import Iterable

from nimrights._pages.lines import Lines
from nimrights._pages.words import word
from nimrights.models import Element, Module, Provision, Question, Step


class LearningPages(Lines):
    """Writes steps, questions with their answers, modules and elements."""

    def _step(self, s: Step) -> list[str]:
        lines = [*self._wrap(s.label[self.lang]), *self._wrap(s.description[self.lang])]
        lines += self._field("part", self.term("part", s.part))
        lines += self._field("applies", word("where" if s.areas or s.rights else "always", self.lang))
        lines += self._list("areas", s.areas) + self._list("rights", s.rights)
        lines.append(word("questions", self.lang))
        for asked in s.questions:
            lines += self._wrap(asked.text[self.lang], "    ", "  - ") + self._cited(asked.provisions)
        return [*lines, *self._laws(s.provisions), *self._made(s)]

    def _question(self, q: Question) -> list[str]:
        lines = self._wrap(q.scenario[self.lang]) if q.scenario else []
        lines += [*self._wrap(q.text[self.lang]), word("answers", self.lang)]
        for answer in q.answers:
            judged = word("right" if answer.correct else "wrong", self.lang)
            lines += self._wrap(f"{answer.text[self.lang]} [{judged}]", "    ", "  - ")
            lines += self._wrap(answer.feedback[self.lang], "      ", "      ")
        for module in self.dataset.citing(q, kind="module"):
            lines += self._field("module", f"{self.name(module)} ({module.id})")
        lines += self._forced("obligations", [(f"{o.id}  {self.name(o)}", self.forces(o)) for o in q.obligations])
        return [*lines, *self.grounds(q), *self._list("areas", q.areas), *self._made(q)]

    def grounds(self, q: Question) -> list[str]:
        """Give the provisions that a question rests on, each with its legal force, and the decisions."""
        return [*self._laws(q.provisions), *self._list("decisions", q.decisions)]

    def _laws(self, provisions: Iterable[Provision]) -> list[str]:
        return self._forced("provisions", [(f"{p.id}  {self.name(p)}", self.force_of(p)) for p in provisions])

    def _forced(self, name: str, rows: list[tuple[str, str]]) -> list[str]:
        lines = [f"{word(name, self.lang)} ({len(rows)})"] if rows else []
        for text, force in rows:
            lines += self._wrap(f"{text} [{force}]", "      ", "  - ")
        return lines

    def _module(self, m: Module) -> list[str]:
        lines = [*self._wrap(m.label[self.lang]), *self._wrap(m.summary[self.lang])]
        lines += self._field("audiences", ", ".join(self.term("audience", audience) for audience in m.audiences))
        lines += self._texts("goals", m.goals[self.lang])
        for section in m.sections:
            lines += self._wrap(section.heading[self.lang])
            for paragraph in section.body[self.lang].split("\n\n"):
                lines += self._wrap(paragraph, "    ")
            lines += self._cited(section.provisions)
        return [*lines, *self._list("exercises", m.questions), *self._list("areas", m.areas), *self._made(m)]

    def _element(self, e: Element) -> list[str]:
        lines = [*self._wrap(e.label[self.lang]), *self._wrap(e.description[self.lang])]
        lines += self._field("part", self.term("city-part", e.part))
        lines += self._texts("self-assessment", e.questions[self.lang]) + self._texts("next", e.measures[self.lang])
        lines += self._list("advice", e.advice) + self._list("examples", e.practices) + self._list("areas", e.areas)
        return lines + self._made(e)

    def _texts(self, name: str, texts: Iterable[str]) -> list[str]:
        lines = [word(name, self.lang)]
        for text in texts:
            lines += self._wrap(text, "    ", "  - ")
        return lines

    def _cited(self, provisions: Iterable[Provision]) -> list[str]:
        cited = ", ".join(f"{self.cite(provision)} [{self.force_of(provision)}]" for provision in provisions)
        return self._wrap(cited, "      ", "      ") if cited else []

    def _made(self, record: Step | Question | Module | Element) -> list[str]:
        """Give how a record came about: its origin, what to note of it, its sources and reviews."""
        origin = self.term("origin", record.origin) if isinstance(record, (Step, Element)) else ""
        return self._field("origin", origin) + self._field("note", record.note or "") + self._origin(record)
