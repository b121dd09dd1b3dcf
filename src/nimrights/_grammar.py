"""The grammar of article and section citations: a name, a unit, a number, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from nimrights.dataset import Dataset
from nimrights.models import provision_id
from nimrights.text import fold

DASHES: Final = "\u2010\u2011\u2012\u2013\u2014-"  #: the plain one last: patterns use them in brackets
_TOKEN = re.compile(rf"[^\W\d_]+|\d+|[§()/.,:{DASHES}]")
_CHAPTER: Final = frozenset("kap kapittel kapitlet chapter ch".split())
_UNITS: Final = _CHAPTER | frozenset(
    "§ art artikkel artikkelen artikler article articles artikel paragraf paragrafen section sections sec ss".split()
)
_PARAGRAPH: Final = frozenset("nr no para paragraph number nummer".split())
_LEVEL: Final = frozenset("ledd paragraph avsnitt punktum sentence".split())
_LETTER: Final = frozenset("bokstav litra letter".split())
_ORDINALS: Final = {
    "forste": "1", "fyrste": "1", "first": "1", "annet": "2", "andre": "2", "anna": "2", "second": "2",
    "tredje": "3", "third": "3", "fjerde": "4", "fourth": "4", "femte": "5", "fifth": "5", "sjette": "6", "sixth": "6",
    "siste": "last", "last": "last",
}  # fmt: skip
_LINK_WORDS: Final = frozenset("i of the av to under etter pa in".split())
_PUNCTUATION: Final = frozenset(".,:")
_DASH: Final = frozenset(DASHES)
#: names so short that a capitalised word may be something else: the party Sp is not the covenant SP
_AMBIGUOUS_LENGTH: Final = 2


@frozen(order=True)
class Citation:
    """A citation found in a text."""

    start: int  #: where it begins in the text (in its composed form, NFC)
    end: int  #: where it ends
    ids: tuple[str, ...]  #: ids of the records cited, best first; never empty
    number: str | None = None  #: number of the article, section or UN paragraph
    paragraph: str | None = None  #: paragraph within an article or section

    @property
    def canonical(self) -> str:
        """Give a form that parses to the same record: its id, with the paragraph in brackets."""
        return self.ids[0] + (f"({self.paragraph})" if self.paragraph else "")


@frozen
class _Token:
    text: str  #: folded
    written: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    return [_Token(fold(m[0]) or m[0], m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


class Instruments:
    """What the dataset calls its instruments, and which provisions it holds."""

    def __init__(self, dataset: Dataset) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._provisions = dataset.provisions
        self._of: dict[str, list[tuple[str, str]]] = {}  #: instrument -> (number without spaces, id)
        self.articles: set[str] = set()
        rows = {key: dataset.raw(key) for key in dataset.instruments}
        for key, row in sorted(rows.items(), key=lambda item: ("force" not in item[1], item[0])):
            if row["unit"] == "article":
                self.articles.add(key)
            spellings = [key, *row["label"].values(), *row["title"].values(), *row.get("aliases", ())]
            for spelling in [*spellings, *row.get("abbreviation", {}).values()]:
                name = tuple(t.text for t in _tokens(spelling) if t.text not in _DASH | {"."})
                if name:
                    self._names.setdefault(name, key)
        self._longest = max(map(len, self._names), default=0)
        for key in dataset.provisions:
            row = dataset.raw(key)
            self._of.setdefault(row["instrument"], []).append((provision_id("", row["number"])[1:], key))

    def at(self, tokens: list[_Token], at: int) -> tuple[str, int] | None:
        """Give the instrument whose longest name starts at token *at*, and the token after it."""
        spelled: list[str] = []
        best = None
        for n in range(at, min(at + 2 * self._longest, len(tokens))):
            part = tokens[n].text
            if part in _DASH | {"."}:
                if not spelled:
                    return None
                continue
            spelled.append(part)
            genitive = (*spelled[:-1], part.removesuffix("s"))
            found = self._names.get(tuple(spelled)) or (self._names.get(genitive) if len(part) > 3 else None)  # noqa: PLR2004
            if found:
                best = found, n + 1
        return best and self._with_abbreviation(tokens, best)

    def _with_abbreviation(self, tokens: list[_Token], named: tuple[str, int]) -> tuple[str, int]:
        """Take in the abbreviation in brackets after a name: barnevernsloven (bvl.) § 1-3."""
        instrument, n = named
        if n < len(tokens) and tokens[n].text == "(":
            inner = self.at(tokens, n + 1)
            if inner and inner[0] == instrument:
                end = _skip(tokens, inner[1], _PUNCTUATION)
                if end < len(tokens) and tokens[end].text == ")":
                    return instrument, end + 1
        return named

    def provision(self, instrument: str, number: str) -> tuple[str, ...]:
        """Give the id of a provision that the dataset holds, as a tuple of one or none."""
        key = provision_id(instrument, number)
        return (key,) if key in self._provisions else ()

    def chapter(self, instrument: str, number: str) -> tuple[str, ...]:
        """Give the provisions of a chapter: those whose number starts with the chapter's."""
        return tuple(key for spelled, key in self._of.get(instrument, ()) if spelled.startswith(f"{number}-"))


def _skip(tokens: list[_Token], at: int, allowed: frozenset[str]) -> int:
    while at < len(tokens) and tokens[at].text in allowed:
        at += 1
    return at


def _text(tokens: list[_Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _number_at(tokens: list[_Token], at: int, *, article: bool) -> tuple[str, int] | None:
    """Give the article or section number at token *at*, and the token after it."""
    if not _text(tokens, at).isdigit():
        return None
    number, n = tokens[at].text, at + 1

    def letter() -> bool:
        """Say whether a section letter follows; "i" or "o" apart from the number is a preposition."""
        word = _text(tokens, n)
        gap = tokens[n].start - tokens[n - 1].end if word else 0
        return len(word) == 1 and word.isalpha() and gap <= (0 if word in "io" else 1)

    if article:
        return number, n
    if letter():
        number, n = number + tokens[n].text, n + 1
    if _text(tokens, n) in _DASH and _text(tokens, n + 1).isdigit():
        number, n = f"{number}-{tokens[n + 1].text}", n + 2
        if letter():
            number, n = number + tokens[n].text, n + 1
    return number, n


def _paragraph_at(tokens: list[_Token], at: int, *, article: bool) -> tuple[str | None, int]:
    """Give the paragraph after a number, and the token after everything that says where in it."""
    first, end = None, at
    while (found := _level_at(tokens, _skip(tokens, end, _PUNCTUATION), article=article)) is not None:
        first = first or found[0]
        end = found[1]
    return first, end


def _level_at(tokens: list[_Token], n: int, *, article: bool) -> tuple[str, int] | None:
    """Give one level below the number: annet ledd, 2. ledd, nr. 1, bokstav a, (1), or § 1 of an article."""
    word, following = _text(tokens, n), _skip(tokens, n + 1, _PUNCTUATION)
    after = _text(tokens, following)
    if word in _ORDINALS and after in _LEVEL:
        return _ORDINALS[word], following + 1
    if word.isdigit() and after in _LEVEL:
        return word, following + 1
    if after.isdigit() and (word in _PARAGRAPH or (word == "§" and article)):
        return after, following + 1
    if word in _LETTER and len(after) == 1 and after.isalpha():
        return after, following + 1
    if word == "(" and _text(tokens, n + 2) == ")" and (after.isdigit() or len(after) == 1):
        return after, n + 3
    return None


def provisions(text: str, names: Instruments) -> Iterator[Citation]:
    """Find the articles and sections cited in *text* that the dataset holds, in order."""
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        found = _after_name(tokens, at, names) or _before_name(tokens, at, names)
        if found:
            citation, at = found
            yield citation
        else:
            at = max(at + 1, _skip(tokens, at, _UNITS | _PUNCTUATION) - 1)


def _after_name(tokens: list[_Token], at: int, names: Instruments) -> tuple[Citation, int] | None:
    """EMK art. 8; bvl. § 1-3; P1-1; pbrl. kap. 4 A."""
    named = names.at(tokens, at)
    if named is None:
        return None
    instrument, n = named
    article = instrument in names.articles
    n = _skip(tokens, n, _PUNCTUATION)
    unit = _text(tokens, n) if _text(tokens, n) in _UNITS else ""
    n = _skip(tokens, n, _UNITS | _PUNCTUATION)
    if not unit:
        written = tokens[at].written
        if len(written) == _AMBIGUOUS_LENGTH and written.istitle():
            return None
        n = _skip(tokens, n, _DASH | {"("})
    numbered = _number_at(tokens, n, article=article)
    if numbered is None:
        return None
    number, end = numbered
    chapter = unit in _CHAPTER
    ids = names.chapter(instrument, number) if chapter else names.provision(instrument, number)
    if not ids:
        return None
    paragraph, end = (None, end) if chapter else _paragraph_at(tokens, end, article=article)
    return Citation(tokens[at].start, tokens[end - 1].end, ids, number, paragraph), end


def _before_name(tokens: list[_Token], at: int, names: Instruments) -> tuple[Citation, int] | None:
    """Article 8 ECHR; artikkel 3 i barnekonvensjonen; kapittel 7 i bvl.; and § 112 as the whole text."""
    unit = tokens[at].text
    if unit not in _UNITS:
        return None
    n = _skip(tokens, at, _UNITS | _PUNCTUATION)
    for article in (True, False):
        numbered = _number_at(tokens, n, article=article)
        if numbered is None:
            return None
        number, end = numbered
        paragraph, end = _paragraph_at(tokens, end, article=article)
        named = names.at(tokens, _skip(tokens, end, _LINK_WORDS | _PUNCTUATION))
        if named and (named[0] in names.articles) == article:
            chapter = unit in _CHAPTER
            ids = names.chapter(named[0], number) if chapter else names.provision(named[0], number)
            if not ids:
                return None
            return Citation(tokens[at].start, tokens[named[1] - 1].end, ids, number, paragraph), named[1]
    # a section sign and a number, and nothing else, mean the Constitution; in a text they would be a guess
    ids = names.provision("grl", number)
    if unit not in _CHAPTER and at == 0 and end == len(tokens) and ids:
        return Citation(tokens[0].start, tokens[-1].end, ids, number, paragraph), end
    return None
