"""Checks of the prose: its punctuation and its written form."""

from __future__ import annotations

import re

from nimrights._checks.checking import Found, check_for, rows, walk
from nimrights.authoring import PLACEHOLDER, Tables

#: "and so on" at the end of a title
_ABBREVIATED = re.compile(r"\bm\.?[mv]\.$|\betc\.$")
#: words that are never right in the other written form
_NOT_NYNORSK = re.compile(
    r"\b(ikke|hvordan|hvilke[nt]?|hvorfor|noen|gjøre|uten|rettigheter|anbefaling(?:er|en|ene)?)\b", re.IGNORECASE
)
_NOT_BOKMAAL = re.compile(
    r"\b(ikkje|korleis|kvifor|nokon|gjere|utan|rettar|tilråding(?:ar|a|ane)?|frå|ein|eit|dei)\b", re.IGNORECASE
)

#: fields of whole sentences; in the course a case may end with a question
_SENTENCES = {"statement", "summary", "description", "doubt"}
_OF_THE_COURSE = {"scenario", "sections.body", "answers.feedback"}
_PROSE = _SENTENCES | {
    "questions",
    "title",
    "developments",
    "scenario",
    "text",
    "answers",
    "sections",
    "goals",
    "measures",
}


@check_for("E401")
def _prose(tables: Tables) -> Found:
    """Prose style: stray space, or a sentence without its full stop or question mark."""
    for _, key, row in rows(tables):
        for path, value in walk(row):
            if not isinstance(value, str) or value == PLACEHOLDER or not path.endswith((".nb", ".nn", ".en")):
                continue
            field, whole = path.split(".")[0], path[: -len(".nb")]
            paragraphs = value.split("\n\n") if whole == "sections.body" else [value]
            if any(text != text.strip() or "  " in text or "\n" in text for text in paragraphs):
                yield key, f"{path}: remove stray space"
            if field in _SENTENCES and not value.rstrip('»"’)').endswith("."):
                yield key, f"{path}: end the sentence with a full stop"
            if whole in _OF_THE_COURSE and not all(
                text.rstrip('»"”’)').endswith((".", "?", "!")) for text in paragraphs
            ):
                yield key, f"{path}: end the sentence"
            if field == "questions" and not value.endswith("?"):
                yield key, f"{path}: end the question with a question mark: {value!r}"
            if field in ("label", "title") and value.endswith(".") and not _ABBREVIATED.search(value):
                yield key, f"{path}: a label has no full stop"


@check_for("E402")
def _written_forms(tables: Tables) -> Found:
    """A text in nynorsk has a word of bokmål, or the other way round."""
    for name, key, row in rows(tables):
        for path, value in walk(row):
            field = path.split(".")[0]
            if not isinstance(value, str) or field not in _PROSE:
                continue
            if name == "instruments":
                continue  # the title of an act stands in one written form
            pattern = {"nn": _NOT_NYNORSK, "nb": _NOT_BOKMAAL}.get(path.rpartition(".")[2])
            if pattern and (match := pattern.search(re.sub(r"«[^»]*»", "", value))):
                yield key, f"{path}: {match[0]!r} is not of this written form"
