"""Reading the dataset's sources (TOML and CSV) into the tables of a release.

An id is written once: it is the file's stem (areas, instruments), the stem and the key
(provisions, obligations), or the key (everything else). What a file leaves out because it
follows from the rest (a provision's instrument, an obligation's force) is added here.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen

from nimrights._files import read_bytes
from nimrights.exceptions import DataError
from nimrights.models import TABLES, LegalForce, provision_id
from nimrights.vocabulary import Force

Json = dict[str, Any]


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
    kostra: dict[str, Json] = field(factory=dict)
    los: set[str] = field(factory=set)
    problems: list[Problem] = field(factory=list)

    def add(self, table: str, key: str, row: Json, file: str) -> None:
        """Add a record; a second one with the same id is a problem."""
        if key in self.file_of:
            self.problems.append(
                Problem(file, key, "E103", f"this id is already in {self.file_of[key]}; choose another")
            )
            return
        self.rows[table][key] = {"id": key, **row}
        self.file_of[key] = file


def read_sources(root: Path) -> Tables:
    """Read every source file below *root*; what cannot be read is among the problems.

    Raises `DataError` only when *root* is no dataset folder.
    """
    if not (root / "dataset.toml").is_file():
        raise DataError(f"{root} is no dataset folder: it has no dataset.toml")
    tables = Tables()
    tables.header.update(_toml(root, "dataset.toml", tables))
    tables.retired.update(_toml(root, "retired.toml", tables))
    for name in ("sources", "rights", "bodies", "documents", "decisions"):
        for key, row in _records(_toml(root, f"{name}.toml", tables), f"{name}.toml", tables):
            tables.add(name, key, row, f"{name}.toml")
    for prefix, terms in _toml(root, "terms.toml", tables).items():
        for key, row in _records(terms, "terms.toml", tables):
            tables.add("terms", f"{prefix}/{key}", row, "terms.toml")
    for path in sorted((root / "recommendations").glob("*.toml")):
        file = f"recommendations/{path.name}"
        for key, row in _records(_toml(root, file, tables), file, tables):
            tables.add("recommendations", key, row, file)
    for path in sorted((root / "instruments").glob("*.toml")):
        _instrument(path.stem, _toml(root, f"instruments/{path.name}", tables), f"instruments/{path.name}", tables)
    for path in sorted((root / "areas").glob("*.toml")):
        _area(path.stem, _toml(root, f"areas/{path.name}", tables), f"areas/{path.name}", tables)
    _flat_lists(root, tables)
    _add_force(tables)
    return tables


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
    tables.add("areas", key, {**row, "obligations": [f"{key}/{name}" for name in obligations]}, file)
    for name, obligation in obligations.items():
        tables.add("obligations", f"{key}/{name}", obligation, file)


def _csv(root: Path, file: str, tables: Tables) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(read_bytes(root / file).decode()), strict=True))
    except (csv.Error, UnicodeDecodeError, DataError) as error:
        tables.problems.append(Problem(file, "", "E101", f"cannot be read: {error}"))
        return []


def _flat_lists(root: Path, tables: Tables) -> None:
    checked = str(tables.header.get("as_of", ""))
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
    tables.kostra.update({row["code"]: dict(row) for row in _csv(root, "kostra.csv", tables) if "code" in row})
    tables.los.update(row["uri"] for row in _csv(root, "los.csv", tables) if "uri" in row)


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
            held = [period.force for period in periods if period.holds_on(day)]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the checks report it
        if held:
            strongest[key] = min(held, key=lambda force: force.rank)
    for row in tables.rows["obligations"].values():
        basis = row.get("legal_basis")
        if "force" in row or not isinstance(basis, list):
            continue  # written by hand or broken: the checks report it
        keys = [b.get("provision") for b in basis if isinstance(b, dict)]
        instruments = [tables.rows["provisions"].get(str(key), {}).get("instrument", "") for key in keys]
        forces = [strongest[key] for key in instruments if key in strongest]
        if forces:
            row["force"] = min(forces, key=lambda force: force.rank).value
