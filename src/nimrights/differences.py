"""What changed between two dataset versions, record by record and field by field, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, get_args

import attrs

from nimrights.dataset import Dataset
from nimrights.models import TABLES

#: what happened to a record or a field; of the changes the gravest first
Kind = Literal["added", "removed", "retired", "corrected", "relabelled", "remapped", "annotated"]

_KINDS: Final = get_args(Kind)
#: fields that name a record, that tie it to others and to codes, and that say where it comes from;
#: a change of any other field corrects what the record says
_LABELS: Final = frozenset({"label", "title", "abbreviation", "aliases", "synonyms", "heading", "names", "place"})
_TIES: Final = frozenset(
    "advice applies_to areas audiences body decisions document duty force groups kcodes kostra legal_basis los "
    "measures municipal obligations operative_force order part practices provisions repeats replaced_by rights sdg "
    "themes".split()
)
_ORIGIN: Final = frozenset({"basis", "developments", "doubt", "linked", "note", "origin", "provenance", "reviewed"})
#: fields that share their name with a tie of other tables, but say something, and the other way round
_SAYS: Final = frozenset({("advice", "measures"), ("city", "measures"), ("instruments", "force")})
_TIES_HERE: Final = frozenset({("course", "questions")})


def kind_of(field: str, table: str = "") -> Kind:
    """Say what a change of *field* is, in a record of *table*.

    >>> kind_of("summary"), kind_of("title"), kind_of("areas"), kind_of("provenance")
    ('corrected', 'relabelled', 'remapped', 'annotated')
    """
    if field in _LABELS:
        return "relabelled"
    if (field in _TIES and (table, field) not in _SAYS) or (table, field) in _TIES_HERE:
        return "remapped"
    return "annotated" if field in _ORIGIN else "corrected"


@attrs.frozen
class FieldChange:
    """One field with its old and new value, as they stand in the releases."""

    field: str
    old: object
    new: object
    kind: Kind = attrs.field(default=attrs.Factory(lambda self: kind_of(self.field), takes_self=True))


@attrs.frozen
class Change:
    """One record that differs between two versions."""

    change: Kind  #: the gravest of its fields' changes
    table: str
    id: str
    fields: tuple[FieldChange, ...] = ()  #: none for a record that is new or gone
    replacement: str | None = None  #: for ``retired``
    why: str | None = None  #: as the new version's reviews or tombstone say, in English
    error: bool = False  #: a reader of the old version would have been misled


def diff(old: Dataset, new: Dataset) -> tuple[Change, ...]:
    """Give every record that differs between *old* and *new*, in the order of tables and ids.

    A record that is gone is ``retired`` if *new* has a tombstone for it, else ``removed``,
    which a published version should never do.
    """
    return tuple(change for table in TABLES for change in _table(old, new, table))


def _table(old: Dataset, new: Dataset, table: str) -> Iterator[Change]:
    before, after = old.table(table), new.table(table)
    for key in sorted({*before, *after}):
        if key not in before:
            yield Change("added", table, key)
        elif key not in after:
            yield _gone(new, table, key)
        else:
            was, now = old.raw_in(table, key), new.raw_in(table, key)
            fields = tuple(
                FieldChange(name, was.get(name), now.get(name), kind_of(name, table))
                for name in sorted({*was, *now})
                if was.get(name) != now.get(name)
            )
            if fields:
                gravest = min((field.kind for field in fields), key=_KINDS.index)
                reviews = [r for r in now.get("reviewed", ()) if r not in was.get("reviewed", ())]
                notes = [part for r in reviews for part in r.get("note", "").split("; ") if part]
                why = "; ".join(dict.fromkeys(notes)) or None
                yield Change(gravest, table, key, fields, why=why, error=any(r.get("error") for r in reviews))


def _gone(new: Dataset, table: str, key: str) -> Change:
    tombstone = new.tombstone(key)
    if tombstone is None:
        return Change("removed", table, key)
    return Change("retired", table, key, replacement=tombstone.get("replacement"), why=tombstone["reason"])


def changelog(old: Dataset, new: Dataset) -> str:
    """Give the changes from *old* to *new* as a section of a change log, in Markdown.

    It counts them by table and kind, and names every record that is gone or misled its readers.
    """
    changes = diff(old, new)
    shown = [kind for kind in _KINDS if any(c.change == kind for c in changes)]
    count = Counter((c.table, c.change) for c in changes)
    lines = [f"### Data {new.version}, as of {new.as_of}, compared with {old.version}", ""]
    lines += [_row(["Table", *shown, "records now"]), _row(["---"] * (len(shown) + 2))]
    for table in TABLES:
        if any(count[table, kind] for kind in shown):
            lines.append(_row([table, *(count[table, kind] or "" for kind in shown), len(new.table(table))]))
    gone = [c for c in changes if c.change in ("retired", "removed")]
    if gone:
        lines += ["", "Retired, with what replaces it and why:", ""]
        lines += [f"- `{c.id}` -> {f'`{c.replacement}`' if c.replacement else 'nothing'}{_reason(c)}." for c in gone]
    wrong = [c for c in changes if c.error]
    if wrong:
        lines += ["", "Errors corrected, which would have misled a reader:", ""]
        lines += [f"- `{c.id}`{_reason(c)}." for c in wrong]
    return "\n".join(lines) + "\n"


def _reason(change: Change) -> str:
    return f": {change.why}" if change.why else ", no reason recorded"


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
