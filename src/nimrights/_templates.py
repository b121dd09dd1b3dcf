"""Templates for new records: every field with what it wants, so that a contributor only fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from nimrights._files import read_bytes, replace_whole
from nimrights.authoring import DERIVED, Tables, read_sources
from nimrights.checks import LINKS, PLACEHOLDER, VOCABULARY
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
    table = _TABLE[kind]
    fields = [a for a in attrs.fields(TABLES[table]) if a.name not in DERIVED.get(table, ("id",))]
    unknown = set(given) - {a.name for a in fields}
    if unknown:
        raise BadQuery(f"a {kind} has no {', '.join(sorted(unknown))}; it has {', '.join(a.name for a in fields)}")
    name = f"obligations.{key.partition('/')[2]}" if kind == "obligation" else _key(key)
    lines = [f"[{name}]"]
    for a in fields:
        if a.default is attrs.NOTHING or a.name in given or a.name in ("areas", "rights"):
            lines += _field(a, table, given.get(a.name), tables)
    return "\n".join(lines) + "\n"


def append(root: Path, file: str, text: str) -> None:
    """Add *text* at the end of a source file below *root*, which is replaced only when the new one is whole."""
    path = root / file
    if file.startswith("areas/") and not path.exists():
        raise DataError(f"{path} does not exist: an obligation needs the file of its area first")
    before = read_bytes(path) if path.exists() else b""
    replace_whole(path, (before.rstrip(b"\n") + b"\n\n" if before.strip() else b"") + text.encode())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else f'"{key}"'


def _field(a: attrs.Attribute[Any], table: str, value: str | None, tables: Tables) -> Iterator[str]:
    kind = str(a.type).removesuffix(" | None")
    prefix = VOCABULARY.get(table, {}).get(a.name)
    hint = ""
    if prefix is not None:
        allowed = [term.partition("/")[2] for term in tables.rows["terms"] if term.startswith(f"{prefix}/")]
        hint = f"  # {', '.join(allowed)}"
    elif a.name in LINKS:
        hint = f"  # id of one of the {LINKS[a.name]}"
    shown = PLACEHOLDER if value is None else value
    if a.name == "provenance":
        yield f"provenance = [\n  {{ {_PROVENANCE} }},\n]"
    elif a.name == "legal_basis":
        yield f'legal_basis = [\n  {{ provision = "{PLACEHOLDER}", operative = true }},\n]'
    elif kind == "Text":
        yield from (f'{a.name}.{lang} = "{PLACEHOLDER}"' for lang in LANGUAGES)
    elif kind == "Texts":
        yield from (f'{a.name}.{lang} = ["{PLACEHOLDER}"]' for lang in LANGUAGES)
    elif kind.startswith("tuple"):
        yield f'{a.name} = ["{shown}"]{hint}'
    else:
        yield f"{a.name} = {shown}{hint}" if kind == "int" else f'{a.name} = "{shown}"{hint}'


def new(root: Path, kind: str, key: str, given: dict[str, str]) -> tuple[str, str]:
    """Give the file and the text of a new record for the dataset folder *root*; nothing is written."""
    file = file_for(kind, key, given)
    return file, template(kind, key, given, read_sources(root))
