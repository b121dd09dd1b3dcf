"""The grammar of article and section citations: a name, a unit, a number, a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from nimrights._citing.numbers import (
    CHAPTER,
    DASH,
    LAW_ENDINGS,
    LINK_WORDS,
    PUNCTUATION,
    UNITS,
    Item,
    Read,
    Token,
    listed,
    number_at,
    skip,
    text_at,
    tokens_of,
)
from nimrights.dataset import Dataset
from nimrights.models import provision_id
from nimrights.text import fold

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


_Found = tuple[list[Citation], int]  #: citations, and the token after them


class Instruments:
    """What the dataset calls its instruments, and which provisions it holds."""

    def __init__(self, dataset: Dataset) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._dataset = dataset
        self._places: frozenset[str] | None = None
        self._provisions = dataset.provisions
        self._of: dict[str, list[tuple[str, str]]] = {}  #: instrument -> (number without spaces, id)
        self.articles: set[str] = set()
        rows = {key: dataset.raw(key) for key in dataset.instruments}
        for key, row in sorted(rows.items(), key=lambda item: ("force" not in item[1], item[0])):
            if row["unit"] == "article":
                self.articles.add(key)
            spellings = [key, *row["label"].values(), *row["title"].values(), *row.get("aliases", ())]
            for spelling in [*spellings, *row.get("abbreviation", {}).values()]:
                name = tuple(t.text for t in tokens_of(spelling) if t.text not in DASH | {"."})
                if name:
                    self._names.setdefault(name, key)
        self._longest = max(map(len, self._names), default=0)
        for key in dataset.provisions:
            row = dataset.raw(key)
            self._of.setdefault(row["instrument"], []).append((provision_id("", row["number"])[1:], key))

    def at(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """Give the instrument whose longest name starts at token *at*, and the token after it."""
        spelled: list[str] = []
        best = None
        for n in range(at, min(at + 2 * self._longest, len(tokens))):
            part = tokens[n].text
            if part in DASH | {"."}:
                if not spelled:
                    return None
                continue
            spelled.append(part)
            genitive = (*spelled[:-1], part.removesuffix("s"))
            found = self._names.get(tuple(spelled)) or (self._names.get(genitive) if len(part) > 3 else None)  # noqa: PLR2004
            if found:
                best = found, n + 1
        return best and self._with_abbreviation(tokens, best)

    def _with_abbreviation(self, tokens: list[Token], named: tuple[str, int]) -> tuple[str, int]:
        """Take in the abbreviation in brackets after a name: barnevernsloven (bvl.) § 1-3."""
        instrument, n = named
        if n < len(tokens) and tokens[n].text == "(":
            inner = self.at(tokens, n + 1)
            if inner and inner[0] == instrument:
                end = skip(tokens, inner[1], PUNCTUATION)
                if end < len(tokens) and tokens[end].text == ")":
                    return instrument, end + 1
        return named

    def is_place(self, written: str) -> bool:
        """Say whether a municipality is called so: "Hol 3-2 Ål" is a result, no section."""
        if self._places is None:
            rows = (self._dataset.raw_in("municipalities", key) for key in self._dataset.municipalities)
            self._places = frozenset(fold(row["label"]) for row in rows)
        return fold(written) in self._places

    def provision(self, instrument: str, number: str) -> tuple[str, ...]:
        """Give the id of a provision that the dataset holds, as a tuple of one or none."""
        key = provision_id(instrument, number)
        return (key,) if key in self._provisions else ()

    def chapter(self, instrument: str, number: str) -> tuple[str, ...]:
        """Give the provisions of a chapter: those whose number starts with the chapter's."""
        return tuple(key for spelled, key in self._of.get(instrument, ()) if spelled.startswith(f"{number}-"))


def provisions(text: str, names: Instruments) -> Iterator[Citation]:
    """Find the articles and sections cited in *text* that the dataset holds, in order."""
    tokens = tokens_of(text)
    read: Read = {}
    at = 0
    while at < len(tokens):
        found = _after_name(tokens, at, names, read) or _before_name(tokens, at, names, read)
        if found:
            yield from found[0]
            at = found[1]
        else:
            at = max(at + 1, skip(tokens, at, UNITS | PUNCTUATION) - 1)


def _cited(tokens: list[Token], items: list[Item], begin: int, end: int, ids: list[tuple[str, ...]]) -> _Found:
    """Give the citations of a list that stands from token *begin* to *end*: the name belongs to the nearest one."""
    found = []
    for place, (item, held) in enumerate(zip(items, ids, strict=True)):
        first = begin if place == 0 else item.first
        last = end if place == len(items) - 1 else item.end
        if held:
            found.append(Citation(tokens[first].start, tokens[last - 1].end, held, item.number, item.paragraph))
    return found, end


def _after_name(tokens: list[Token], at: int, names: Instruments, read: Read) -> _Found | None:
    """EMK art. 8; Grl. §§ 102 og 104; bvl. § 1-3; P1-1; pbrl. kap. 4 A."""
    named = names.at(tokens, at)
    if named is None:
        return None
    instrument, n = named
    article = instrument in names.articles
    unit_at = n = skip(tokens, n, PUNCTUATION)
    unit = text_at(tokens, n) if text_at(tokens, n) in UNITS else ""
    n = skip(tokens, n, UNITS | PUNCTUATION)
    if not unit:
        written = tokens[at].written
        if written.istitle() and (len(written) == _AMBIGUOUS_LENGTH or names.is_place(written)):
            return None
        n = skip(tokens, n, DASH | {"("})
    if unit in CHAPTER:
        numbered = number_at(tokens, n, article=article)
        ids = names.chapter(instrument, numbered[0]) if numbered else ()
        if numbered is None or not ids:
            return None
        return [Citation(tokens[at].start, tokens[numbered[1] - 1].end, ids, numbered[0])], numbered[1]
    items = listed(tokens, unit_at, n, read, article=article)[: None if unit else 1]
    if len(items) > 1 and _of_another(tokens, items[-1].end, names):
        items.pop()
    held = [names.provision(instrument, item.number) for item in items]
    if not held or not held[0]:
        return None
    return _cited(tokens, items, at, items[-1].end, held)


def _of_another(tokens: list[Token], at: int, names: Instruments) -> bool:
    """Say whether the number before token *at* belongs to the law that is named after it."""
    n = skip(tokens, at, LINK_WORDS)
    return names.at(tokens, n) is not None or (n > at and text_at(tokens, n).endswith(LAW_ENDINGS))


def _before_name(tokens: list[Token], at: int, names: Instruments, read: Read) -> _Found | None:
    """Article 8 ECHR; artikkel 3 i barnekonvensjonen; art. 8 og 10 EMK; kapittel 7 i bvl.; and § 112 as the whole."""
    unit = tokens[at].text
    if unit not in UNITS:
        return None
    n = skip(tokens, at, UNITS | PUNCTUATION)
    items: list[Item] = []
    for article in (True, False):
        items = listed(tokens, at, n, read, article=article)
        if not items:
            return None
        for most in (len(items), 1):  # a name may stand after the first number of what looks like a list
            some = items[:most]
            named = names.at(tokens, skip(tokens, some[-1].end, LINK_WORDS | PUNCTUATION))
            if named and (named[0] in names.articles) == article:
                find = names.chapter if unit in CHAPTER else names.provision
                held = [find(named[0], item.number) for item in some]
                return _cited(tokens, some, at, named[1], held) if any(held) else None
    # a section sign and numbers, and nothing else, mean the Constitution; in a text they would be a guess
    held = [names.provision("grl", item.number) for item in items]
    if unit not in CHAPTER and at == 0 and items[-1].end == len(tokens) and any(held):
        return _cited(tokens, items, at, len(tokens), held)
    return None
