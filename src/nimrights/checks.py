"""Coded checks of the dataset's sources. A check's docstring is its message's first half.

Each check is a function from the tables to its problems, registered under a code. All of
them run, and every problem is reported at once.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final, cast

from attrs import frozen

from nimrights._checks import learning, promises, prose  # noqa: F401 - they register their checks
from nimrights._checks.checking import CHECKS, Found, check_for, list_of, rows, walk
from nimrights.authoring import DERIVED, PLACEHOLDER, Json, Problem, Tables, read_sources
from nimrights.vocabulary import LANGUAGES

ID = re.compile(r"[A-Za-z0-9]+(?:[-./][a-z0-9]+)*")
_BODY = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

#: table -> field -> vocabulary whose values it holds
VOCABULARY: Final = {
    "areas": {"groups": "group"},
    "obligations": {
        "duty": "duty", "applies_to": "applies", "basis": "basis", "force": "force", "operative_force": "force",
    },
    "recommendations": {
        "groups": "group", "measures": "measure", "municipal": "municipal", "position": "position", "basis": "basis",
    },
    "documents": {"type": "document-type", "text_seen": "text-seen", "date_of": "date-of"},
    "bodies": {"type": "body-type"},
    "instruments": {"type": "instrument-type"},
    "codes": {"scheme": "scheme"},
    "advice": {"addressee": "actor", "measures.actor": "actor", "text_seen": "text-seen"},
    "practices": {"themes": "theme"},
    "guide": {"part": "part", "origin": "origin"},
    "course": {"audiences": "audience"},
    "city": {"part": "city-part", "origin": "origin"},
}  # fmt: skip

#: field -> table that it links to
LINKS: Final = {
    "instrument": "instruments", "body": "bodies", "document": "documents", "provisions": "provisions",
    "rights": "rights", "obligations": "obligations", "decisions": "decisions", "areas": "areas",
    "replaced_by": "instruments", "provision": "provisions", "source": "sources", "repeats": "recommendations",
    "advice": "advice", "practices": "practices",
}  # fmt: skip


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
        "E104": "A field is written that follows from the rest.",
    }
    rows = reading | {code: cast("str", f.__doc__).splitlines()[0] for code, f in CHECKS.items()}
    return tuple(Code(code, meaning) for code, meaning in sorted(rows.items()))


def check(tables: Tables) -> list[Problem]:
    """Run every check over *tables* and give all problems, in the order of files, ids and codes."""
    problems = list(tables.problems)
    for code, function in CHECKS.items():
        problems += [Problem(_file_of(key, code, tables), key, code, message) for key, message in function(tables)]
    return sorted(set(problems))


def _file_of(key: str, code: str, tables: Tables) -> str:
    return tables.file_of.get(key) or ("retired.toml" if code == "E112" else "dataset.toml")


def check_sources(root: str | Path) -> list[Problem]:
    """Read the dataset folder *root* and give every problem in it."""
    return check(read_sources(Path(root)))


@check_for("E105")
def _placeholders(tables: Tables) -> Found:
    """A value still has to be filled in."""
    for _, key, row in rows(tables):
        for path, value in walk(row):
            if isinstance(value, str) and value == PLACEHOLDER:
                yield key, f"{path} is still {PLACEHOLDER}: fill it in, or remove the line where the field is optional"


@check_for("E110")
def _structure(tables: Tables) -> Found:
    """A record has an unknown key, lacks a required one, or has a value of the wrong type."""
    from cattrs import transform_error  # noqa: PLC0415 - heavy, and only checks need it

    from nimrights._records.convert import StrictReader  # noqa: PLC0415
    from nimrights.models import TABLES  # noqa: PLC0415

    reader = StrictReader()
    for name, key, row in rows(tables):
        try:
            reader.structure(row, TABLES[name])
        except Exception as error:  # noqa: BLE001 - cattrs groups whatever the classes raise
            told = {path for path, value in walk(row) if value == PLACEHOLDER}  # by E105
            for line in transform_error(error):
                at = re.sub(r"\[\d+\]", "", line.rpartition(" @ $.")[2])
                # what follows from the rest is missing where the rest is wrong, and that is told
                if at in told or (line.startswith("required") and at in DERIVED.get(name, ())):
                    continue
                yield key, line.replace(" @ $", " at ").replace("at .", "at ")


@check_for("E111")
def _ids(tables: Tables) -> Found:
    """An id holds other characters than letters, digits, hyphens, dots and slashes."""
    for name, key, _ in rows(tables):
        if not (_BODY if name == "bodies" else ID).fullmatch(key):
            yield key, "use lower-case letters, digits, hyphens and dots"


@check_for("E112")
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


@check_for("E113")
def _header(tables: Tables) -> Found:
    """dataset.toml lacks the version (YYYY.N), the date (as_of) or the title."""
    version = tables.header.get("version")
    if not isinstance(version, str) or not re.fullmatch(r"\d{4}\.[1-9]\d*", version):
        yield "version", "write the version as YYYY.N, such as 2026.1"
    if not _is_date(tables.header.get("as_of"), whole=True):
        yield "as_of", "write the date for which the data speaks as YYYY-MM-DD"
    title = tables.header.get("title")
    if not isinstance(title, dict) or not all(title.get(lang) for lang in LANGUAGES):
        yield "title", "give the dataset a title in nb, nn and en"


@check_for("E201")
def _links(tables: Tables) -> Found:
    """A link points to nothing."""
    for name, key, row in rows(tables):
        for path, value in walk(row):
            field = path.rpartition(".")[2]
            table = "codes" if (name, field) == ("codes", "replaced_by") else LINKS.get(field)
            if table is None or value == PLACEHOLDER:  # E105 reports it
                continue
            if isinstance(value, str) and value not in tables.rows[table]:
                yield key, f"{path} names {value!r}, which is not in {table}"


@check_for("E202")
def _vocabulary(tables: Tables) -> Found:
    """A value is not in its vocabulary."""
    for name, key, row in rows(tables):
        fields = {**VOCABULARY.get(name, {}), "reviewed.against": "review"}
        for path, value in walk(row):
            prefix = fields.get(path)
            if prefix is None or isinstance(value, list) or f"{prefix}/{value}" in tables.rows["terms"]:
                continue
            if value == PLACEHOLDER:  # E105 reports it
                continue
            known = [t.partition("/")[2] for t in tables.rows["terms"] if t.startswith(f"{prefix}/")]
            yield key, f"{path} has {value!r}; use one of {', '.join(known)}"


@check_for("E301")
def _languages(tables: Tables) -> Found:
    """A text or a list of texts lacks a language, or a list is longer in one than in another."""
    for _, key, row in rows(tables):
        for path, value in walk(row):
            if isinstance(value, dict) and set(value) & set(LANGUAGES) and path != "aliases":
                missing = [lang for lang in LANGUAGES if not value.get(lang)]
                if missing:
                    yield key, f"{path} lacks {', '.join(missing)}"
                elif path != "synonyms" and len({len(v) for v in value.values() if isinstance(v, list)}) > 1:
                    yield key, f"{path} differ in number between the languages"


#: tables with records of our own making; what those rest on is another check
_OF_OUR_OWN: Final = ("guide", "questions", "course", "city")


@check_for("E302")
def _provenance(tables: Tables) -> Found:
    """A record says neither where it comes from nor how it was verified."""
    for name, key, row in rows(tables):
        if name in ("sources", "terms", "bodies"):
            continue
        listed = row.get("provenance", [] if name in _OF_OUR_OWN else None)
        if not isinstance(listed, list) or not (listed or name in _OF_OUR_OWN):
            yield key, "add provenance: source, locator, verification and checked"
            continue
        for entry in [*listed, *_provenance_of_developments(row)]:
            missing = [
                n
                for n in ("source", "locator", "verification", "checked")
                if not (isinstance(entry, dict) and entry.get(n))
            ]
            if missing:
                yield key, f"provenance lacks {', '.join(missing)}"


def _provenance_of_developments(row: Json) -> list[object]:
    """Give the sources of what happened later; an empty one for a development that has none."""
    found: list[object] = []
    for development in list_of(row, "developments"):
        listed = development.get("provenance") if isinstance(development, dict) else None
        found += listed if isinstance(listed, list) and listed else [{}]
    return found


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


@check_for("E303")
def _dates(tables: Tables) -> Found:
    """A date is not an ISO date, lies after the dataset's date, or a period ends before it starts."""
    today = str(tables.header.get("as_of", "9999"))
    for _, key, row in rows(tables):
        for path, value in walk(row):
            field = path.rpartition(".")[2]
            if (
                field in ("date", "since", "until", "checked", "retrieved", "published", "sami_since", "made", "year")
                and value is not None
            ):
                if value == PLACEHOLDER:  # E105 reports it
                    continue
                whole = path == "reviewed.date" or field in ("checked", "retrieved", "until", "sami_since", "made")
                if not _is_date(value, whole=whole):
                    yield key, f"{path} is {value!r}; write {'YYYY-MM-DD' if whole else 'YYYY, YYYY-MM or YYYY-MM-DD'}"
                elif field in ("date", "checked", "retrieved", "published", "made", "year") and str(value) > today:
                    yield key, f"{path} {value} lies after the dataset's date {today}"
            if isinstance(value, dict):
                since, until = value.get("since"), value.get("until")
                if isinstance(since, str) and isinstance(until, str) and until < since:
                    yield key, f"{path} ends {until} before it starts {since}"
