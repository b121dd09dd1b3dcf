"""Citations: every way people write an article, a section, a UN symbol or a code.

The names of instruments come from the dataset, so the parser knows exactly the instruments
that the data knows, in every language the data has a name in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.models import provision_id
from nimrights.text import fold
from nimrights.versions import load

#: longest text that is looked through; the rest is ignored
MOST_CHARACTERS: Final = 100_000

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[§()/.,:\-\u2013]")
_UNITS: Final = frozenset(
    "§ art artikkel artikkelen artikler article articles artikel paragraf paragrafen section sections sec ss "
    "kap kapittel kapitlet chapter ch".split()
)
_CHAPTER: Final = frozenset("kap kapittel kapitlet chapter ch".split())
_PARAGRAPH: Final = frozenset("nr no para paragraph number nummer".split())
_ORDINALS: Final = {
    "forste": "1", "fyrste": "1", "first": "1", "annet": "2", "andre": "2", "anna": "2", "second": "2",
    "tredje": "3", "third": "3", "fjerde": "4", "fourth": "4", "femte": "5", "fifth": "5", "sjette": "6", "sixth": "6",
}  # fmt: skip
_LINK_WORDS: Final = frozenset("i of the av to under etter pa in".split())
_LOV = re.compile(
    r"(?:https?://)?(?:www\.)?(?:lovdata\.no/(?:\S*?/)?)?(?:LOV[-/ ]?)?"
    r"(?<!\d)(\d{4})[-/](\d{2})[-/](\d{2})(?:[-/](\d{1,4}))?(?!\d)(?:/nor\b)?",
    re.IGNORECASE,
)
_ADDRESS_SECTION = re.compile(
    r"[/ ,]*(?:§|%C2%A7)+\s*(\d+(?:\s?[a-z](?![^\W\d_]))?(?:-\d+(?:\s?[a-z](?![^\W\d_]))?)?)", re.IGNORECASE
)
_SYMBOL = re.compile(
    r"\b[A-Z]{1,6}(?:[./][A-Za-z0-9().-]+(?:\s?\(\d{4}\)\d*)?)+|\b[A-Z]{3,6}\s?\(\d{4}\)\s?\d+", re.IGNORECASE
)
_SYMBOL_PARAGRAPH = re.compile(
    r"[\s,;]*(?:(?:para(?:graph|grafer|graf)?s?|avsnitt|pkt|punkt|nr|no|§)\.?\s*)?(\d+(?:\.\d+)?\s*(?:\([a-z]\)|[a-z]\b)?)",
    re.IGNORECASE,
)
_CASE = re.compile(r"\bHR[\s-]?(\d{4})[\s-](\d+)[\s-]([A-Z])\b", re.IGNORECASE)


@frozen(order=True)
class Citation:
    """A citation found in a text."""

    start: int  #: where it begins in the text
    end: int  #: where it ends
    ids: tuple[str, ...]  #: ids of the records cited, best first; never empty
    number: str | None = None  #: article or section number as canonically written
    paragraph: str | None = None  #: paragraph within it

    @property
    def canonical(self) -> str:
        """Give a form that parses to the same record: its id, with the paragraph in brackets."""
        return self.ids[0] + (f"({self.paragraph})" if self.paragraph else "")


@frozen
class _Token:
    text: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    return [_Token(fold(m[0]) or m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


class _Names:
    """What the dataset calls its instruments, documents and codes."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.instruments: dict[tuple[str, ...], str] = {}
        self.by_number: dict[str, str] = {}
        self.articles: set[str] = set()
        for key in dataset.instruments:
            row = dataset.raw(key)
            if row["unit"] == "article":
                self.articles.add(key)
            if row.get("number"):
                self.by_number[row["number"].upper()] = key
            spellings = [key, *row["label"].values(), *row["title"].values(), *row.get("aliases", ())]
            spellings += row.get("abbreviation", {}).values()
            for spelling in spellings:
                name = tuple(t.text for t in _tokens(spelling) if t.text not in ("-", "."))
                if name:
                    self.instruments.setdefault(name, key)
        self.longest = max(map(len, self.instruments))
        self.documents = {
            _squash(symbol): key for key in dataset.documents if (symbol := dataset.raw(key).get("symbol"))
        }
        self.paragraphs = {
            (row["document"], _squash(row["paragraph"])): key
            for key in dataset.recommendations
            for row in [dataset.raw(key)]
            if "document" in row and "paragraph" in row
        }
        self.numbers: dict[str, list[str]] = {}
        for key in dataset.provisions:
            row = dataset.raw(key)
            self.numbers.setdefault(provision_id("", row["number"]), []).append(key)

    def provision(self, instrument: str, number: str) -> str | None:
        key = provision_id(instrument, number)
        return key if key in self.dataset.provisions else None


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _names(dataset: Dataset) -> _Names:
    names: _Names = dataset.prepared("citations", _Names)
    return names


def _instrument_at(tokens: list[_Token], at: int, names: _Names) -> tuple[str, int] | None:
    """Give the instrument whose longest name starts at token *at*, and the token after it."""
    spelled: list[str] = []
    best = None
    for n in range(at, min(at + 2 * names.longest, len(tokens))):
        token = tokens[n].text
        if token in ("-", ".", "\u2013"):
            if not spelled:
                return None
            continue
        spelled.append(token)
        if found := names.instruments.get(tuple(spelled)):
            best = found, n + 1
    return best


def _skip(tokens: list[_Token], at: int, allowed: frozenset[str] | set[str]) -> int:
    while at < len(tokens) and tokens[at].text in allowed:
        at += 1
    return at


_PUNCTUATION: Final = frozenset(".,:")
_DASH: Final = frozenset("-\u2013")


def _number_at(tokens: list[_Token], at: int, *, article: bool) -> tuple[str, int] | None:
    """Give the article or section number at token *at*, and the token after it."""
    if at >= len(tokens) or not tokens[at].text.isdigit():
        return None
    number, n = tokens[at].text, at + 1

    def letter(n: int) -> bool:
        return n < len(tokens) and len(tokens[n].text) == 1 and tokens[n].text.isalpha()

    def near(n: int) -> bool:
        return tokens[n].start - tokens[n - 1].end <= 1

    if article:
        return number, n
    if letter(n) and near(n):
        number, n = number + tokens[n].text, n + 1
    if n + 1 < len(tokens) and tokens[n].text in _DASH and tokens[n + 1].text.isdigit():
        number, n = f"{number}-{tokens[n + 1].text}", n + 2
        if letter(n) and near(n) and tokens[n].text not in ("i", "o"):
            number, n = number + tokens[n].text, n + 1
    return number, n


def _paragraph_at(tokens: list[_Token], at: int) -> tuple[str | None, int]:
    """Give the paragraph after a number, in any of the ways it is written, and the token after it."""
    n = _skip(tokens, at, _PUNCTUATION)
    if n < len(tokens):
        word = tokens[n].text
        if word in _ORDINALS and n + 1 < len(tokens) and tokens[n + 1].text in ("ledd", "paragraph", "avsnitt"):
            return _ORDINALS[word], n + 2
        if word in _PARAGRAPH:
            m = _skip(tokens, n + 1, _PUNCTUATION)
            if m < len(tokens) and tokens[m].text.isdigit():
                return tokens[m].text, m + 1
        if (
            word == "(" and n + 2 < len(tokens) and tokens[n + 2].text == ")"
            and (tokens[n + 1].text.isdigit() or len(tokens[n + 1].text) == 1)
        ):  # fmt: skip
            return tokens[n + 1].text, n + 3
    return None, at


def _provisions(text: str, names: _Names) -> Iterator[Citation]:
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        found = _cited_after_name(tokens, at, names) or _cited_before_name(tokens, at, names)
        if found:
            citation, at = found
            yield citation
        else:
            at += 1


def _cited_after_name(tokens: list[_Token], at: int, names: _Names) -> tuple[Citation, int] | None:
    named = _instrument_at(tokens, at, names)
    if named is None:
        return None
    instrument, n = named
    n = _skip(tokens, n, _PUNCTUATION)
    marked = n < len(tokens) and tokens[n].text in _UNITS
    chapter = marked and tokens[n].text in _CHAPTER
    n = _skip(tokens, n, _UNITS | _PUNCTUATION)
    if not marked:
        n = _skip(tokens, n, _DASH | {"("})  # P1-1
    numbered = _number_at(tokens, n, article=instrument in names.articles)
    if numbered is None:
        return None
    number, after = numbered
    key = names.provision(instrument, number)
    ids: tuple[str, ...] = _chapter(names, instrument, number) if chapter else (key,) if key else ()
    if not ids:
        return None
    paragraph, after = (None, after) if chapter else _paragraph_at(tokens, after)
    return Citation(tokens[at].start, tokens[after - 1].end, ids, number, paragraph), after


def _cited_before_name(tokens: list[_Token], at: int, names: _Names) -> tuple[Citation, int] | None:
    """Article 8 ECHR; artikkel 3 i barnekonvensjonen; § 104 Grunnloven; § 112 alone."""
    if tokens[at].text not in _UNITS:
        return None
    n = _skip(tokens, at, _UNITS | _PUNCTUATION)
    section = _number_at(tokens, n, article=False)
    if section is None:
        return None
    for article in (True, False):
        number, after = _number_at(tokens, n, article=article) or section
        paragraph, after = _paragraph_at(tokens, after)
        m = _skip(tokens, after, _LINK_WORDS | _PUNCTUATION)
        named = _instrument_at(tokens, m, names)
        if named and (named[0] in names.articles) == article:
            key = names.provision(named[0], number)
            if key:
                return Citation(tokens[at].start, tokens[named[1] - 1].end, (key,), number, paragraph), named[1]
            return None
    number, after = section
    alone = names.numbers.get(provision_id("", number), ())
    sections = [key for key in alone if names.dataset.raw(key)["instrument"] not in names.articles]
    if tokens[at].text in ("§", "paragraf", "section") and len(sections) == 1:
        paragraph, after = _paragraph_at(tokens, after)
        return Citation(tokens[at].start, tokens[after - 1].end, (sections[0],), number, paragraph), after
    return None


def _chapter(names: _Names, instrument: str, number: str) -> tuple[str, ...]:
    """Give the provisions of a chapter: those whose number starts with the chapter's."""
    rows = ((key, names.dataset.raw(key)) for key in names.dataset.provisions)
    return tuple(
        key
        for key, row in rows
        if row["instrument"] == instrument and provision_id("", row["number"])[1:].startswith(f"{number}-")
    )


def _symbols(text: str, names: _Names) -> Iterator[Citation]:
    for match in _SYMBOL.finditer(text):
        written = match[0].rstrip(".")
        document = names.documents.get(_squash(written))
        if document is None:
            continue
        end = match.start() + len(written)
        paragraph = _SYMBOL_PARAGRAPH.match(text, end)
        number = _squash(paragraph[1]) if paragraph else None
        key = names.paragraphs.get((document, number)) if number else None
        if paragraph and key is None and number is not None:
            under = [k for (d, p), k in names.paragraphs.items() if d == document and re.fullmatch(number + "[a-z]", p)]
            if under:
                yield Citation(match.start(), paragraph.end(), (*under, document), number)
                continue
        ids = (key, document) if key else (document,)
        yield Citation(match.start(), paragraph.end() if paragraph else end, ids, number)


def _acts(text: str, names: _Names) -> Iterator[Citation]:
    for match in _LOV.finditer(text):
        year, month, day, number = match.groups()
        key = names.by_number.get(f"LOV-{year}-{month}-{day}" + (f"-{number}" if number else ""))
        if key is None:
            continue
        section = _ADDRESS_SECTION.match(text, match.end())
        provision = section and names.provision(key, section[1])
        if section and provision:
            yield Citation(match.start(), section.end(), (provision, key), section[1])
        else:
            yield Citation(match.start(), match.end(), (key,))


def _cases(text: str, names: _Names) -> Iterator[Citation]:
    for match in _CASE.finditer(text):
        key = f"hr-{match[1]}-{int(match[2])}-{match[3].lower()}"
        if key in names.dataset.decisions:
            yield Citation(match.start(), match.end(), (key,))


def find_citations(text: str, *, dataset: Dataset | None = None) -> tuple[Citation, ...]:
    """Find every citation in a running text, in order; overlapping ones: the longest.

    Only what the dataset holds is cited: an article that it lacks is not made up.
    Text after `MOST_CHARACTERS` is ignored. Raises `BadQuery` if *text* is no string.

    >>> [c.canonical for c in find_citations("jf. Grl. § 104 annet ledd og BK art. 3 nr. 1")]
    ['grl-104(2)', 'crc-3(1)']
    """
    if not isinstance(text, str):
        raise BadQuery(f"a text is a string, not {type(text).__name__}")
    names = _names(dataset or load())
    text = text[:MOST_CHARACTERS]
    found = [c for find in (_symbols, _acts, _cases, _provisions) for c in find(text, names)]
    kept: list[Citation] = []
    for citation in sorted(found, key=lambda c: (c.start, -c.end)):
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
    return tuple(kept)


def parse_citation(text: str, *, dataset: Dataset | None = None) -> Citation | None:
    """Parse a text that is one citation and nothing else; ``None`` if it is not.

    Never raises on junk; `BadQuery` only if *text* is no string.

    >>> parse_citation("EMK artikkel 8 nr. 2").canonical
    'echr-8(2)'
    >>> parse_citation("Sak 23/145") is None
    True
    """
    found = find_citations(text, dataset=dataset)
    written = text.strip()
    if written in (dataset or load()) and not found:
        return Citation(text.index(written), text.index(written) + len(written), (written,))
    if len(found) != 1:
        return None
    outside = text[: found[0].start] + text[found[0].end :]
    return found[0] if len(_squash(outside)) <= _NOISE and not re.search(r"\d", outside) else None


#: letters around a citation that still leave it a citation ("jf.", "the", "se")
_NOISE: Final = 4
