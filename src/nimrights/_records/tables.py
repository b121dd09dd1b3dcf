"""Tables: all records of one kind, filtered, and the areas by the codes of other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from nimrights._records.suggesting import closest
from nimrights.exceptions import BadQuery, NotFound
from nimrights.models import SCHEMES, TABLES, Area, Record, code_id, provision_id

if TYPE_CHECKING:
    from nimrights.release import Json, Release

R = TypeVar("R", bound=Record)

#: name of a filter -> field of the raw record, where the two differ
_FIELD_OF: Final[dict[str, str]] = {
    "area": "areas", "right": "rights", "group": "groups", "measure": "measures", "state": "states",
    "obligation": "obligations", "decision": "decisions", "provision": "provisions", "audience": "audiences",
}  # fmt: skip


def _values(raw: Json, field: str) -> Iterable[object]:
    if field == "provision" and "legal_basis" in raw:
        return [basis["provision"] for basis in raw["legal_basis"]]
    value = raw.get(_FIELD_OF.get(field, field), raw.get(field))
    return value if isinstance(value, list) else [value]


class Table(Mapping[str, R], Generic[R]):
    """All records of one kind, by id: in the order of their ids, or in their own where they have an ``order``.

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
            raise NotFound(str(key), self._name, closest(str(key), self._ids))
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
        <Table of 1 recommendations>
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
            if (self._name, name) == ("obligations", "area"):  # the area names its obligations
                of_area = self._of_area(wanted)
                ids = [key for key in ids if key in of_area]
                continue
            if wanted in (None, defaults.get(name)):  # a default is not written in the line
                continue
            mentioned = {key for table, key in self._release.mentioning(wanted) if table == self._name}
            ids = [key for key in ids if key in mentioned]
        rest = {k: v for k, v in filters.items() if (self._name, k) != ("obligations", "area")}
        kept = [key for key in ids if _has({**defaults, **self._release.raw(self._name, key)}, rest)]
        return type(self)(self._name, self._release, self._get, kept)

    def _of_area(self, area: str | None) -> frozenset[str]:
        """Give the obligations of *area*, its own and shared ones; none for an area that is not there."""
        if area not in self._release.ids("areas"):
            return frozenset()
        return frozenset(self._release.raw("areas", area)["obligations"])


def _has(raw: Json, filters: Mapping[str, str | None]) -> bool:
    for name, wanted in filters.items():
        values = list(_values(raw, name))
        if wanted not in values and not (wanted is None and not values):
            return False
    return True


class Areas(Table[Area]):
    """The policy areas, also by the codes that municipal systems hold.

    Every ``for_`` method gives the areas as a table, an empty one for a code that is known but
    touches no area, and raises `NotFound` for one that its scheme does not have.
    """

    def for_kostra(self, code: str) -> Areas:
        """Give the areas of a KOSTRA function; a retired code stands for those that replaced it.

        >>> from nimrights import load
        >>> list(load().areas.for_kostra("244"))
        ['child-welfare']
        """
        return self.for_code("kostra", code)

    def for_los(self, uri: str) -> Areas:
        """Give the areas of a Los concept, by its address.

        >>> from nimrights import load
        >>> list(load().areas.for_los("https://psi.norge.no/los/ord/fosterhjem"))
        ['child-welfare']
        """
        return self.for_code("los", uri)

    def for_kcode(self, code: str) -> Areas:
        """Give the areas of a class of the archive key K-koder; of ``F47`` only the main class ``F`` is read."""
        return self.for_code("k-codes", code)

    def for_sdg(self, target: str) -> Areas:
        """Give the areas of a target of the Sustainable Development Goals, such as ``16.2``, or of a whole goal.

        Targets are not held as records, so an unknown one gives an empty table.
        """
        wanted = target.strip()
        return self._having("sdg", lambda code: code == wanted or code.partition(".")[0] == wanted)

    def for_law(self, law: str, section: str | None = None) -> Areas:
        """Give the areas with an obligation that rests on a law, or on one *section* or article of it.

        *law* is its id, name, abbreviation, Lovdata id (``LOV-2021-06-18-97``) or European Legislation
        Identifier; *section* is written as in the law, spaces do not matter.

        >>> from nimrights import load
        >>> list(load().areas.for_law("krisesenterlova", "2"))
        ['domestic-violence']
        """
        instrument = self._instrument(law)
        provisions = self._release.ids("provisions")
        wanted = {p for p in provisions if self._release.raw("provisions", p)["instrument"] == instrument}
        if section is not None:
            key = provision_id(instrument, section.strip().removeprefix("§"))
            if key not in wanted:
                raise NotFound(key, "provisions", closest(key, sorted(wanted)))
            wanted = {key}
        resting = {
            obligation
            for obligation in self._release.ids("obligations")
            for entry in self._release.raw("obligations", obligation)["legal_basis"]
            if entry["provision"] in wanted
        }
        return self._having("obligations", resting.__contains__)

    def _instrument(self, law: str) -> str:
        wanted = law.strip()
        for key in self._release.ids("instruments"):
            raw = self._release.raw("instruments", key)
            names = [key, raw.get("number"), raw.get("eli"), raw.get("url"), *raw.get("aliases", ())]
            names += [*raw["label"].values(), *raw.get("abbreviation", {}).values()]
            if wanted.lower().rstrip("/.") in [str(name).lower().rstrip("/.") for name in names if name]:
                return key
        raise NotFound(wanted, "instruments", closest(wanted, self._release.ids("instruments")))

    def for_code(self, scheme: str, code: str) -> Areas:
        """Give the areas of a code of a scheme (``kostra``, ``los``, ``k-codes``), as the methods of their own do.

        Raises `BadQuery` for a scheme that areas have no codes of.
        """
        if scheme not in SCHEMES:
            raise BadQuery(f"areas have no codes of {scheme!r}; use one of {', '.join(SCHEMES)}")
        field, code = SCHEMES[scheme], code.strip()
        if scheme == "k-codes":
            code = code[:1].upper()
        key = code_id(scheme, code)
        codes = self._release.ids("codes")
        if not codes:  # data 2026.1 has no lists of codes
            return self._having(field, code.__eq__)
        if key not in codes:
            raise NotFound(
                code, scheme, [k.partition("/")[2] for k in closest(key, [c for c in codes if c.startswith(scheme)])]
            )
        entry = self._release.raw("codes", key)
        wanted = {entry["code"], *(self._release.raw("codes", k)["code"] for k in entry.get("replaced_by", ()))}
        return self._having(field, wanted.__contains__)

    def _having(self, field: str, wanted: Callable[[str], bool]) -> Areas:
        kept = [key for key in self._ids if any(map(wanted, self._release.raw("areas", key).get(field, ())))]
        return Areas(self._name, self._release, self._get, kept)
