"""Report curated terms that never fire, and those that only mislead.

    python tools/check_lexicon.py [--sources datasets] [--lang nb]

A term fires in a training text where each of its content words begins a word of the text, so that
endings and compounds count; a long one may also end it, and a short one must stand alone. It *never fires* where no text in its
language has it. It *only misleads* where it fires in at least `LEAST` texts and more than
`MOST_WRONG` of them are not about its area. It is *shown wrongly* where the same is true of the
texts, in any language, in which all its words stand as they are: there the classifier shows the
term as evidence. It is a report for a reader: nothing fails, and a term that is quite right may
be rare in the training texts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from nimrights._cases.model import content_words
from nimrights.authoring import read_sources
from nimrights.vocabulary import LANGUAGES

ROOT = Path(__file__).parents[1] / "datasets"
LEAST = 5
MOST_WRONG = 2 / 3
SHORT, LONG = 4, 7  #: up to SHORT letters a word must stand alone, from LONG on it may also end another
SHOWN = 3  #: other areas that are named
DIGIT = re.compile(r"\d")

Terms = dict[str, list[tuple[str, str]]]


class Text(NamedTuple):
    """A training text."""

    words: frozenset[str]
    joined: str  #: its words between spaces
    areas: tuple[str, ...]
    lang: str

    def has(self, word: str) -> bool:
        if len(word) <= SHORT:
            return word in self.words
        return f" {word}" in self.joined or (len(word) >= LONG and f"{word} " in self.joined)


class Finding(NamedTuple):
    """What a reader should look at."""

    kind: str
    area: str
    lang: str
    term: str
    fires: int
    right: int
    others: str


def training_texts(root: Path) -> list[Text]:
    found = []
    for path in sorted((root / "training").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            words = content_words(row["text"])
            found.append(Text(frozenset(words), f" {' '.join(words)} ", tuple(row["areas"]), row["lang"]))
    return found


def curated(root: Path) -> Terms:
    """Give for each area its synonyms with their language."""
    areas = read_sources(root).rows["areas"]
    return {key: [(lang, term) for lang in LANGUAGES for term in area["synonyms"][lang]] for key, area in areas.items()}


def fires(words: Iterable[str], text: Text) -> bool:
    return all(map(text.has, words))


def others(texts: Iterable[Text], area: str) -> str:
    """Name the areas that the texts are about instead."""
    tally = Counter(label for text in texts if area not in text.areas for label in text.areas or ("none",))
    return ", ".join(f"{label} {count}" for label, count in tally.most_common(SHOWN))


def misleads(texts: list[Text], area: str) -> bool:
    wrong = sum(area not in text.areas for text in texts)
    return len(texts) >= LEAST and wrong > MOST_WRONG * len(texts)


def check_terms(terms: Terms, texts: list[Text]) -> Iterator[Finding]:
    """Give the terms that never fire or only mislead."""
    for area, rows in terms.items():
        for lang, term in rows:
            words = content_words(term)
            found = [text for text in texts if text.lang == lang and words and fires(words, text)]
            right = sum(area in text.areas for text in found)
            if not found:
                yield Finding("never fires", area, lang, term, 0, 0, "" if words else "no content word")
            elif misleads(found, area):
                yield Finding("only misleads", area, lang, term, len(found), right, others(found, area))


def check_shown(terms: Terms, texts: list[Text]) -> Iterator[Finding]:
    """Give the terms that the classifier shows as evidence for an area where the texts are about others."""
    holding: dict[str, list[Text]] = {}
    for text in texts:
        for word in text.words:
            holding.setdefault(word, []).append(text)
    for area, rows in terms.items():
        for lang, term in rows:
            words = set(content_words(term))
            if not words or DIGIT.search(term):
                continue
            rarest = min((holding.get(word, []) for word in sorted(words)), key=len)
            found = [text for text in rarest if words <= text.words]
            if misleads(found, area):
                right = sum(area in text.areas for text in found)
                yield Finding("shown wrongly", area, lang, term, len(found), right, others(found, area))


def report(findings: Iterable[Finding]) -> str:
    """Give the findings as a Markdown table."""
    rows = [("Finding", "Area", "Language", "Term", "Fires", "Right", "Other areas of these texts")]
    rows += [("---",) * 5 + ("---",) * 2]
    rows += [(f.kind, f.area, f.lang, f.term, str(f.fires), str(f.right), f.others) for f in findings]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, default=ROOT)
    parser.add_argument("--lang", choices=LANGUAGES, help="only terms of this language")
    arguments = parser.parse_args()
    terms, texts = curated(arguments.sources), training_texts(arguments.sources)
    if arguments.lang:
        terms = {area: [row for row in rows if row[0] == arguments.lang] for area, rows in terms.items()}
    findings = sorted(
        [*check_terms(terms, texts), *check_shown(terms, texts)], key=lambda f: (f.kind, f.area, -f.fires, f.term)
    )
    print(report(findings))
    tally = Counter((f.kind, f.lang) for f in findings)
    whole = Counter(lang for rows in terms.values() for lang, _ in rows)
    print()
    for (kind, lang), count in sorted(tally.items()):
        print(f"{kind}, {lang}: {count} of {whole[lang]} terms")


if __name__ == "__main__":
    main()
