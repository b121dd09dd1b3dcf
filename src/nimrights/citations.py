"""Citations: every way people write an article, a section, a UN symbol or a code.

The names of instruments come from the dataset, so the parser knows exactly the instruments
that the data knows, in every language the data has a name in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from nimrights._citing.grammar import Citation, Instruments, provisions
from nimrights._citing.numbers import DASHES
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery
from nimrights.versions import load

#: longest text that is looked through; the rest is ignored
MOST_CHARACTERS: Final = 20_000

_MONTHS: Final = "januar februar mars april mai juni juli august september oktober november desember".split()
_LOV = re.compile(
    r"(?:(?:https?://)?(?:www\.)?lovdata\.no/[^\s\d]{0,40}|\b(?:LOV|FOR)[-/ ])(?<!\d)"
    r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[-/](\d{1,4}))?(?!\d)(?:/nor\b)?",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\blov(?:\s+av)?\s+(\d{{1,2}})\.?\s*({'|'.join(_MONTHS)})\s+(\d{{4}})\s+n(?:r|o)\.?\s*(\d{{1,4}})(?!\d)"
    r"(?:\s+om\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
_ADDRESS_SECTION = re.compile(
    r"[/ ,-]*(?:§|%C2%A7)+\s*(\d+(?:\s?[a-z](?![^\W\d_]))?(?:-\d+(?:\s?[a-z](?![^\W\d_]))?)?)", re.IGNORECASE
)
_PARAGRAPH = re.compile(
    rf"(?:[\s,;]*(?:para(?:graph|grafer|graf)?s?|avsnitt|pkt|punkt|nr|no|§)\.?\s*|\s+(?!\d{{4}}\b))"
    rf"(\d+(?:[.{DASHES}]\d+)?\s*(?:\((?:[a-z]|\d+)\)|[a-z]\b)?)",
    re.IGNORECASE,
)
_EU = re.compile(r"\(?\bEU\)?\s{0,3}(?:nr\.?\s{0,3})?(\d{4}/\d{1,4})(?!\d)", re.IGNORECASE)
_CASE = re.compile(r"\bHR[\s-]?(\d{4})[\s-](\d+)[\s-]([A-Z])\b", re.IGNORECASE)


class _Names:
    """What the dataset calls its instruments, acts, documents and their paragraphs."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.instruments = Instruments(dataset)
        rows = {key: dataset.raw(key) for key in dataset.instruments}
        self.acts = {row["number"].upper(): key for key, row in rows.items() if row.get("number")}
        symbols = {symbol: key for key in dataset.documents if (symbol := dataset.raw(key).get("symbol")) is not None}
        self.documents = {_squash(symbol): key for symbol, key in symbols.items()}
        longest_first = sorted(symbols, key=len, reverse=True)
        self.symbol = re.compile("|".join(map(_spelled, longest_first)) or r"(?!)", re.IGNORECASE)
        self.paragraphs = {
            (row["document"], _squash(row["paragraph"])): key
            for key in dataset.recommendations
            for row in [dataset.raw(key)]
            if "document" in row and "paragraph" in row
        }


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _spelled(symbol: str) -> str:
    """Give a pattern for a UN symbol, however its parts are separated."""
    parts = re.findall(r"[A-Za-z]+|\d+", symbol)
    return r"(?<!\w)" + rf"[\s/.,(){DASHES}]{{0,3}}".join(parts) + r"(?![\w]|[-/]\d)"


def _names(dataset: Dataset) -> _Names:
    names: _Names = dataset.prepared("citations", _Names)
    return names


def _symbols(text: str, names: _Names) -> Iterator[Citation]:
    for match in names.symbol.finditer(text):
        document = names.documents[_squash(match[0])]
        end = match.end() + (text[match.end() : match.end() + 1] == ")" and "(" in match[0] and ")" not in match[0])
        paragraph = _PARAGRAPH.match(text, end)
        if paragraph is None:
            yield Citation(match.start(), end, (document,))
            continue
        number = _squash(paragraph[1])
        exact = names.paragraphs.get((document, number))
        lettered = re.compile(re.escape(number) + "[a-z]")
        under = [k for (d, p), k in names.paragraphs.items() if d == document and lettered.fullmatch(p)]
        ids = (exact,) if exact else tuple(under)
        yield Citation(match.start(), paragraph.end(), (*ids, document), re.sub(r"[\s()]", "", paragraph[1]))


def _acts(text: str, names: _Names) -> Iterator[Citation]:
    dated = (
        (match, f"{match[3]}-{_MONTHS.index(match[2].lower()) + 1:02}-{int(match[1]):02}-{match[4]}")
        for match in _DATED.finditer(text)
    )
    numbered = ((match, "-".join(filter(None, match.groups()))) for match in _LOV.finditer(text))
    european = ((match, match[1]) for match in _EU.finditer(text))
    for match, number in (*dated, *numbered, *european):
        kinds = ("FOR", "LOV") if "for" in match[0].lower() else ("LOV", "FOR")
        written = [f"{kind}-{number}" for kind in kinds] + [f"(EU) {number}"]
        key = next((names.acts[name] for name in written if name in names.acts), None)
        if key is None:
            continue
        section = _ADDRESS_SECTION.match(text, match.end())
        ids = names.instruments.provision(key, section[1]) if section else ()
        if section and ids:
            yield Citation(match.start(), section.end(), (*ids, key), section[1])
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
    text = unicodedata.normalize("NFC", text[:MOST_CHARACTERS])
    found = [c for find in (_symbols, _acts, _cases) for c in find(text, names)]
    found += provisions(text, names.instruments)
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
    text = unicodedata.normalize("NFC", text[:MOST_CHARACTERS])
    written = text.strip()
    if written in (dataset or load()) and not found:
        return Citation(text.index(written), text.index(written) + len(written), (written,))
    if len(found) != 1:
        return None
    outside = text[: found[0].start] + text[found[0].end :]
    return found[0] if len(_squash(outside)) <= _NOISE and not re.search(r"\d", outside) else None


#: letters around a citation that still leave it a citation ("jf.", "the", "se")
_NOISE: Final = 4
