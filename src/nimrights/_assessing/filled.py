"""Files that people fill in: read with care, written whole, and nothing that they wrote is lost.

Such a file is JSON or TOML. Its head says what it is (``kind``, ``format``, ``written_by``) and with which
data it was filled in (``dataset``, a pin). What no longer has a place stands under ``kept``.

To read one::

    reading = Reading(parse(text, "json", name), name, kind="assessment", newest=1, dataset=dataset, update=False)
    top = reading.table(reading.body, "", known=("case", "answers"))
    record = reading.record("areas", key, f"areas.{key}", value)    # None: it was put under `reading.kept`

To write one: ``save(path, {**head("assessment", 1, dataset), ..., **kept_rows(kept)})``.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from nimrights._files import AnyPath, read_bytes, replace_whole
from nimrights._records.suggesting import closest
from nimrights._version import __version__
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, DataError, MissingExtra, NotFound, Retired
from nimrights.models import Record
from nimrights.versions import published

Json = dict[str, Any]

#: ending of a file -> how it is written
FORMS: Final = {".json": "json", ".toml": "toml"}
#: keys that every filled-in file has, beside its own
HEAD: Final = ("kind", "format", "written_by", "dataset", "kept")
_RELEASE: Final = re.compile(r"nimrights (\d+(?:\.\d+)*)")


@frozen(order=True)
class Kept:
    """Something that a user wrote and that no longer has a place. It is written again with every save."""

    where: str  #: where it stood, such as ``answers.guide-rights/decision``
    value: Any = field(order=False)  #: as it stood there
    why: str = field(order=False)  #: why it has no place


def form_of(path: AnyPath) -> str:
    """Give ``"json"`` or ``"toml"`` by the ending of a path; `BadQuery` for another."""
    ending = Path(path).suffix.lower()
    if ending not in FORMS:
        raise BadQuery(f"{path}: a file that is filled in ends in .json or .toml, not {ending or 'nothing'}")
    return FORMS[ending]


def read(path: AnyPath) -> Json:
    """Read a file as it stands; `DataError` says what is wrong with it, and in which line."""
    return parse(read_bytes(path), form_of(path), str(path))


def parse(data: bytes | str, form: str, name: str) -> Json:
    """Read JSON or TOML (*form*) that came from *name*; the same key twice is an error, since one would be lost."""
    said = form.upper()
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        if form == "toml":
            return tomllib.loads(text)
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise DataError(f"{name} is not UTF-8 ({error.reason}): save it as UTF-8") from error
    except UnicodeEncodeError as error:
        raise DataError(f"{name} holds half a character ({error.object[error.start]!a}): write it whole") from error
    except (ValueError, RecursionError) as error:  # both decoders say the line
        raise DataError(f"{name} is no {said}: {error}") from error
    if not isinstance(values, dict):
        raise DataError(f"{name}: expected a {said} object, got {type(values).__name__}")
    return values


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice: keep one of them")
        found[key] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no value of a file that is filled in")


def dump_json(values: Mapping[str, Any]) -> str:
    """Give JSON for people: in the order given, with real letters."""
    return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def dump_toml(values: Mapping[str, Any]) -> str:
    """Give TOML, several lines as several lines; `MissingExtra` without tomli-w."""
    try:
        import tomli_w  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("tomli-w", "toml") from error
    returns = any("\r" in text for text in _texts(values))  # would be lost in a text of several lines
    return str(tomli_w.dumps(values, multiline_strings=not returns))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in (*value, *value.values()):
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def save(path: AnyPath, values: Mapping[str, Any]) -> None:
    """Write *values* as the ending of *path* says. A file there is replaced only when the new one is whole."""
    text = dump_toml(values) if form_of(path) == "toml" else dump_json(values)
    replace_whole(path, text.encode())


def check_free(path: AnyPath, *, overwrite: bool = False, same_as: AnyPath | None = None) -> None:
    """Refuse a file that is there, unless it is *same_as* the one that was read, or is to be overwritten."""
    there = Path(path)
    if overwrite or not there.exists() or (same_as is not None and there.samefile(same_as)):
        return
    raise BadQuery(f"{path} is there already and may hold what somebody wrote: name another file, or add --overwrite")


def check_text(text: object, what: str) -> str:
    """Give *text* back if it can be written to a file; `BadQuery` says what it is instead."""
    if not isinstance(text, str):
        raise BadQuery(f"{what} is a text, not {type(text).__name__}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadQuery(f"{what} holds half a character at {error.start}: it cannot be written as UTF-8") from error
    return text


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever a file holds
    """Give *value* with what only one of JSON and TOML knows (nothing, dates, infinity) as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return "null" if value is None else str(value)


def head(kind: str, number: int, dataset: Dataset) -> Json:
    """Give the head of a file: what it is, in which format, by which nimrights, and with which data."""
    return {"kind": kind, "format": number, "written_by": f"nimrights {__version__}", "dataset": dataset.pin}


def kept_rows(kept: Iterable[Kept]) -> Json:
    """Give the tail of a file: what has no place any more, nothing where there is nothing."""
    rows = [{"where": row.where, "value": row.value, "why": row.why} for row in kept]
    return {"kept": rows} if rows else {}


class Reading:
    """One file while it is read against a dataset.

    Without *update* whatever does not fit is an error that says what to do. With it, ids follow their
    replacements, and what has no place is put under `kept`.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that is checked
        self, values: Mapping[str, Any], name: str, *, kind: str, newest: int, dataset: Dataset, update: bool = False
    ) -> None:
        self.name, self.dataset, self.update = name, dataset, update
        self._check_format(values, kind, newest)
        self._check_dataset(values.get("dataset"))
        #: what the file holds beside its head
        self.body: Json = {key: value for key, value in values.items() if key not in HEAD}
        #: what had no place before, and what has none now
        self.kept: list[Kept] = [self._kept(row, n) for n, row in enumerate(self.rows(values.get("kept", []), "kept"))]

    def error(self, where: str, message: str) -> DataError:
        """Give an error that says where in which file."""
        return DataError(f"{self.name}: {where}: {message}" if where else f"{self.name}: {message}")

    def _check_format(self, values: Mapping[str, Any], kind: str, newest: int) -> None:
        if values.get("kind") != kind:
            raise self.error("kind", f"expected {kind!r}, got {values.get('kind')!r}: this is another kind of file")
        number = values.get("format")
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise self.error("format", f"expected a whole number from 1 to {newest}, got {number!r}")
        if number > newest:
            written = _RELEASE.fullmatch(str(values.get("written_by")))
            what = (
                f"'nimrights>={written[1]}', which wrote it"
                if written and written[1] != __version__
                else "--upgrade nimrights"
            )
            raise self.error(
                "format", f"{number} is newer than {newest}, which nimrights {__version__} reads: pip install {what}"
            )

    def _check_dataset(self, pin: object) -> None:
        loaded = self.dataset
        if not isinstance(pin, str):
            raise self.error("dataset", f"expected a pin such as {loaded.version!r}, got {pin!r}")
        if self.update or pin in (loaded.pin, loaded.version):
            return
        version = pin.partition("@")[0]
        here = [row.version for row in published()]
        load = (
            f"load that one (--dataset {version}, or nimrights.load({version!r}))"
            if version in here
            else f"install a nimrights that has it (this one has {', '.join(here)})"
        )
        raise self.error(
            "dataset",
            f"it was filled in with {pin}, and {loaded.pin} is loaded: {load}, or bring the file over to "
            f"{loaded.version} (--update, or update=True), which loses nothing",
        )

    def _kept(self, row: Any, number: int) -> Kept:  # noqa: ANN401 - whatever a file holds
        row = self._mapping(row, f"kept[{number}]")
        if set(row) != {"where", "value", "why"}:
            raise self.error(f"kept[{number}]", "expected where, value and why")
        return Kept(str(row["where"]), _plain(row["value"]), str(row["why"]))

    def keep(self, where: str, value: object, why: str) -> None:
        """Put what has no place under `kept`, where that is wished; otherwise it is an error."""
        if not self.update:
            raise self.error(where, f"{why}; --update (update=True) keeps what stands there under `kept`")
        self.kept.append(Kept(where, _plain(value), why))

    def _mapping(self, value: object, where: str) -> Json:
        if not isinstance(value, dict):
            raise self.error(where, f"expected a table, got {value!r}")
        return value

    def table(self, value: object, where: str, known: Iterable[str], needed: Iterable[str] = ()) -> Json:
        """Give a table with its known keys; one that is missing is an error, one that is unknown is kept or one."""
        there = self._mapping(value, where)
        for key in needed:
            if key not in there:
                raise self.error(where, f"{key!r} is missing")
        known = list(known)
        for key in [key for key in there if key not in known]:
            near = closest(key, known)
            hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
            self.keep(f"{where}.{key}" if where else key, there[key], f"{key!r} is no key here; {hint}")
        return {key: there[key] for key in known if key in there}

    def rows(self, value: object, where: str) -> list[Any]:
        """Give a list; an error says what stands there instead."""
        if not isinstance(value, list):
            raise self.error(where, f"expected a list, got {value!r}")
        return value

    def text(self, value: object, where: str) -> str:
        """Give a text; an error says what stands there instead."""
        try:
            return check_text(value, where)
        except BadQuery as error:
            raise self.error("", str(error)) from None

    def number(self, value: object, where: str) -> float:
        """Give a number; an error says what stands there instead."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise self.error(where, f"expected a number, got {value!r}")
        return value

    def record(self, table: str, key: object, where: str, value: object) -> Record | None:
        """Give the record that the file names, the one that replaced it with `update`.

        ``None`` means that there is none (any more) and that *value* was put under `kept`.
        """
        key = self.text(key, where)
        try:
            record: Record = self.dataset.table(table)[key]
        except Retired as error:
            new = error.replacement
            if new is not None and self.update:
                return self.record(table, new, where, value)
            self.keep(where, value, f"{error}{' in the file' if new else ''}")
            return None
        except NotFound as error:
            self.keep(where, value, str(error))
            return None
        return record
