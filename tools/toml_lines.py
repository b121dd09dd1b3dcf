"""Write records as TOML the way people read them: one line a value, languages side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """Give a TOML key, quoted where it must be."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value(item: Any) -> str:
    """Give a TOML value on one line (a JSON string is a TOML basic string)."""
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in item.items() if v is not None) + " }"
    if isinstance(item, list):
        if any(isinstance(x, (str, Mapping)) and len(value(x)) > 40 for x in item):
            return "[\n" + "".join(f"  {value(x)},\n" for x in item) + "]"
        return "[" + ", ".join(value(x) for x in item) + "]"
    return json.dumps(item, ensure_ascii=False)


def record(values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Give the lines of one record; empty values are left out."""
    for name, item in values.items():
        if item is None or item in ([], {}):
            continue
        if isinstance(item, Mapping):
            yield from record(item, f"{prefix}{key(name)}.")
        else:
            yield f"{prefix}{key(name)} = {value(item)}"


def tables(rows: Mapping[str, Mapping[str, Any]], under: str = "") -> str:
    """Give one ``[table]`` for each row."""
    parts = [f"[{under}{key(name)}]\n" + "\n".join(record(row)) + "\n" for name, row in rows.items()]
    return "\n".join(parts)
