"""The dataset: tables of records, links as objects, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from nimrights._reader import Reader
from nimrights._record import Source, Term
from nimrights.exceptions import BadQuery, NotFound
from nimrights.models import (
    TABLES,
    Area,
    Body,
    Decision,
    Document,
    Instrument,
    Municipality,
    Obligation,
    Provision,
    Recommendation,
    Record,
    Right,
)

if TYPE_CHECKING:
    from nimrights.release import Json, Release

R = TypeVar("R", bound=Record)

#: name of a filter -> field of the raw record, where the two differ
_FIELD_OF: Final[dict[str, str]] = {
    "area": "areas", "right": "rights", "group": "groups", "measure": "measures", "state": "states",
    "obligation": "obligations", "decision": "decisions", "provision": "provisions",
}  # fmt: skip


def _values(raw: Json, field: str) -> Iterable[object]:
    if field == "provision" and "legal_basis" in raw:
        return [basis["provision"] for basis in raw["legal_basis"]]
    if field == "area" and raw.get("id", "").count("/") == 1 and "statement" in raw:
        return [raw["id"].partition("/")[0]]
    value = raw.get(_FIELD_OF.get(field, field), raw.get(field))
    return value if isinstance(value, list) else [value]


class Table(Mapping[str, R], Generic[R]):
    """All records of one kind, by id, in the order of their ids.

    >>> from nimrights import load
    >>> load().areas
    <Table of 31 areas>
    """

    def __init__(self, name: str, release: Release, get: Callable[[str, str], Record], ids: list[str]) -> None:
        self._name = name
        self._release = release
        self._get = get
        self._ids = dict.fromkeys(ids)

    def __getitem__(self, key: str) -> R:
        """Give the record with id *key*; `NotFound` (a `KeyError`) suggests ids, `Retired` replaces."""
        if key not in self._ids:
            self._release.raise_if_retired(key)
            raise NotFound(str(key), self._name, _closest(str(key), self._ids))
        return cast("R", self._get(self._name, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self._name}>"

    def where(self, **filters: str | None) -> Table[R]:
        """Give the records that have all of *filters*, as a table.

        A filter is the name of a field, or of one value of a field that holds several
        (``area`` for ``areas``, ``right``, ``group``, ``measure``, ``state``, ``provision``).
        Values are ids or vocabulary values; `None` asks for records without a value.
        Raises `BadQuery` for a name that no record of the table has.

        >>> from nimrights import load
        >>> load().recommendations.where(area="kindergarten", municipal="delivers")
        <Table of 2 recommendations>
        """
        known = {a.name for a in TABLES[self._name].__attrs_attrs__}
        known |= {name for name, field in _FIELD_OF.items() if field in known}
        known |= {"area", "provision"} if self._name == "obligations" else set()
        for name in filters:
            if name not in known:
                raise BadQuery(f"{self._name} have no {name!r}; filter by {', '.join(sorted(known))}")
        fields = {a.name: a.default for a in TABLES[self._name].__attrs_attrs__}
        defaults = {name: d for name in filters if isinstance(d := fields.get(name), str)}
        ids: Iterable[str] = self._ids
        for name, wanted in filters.items():
            # a default is not written in the line, and an obligation's area is only part of its id
            if wanted in (None, defaults.get(name)) or (self._name, name) == ("obligations", "area"):
                continue
            mentioned = {key for table, key in self._release.mentioning(wanted) if table == self._name}
            ids = [key for key in ids if key in mentioned]
        kept = [key for key in ids if _has({**defaults, **self._release.raw(self._name, key)}, filters)]
        return Table(self._name, self._release, self._get, kept)


def _has(raw: Json, filters: Mapping[str, str | None]) -> bool:
    for name, wanted in filters.items():
        values = list(_values(raw, name))
        if wanted not in values and not (wanted is None and not values):
            return False
    return True


def _closest(wanted: str, ids: Iterable[str]) -> list[str]:
    from rapidfuzz import process  # noqa: PLC0415 - only errors need it

    found = process.extract(wanted.lower()[:100], list(ids), limit=3, score_cutoff=60)
    return [key for key, _, _ in found]


class Dataset:
    """One version of the dataset. Records are made when they are first asked for, and kept."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._records: dict[tuple[str, str], Record] = {}
        self._sha256: str | None = None
        self._tables: dict[str, Table[Any]] = {}
        self._table_of_class = {cls: name for name, cls in TABLES.items()}
        self._reader = Reader(lambda cls, key: self._make(self._table_of_class[cls], key))
        #: answers of other modules that are costly to prepare, by name (see `prepared`)
        self._prepared: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """Version of the data, such as ``2026.1``."""
        return str(self._release.header["version"])

    @property
    def as_of(self) -> str:
        """ISO date for which the data speaks."""
        return str(self._release.header["as_of"])

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical bytes, 64 hex digits."""
        if self._sha256 is None:
            self._sha256 = self._release.sha256()
        return self._sha256

    @property
    def pin(self) -> str:
        """What to write down to get exactly this data again, for `nimrights.load`."""
        return f"{self.version}@sha256:{self.sha256}"

    def __repr__(self) -> str:
        count = sum(len(self._release.ids(name)) for name in self._release.tables)
        return f"<Dataset {self.version} as of {self.as_of}, {count} records>"

    def _make(self, table: str, key: str) -> Record:
        found = self._records.get((table, key))
        if found is None:
            found = cast("Record", self._reader.read(self._release.raw(table, key), TABLES[table]))
            self._records[table, key] = found
        return found

    def table(self, name: str) -> Table[Any]:
        """Give a table by its name; `NotFound` if there is none of that name."""
        if name not in TABLES:
            raise NotFound(name, "the tables", _closest(name, TABLES))
        if name not in self._tables:
            self._tables[name] = Table(name, self._release, self._make, self._release.ids(name))
        return self._tables[name]

    @property
    def sources(self) -> Table[Source]:
        """Where the facts were read."""
        return self.table("sources")

    @property
    def terms(self) -> Table[Term]:
        """Vocabulary values with their labels, such as ``group/children``."""
        return self.table("terms")

    @property
    def instruments(self) -> Table[Instrument]:
        """Legal texts."""
        return self.table("instruments")

    @property
    def provisions(self) -> Table[Provision]:
        """Articles and sections that something in the data refers to."""
        return self.table("provisions")

    @property
    def rights(self) -> Table[Right]:
        """Human rights."""
        return self.table("rights")

    @property
    def areas(self) -> Table[Area]:
        """Policy areas."""
        return self.table("areas")

    @property
    def obligations(self) -> Table[Obligation]:
        """Binding obligations of municipalities."""
        return self.table("obligations")

    @property
    def decisions(self) -> Table[Decision]:
        """Judgments."""
        return self.table("decisions")

    @property
    def bodies(self) -> Table[Body]:
        """Monitoring bodies."""
        return self.table("bodies")

    @property
    def documents(self) -> Table[Document]:
        """Documents of monitoring bodies about Norway."""
        return self.table("documents")

    @property
    def recommendations(self) -> Table[Recommendation]:
        """Recommendations to Norway; never binding."""
        return self.table("recommendations")

    @property
    def municipalities(self) -> Table[Municipality]:
        """Norwegian municipalities by number."""
        return self.table("municipalities")

    def __getitem__(self, key: str) -> Record:
        """Give any record by its id.

        Raises `NotFound` with suggestions, or `Retired` with the replacement.
        """
        table = self._release.table_of(key)
        if table is not None:
            return self._make(table, key)
        self._release.raise_if_retired(key)
        shown = (name for name in self._release.tables if name not in ("sources", "terms"))
        ids = (key for name in shown for key in self._release.ids(name))
        raise NotFound(str(key), f"dataset {self.version}", _closest(str(key), ids))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._release.table_of(key) is not None

    def tombstone(self, key: str) -> Json | None:
        """Give what is said of a retired id: ``reason`` and perhaps ``replacement``."""
        return self._release.tombstone(key)

    def raw(self, key: str) -> Json:
        """Give the record with id *key* as it stands in the release: links are ids."""
        return self._release.raw(self._release.table_of(key) or "the dataset", key)

    def raw_in(self, table: str, key: str) -> Json:
        """Give a record of *table* as it stands in the release; `NotFound` if there is none."""
        return self._release.raw(table, key)

    def citing(self, record: Record | str, kind: str | None = None) -> tuple[Record, ...]:
        """Give the records that link to *record* (a record or its id), in the order of tables and ids.

        With *kind*, only those of that kind, such as ``"obligation"``. Sources are not followed.

        >>> from nimrights import load
        >>> ds = load()
        >>> [r.id for r in ds.citing("cedaw-14", kind="obligation")]
        ['water-sanitation/equal-access']
        """
        key = record if isinstance(record, str) else record.id
        if key not in self:
            self[key]  # an unknown id is an error with suggestions, not an empty answer
        return tuple(
            self._make(table, other)
            for table, other in self._release.mentioning(key)
            if (kind is None or TABLES[table].kind == kind) and key in _links(self._release.raw(table, other))
        )

    def prepared(self, name: str, prepare: Callable[[Dataset], Any]) -> Any:  # noqa: ANN401 - theirs
        """Give what *prepare* makes of this dataset, made once: indexes and models live here."""
        if name not in self._prepared:
            self._prepared[name] = prepare(self)
        return self._prepared[name]


def _links(raw: Json) -> Iterator[str]:
    for field in ("instrument", "body", "document"):
        if field in raw:
            yield raw[field]
    for field in ("provisions", "rights", "obligations", "decisions", "areas"):
        yield from raw.get(field, ())
    for basis in raw.get("legal_basis", ()):
        yield basis["provision"]
