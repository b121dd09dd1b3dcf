"""Parts of an assessment's section that both forms have: tables, lists of sources, how things are named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nimrights._assessing.asking import ADDED, CLASSIFIED, Asked, Asking, TouchedArea
from nimrights._assessing.words import says
from nimrights._pages.blocks import Line, Link, Paragraph, Strong, Table
from nimrights._pages.naming import Names
from nimrights._pages.words import word
from nimrights._version import __version__
from nimrights.classifier import Evidence, Match
from nimrights.models import Instrument, LegalBasis, Obligation, Recommendation, Source

#: provisions of each in the short form
_MOST_PROVISIONS: Final = 4
#: the end of a sentence that another one follows: no abbreviation, and no number of a section
_END: Final = re.compile(r"(?<=[a-zæøå)]{3})[.](?= [A-ZÆØÅ])")
#: words of the case that are shown for an area
_MOST_WORDS: Final = 4
#: those that counted for less than this share of it are not shown, but for the first
_LEAST_WEIGHT: Final = 0.1
#: from here on a probability is shown as above it
_ALMOST: Final = 0.99


def _first_sentence(text: str) -> str:
    """Give the first sentence, with a sign where more follows."""
    end = _END.search(text)
    return f"{text[: end.start() + 1]} …" if end else text


def _short(url: str) -> str:
    """Give an address as people write it."""
    return (url.partition("://")[2] or url).removeprefix("www.").rstrip("/")


class Parts(Names):
    """Writes parts of one assessment in one language."""

    def __init__(self, assessment: Asking, lang: str) -> None:
        super().__init__(assessment.dataset, lang)
        self.assessment = assessment

    def says(self, name: str) -> str:
        """Give a word of the section."""
        return says(name, self.lang)

    def _case(self) -> Paragraph:
        return Paragraph((Strong(f"{self.says('case')}:"), " ", self.assessment.title))

    def _found(self, touched: TouchedArea) -> str:
        if touched.how != CLASSIFIED:
            return self.says("added") if touched.how == ADDED else ""
        if touched.score is None:
            return ""
        return self.says("proposed").format(self._percent(touched.score))

    def _percent(self, share: float) -> str:
        least = min(share, _ALMOST)
        said = f"{least:.0%}" if self.lang == "en" else f"{100 * least:.0f}\u00a0%"
        return self.says("over").format(said) if share > _ALMOST else said

    def _said(self, evidence: Iterable[Evidence]) -> str:
        """Give the words and codes that spoke for an area, as they stand in the case."""
        left, right = ("“", "”") if self.lang == "en" else ("«", "»")
        schemes = {(name, code): scheme for name, scheme, code in self.assessment.case.codes}
        spoke = [e for n, e in enumerate(evidence) if e.weight >= (0 if n == 0 else _LEAST_WEIGHT)]
        return ", ".join(
            f"{self.term('scheme', schemes[e.field, e.word])} {e.word}"
            if (e.field, e.word) in schemes
            else f"{left}{e.word}{right}"
            for e in spoke[:_MOST_WORDS]
        )

    def _duties(self, caption: str, duties: Iterable[Obligation], *, whole: bool = True) -> Table:
        header = (self.says("duty"), word("force", self.lang), self.says("basis"))
        rows = []
        for duty in duties:
            statement = duty.statement[self.lang]
            said: list[Line] = [(statement if whole else _first_sentence(statement),)]
            if duty.applies_to != "all":
                said.append((f"{word('applies', self.lang)}: {self.term('applies', duty.applies_to)}.",))
            if duty.doubt and whole:
                said.append((f"{word('doubt', self.lang)}: {duty.doubt[self.lang]}",))
            operative = [basis for basis in duty.legal_basis if basis.operative]
            rest = [basis for basis in duty.legal_basis if not basis.operative]
            cited = [self._cited(operative or rest, None if whole else _MOST_PROVISIONS)]
            if whole and operative and rest:
                name = word("behind", self.lang)
                cited.append((f"{name[:1].upper()}{name[1:]}: ", *self._cited(rest)))
            rows.append((tuple(said), ((self._force(duty),),), tuple(cited)))
        return Table(caption, header, (50, 20, 30), tuple(rows))

    def _force(self, duty: Obligation) -> str:
        text = self.forces(duty)
        return text[:1].upper() + text[1:]

    def _cited(self, bases: Iterable[LegalBasis], most: int | None = None) -> Line:
        links = [
            Link(self.cite(basis.provision, basis.paragraph), basis.provision.url or basis.provision.instrument.url)
            for basis in bases
        ]
        once = list(dict.fromkeys(links))
        return (*self._joined(once[:most]), *([" …"] if once[most or len(once) :] else []))

    def _joined(self, links: Iterable[Link], comma: str = ", ") -> Line:
        return tuple(run for n, link in enumerate(links) for run in ((comma, link) if n else (link,)))

    def _law(self, duties: Iterable[Obligation], questions: Iterable[Asked] = ()) -> list[Link]:
        """Give the legal texts that are cited, each with its address, by their names."""
        provisions = [p for duty in duties for p in duty.provisions] + [
            p for asked in questions for p in asked.provisions
        ]
        cited: dict[str, Instrument] = {p.instrument.id: p.instrument for p in provisions}
        return sorted((Link(i.label[self.lang], i.url) for i in cited.values()), key=lambda link: link.text.lower())

    def _links(self, sources: Iterable[Source]) -> Iterable[Link]:
        """Give each source once, by its title, else by its address: two links never read alike."""
        return dict.fromkeys(Link(source.title or _short(source.url), source.url) for source in sources)

    def _advice_of(self, touched: TouchedArea) -> tuple[Recommendation, ...]:
        return Match(touched.area, 0.0, (), self.dataset).recommendations

    def _one_advice(self, r: Recommendation) -> Line:
        paragraph = f" {word('paragraph', self.lang)} {r.paragraph}" if r.paragraph and r.document else ""
        about = ", ".join(filter(None, (r.date, word("not-binding", self.lang))))
        return (
            f"{r.summary[self.lang]} (",
            Link(f"{self.origin(r)}{paragraph}", r.provenance[0].source.url),
            f", {about})",
        )

    def _foot(self) -> Paragraph:
        data = self.says("data").format(self.dataset.version, self.dataset.as_of, __version__)
        return Paragraph((f"{self.says('draft-short')} {word('legal-advice', self.lang)} {data}",), small=True)
