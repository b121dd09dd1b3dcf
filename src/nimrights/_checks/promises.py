"""Checks of what areas, obligations and recommendations promise beside their form."""

from __future__ import annotations

from nimrights._checks.checking import Found, check_for, list_of, rows, walk
from nimrights.authoring import PLACEHOLDER, Json, Tables
from nimrights.models import SCHEMES, code_id


@check_for("E203")
def _area_codes(tables: Tables) -> Found:
    """An area names a code that its scheme does not have, or no longer has."""
    for _, key, row in rows(tables, "areas"):
        for scheme, field in SCHEMES.items():
            for code in list_of(row, field):
                entry = tables.rows["codes"].get(code_id(scheme, str(code)))
                if entry is None or entry.get("code") != code:
                    yield key, f"{field} has {code!r}, which {scheme}.csv does not have"
                elif entry.get("ended"):
                    then = " and ".join(entry.get("replaced_by", ())) or "nothing"
                    yield key, f"{field} has {code!r}, which ended {entry.get('until', '')}; replaced by {then}"


@check_for("E205")
def _duties(tables: Tables) -> Found:
    """An area has fewer than four obligations, or an obligation no binding or no operative basis."""
    for _, key, row in rows(tables, "areas"):
        listed = [str(name) for name in list_of(row, "obligations")]
        if len(set(listed)) < 4:  # noqa: PLR2004 - what the dataset promises
            yield key, "write at least four obligations"
        yield from ((key, f"{name!r} is listed twice") for name in sorted({n for n in listed if listed.count(n) > 1}))
    for _, key, row in rows(tables, "obligations"):
        if any(path == "legal_basis.provision" and value == PLACEHOLDER for path, value in walk(row)):
            continue
        if "force" not in row:
            yield key, "no provision of its legal basis is in force"
        elif "operative_force" not in row:
            yield key, "mark the provision that lays down the detailed duty with operative = true"


@check_for("E206")
def _repeats(tables: Tables) -> Found:
    """A recommendation repeats itself, one of its own document, a later one, or one that repeats it."""
    recommendations = tables.rows["recommendations"]
    for key, row in recommendations.items():
        for other in map(str, list_of(row, "repeats")):
            there = recommendations.get(other, {})
            if _leads_to(other, key, recommendations):
                yield key, f"repeats {other!r} goes round in a circle"
            elif "document" in row and row["document"] == there.get("document"):
                yield key, f"repeats {other!r}, which stands in the same document"
            elif str(there.get("date", "")) > str(row.get("date", "9999")):
                yield key, f"repeats {other!r}, which is later: link the later one to this"


def _leads_to(start: str, goal: str, recommendations: dict[str, Json]) -> bool:
    """Say whether *start* is *goal* or repeats it, through any number of others."""
    seen, todo = {start}, [start]
    while todo:
        if (key := todo.pop()) == goal:
            return True
        new = {str(other) for other in list_of(recommendations.get(key, {}), "repeats")} - seen
        seen |= new
        todo += sorted(new)
    return False
