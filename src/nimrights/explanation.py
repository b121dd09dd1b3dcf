"""Why a case was given its areas: its marked words, the reasons, and what follows. For a page or a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from nimrights._pages.naming import Names
from nimrights._pages.words import COLUMN, word
from nimrights._safe import clean, is_web
from nimrights.cases import CODES, read_case
from nimrights.classifier import MOST_CHARACTERS, Evidence, Match
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.models import LegalBasis, Obligation, Recommendation, code_id
from nimrights.render import Renderer
from nimrights.text import words
from nimrights.versions import load
from nimrights.vocabulary import check_language

#: recommendations that are shown for an area
MOST_RECOMMENDATIONS: Final = 5

#: words of a page and of a terminal, beside those in `nimrights._pages.words`
_SAYS: Final = {
    "areas": ("Politikkområder i saken", "Politikkområde i saka", "Policy areas of the case"),
    "proposal": (
        "Foreslått av et program. Et menneske avgjør.",
        "Føreslått av eit program. Eit menneske avgjer.",
        "Proposed by a program. A person decides.",
    ),
    "case": ("Saken", "Saka", "The case"),
    "marked": (
        "Ord og koder som talte for et område, er merket.",
        "Ord og kodar som talde for eit område, er merkte.",
        "Words and codes that counted for an area are marked.",
    ),
    "cut": ("Resten er ikke lest.", "Resten er ikkje lesen.", "The rest was not read."),
    "score": ("Sannsynlighet", "Sannsyn", "Probability"),
    "why": ("Hvorfor", "Kvifor", "Why"),
    "share": ("av det som talte for området", "av det som talde for området", "of what counted for the area"),
    "against": ("taler mot", "talar mot", "speaks against"),
    "term": ("fra begrepet «{}»", "frå omgrepet «{}»", "from the term “{}”"),
    "not-shown": ("flere er ikke vist.", "fleire er ikkje viste.", "more are not shown."),
    "data": ("Datasett", "Datasett", "Dataset"),
    "as-of": ("per", "per", "as of"),
    "text": ("Tekst", "Tekst", "Text"),
    "tittel": ("Tittel", "Tittel", "Title"),
    "offentligTittel": ("Offentlig tittel", "Offentleg tittel", "Public title"),
    "beskrivelse": ("Beskrivelse", "Omtale", "Description"),
    "tekst": ("Tekst", "Tekst", "Text"),
    "noekkelord": ("Nøkkelord", "Nøkkelord", "Keyword"),
    "klasse": ("Klasse", "Klasse", "Class"),
    "kkode": ("K-kode", "K-kode", "K-kode"),
    "saksmappe": ("Saksmappe", "Saksmappe", "Case file"),
}

#: looks stand in attributes: HTML allows a style element only in the head of a page, which is not ours
_BOX: Final = "color:#1a1a1a;background:#ffffff;line-height:1.5"
_MARK: Final = "color:#1a1a1a;background:#ffe58a;font-weight:bold;text-decoration:underline"
_LINK: Final = "color:#0b4f8a;text-decoration:underline"

#: a word as it stands in a text, with marks that combine with its letters
_SPELLED: Final = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
#: from here on a probability is shown as above it
_ALMOST: Final = 0.99


def explain_html(
    case: str | Mapping[str, Any], matches: Iterable[Match], lang: str = "nb", *, dataset: Dataset | None = None
) -> str:
    """Give a page fragment that shows *case* with its marked words, and for each match what follows and why.

    It is one ``section`` without scripts, ids or anything to fetch, and its looks stand in
    attributes, so that it can be put into any page. Everything in it is escaped; what is no http
    or https address is not made a link. Without *matches* it says that no area was found.
    *dataset* is named where there are no matches; without it, the newest.

    Raises `UnknownLanguage`, or `BadQuery` when *case* is no case or *matches* are no matches.

    >>> from nimrights import classify
    >>> case = "Søknad om startlån"
    >>> page = explain_html(case, classify(case), "en")
    >>> page.startswith('<section class="nimrights" lang="en"'), ">startlån</mark>" in page
    (True, True)
    """
    page = _Page(case, matches, lang, dataset)
    title = escape(page.says("areas"))
    head = _tag("h2", title) + _tag("p", escape(page.says("proposal"))) + page.case_part()
    none = "" if page.matches else _tag("p", escape(word("no-area", lang)))
    foot = _tag("p", escape(page.closing()))
    body = head + "".join(map(page.area_part, page.matches)) + none + foot
    return f'<section class="nimrights" lang="{lang}" aria-label="{title}" style="{_BOX}">\n{body}</section>\n'


def explain_text(  # noqa: PLR0913 - an option each
    case: str | Mapping[str, Any],
    matches: Iterable[Match],
    lang: str = "nb",
    *,
    color: bool = False,
    width: int = 88,
    dataset: Dataset | None = None,
) -> str:
    """Give the same for a terminal: marked words are bold and underlined with *color*, else between asterisks.

    Lines have at most *width* characters, but the case stands as it is, each of its texts on a
    line. Control characters of the case are not passed on. Raises as `explain_html` does.

    >>> from nimrights import classify
    >>> "om *startlån*" in explain_text("Søknad om startlån", classify("Søknad om startlån"))
    True
    """
    page = _Page(case, matches, lang, dataset)

    def mark(spelled: str, _: str) -> str:
        return f"\x1b[1;4m{spelled}\x1b[0m" if color else f"*{spelled}*"

    shown = [f"{label}: {' '.join(text.split())}" for label, text in page.rows(mark, str)]
    said = list(Renderer(page.dataset, lang, width).matches(page.matches, MOST_RECOMMENDATIONS))
    said = [clean(line) for line in said or [word("no-area", lang)]]
    return "\n".join([*shown, *([""] if shown else []), *said, "", page.closing()])


def _tag(name: str, inside: str) -> str:
    """Give an element on a line of its own; *inside* is HTML."""
    return f"<{name}>{inside}</{name.partition(' ')[0]}>\n"


def _items(items: Iterable[str]) -> str:
    inside = "".join(_tag("li", item) for item in items)
    return _tag("ul", inside) if inside else ""


def _mark(spelled: str, why: str) -> str:
    about = f' title="{escape(why)}"' if why else ""
    return f'<mark style="{_MARK}"{about}>{escape(spelled)}</mark>'


def _link(text: str, url: str | None) -> str:
    """Give *text* as a link where *url* is a web address, else as it is."""
    shown = escape(clean(text))
    return f'<a href="{escape(url)}" style="{_LINK}">{shown}</a>' if url and is_web(url) else shown


def _matches(matches: object) -> list[Match]:
    found = []
    for match in matches if isinstance(matches, Iterable) else [matches]:
        if not isinstance(match, Match):
            raise BadQuery(f"matches are what classify gives, not {type(match).__name__}")
        found.append(match)
    return found


class _Page(Names):
    """One case with its matches, in one language."""

    def __init__(self, case: object, matches: object, lang: str, dataset: Dataset | None) -> None:
        check_language(lang)
        self.case, self.matches = read_case(case), _matches(matches)
        judged = self.matches[0]._dataset if self.matches else None  # noqa: SLF001 - the one that gave the answer
        super().__init__(dataset or judged or load(), lang)
        #: field and code -> scheme
        self._schemes = {(field, code): scheme for field, scheme, code in self.case.codes}
        #: folded word, or field and code -> what it counted for
        self._counted: dict[str | tuple[str, str], list[str]] = {}
        for match in self.matches:
            for entry in match.evidence:
                if entry.weight > 0:
                    why = f"{match.area.label[lang]} {self.percent(entry.weight)}"
                    place = (entry.field, entry.word)
                    for key in [place] if place in self._schemes else words(entry.word):
                        self._counted.setdefault(key, []).append(why)

    def says(self, name: str) -> str:
        """Give a word of the interface."""
        return _SAYS[name][COLUMN[self.lang]]

    def percent(self, share: float) -> str:
        """Give a share as the language writes it."""
        return f"{share:.0%}" if self.lang == "en" else f"{100 * share:.0f}\u00a0%"

    def closing(self) -> str:
        """Say that it is no legal advice, and from which data it comes."""
        data = f"{self.says('data')} {self.dataset.version}, {self.says('as-of')} {self.dataset.as_of}."
        return f"{word('legal-advice', self.lang)} {data}"

    def field(self, name: str) -> str:
        """Give what a field is called, one of the case file after its name."""
        parts = name.split(".")
        return " › ".join(self.says(p) if p in _SAYS else self.term("scheme", CODES[p]) for p in parts)

    def heading(self, scheme: str, code: str) -> str:
        """Give the name of a code after a space, nothing where its scheme does not have it."""
        key = code_id(scheme, code.strip()[:1] if scheme == "k-codes" else code.strip())
        heading = self.dataset.codes[key].heading if key in self.dataset.codes else None
        return f" {heading}" if heading else ""

    def rows(self, mark: Callable[[str, str], str], plain: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        """Give what each field is called and what it holds.

        *mark* is put on the words and codes that counted, told for what, and *plain* on the rest.
        """
        for name, text in self.case.texts:
            rest = plain(f" … [{self.says('cut')}]") if len(text) > MOST_CHARACTERS else ""
            yield self.field(name), self._marked(clean(text[:MOST_CHARACTERS]), mark, plain) + rest
        for name, scheme, code in self.case.codes:
            why = self._counted.get((name, code))
            shown = mark(clean(code), ", ".join(why)) if why else plain(clean(code))
            yield self.field(name), shown + plain(self.heading(scheme, code))

    def _marked(self, text: str, mark: Callable[[str, str], str], plain: Callable[[str], str]) -> str:
        parts, end = [], 0
        for found in _SPELLED.finditer(text):
            why = [reason for part in words(found[0]) for reason in self._counted.get(part, ())]
            if why:
                parts += [plain(text[end : found.start()]), mark(found[0], ", ".join(why))]
                end = found.end()
        return "".join([*parts, plain(text[end:])])

    def case_part(self) -> str:
        """Give the case with its marked words and codes, their language left open."""
        held = [
            _tag("dt", escape(label)) + _tag('dd lang="" dir="auto"', text) for label, text in self.rows(_mark, escape)
        ]
        note = _tag("p", escape(self.says("marked"))) if self._counted else ""
        return _tag("h3", escape(self.says("case"))) + (_tag("dl", "\n" + "".join(held)) if held else "") + note

    def area_part(self, match: Match) -> str:
        """Give what speaks for an area and what follows from it."""
        surest = f"{'over ' if match.score > _ALMOST else ''}{self.percent(min(match.score, _ALMOST))}"
        score = escape(f"{self.says('score')}: {surest}")
        duties, advice = match.obligations, match.recommendations
        rest = len(advice) - MOST_RECOMMENDATIONS
        about = f"{word('recommendations', self.lang)} ({len(advice)}): {word('not-binding', self.lang)}"
        parts = [
            _tag("h3", escape(match.area.label[self.lang])),
            _tag("p", f"{score} <code>{escape(match.area.id)}</code>"),
            _tag("h4", escape(self.says("why"))),
            _items(map(self._reason, match.evidence)),
            _tag("h4", escape(f"{word('obligations', self.lang)} ({len(duties)}): {word('binding', self.lang)}")),
            _items(map(self._duty, duties)),
            _tag("h4", escape(about)),
            _items(map(self._advice, advice[:MOST_RECOMMENDATIONS])),
            _tag("p", escape(f"{rest} {self.says('not-shown')}")) if rest > 0 else "",
        ]
        return _tag("article", "\n" + "".join(parts))

    def _reason(self, entry: Evidence) -> str:
        said = clean(entry.word)
        scheme = self._schemes.get((entry.field, entry.word))
        if scheme:
            said = f"{self.field(entry.field)} {said}{self.heading(scheme, entry.word)}"
        elif entry.term:
            said += f" ({self.says('term').format(entry.term)})"
        share = f"{self.percent(abs(entry.weight))} {self.says('share')}"
        return escape(f"{said}: {share if entry.weight > 0 else self.says('against')}")

    def _duty(self, duty: Obligation) -> str:
        operative = [basis for basis in duty.legal_basis if basis.operative]
        behind = [basis for basis in duty.legal_basis if not basis.operative]
        rows = [
            (word("force", self.lang), escape(self.forces(duty))),
            (word("operative", self.lang), self._cited(operative)),
            (word("behind" if operative else "provisions", self.lang), self._cited(behind)),
        ]
        said = "".join(f"<br>{escape(name[:1].upper() + name[1:])}: {what}" for name, what in rows if what)
        return escape(duty.statement[self.lang]) + said

    def _cited(self, bases: Iterable[LegalBasis]) -> str:
        links = [
            _link(self.cite(basis.provision, basis.paragraph), basis.provision.url or basis.provision.instrument.url)
            for basis in bases
        ]
        return ", ".join(dict.fromkeys(links))

    def _advice(self, r: Recommendation) -> str:
        source, origin = r.provenance[0].source, self.origin(r)
        where = f"{origin} {word('paragraph', self.lang)} {r.paragraph}" if r.paragraph and r.document else origin
        about = ", ".join(filter(None, (where, r.date, self.force("recommendation"))))
        link = _link(source.title or source.publisher, source.url)
        return f"{escape(r.summary[self.lang])}<br>{escape(about)}<br>{escape(word('source', self.lang))}: {link}"
