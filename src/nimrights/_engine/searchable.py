"""What of a dataset can be searched: the texts of its records, what they lead to, and what they can be filtered by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from nimrights._engine.bits import bits_of
from nimrights._engine.index import Index
from nimrights._engine.indexing import Entry, build
from nimrights._files import is_file, map_file, read_bytes, releases_dir, replace_whole
from nimrights._records.kinds import KINDS
from nimrights.dataset import Dataset
from nimrights.exceptions import DataError
from nimrights.versions import load, version_named
from nimrights.vocabulary import LANGUAGES, Force

Json = dict[str, Any]

#: tables that search looks in, in the order in which equal scores are shown
SEARCHED: Final = (
    "areas", "rights", "provisions", "instruments", "obligations", "decisions", "documents",
    "recommendations", "bodies", "municipalities", "advice", "practices", "findings",
    "guide", "course", "questions", "city",
)  # fmt: skip

#: kind of record -> its table, for those that search looks in
KIND_TABLE: Final = {KINDS[table]: table for table in SEARCHED}

#: what hits can be filtered and counted by
FACETS: Final = ("kind", "area", "right", "group", "body", "document", "year", "municipal", "force")

#: field of a record -> how a match in it counts
_FIELDS: Final = {
    "label": "label",
    "title": "label",
    "abbreviation": "alias",
    "aliases": "alias",
    "synonyms": "alias",
    "statement": "text",
    "summary": "text",
    "description": "text",
    "names": "alias",
    "place": "alias",
    "kostra": "alias",
    "los": "alias",
    "symbol": "alias",
    "number": "alias",
    "organisation_number": "alias",
    "heading": "heading",
    "goals": "text",
    "scenario": "text",
    "text": "text",
}

#: ending of the file of a ready-made index beside a published version
SUFFIX: Final = ".index"


def entries_of(raw: Json, table: str) -> Iterator[Entry]:
    """Give everything that a record says about itself."""
    for name, kind in _FIELDS.items():
        value = raw.get(name) if (table, name) != ("provisions", "number") else None  # "3" alone means nothing
        proper = table == "municipalities" and name in ("label", "names")
        if isinstance(value, str):
            yield Entry(kind, "", value, proper)
        elif isinstance(value, list):
            yield from (Entry(kind, "", item, proper) for item in value)
        elif isinstance(value, dict):
            kind_here = "alias" if name == "title" and table == "instruments" else kind
            for lang in LANGUAGES:
                text = value.get(lang, ())
                yield from (Entry(kind_here, lang, t) for t in ([text] if isinstance(text, str) else text))


def keys_of(dataset: Dataset) -> list[tuple[str, str]]:
    """Give table and id of every record that can be found, in the order of the index."""
    return [(table, key) for table in SEARCHED for key in dataset.ids(table)]


def index_bytes(dataset: Dataset) -> bytes:
    """Make the index of a dataset; the same dataset always gives the same bytes."""
    keys = keys_of(dataset)
    documents = ((key, tuple(entries_of(dataset.raw_in(table, key), table))) for table, key in keys)
    number_of = {key: number for number, (_, key) in enumerate(keys)}
    aside = {
        "dataset": dataset.fingerprint,
        "tables": [[table, len(dataset.ids(table))] for table in SEARCHED],
        "links": _links(dataset, number_of),
        "facets": _facets(dataset, keys),
    }
    return build(documents, aside)


def index_of(dataset: Dataset) -> Index:
    """Give the index of *dataset*: the ready-made one beside its release, or one made now and kept."""
    index: Index = dataset.prepared("index", _open_or_make)
    return index


def index_file_of(version: str) -> str:
    """Give the path at which the ready-made index of a published version lies, if it has one.

    Only the newest is shipped with one; the index of others is made in memory at the first search.
    """
    return f"{releases_dir()}/{version}{SUFFIX}"


def write_index(version: str) -> str:
    """Make the ready-made index of a published version anew, beside its release, and give its path.

    Raises `NotFound` for an unknown version and `DataError` if it cannot be written.
    """
    path = index_file_of(version_named(version).version)
    replace_whole(path, index_bytes(load(version)))
    return path


def index_is_fresh(version: str) -> bool | None:
    """Say whether the ready-made index of a published version is what it would be made as now; ``None``: it has none.

    >>> index_is_fresh("2026.1") is None
    True
    """
    path = index_file_of(version_named(version).version)
    return read_bytes(path) == index_bytes(load(version)) if is_file(path) else None


def _open_or_make(dataset: Dataset) -> Index:
    path = index_file_of(dataset.version)
    try:
        index = Index(map_file(path), path)
        if index.aside("dataset") == dataset.fingerprint:
            index.check()
            return index
    except DataError:
        pass  # there is none, one of another version of this package, or a damaged one: making it takes a moment
    return Index(index_bytes(dataset))


def _links(dataset: Dataset, number_of: dict[str, int]) -> list[list[int]]:
    """Give, for what leads on, a row of numbers: a record, then another and how often it is linked, and so on."""
    counts: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for key in dataset.areas:
        area = number_of[key]
        for obligation in dataset.raw_in("areas", key)["obligations"]:
            basis = dataset.raw_in("obligations", obligation)["legal_basis"]
            cited = list(dict.fromkeys(number_of[row["provision"]] for row in basis))
            for first, others in ((number_of[obligation], [area, *cited]), (area, cited)):
                for other in others:
                    counts[first][other] += 1
            for provision in cited:
                counts[provision][area] += 1
    for key in dataset.rights:
        for provision in dataset.raw_in("rights", key)["provisions"]:
            counts[number_of[key]][number_of[provision]] += 1
    return [[first, *(n for row in sorted(others.items()) for n in row)] for first, others in sorted(counts.items())]


def _facets(dataset: Dataset, keys: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Give, for every facet and value, the set of records that have it, in hexadecimal."""
    members: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    through = _through(dataset)
    forces = _forces(dataset)
    for number, (table, key) in enumerate(keys):
        raw = dataset.raw_in(table, key)
        values = {
            "kind": [KINDS[table]],
            "area": raw.get("areas", []) + through["area"].get(key, []),
            "right": raw.get("rights", []) + through["right"].get(key, []),
            "group": raw.get("groups", []),
            "body": [key] if table == "bodies" else _listed(raw.get("body")),
            "document": [key] if table == "documents" else _listed(raw.get("document")),
            "year": _listed((raw.get("date") or raw.get("year") or "")[:4]),
            "municipal": _listed(raw.get("municipal")),
            "force": _listed(raw.get("force")) if table == "obligations" else _listed(forces.get(key)),
        }
        if table in ("recommendations", "advice"):
            values["force"] = [Force.RECOMMENDATION.value]
        for name, listed in values.items():
            for value in dict.fromkeys(listed):
                members[name][value].append(number)
    return {
        name: {value: f"{bits_of(numbers, len(keys)):x}" for value, numbers in sorted(rows.items())}
        for name, rows in members.items()
    }


def _listed(value: object) -> list[str]:
    return [str(value)] if value else []


def _through(dataset: Dataset) -> dict[str, dict[str, list[str]]]:
    """Give the areas and rights that a record belongs to through others: an area's obligations and their provisions."""
    areas: defaultdict[str, list[str]] = defaultdict(list)
    rights: defaultdict[str, list[str]] = defaultdict(list)
    for key in dataset.areas:
        areas[key].append(key)
        for obligation in dataset.raw_in("areas", key)["obligations"]:
            raw = dataset.raw_in("obligations", obligation)
            areas[obligation].append(key)
            rights[key] += raw["rights"]
            for row in raw["legal_basis"]:
                areas[row["provision"]].append(key)
    for key in dataset.rights:
        rights[key].append(key)
        for provision in dataset.raw_in("rights", key)["provisions"]:
            rights[provision].append(key)
    return {"area": areas, "right": rights}


def _forces(dataset: Dataset) -> dict[str, str]:
    """Give the legal force of instruments and provisions on the dataset's date."""
    from nimrights.models import LegalForce  # noqa: PLC0415 - only making an index needs it

    held: dict[str, str] = {}
    for key in dataset.instruments:
        rows = dataset.raw_in("instruments", key).get("force", ())
        periods = [
            LegalForce(force=Force(row["force"]), since=row.get("since"), until=row.get("until")) for row in rows
        ]
        strongest = Force.strongest(p.force for p in periods if p.holds_on(dataset.as_of))
        if strongest is not None:
            held[key] = strongest.value
    for key in dataset.provisions:
        instrument = dataset.raw_in("provisions", key)["instrument"]
        if instrument in held:
            held[key] = held[instrument]
    return held
