"""Coded checks of the dataset's sources. A check's docstring is its message's first half.

Each check is a function from the tables to its problems, registered under a code. All of
them run, and every problem is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, cast

from attrs import frozen

from nimrights.authoring import Json, Problem, Tables, read_sources
from nimrights.vocabulary import LANGUAGES

Found = Iterator[tuple[str, str]]  # (id, message)
_CHECKS: Final[dict[str, Callable[[Tables], Found]]] = {}

_ID = re.compile(r"[A-Za-z0-9]+(?:[-./][a-z0-9]+)*")
_BODY = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
#: "and so on" at the end of a title
_ABBREVIATED = re.compile(r"\bm\.?[mv]\.$|\betc\.$")
#: words that are never right in the other written form
_NOT_NYNORSK = re.compile(
    r"\b(ikke|hvordan|hvilke[nt]?|hvorfor|noen|gjøre|uten|rettigheter|anbefaling(?:er|en|ene)?)\b", re.IGNORECASE
)
_NOT_BOKMAAL = re.compile(
    r"\b(ikkje|korleis|kvifor|nokon|gjere|utan|rettar|tilråding(?:ar|a|ane)?|frå|ein|eit|dei)\b", re.IGNORECASE
)

#: table -> field -> vocabulary whose values it holds
VOCABULARY: Final = {
    "areas": {"groups": "group"},
    "obligations": {"duty": "duty", "applies_to": "applies", "basis": "basis", "force": "force"},
    "recommendations": {
        "groups": "group", "measures": "measure", "municipal": "municipal", "position": "position", "basis": "basis",
    },
    "documents": {"type": "document-type", "text_seen": "text-seen", "date_of": "date-of"},
    "bodies": {"type": "body-type"},
    "instruments": {"type": "instrument-type"},
}  # fmt: skip

#: field -> table that it links to
LINKS: Final = {
    "instrument": "instruments", "body": "bodies", "document": "documents", "provisions": "provisions",
    "rights": "rights", "obligations": "obligations", "decisions": "decisions", "areas": "areas",
    "replaced_by": "instruments", "provision": "provisions", "source": "sources",
}  # fmt: skip


def _check(code: str) -> Callable[[Callable[[Tables], Found]], Callable[[Tables], Found]]:
    def register(function: Callable[[Tables], Found]) -> Callable[[Tables], Found]:
        _CHECKS[code] = function
        return function

    return register


@frozen
class Code:
    """A check's code and what it reports."""

    code: str
    meaning: str


def codes() -> tuple[Code, ...]:
    """Give every code with its meaning, in order."""
    reading = {
        "E101": "The file cannot be read as TOML or CSV.",
        "E102": "A table or a record is expected here.",
        "E103": "The id is used twice.",
    }
    rows = reading | {code: cast("str", f.__doc__).splitlines()[0] for code, f in _CHECKS.items()}
    return tuple(Code(code, meaning) for code, meaning in sorted(rows.items()))


def check(tables: Tables) -> list[Problem]:
    """Run every check over *tables* and give all problems, in the order of files, ids and codes."""
    problems = list(tables.problems)
    for code, function in _CHECKS.items():
        problems += [
            Problem(tables.file_of.get(key, "dataset.toml"), key, code, message) for key, message in function(tables)
        ]
    return sorted(set(problems))


def check_sources(root: Any) -> list[Problem]:  # noqa: ANN401 - a path or its text
    """Read the dataset folder *root* and give every problem in it."""
    from pathlib import Path  # noqa: PLC0415 - only this door needs it

    return check(read_sources(Path(root)))


def _rows(tables: Tables, *names: str) -> Iterator[tuple[str, str, Json]]:
    for name in names or tuple(tables.rows):
        for key, row in tables.rows[name].items():
            yield name, key, row


def _walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Give every value below *value* with its path; lists have the path of their field."""
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, path)


@_check("E110")
def _structure(tables: Tables) -> Found:
    """A record has an unknown key, lacks a required one, or has a value of the wrong type."""
    from cattrs import transform_error  # noqa: PLC0415 - heavy, and only checks need it

    from nimrights._convert import strict_reader  # noqa: PLC0415
    from nimrights.models import TABLES  # noqa: PLC0415

    converter = strict_reader()
    for name, key, row in _rows(tables):
        try:
            converter.structure(row, TABLES[name])
        except Exception as error:  # noqa: BLE001 - cattrs groups whatever the classes raise
            for line in transform_error(error):
                yield key, line.replace(" @ $", " at ").replace("at .", "at ")


@_check("E111")
def _ids(tables: Tables) -> Found:
    """An id holds other characters than letters, digits, hyphens, dots and slashes."""
    for name, key, _ in _rows(tables):
        if not (_BODY if name == "bodies" else _ID).fullmatch(key):
            yield key, "use lower-case letters, digits, hyphens and dots"


@_check("E112")
def _retired(tables: Tables) -> Found:
    """A retired id is used again, or its replacement does not exist."""
    for key, tombstone in tables.retired.items():
        if key in tables.file_of:
            yield key, "this id was retired and must never come back; choose another"
        replacement = tombstone.get("replacement")
        if replacement is not None and replacement not in tables.file_of:
            yield key, f"its replacement {replacement!r} does not exist"
        if not tombstone.get("reason"):
            yield key, "a retired id needs a reason"


@_check("E113")
def _header(tables: Tables) -> Found:
    """dataset.toml lacks the version (YYYY.N), the date (as_of) or the title."""
    if not re.fullmatch(r"\d{4}\.[1-9]\d*", str(tables.header.get("version", ""))):
        yield "version", "write the version as YYYY.N, such as 2026.1"
    if not _is_date(tables.header.get("as_of"), whole=True):
        yield "as_of", "write the date for which the data speaks as YYYY-MM-DD"
    if "title" not in tables.header:
        yield "title", "give the dataset a title in nb, nn and en"


@_check("E201")
def _links(tables: Tables) -> Found:
    """A link points to nothing."""
    for _, key, row in _rows(tables):
        for path, value in _walk(row):
            table = LINKS.get(path.rpartition(".")[2])
            if table is not None and isinstance(value, str) and value not in tables.rows[table]:
                yield key, f"{path} names {value!r}, which is not in {table}"


@_check("E202")
def _vocabulary(tables: Tables) -> Found:
    """A value is not in its vocabulary."""
    for name, key, row in _rows(tables, *VOCABULARY):
        for field, prefix in VOCABULARY[name].items():
            value = row.get(field)
            for item in value if isinstance(value, list) else [] if value is None else [value]:
                if f"{prefix}/{item}" not in tables.rows["terms"]:
                    known = [t.partition("/")[2] for t in tables.rows["terms"] if t.startswith(f"{prefix}/")]
                    yield key, f"{field} has {item!r}; use one of {', '.join(known)}"


@_check("E203")
def _kostra(tables: Tables) -> Found:
    """A KOSTRA code is unknown or no longer valid."""
    for _, key, row in _rows(tables, "areas"):
        for code in row.get("kostra", ()):
            entry = tables.kostra.get(code)
            if entry is None:
                yield key, f"KOSTRA has no function {code!r}"
            elif entry["valid_to"]:
                then = entry["replaced_by"].replace("|", " and ") or "nothing"
                yield key, f"KOSTRA {code} ended {entry['valid_to']}, replaced by {then}"


@_check("E204")
def _los(tables: Tables) -> Found:
    """A Los address is not one of the published concepts."""
    for _, key, row in _rows(tables, "areas"):
        yield from ((key, f"Los has no concept {uri!r}") for uri in row.get("los", ()) if uri not in tables.los)


@_check("E205")
def _duties(tables: Tables) -> Found:
    """An area has fewer than four obligations, or an obligation no legal basis that binds."""
    for _, key, row in _rows(tables, "areas"):
        if len(row.get("obligations", ())) < 4:  # noqa: PLR2004 - what the dataset promises
            yield key, "write at least four obligations"
    for _, key, row in _rows(tables, "obligations"):
        if "force" not in row:
            yield key, "no provision of its legal basis is in force"


@_check("E301")
def _languages(tables: Tables) -> Found:
    """A text or a list of questions lacks a language."""
    for _, key, row in _rows(tables):
        for path, value in _walk(row):
            if isinstance(value, dict) and set(value) & set(LANGUAGES) and path != "aliases":
                missing = [lang for lang in LANGUAGES if not value.get(lang)]
                if missing:
                    yield key, f"{path} lacks {', '.join(missing)}"
                elif path == "questions" and len({len(v) for v in value.values()}) > 1:
                    yield key, "questions differ in number between the languages"


@_check("E302")
def _provenance(tables: Tables) -> Found:
    """A record says neither where it comes from nor how it was verified."""
    for name, key, row in _rows(tables):
        if name in ("sources", "terms", "bodies"):
            continue
        listed = row.get("provenance")
        if not isinstance(listed, list) or not listed:
            yield key, "add provenance: source, locator, verification and checked"
            continue
        for entry in listed:
            missing = [
                n
                for n in ("source", "locator", "verification", "checked")
                if not (isinstance(entry, dict) and entry.get(n))
            ]
            if missing:
                yield key, f"provenance lacks {', '.join(missing)}"


def _is_date(value: object, *, whole: bool = False) -> bool:
    if not isinstance(value, str) or not _PARTIAL_DATE.fullmatch(value):
        return False
    if whole and len(value) != len("2026-11-22"):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


@_check("E303")
def _dates(tables: Tables) -> Found:
    """A date is not an ISO date, lies after the dataset's date, or a period ends before it starts."""
    today = str(tables.header.get("as_of", "9999"))
    for _, key, row in _rows(tables):
        for path, value in _walk(row):
            field = path.rpartition(".")[2]
            if (
                field in ("date", "since", "until", "checked", "retrieved", "published", "sami_since")
                and value is not None
            ):
                whole = field in ("checked", "retrieved", "until", "sami_since")
                if not _is_date(value, whole=whole):
                    yield key, f"{path} is {value!r}; write {'YYYY-MM-DD' if whole else 'YYYY, YYYY-MM or YYYY-MM-DD'}"
                elif field in ("date", "checked", "retrieved", "published") and str(value) > today:
                    yield key, f"{path} {value} lies after the dataset's date {today}"
            if isinstance(value, dict) and (value.get("until") or "9") < (value.get("since") or ""):
                yield key, f"{path} ends {value['until']} before it starts {value['since']}"


@_check("E401")
def _prose(tables: Tables) -> Found:
    """Prose style: stray space, or a sentence without its full stop or question mark."""
    for _, key, row in _rows(tables):
        for path, value in _walk(row):
            if not isinstance(value, str) or not path.endswith((".nb", ".nn", ".en")):
                continue
            field = path.split(".")[0]
            if value != value.strip() or "  " in value or "\n" in value:
                yield key, f"{path}: remove stray space"
            if field in ("statement", "summary", "description") and not value.rstrip('»"’)').endswith("."):
                yield key, f"{path}: end the sentence with a full stop"
            if field == "questions" and not value.endswith("?"):
                yield key, f"{path}: end the question with a question mark: {value!r}"
            if field in ("label", "title") and value.endswith(".") and not _ABBREVIATED.search(value):
                yield key, f"{path}: a label has no full stop"


@_check("E402")
def _written_forms(tables: Tables) -> Found:
    """A text in nynorsk has a word of bokmål, or the other way round."""
    for name, key, row in _rows(tables):
        for path, value in _walk(row):
            field = path.split(".")[0]
            if not isinstance(value, str) or field not in ("statement", "summary", "description", "questions", "title"):
                continue
            if name == "instruments":
                continue  # the title of an act stands in one written form
            pattern = {"nn": _NOT_NYNORSK, "nb": _NOT_BOKMAAL}.get(path.rpartition(".")[2])
            if pattern and (match := pattern.search(re.sub(r"«[^»]*»", "", value))):
                yield key, f"{path}: {match[0]!r} is not of this written form"
