"""What somebody may have meant who wrote an id or a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable


def closest(wanted: str, ids: Iterable[str]) -> list[str]:
    """Give the up to three *ids* most like *wanted*, for suggestions in errors."""
    from rapidfuzz import process  # noqa: PLC0415 - only errors need it

    found = process.extract(wanted.lower()[:100], list(ids), limit=3, score_cutoff=60)
    return [key for key, _, _ in found]
