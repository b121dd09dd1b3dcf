"""Templates for new records: every field with what it wants, so that a contributor only fills in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from nimrights._files import read_bytes, replace_whole
from nimrights.authoring import DERIVED, PLACEHOLDER, Tables, read_sources
from nimrights.checks import ID, LINKS, VOCABULARY
from nimrights.exceptions import BadQuery, DataError
from nimrights.models import TABLES
from nimrights.vocabulary import LANGUAGES

#: kind of record -> its file below the dataset folder, where it is always the same
_FILES: Final = {
    "source": "sources.toml", "right": "rights.toml", "decision": "decisions.toml", "body": "bodies.toml",
    "document": "documents.toml", "advice": "advice.toml", "finding": "findings.toml", "practice": "practices.toml",
}  # fmt: skip
KINDS: Final = ("recommendation", "obligation", *_FILES)
_TABLE: Final = {cls.kind: name for name, cls in TABLES.items()}
_PROVENANCE: Final = ", ".join(f'{name} = "{PLACEHOLDER}"' for name in ("source", "locator", "verification", "checked"))
#: kinds of fields that a single value cannot fill
_NESTED: Final = frozenset(
    {"Text", "Texts", "tuple[Provenance, ...]", "tuple[LegalBasis, ...]", "tuple[Development, ...]",
     "tuple[Review, ...]", "tuple[AdviceMeasure, ...]"}
)  # fmt: skip
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def file_for(kind: str, key: str, given: dict[str, str]) -> str:
    """Give the file, below the dataset folder, in which a record of *kind* with the id *key* is written.

    Raises `BadQuery` for a kind that has no template.
    """
    if kind not in KINDS:
        raise BadQuery(f"there is no template for {kind!r}; use one of {', '.join(KINDS)}")
    if kind == "obligation":
        return f"areas/{key.partition('/')[0]}.toml"
    if kind == "recommendation":
        return f"recommendations/{given.get('document', 'other')}.toml"
    return _FILES[kind]


def template(kind: str, key: str, given: dict[str, str], tables: Tables) -> str:
    """Give the TOML of a new record: *given* values filled in, the rest marked as missing.

    Comments tell the values that a field allows. Raises `BadQuery` for an id that is taken or
    retired, or a field that the kind does not have.
    """
    if key in tables.file_of or key in tables.retired:
        why = "was retired and never comes back" if key in tables.retired else f"is in {tables.file_of[key]}"
        raise BadQuery(f"the id {key!r} {why}; choose another")
    if not ID.fullmatch(key) or (kind == "obligation") != ("/" in key):
        wanted = "an area, a slash and a name" if kind == "obligation" else "letters, digits, hyphens and dots"
        raise BadQuery(f"{key!r} is no id of a {kind}: use {wanted}")
    table = _TABLE[kind]
    fields = [a for a in attrs.fields(TABLES[table]) if a.name not in DERIVED.get(table, ("id",))]
    # attrs' own types turn into classes once cattrs has seen them; the annotations stay text
    kinds = {a.name: str(TABLES[table].__annotations__[a.name]).removesuffix(" | None") for a in fields}
    if unknown := set(given) - set(kinds):
        raise BadQuery(f"a {kind} has no {', '.join(sorted(unknown))}; it has {', '.join(kinds)}")
    if nested := [name for name in given if kinds[name] in _NESTED]:
        raise BadQuery(f"{', '.join(nested)} of a {kind} has several parts: leave it to be filled in")
    name = f"obligations.{key.partition('/')[2]}" if kind == "obligation" else _key(key)
    lines = [f"[{name}]"]
    for a in fields:
        if a.default is attrs.NOTHING or a.name in given or a.name in ("areas", "rights"):
            lines += _field(a.name, kinds[a.name], table, given.get(a.name), tables)
    return "\n".join(lines) + "\n"


def append(root: Path, file: str, text: str) -> None:
    """Add *text* at the end of a source file below *root*, which is replaced only when the new one is whole."""
    path = root / file
    if file.startswith("areas/") and not path.exists():
        raise DataError(f"{path} does not exist: an obligation needs the file of its area first")
    before = read_bytes(path) if path.exists() else b""
    replace_whole(path, (before.rstrip(b"\n") + b"\n\n" if before.strip() else b"") + text.encode())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key)


def _field(name: str, kind: str, table: str, value: str | None, tables: Tables) -> Iterator[str]:
    prefix = VOCABULARY.get(table, {}).get(name)
    hint = ""
    if prefix is not None:
        allowed = [term.partition("/")[2] for term in tables.rows["terms"] if term.startswith(f"{prefix}/")]
        hint = f"  # {', '.join(allowed)}"
    elif name in LINKS:
        hint = f"  # id of one of the {LINKS[name]}"
    shown = json.dumps(PLACEHOLDER if value is None else value, ensure_ascii=False)  # TOML spells texts alike
    if name == "provenance":
        yield f"provenance = [\n  {{ {_PROVENANCE} }},\n]"
    elif name == "legal_basis":
        yield f'legal_basis = [\n  {{ provision = "{PLACEHOLDER}", operative = true }},\n]'
    elif kind == "Text":
        yield from (f'{name}.{lang} = "{PLACEHOLDER}"' for lang in LANGUAGES)
    elif kind == "Texts":
        yield from (f'{name}.{lang} = ["{PLACEHOLDER}"]' for lang in LANGUAGES)
    elif kind.startswith("tuple"):
        yield f"{name} = [{shown}]{hint}"
    else:
        whole = kind == "int" and value is not None and value.isdecimal()
        yield f"{name} = {value if whole else shown}{hint}"


def new(root: Path, kind: str, key: str, given: dict[str, str]) -> tuple[str, str]:
    """Give the file and the text of a new record for the dataset folder *root*; nothing is written."""
    file = file_for(kind, key, given)
    return file, template(kind, key, given, read_sources(root))
