"""Templates for new records: every field with what it wants, so that a contributor only fills in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from attrs import AttrsInstance

from nimrights._files import read_bytes, replace_whole
from nimrights.authoring import DERIVED, PLACEHOLDER, Tables, read_sources
from nimrights.checks import ID, LINKS, VOCABULARY
from nimrights.exceptions import BadQuery, DataError
from nimrights.models import TABLES, Answer, Section, StepQuestion, module_id
from nimrights.vocabulary import LANGUAGES

#: kind of record -> its file below the dataset folder, where it is always the same
_FILES: Final = {
    "source": "sources.toml", "right": "rights.toml", "decision": "decisions.toml", "body": "bodies.toml",
    "document": "documents.toml", "advice": "advice.toml", "finding": "findings.toml", "practice": "practices.toml",
    "step": "guide.toml", "element": "city.toml",
}  # fmt: skip
KINDS: Final = ("recommendation", "obligation", "module", "question", *_FILES)
_TABLE: Final = {cls.kind: name for name, cls in TABLES.items()}
_PROVENANCE: Final = ", ".join(f'{name} = "{PLACEHOLDER}"' for name in ("source", "locator", "verification", "checked"))
#: kinds of fields that are written as tables of their own, below the rest
_PARTS: Final[dict[str, type[AttrsInstance]]] = {
    f"tuple[{cls.__name__}, ...]": cls for cls in (StepQuestion, Section, Answer)
}
#: kinds of fields that a single value cannot fill
_NESTED: Final = frozenset(
    {"Text", "Texts", "tuple[Provenance, ...]", "tuple[LegalBasis, ...]", "tuple[Development, ...]",
     "tuple[Review, ...]", "tuple[AdviceMeasure, ...]", *_PARTS}
)  # fmt: skip
#: fields that most records have, though they may be left out
_USUAL: Final = frozenset({"areas", "rights", "provisions", "provenance", "scenario", "advice", "practices"})
#: fields whose records have templates of their own
_BESIDE: Final = {"module": ("questions",)}
#: how an id of some kinds is made up
_WANTED: Final = {
    "obligation": (re.compile(r"[^/]+/[^/]+"), "an area, a slash and a name"),
    "module": (re.compile(rf"{module_id('')}[^/]+"), f"{module_id('')} and a name"),
    "question": (re.compile(rf"{module_id('')}[^/]+/[^/]+"), "a module, a slash and a name"),
}
_OTHER: Final = (re.compile(r"[^/]+"), "letters, digits, hyphens and dots")
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
    if kind in ("module", "question"):
        return f"course/{key.partition('/')[0].removeprefix(module_id(''))}.toml"
    return _FILES[kind]


def template(kind: str, key: str, given: dict[str, str], tables: Tables) -> str:
    """Give the TOML of a new record: *given* values filled in, the rest marked as missing.

    Comments tell the values that a field allows; what has an order comes last in it. Raises
    `BadQuery` for an id that is taken or retired, or a field that the kind does not have.
    """
    if key in tables.file_of or key in tables.retired:
        why = "was retired and never comes back" if key in tables.retired else f"is in {tables.file_of[key]}"
        raise BadQuery(f"the id {key!r} {why}; choose another")
    pattern, wanted = _WANTED.get(kind, _OTHER)
    if not ID.fullmatch(key) or not pattern.fullmatch(key):
        raise BadQuery(f"{key!r} is no id of a {kind}: use {wanted}")
    table = _TABLE[kind]
    left_out = (*DERIVED.get(table, ("id",)), *_BESIDE.get(kind, ()))
    fields = [a for a in attrs.fields(TABLES[table]) if a.name not in left_out]
    # attrs' own types turn into classes once cattrs has seen them; the annotations stay text
    kinds = {a.name: str(TABLES[table].__annotations__[a.name]).removesuffix(" | None") for a in fields}
    if unknown := set(given) - set(kinds):
        raise BadQuery(f"a {kind} has no {', '.join(sorted(unknown))}; it has {', '.join(kinds)}")
    if nested := [name for name in given if kinds[name] in _NESTED]:
        raise BadQuery(f"{', '.join(nested)} of a {kind} has several parts: leave it to be filled in")
    given = {"order": str(_last(table, tables) + 1), **given} if "order" in kinds else given
    place = _place(kind, key)
    lines, below = [f"[{place}]"] if place else [], list[str]()
    for a in fields:
        if kinds[a.name] in _PARTS:
            below += _parts(a.name, _PARTS[kinds[a.name]], place, tables)
        elif a.default is attrs.NOTHING or a.name in given or a.name in _USUAL:
            lines += _field(a.name, kinds[a.name], table, given.get(a.name), tables)
    return "\n".join(lines + below) + "\n"


def append(root: Path, file: str, text: str) -> None:
    """Add *text* at the end of a source file below *root*, which is replaced only when the new one is whole."""
    path = root / file
    if file.startswith("areas/") and not path.exists():
        raise DataError(f"{path} does not exist: an obligation needs the file of its area first")
    if text.startswith("[questions.") and not path.exists():
        raise DataError(f"{path} does not exist: a question needs the file of its module first")
    before = read_bytes(path) if path.exists() else b""
    replace_whole(path, (before.rstrip(b"\n") + b"\n\n" if before.strip() else b"") + text.encode())


def _place(kind: str, key: str) -> str:
    """Give the TOML key of a record in its file; a module is the file."""
    if kind == "module":
        return ""
    return f"{kind}s.{_key(key.partition('/')[2])}" if kind in ("obligation", "question") else _key(key)


def _last(table: str, tables: Tables) -> int:
    """Give the highest place in the order of a table, 0 where it is empty."""
    return max((row["order"] for row in tables.rows[table].values() if isinstance(row.get("order"), int)), default=0)


def _parts(name: str, cls: type[AttrsInstance], place: str, tables: Tables) -> Iterator[str]:
    """Give the tables of a field that holds values of *cls*: one of them, of answers a right and a wrong one."""
    path = f"{place}.{name}" if place else name
    for correct in ("true", "false") if cls is Answer else ("",):
        yield f"\n[{path}.{PLACEHOLDER}]" if cls is StepQuestion else f"\n[[{path}]]"
        for a in attrs.fields(cls):
            if a.name == "correct":
                yield f"correct = {correct}"
            elif a.name != "key":
                yield from _field(a.name, str(cls.__annotations__[a.name]), "", None, tables)


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
