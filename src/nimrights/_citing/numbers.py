"""The words and numbers of a citation: units, numbers, paragraphs within them, and lists of numbers."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from nimrights.text import fold

DASHES: Final = "\u2010\u2011\u2012\u2013\u2014-"  #: the plain one last: patterns use them in brackets
_TOKEN = re.compile(rf"[^\W\d_]+|\d+|[§()/.,:{DASHES}]")
CHAPTER: Final = frozenset("kap kapittel kapitlet chapter ch".split())
UNITS: Final = CHAPTER | frozenset(
    "§ art artikkel artikkelen artikler artiklene artiklar artiklane article articles artikel paragraf paragrafen "
    "paragrafene paragrafane section sections sec ss".split()
)
_PARAGRAPH: Final = frozenset("nr no para paragraph number nummer".split())
_LEVEL: Final = frozenset("ledd paragraph avsnitt punktum sentence".split())
_LETTER: Final = frozenset("bokstav litra letter".split())
_ORDINALS: Final = {
    "forste": "1", "fyrste": "1", "first": "1", "annet": "2", "andre": "2", "anna": "2", "second": "2",
    "tredje": "3", "third": "3", "fjerde": "4", "fourth": "4", "femte": "5", "fifth": "5", "sjette": "6", "sixth": "6",
    "siste": "last", "last": "last",
}  # fmt: skip
_AND: Final = frozenset("og samt and eller or".split())
_PLURAL: Final = frozenset("artikler artiklene artiklar artiklane articles sections paragrafene paragrafane ss".split())
_MONTHS: Final = frozenset(
    "januar februar mars april mai juni juli august september oktober november desember "
    "january february march may june july october december".split()
)
#: what a word that names a law ends with: a number before it is of that law
LAW_ENDINGS: Final = ("loven", "lova", "forskriften", "forskrifta", "konvensjonen", "pakten", "pakta", "act")
LINK_WORDS: Final = frozenset("i of the av to under etter pa in".split())
PUNCTUATION: Final = frozenset(".,:")
DASH: Final = frozenset(DASHES)


#: numbers of one list that are read; longer ones stand in no text
_MOST_LISTED: Final = 16
#: levels below a number: annet ledd, bokstav a, nr. 1, third sentence
_MOST_LEVELS: Final = 6


@frozen
class Token:
    """A word, number or sign of a text."""

    text: str  #: folded
    written: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Give the words, numbers and signs of a text that a citation can have."""
    return [Token(fold(m[0]) or m[0], m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


def skip(tokens: list[Token], at: int, allowed: frozenset[str]) -> int:
    """Give the first token from *at* on that is not one of the *allowed*."""
    while at < len(tokens) and tokens[at].text in allowed:
        at += 1
    return at


def text_at(tokens: list[Token], at: int) -> str:
    """Give the text of a token, nothing after the last one."""
    return tokens[at].text if at < len(tokens) else ""


def number_at(tokens: list[Token], at: int, *, article: bool) -> tuple[str, int] | None:
    """Give the article or section number at token *at*, and the token after it."""
    if not text_at(tokens, at).isdigit():
        return None
    number, n = tokens[at].text, at + 1

    def letter() -> bool:
        """Say whether a section letter follows; "i" or "o" apart from the number is a preposition."""
        word = text_at(tokens, n)
        gap = tokens[n].start - tokens[n - 1].end if word else 0
        return len(word) == 1 and word.isalpha() and gap <= (0 if word in "io" else 1)

    if article:
        return number, n
    if letter():
        number, n = number + tokens[n].text, n + 1
    if text_at(tokens, n) in DASH and text_at(tokens, n + 1).isdigit():
        number, n = f"{number}-{tokens[n + 1].text}", n + 2
        if letter():
            number, n = number + tokens[n].text, n + 1
    return number, n


def _paragraph_at(tokens: list[Token], at: int, *, article: bool) -> tuple[str | None, int]:
    """Give the paragraph after a number, and the token after everything that says where in it."""
    first, end = None, at
    for _ in range(_MOST_LEVELS):
        found = _level_at(tokens, skip(tokens, end, PUNCTUATION), article=article)
        if found is None:
            break
        first = first or found[0]
        end = found[1]
    return first, end


def _level_at(tokens: list[Token], n: int, *, article: bool) -> tuple[str, int] | None:
    """Give one level below the number: annet ledd, 2. ledd, nr. 1, bokstav a, (1), or § 1 of an article."""
    word, following = text_at(tokens, n), skip(tokens, n + 1, PUNCTUATION)
    after = text_at(tokens, following)
    if word in _ORDINALS and after in _LEVEL:
        return _ORDINALS[word], following + 1
    if word.isdigit() and after in _LEVEL:
        return word, following + 1
    if after.isdigit() and (word in _PARAGRAPH or (word == "§" and article)):
        return after, following + 1
    if word in _LETTER and len(after) == 1 and after.isalpha():
        return after, following + 1
    if word == "(" and text_at(tokens, n + 2) == ")" and (after.isdigit() or len(after) == 1):
        return after, n + 3
    return None


@frozen
class Item:
    """One number of a list, with the tokens it stands in."""

    number: str
    paragraph: str | None
    first: int
    end: int


#: token and whether it begins an article -> number, paragraph, end, and whether it counts something else
Read = dict[tuple[int, bool], tuple[str, str | None, int, bool]]


def _read(tokens: list[Token], n: int, *, article: bool) -> tuple[str, str | None, int, bool]:
    numbered = number_at(tokens, n, article=article)
    if numbered is None:
        return "", None, n, False
    paragraph, end = _paragraph_at(tokens, numbered[1], article=article)
    return numbered[0], paragraph, end, _counts_something(tokens, numbered[1])


def listed(tokens: list[Token], unit: int, at: int, read: Read, *, article: bool) -> list[Item]:
    """Give the numbers from token *at* on, whose unit begins at token *unit*: 8, 10 og 14.

    Commas make a list only of a plural (§§, articles) or up to an "and": "art. 8, 3 barn" has one number.
    *read* keeps what was read, so that no number of a long text is read for every list that it ends.
    """
    items: list[Item] = []
    written = [token.text for token in tokens[unit:at]]
    sure = written.count("§") > 1 or not _PLURAL.isdisjoint(written)
    kept, n, first = 0, at, at
    while len(items) < _MOST_LISTED:
        if (n, article) not in read:
            read[n, article] = _read(tokens, n, article=article)
        number, paragraph, end, other = read[n, article]
        if end == n or (items and first == n and other):
            break
        items.append(Item(number, paragraph, first, end))
        last = text_at(tokens, first - 1) in _AND and len(items) > 1
        if len(items) == 1 or sure or last or first < n:
            kept = len(items)
        n = skip(tokens, end, frozenset(",")) if not last else end
        joined = text_at(tokens, n) in _AND
        if last or (n == end and not joined):
            break
        first = n + joined
        n = skip(tokens, first, UNITS | {"."})
        again = tokens[first:n]
        if (paragraph and not again) or (again and (again[0].text == "§") == article):
            break  # "nr. 1 og 2" are paragraphs, and an instrument has articles or sections
    return items[:kept]


def _counts_something(tokens: list[Token], at: int) -> bool:
    """Say whether a number that ends before token *at* is a day or part of a larger one: 10. mars, 10 000."""
    return text_at(tokens, at).isdigit() or text_at(tokens, skip(tokens, at, frozenset("."))) in _MONTHS
