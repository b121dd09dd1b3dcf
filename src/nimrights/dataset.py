"""The dataset: tables of records, links as objects, and the way back."""

from __future__ import annotations

# ruff: noqa: PLC0415 - the classes of records are loaded when the first one is made, which search may never do
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from nimrights._engine.folding import fold
from nimrights._records.catalogue import Catalogue
from nimrights._records.kinds import KINDS, ORDERED
from nimrights._records.suggesting import closest
from nimrights.exceptions import BadQuery, NotFound

if TYPE_CHECKING:
    from nimrights._records.links import Link
    from nimrights._records.tables import Table
    from nimrights.models import Municipality, Obligation, Recommendation, Record
    from nimrights.release import Json, Release


class Dataset(Catalogue):
    """One version of the dataset. Records are made when they are first asked for, and kept."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._records: dict[tuple[str, str], Record] = {}
        self._sha256: str | None = None
        self._tables: dict[str, Table[Any]] = {}
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

    @property
    def fingerprint(self) -> str:
        """Version and CRC-32 of the bytes: what is made ready for this data says so, and is used for no other."""
        return f"{self.version}:{self._release.crc32():08x}"

    def __repr__(self) -> str:
        count = sum(len(self._release.ids(name)) for name in self._release.tables)
        return f"<Dataset {self.version} as of {self.as_of}, {count} records>"

    def _make(self, table: str, key: str) -> Record:
        found = self._records.get((table, key))
        if found is None:
            found = self._records[table, key] = self._read(table, key)
        return found

    @cached_property
    def _read(self) -> Callable[[str, str], Record]:
        from nimrights._records.reader import Reader
        from nimrights.models import TABLES

        table_of = {cls: name for name, cls in TABLES.items()}
        reader = Reader(lambda cls, key: self._make(table_of[cls], key))
        return lambda table, key: cast("Record", reader.read(self._release.raw(table, key), TABLES[table]))

    def table(self, name: str) -> Table[Any]:
        """Give a table by its name; `NotFound` if there is none of that name."""
        if name not in self._tables:
            ids = self.ids(name)
            from nimrights._records.tables import Areas, Table

            make = Areas if name == "areas" else Table
            self._tables[name] = make(name, self._release, self._make, ids)
        return self._tables[name]

    def ids(self, table: str) -> list[str]:
        """Give the ids of a table: sorted, or as its records say where they have an order of their own.

        Raises `NotFound` if there is no table of that name.
        """
        if table not in KINDS:
            raise NotFound(table, "the tables", closest(table, KINDS))
        ids = self._release.ids(table)
        if table in ORDERED:
            ids.sort(key=lambda key: self._release.raw(table, key)["order"])
        return ids

    def municipality(self, name: str) -> Municipality:
        """Give the municipality with a number, a number of 2023, an organisation number or a name.

        A name may be any official one, in any spelling that search would fold (``Karasjohka``).
        Raises `NotFound` with suggestions, and `BadQuery` for a name that several have.

        >>> from nimrights import load
        >>> load().municipality("Guovdageaidnu")
        <Municipality 5612>
        """
        if not isinstance(name, str):
            raise BadQuery(f"a municipality is named by a text, not {type(name).__name__}: {str(name)!r}")
        name = name.strip()
        if name in self.municipalities:
            return self.municipalities[name]
        wanted = fold(name)
        found = self.prepared("municipality names", _municipality_names).get(wanted, [])
        if len(found) > 1:
            raise BadQuery(f"several municipalities are named {name!r}: give the number, {' or '.join(found)}")
        if not found:
            labels = {fold(self.raw_in("municipalities", key)["label"]): key for key in self.municipalities}
            near = [self.raw_in("municipalities", labels[label])["label"] for label in closest(wanted, labels)]
            raise NotFound(name, "municipalities", near)
        return self.municipalities[found[0]]

    def obligations_for(self, municipality: Municipality | str) -> tuple[Obligation, ...]:
        """Give the obligations of a municipality (or its number or name), with those that only some have.

        Left out are those that certainly do not apply to it, such as duties in the Sami language
        area for a municipality outside it. Those that depend on what it does or owns are given:
        `Obligation.applies_to` says on what.

        >>> from nimrights import load
        >>> ds = load()
        >>> only_some = [o.id for o in ds.obligations_for("Kautokeino") if o not in ds.obligations_for("Oslo")]
        >>> "sami-rights/answer-in-sami" in only_some
        True
        """
        if isinstance(municipality, str):
            municipality = self.municipality(municipality)
        return tuple(o for o in self.obligations.values() if municipality.is_one_of(o.applies_to) is not False)

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
        raise NotFound(str(key), f"dataset {self.version}", closest(str(key), ids))

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
        from nimrights._records.links import linked_ids

        key = record if isinstance(record, str) else record.id
        if key not in self:
            self[key]  # an unknown id is an error with suggestions, not an empty answer
        return tuple(
            self._make(table, other)
            for table, other in self._release.mentioning(key)
            if (kind is None or KINDS[table] == kind) and key in linked_ids(self._release.raw(table, other))
        )

    def links(self, record: Record | str) -> tuple[Link, ...]:
        """Give what *record* (a record or its id) links to, each with how and when the link was made.

        An area's provisions are those of its obligations.

        >>> from nimrights import load
        >>> link = load().links("child-welfare/best-interests")[0]
        >>> link.field, link.to.id, link.basis.value
        ('legal_basis', 'grl-104', 'read-in-source')
        """
        from nimrights._records.links import links_of

        return links_of(self[record] if isinstance(record, str) else record)

    def history(self, recommendation: Recommendation | str) -> tuple[Recommendation, ...]:
        """Give the recommendations that lead to this one and those that lead on from it, oldest first.

        They hold the same demand, as far as `Recommendation.repeats` tells; it is among them,
        and those without a date stand last.

        >>> from nimrights import load
        >>> [r.id for r in load().history("crpd1-6c")]
        ['upr1-106.5', 'upr2-131.10', 'upr2-131.14', 'upr2-131.24', 'crpd1-6c']
        """
        start = self.recommendations[recommendation if isinstance(recommendation, str) else recommendation.id]
        found = {start.id: start}
        for step in (lambda r: r.repeats, lambda r: self.citing(r, kind="recommendation")):
            todo = [start]
            while todo:
                new = [cast("Recommendation", r) for r in step(todo.pop()) if r.id not in found]
                found.update((r.id, r) for r in new)
                todo += new
        return tuple(sorted(found.values(), key=lambda r: (r.date or "9999", r.id)))

    def prepared(self, name: str, prepare: Callable[[Dataset], Any]) -> Any:  # noqa: ANN401 - theirs
        """Give what *prepare* makes of this dataset, made once: indexes and models live here."""
        if name not in self._prepared:
            self._prepared[name] = prepare(self)
        return self._prepared[name]


def _municipality_names(dataset: Dataset) -> dict[str, list[str]]:
    """Give the municipalities by everything that names them, folded: names, organisation number, number in 2023."""
    names: dict[str, list[str]] = {}
    for key in dataset.municipalities:
        raw = dataset.raw_in("municipalities", key)
        other = [raw.get("organisation_number"), raw.get("number_2023")]
        for known in {fold(n) for n in (raw["label"], *raw["names"], *filter(None, other))}:
            names.setdefault(known, []).append(key)
    return names
