"""Reading the dataset's sources (TOML and CSV) into the tables of a release.

An id is written once: it is the file's stem (areas, instruments, modules), the stem and the key
(provisions, obligations, questions), or the key (everything else). What a file leaves out because it
follows from the rest (a provision's instrument, an obligation's force) is added here.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from nimrights._files import read_bytes
from nimrights.exceptions import DataError
from nimrights.models import SCHEMES, TABLES, LegalForce, code_id, module_id, provision_id
from nimrights.vocabulary import Force

Json = dict[str, Any]


#: fields that are not written in the sources, by table; elsewhere only the id
DERIVED: Final = {"obligations": ("id", "force", "operative_force"), "recommendations": ("id", "linked")}

#: columns that a list must have; the first is its key
_COLUMNS: Final = {
    "municipalities.csv": ("id", "label", "names", "languages", "county", "source"),
    "kostra.csv": ("code", "heading", "ended", "until", "replaced_by"),
    "los.csv": ("code",),
    "k-codes.csv": ("code", "heading"),
}


#: what a template writes where somebody must fill in
PLACEHOLDER: Final = "TODO"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@frozen(order=True)
class Problem:
    """One problem in the sources: where, what, and what to do."""

    file: str  #: path below the dataset folder
    key: str  #: id or key of the record, or ``""`` for the whole file
    code: str  #: such as ``E201``
    message: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{self.code} {where}: {self.message}"


@frozen
class Tables:
    """The raw records by table and id, where each was written, and what was wrong on the way."""

    header: Json = field(factory=dict)
    rows: dict[str, dict[str, Json]] = field(factory=lambda: {name: {} for name in TABLES})
    file_of: dict[str, str] = field(factory=dict)
    retired: dict[str, Json] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    def add(self, table: str, key: str, row: Json, file: str) -> None:
        """Add a record; a second one with the same id is a problem."""
        if key in self.file_of:
            self.problems.append(
                Problem(file, key, "E103", f"this id is already in {self.file_of[key]}; choose another")
            )
            return
        self.rows[table][key] = {**row, "id": key}
        self.file_of[key] = file
        for name in DERIVED.get(table, ("id",)):
            if name in row:
                self.problems.append(
                    Problem(file, key, "E104", f"{name} follows from the rest: remove it from the source")
                )


def read_sources(root: Path) -> Tables:
    """Read every source file below *root*; what cannot be read is among the problems.

    Raises `DataError` only when *root* is no dataset folder.
    """
    if not (root / "dataset.toml").is_file():
        raise DataError(f"{root} is no dataset folder: it has no dataset.toml")
    tables = Tables()
    tables.header.update(_toml(root, "dataset.toml", tables))
    tables.retired.update(_records(_toml(root, "retired.toml", tables), "retired.toml", tables))
    _plain_files(root, tables)
    for path in sorted((root / "instruments").glob("*.toml")):
        _instrument(path.stem, _toml(root, f"instruments/{path.name}", tables), f"instruments/{path.name}", tables)
    for path in sorted((root / "areas").glob("*.toml")):
        _area(path.stem, _toml(root, f"areas/{path.name}", tables), f"areas/{path.name}", tables)
    _guide(_toml(root, "guide.toml", tables), "guide.toml", tables)
    for path in sorted((root / "course").glob("*.toml")):
        _module(path.stem, _toml(root, f"course/{path.name}", tables), f"course/{path.name}", tables)
    _municipalities(root, tables)
    for scheme in SCHEMES:
        _codes(root, scheme, tables)
    _add_force(tables)
    _date_links(tables)
    return tables


def _plain_files(root: Path, tables: Tables) -> None:
    """Read the files in which a key is an id, and the vocabularies."""
    of_one_file = "sources rights bodies documents decisions advice findings practices city"
    names = [f"{name}.toml" for name in of_one_file.split()]
    recommendations = [f"recommendations/{path.name}" for path in sorted((root / "recommendations").glob("*.toml"))]
    for file in [*names, *recommendations]:
        table = file.partition("/")[0].removesuffix(".toml")
        for key, row in _records(_toml(root, file, tables), file, tables):
            tables.add(table, key, row, file)
    for prefix, terms in _toml(root, "terms.toml", tables).items():
        for key, row in _records(terms, "terms.toml", tables):
            tables.add("terms", f"{prefix}/{key}", row, "terms.toml")


def _toml(root: Path, file: str, tables: Tables) -> Json:
    try:
        return tomllib.loads(read_bytes(root / file).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, DataError) as error:
        tables.problems.append(Problem(file, "", "E101", f"cannot be read: {error}"))
        return {}


def _records(rows: object, file: str, tables: Tables) -> Iterator[tuple[str, Json]]:
    if not isinstance(rows, dict):
        tables.problems.append(Problem(file, "", "E102", "expected a table of records"))
        return
    for key, row in rows.items():
        if isinstance(row, dict):
            yield key, row
        else:
            tables.problems.append(Problem(file, key, "E102", f"expected a record, got {row!r}"))


def _instrument(key: str, row: Json, file: str, tables: Tables) -> None:
    provisions = row.pop("provisions", {})
    tables.add("instruments", key, row, file)
    whole = row.get("provenance")
    for number, provision in _records(provisions, file, tables):
        name = "article" if row.get("unit") == "article" else "§"
        if isinstance(whole, list) and whole and isinstance(whole[0], dict):
            provision.setdefault("provenance", [{**whole[0], "locator": f"{name} {number}"}])
        tables.add("provisions", provision_id(key, number), {"instrument": key, "number": number, **provision}, file)


def _area(key: str, row: Json, file: str, tables: Tables) -> None:
    obligations = dict(_records(row.pop("obligations", {}), file, tables))
    shared = row.pop("shared", [])
    if not isinstance(shared, list):
        tables.problems.append(Problem(file, key, "E102", f"shared: expected a list of obligations, got {shared!r}"))
        shared = []
    own = [f"{key}/{name}" for name in obligations]
    tables.add("areas", key, {**row, "obligations": own + shared}, file)
    for name, obligation in obligations.items():
        tables.add("obligations", f"{key}/{name}", obligation, file)


def _guide(rows: Json, file: str, tables: Tables) -> None:
    """Read the steps of the guide: the name of a question becomes its key."""
    for key, row in _records(rows, file, tables):
        questions = dict(_records(row.pop("questions", {}), file, tables))
        tables.add("guide", key, {**row, "questions": [{**q, "key": name} for name, q in questions.items()]}, file)


def _module(slug: str, row: Json, file: str, tables: Tables) -> None:
    """Read a module of the course with its questions."""
    questions = dict(_records(row.pop("questions", {}), file, tables))
    key = module_id(slug)
    tables.add("course", key, {**row, "questions": [f"{key}/{name}" for name in questions]}, file)
    for name, question in questions.items():
        tables.add("questions", f"{key}/{name}", question, file)


def _csv(root: Path, file: str, tables: Tables) -> list[dict[str, str]]:
    try:
        rows = csv.DictReader(io.StringIO(read_bytes(root / file).decode()), strict=True)
        missing = [name for name in _COLUMNS[file] if name not in (rows.fieldnames or ())]
        if missing:
            tables.problems.append(Problem(file, "", "E101", f"lacks the column(s) {', '.join(missing)}"))
            return []
        listed = list(rows)  # the whole file, so that a broken line is an error here
    except (csv.Error, UnicodeDecodeError, DataError) as error:
        tables.problems.append(Problem(file, "", "E101", f"cannot be read: {error}"))
        return []
    whole = []
    for row in listed:
        if None in row or None in row.values():
            key = str(row[_COLUMNS[file][0]])
            tables.problems.append(Problem(file, key, "E101", "the row has too few or too many columns"))
        else:
            whole.append(row)
    return whole


def _municipalities(root: Path, tables: Tables) -> None:
    checked = _origin("municipalities", tables).get("checked", "")
    for row in _csv(root, "municipalities.csv", tables):
        values: Json = {name: value for name, value in row.items() if value}
        key = values.pop("id", "")
        names = {"names": values.get("names", ""), "languages": values.get("languages", "")}
        values.update({name: text.split("|") for name, text in names.items()})
        source, sami_source = values.pop("source", None), values.pop("sami_source", None)
        joined = source if "organisation_number" in values or "number_2023" in values else None
        values["provenance"] = [
            {"source": key_of_source, "locator": locator, "verification": how, "checked": checked}
            for key_of_source, locator, how in (
                (source, key, "secondary"),
                (joined, "organisation number and number in 2023, joined on the name", "derived"),
                (sami_source, "§ 1", "primary"),
            )
            if key_of_source
        ]
        tables.add("municipalities", key, values, "municipalities.csv")


def _origin(name: str, tables: Tables) -> Json:
    """Give what dataset.toml says under ``lists`` of where a list comes from."""
    lists = tables.header.get("lists")
    origin = lists.get(name) if isinstance(lists, dict) else None
    return origin if isinstance(origin, dict) else {}


def _codes(root: Path, scheme: str, tables: Tables) -> None:
    """Read the list of a scheme; dataset.toml says under ``lists`` where it comes from."""
    origin = _origin(scheme, tables)
    for row in _csv(root, f"{scheme}.csv", tables):
        values: Json = {name: row[name] for name in ("code", "heading", "until") if row.get(name)}
        if row.get("replaced_by"):
            values["replaced_by"] = [code_id(scheme, code) for code in row["replaced_by"].split("|")]
        if row.get("ended"):
            values["ended"] = True
        values |= {"scheme": scheme, "provenance": [origin] if origin else []}
        tables.add("codes", code_id(scheme, row["code"]), values, f"{scheme}.csv")


def _add_force(tables: Tables) -> None:
    """Give each obligation the strongest force among its legal basis on the dataset's date."""
    day = str(tables.header.get("as_of", ""))
    strongest: dict[str, Force] = {}
    for key, row in tables.rows["instruments"].items():
        try:
            periods = [
                LegalForce(force=Force(p["force"]), since=p.get("since"), until=p.get("until"))
                for p in row.get("force", ())
            ]
            held = Force.strongest(period.force for period in periods if period.holds_on(day))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the checks report it
        if held is not None:
            strongest[key] = held
    for row in tables.rows["obligations"].values():
        entries = _entries(row, "legal_basis")
        for name, chosen in (("force", entries), ("operative_force", [e for e in entries if e.get("operative")])):
            keys = [str(entry.get("provision")) for entry in chosen]
            instruments = [tables.rows["provisions"].get(key, {}).get("instrument", "") for key in keys]
            force = Force.strongest(strongest[key] for key in instruments if key in strongest)
            if force is not None:
                row[name] = force.value


def _entries(row: Json, name: str) -> list[Json]:
    """Give the tables in a list of a record; what is none is for the checks to report."""
    listed = row.get(name)
    return [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []


def _date_links(tables: Tables) -> None:
    """Say of each link how and when it was made, where the source does not.

    An obligation's legal basis was linked as its record says, when its sources were read; a
    recommendation's areas and rights were last confirmed when it was compared with other records.
    """
    for row in tables.rows["obligations"].values():
        read = [str(entry["checked"]) for entry in _entries(row, "provenance") if "checked" in entry]
        for entry in _entries(row, "legal_basis"):
            if "basis" in row and row["basis"] != PLACEHOLDER:
                entry.setdefault("basis", row["basis"])
            if read := [day for day in read if _DAY.fullmatch(day)]:
                entry.setdefault("made", min(read))
    for row in tables.rows["recommendations"].values():
        dates = [str(entry["checked"]) for entry in _entries(row, "provenance") if "checked" in entry][:1]
        dates += [str(r["date"]) for r in _entries(row, "reviewed") if r.get("against") == "records" and "date" in r]
        if dates := [day for day in dates if _DAY.fullmatch(day)]:  # the checks report what is no date
            row["linked"] = max(dates)
