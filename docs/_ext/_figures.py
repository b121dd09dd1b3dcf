"""Tables of figures, generated from the data and the library."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from _markdown import plain, printed_sources, share, table

import nimrights
from nimrights.checks import codes
from nimrights.classifier import model_of
from nimrights.differences import changelog
from nimrights.models import TABLES
from nimrights.vocabulary import Verification

if TYPE_CHECKING:
    from nimrights import Dataset

DATASETS = Path(__file__).parents[2] / "datasets"
LEARNING = ("guide", "questions", "course", "city")  #: tables of our own making
FEW = 3  #: recommendations on an area


def counts(ds: Dataset) -> str:
    """Count the records of each table."""
    rows = [(name, len(ds.table(name)), str(cls.__doc__).splitlines()[0]) for name, cls in TABLES.items()]
    return table(["Table", "Records", "One record is"], rows)


def verification(ds: Dataset) -> str:
    """Count the sources of each table by how they were verified."""
    kinds = [v.value for v in Verification]
    rows = []
    for name in TABLES:
        found = [p["verification"] for key in ds.table(name) for p in ds.raw(key).get("provenance", ())]
        if found:
            tally = Counter(found)
            rows.append([name, len(found), *(share(tally[kind], len(found)) for kind in kinds)])
    return table(["Table", "Sources given", *kinds], rows)


def gaps(ds: Dataset) -> str:
    """Count the recommendations that lack something."""
    rows = [
        (f"no {what}", share(len(ds.recommendations.where(**{field: None})), len(ds.recommendations)))
        for what, field in [
            ("monitoring body", "body"), ("document", "document"), ("paragraph", "paragraph"), ("date", "date"),
            ("policy area", "area"), ("right", "right"),
        ]
    ]  # fmt: skip
    held = {key: len(ds.recommendations.where(area=key)) for key in ds.areas}
    few = ", ".join(f"`{key}` ({n})" for key, n in held.items() if n < FEW)
    return table(["Recommendations with", "Number"], rows) + f"\nAreas with fewer than {FEW} recommendations: {few}.\n"


def positions(ds: Dataset) -> str:
    """Count Norway's positions by document of the UPR, with what their source is."""
    tally: Counter[tuple[str, str, str]] = Counter()
    for r in ds.recommendations.values():
        if r.position:
            document = r.document and (r.document.symbol or r.document.label.en)
            tally[document or "document not known", r.position.value, r.position_note or ""] += 1
    rows = [(plain(d), p, n, plain(note) or "see the records") for (d, p, note), n in sorted(tally.items())]
    return table(["Document", "Position", "Number", "What it rests on"], rows)


def force(ds: Dataset) -> str:
    """Count the obligations by the force that lays them down and the strongest force behind them."""
    tally = Counter((o.operative_force or o.force, o.force) for o in ds.obligations.values())
    order = sorted(tally, key=lambda pair: (pair[0].rank, pair[1].rank))
    rows = [(laid.value, strongest.value, tally[laid, strongest]) for laid, strongest in order]
    return table(["Laid down by", "Strongest force behind it", "Obligations"], rows)


def links(ds: Dataset) -> str:
    """Count the links of each kind of record by how they were made."""
    rows = []
    for name in ("obligations", "recommendations", "rights", "decisions", "findings", "practices", *LEARNING):
        tally = Counter(
            (link.field, link.basis.value, link.made) for r in ds.table(name).values() for link in ds.links(r)
        )
        fields = {field for field, _, _ in tally}
        for field in sorted(fields):
            for basis in sorted({b for f, b, _ in tally if f == field}):
                days = [made for f, b, made in tally if (f, b) == (field, basis)]
                count = sum(n for (f, b, _), n in tally.items() if (f, b) == (field, basis))
                rows.append((name, f"`{field}`", basis, count, min(days), max(days)))
    return table(["From", "Field", "Basis", "Links", "First made", "Last made"], rows)


def reviews(ds: Dataset) -> str:
    """Count the reviews of each kind of record by what they were read against."""
    rows = []
    for name in TABLES:
        found = [(key, review) for key in ds.table(name) for review in ds.raw_in(name, key).get("reviewed", ())]
        for against in sorted({review["against"] for _, review in found}):
            here = [(key, review) for key, review in found if review["against"] == against]
            read = len({key for key, _ in here})
            changed = len({key for key, review in here if review.get("changed")})
            wrong = len({key for key, review in here if review.get("error")})
            rows.append((name, against, share(read, len(ds.table(name))), share(changed, read), wrong))
    return table(["Table", "Read against", "Records read", "Changed", "Misleading before"], rows)


def changes(ds: Dataset) -> str:
    """Say what changed since the first version, as `nimrights data changelog` does."""
    text = changelog(nimrights.load(nimrights.published()[0].version), ds)
    return text.partition("\n")[2].lstrip()


def doubts(ds: Dataset) -> str:
    """List what is uncertain."""
    rows = [record for name in ("areas", "obligations") for record in ds.table(name).values() if record.doubt]
    return "".join(f"- `{record.id}`: {plain(record.doubt.en)}\n" for record in rows)


def crosswalk(ds: Dataset) -> str:
    """List the codes of each area."""
    rows = [
        (plain(a.label.en), f"`{a.id}`", *(" ".join(codes) for codes in (a.kostra, a.kcodes, a.sdg)), len(a.los))
        for a in ds.areas.values()
    ]
    return table(["Policy area", "Id", "KOSTRA", "K-koder", "SDG", "Los addresses"], rows)


def schemes(ds: Dataset) -> str:
    """Count the codes of each scheme, say where they were read, and list those that ended."""
    rows, ended = [], []
    for scheme in dict.fromkeys(code.scheme for code in ds.codes.values()):
        held = list(ds.codes.where(scheme=scheme).values())
        origin = dict.fromkeys(printed_sources(code.provenance) for code in held)
        rows.append((ds.terms[f"scheme/{scheme}"].label.en, f"`{scheme}/`", len(held), "; ".join(origin)))
        ended += [code for code in held if code.ended]
    gone = [
        (f"`{c.id}`", plain(c.heading or ""), c.until or "not seen", ", ".join(c.replaced_by) or "nothing seen")
        for c in ended
    ]
    listed = table(["Scheme", "Ids begin with", "Codes", "Read in"], rows)
    return listed + "\nCodes that ended:\n\n" + table(["Code", "Heading", "Last day", "Replaced by"], gone)


def laws(ds: Dataset) -> str:
    """List the identifiers of the instruments."""
    rows = [
        (
            plain(i.label.en),
            f"`{i.id}`",
            i.number or "",
            f"<{i.eli}>" if i.eli else "",
            len(ds.provisions.where(instrument=i.id)),
        )
        for i in ds.instruments.values()
    ]
    return table(["Instrument", "Id", "Lovdata id", "ELI", "Provisions"], rows)


def vocabularies(ds: Dataset) -> str:
    """List every vocabulary with its values."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for key, term in ds.terms.items():
        name, _, value = key.partition("/")
        meaning = term.label.en + (f": {term.definition.en}" if term.definition else "")
        rows.setdefault(name, []).append((f"`{value}`", plain(meaning)))
    return "\n".join(f"**{name}**\n\n{table(['Value', 'Meaning'], found)}" for name, found in rows.items())


def checks(_: Dataset) -> str:
    """List every check code."""
    return table(["Code", "What it reports"], [(f"`{row.code}`", plain(row.meaning)) for row in codes()])


def classifier(ds: Dataset) -> str:
    """Give the facts of the model that goes with the dataset."""
    model = model_of(ds)
    facts, found = model.facts, model.facts["out_of_fold"]
    rows = [
        ("Policy areas", len(model.areas)),
        ("Training texts", facts["texts"]),
        ("Curated terms used as short texts", facts["terms"]),
        ("Default threshold", model.threshold),
        ("Folds", facts["folds"]),
        ("Texts with an area, out of fold", found["labelled"]),
        ("Best area is right (hit@1)", f"{found['hit@1']:.1%}"),
        ("A right area among the best three (hit@3)", f"{found['hit@3']:.1%}"),
        ("Asserted areas that are right (precision)", f"{found['precision']:.1%}"),
        ("Texts with an area for which any area is asserted (covered)", f"{found['covered']:.1%}"),
        ("Texts without an area, out of fold", found["none"]),
        ("Of these, left empty", f"{found['none left empty']:.1%}"),
    ]
    return table(["Fact", "Value"], rows)


def training(_: Dataset) -> str:
    """Count the training texts by file and language."""
    rows = []
    for path in sorted((DATASETS / "training").glob("*.jsonl")):
        texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        tally = Counter(text["lang"] for text in texts)
        longer = sum(text["form"] != "title" for text in texts)
        rows.append((path.stem, len(texts), tally["nb"], tally["nn"], tally["en"], longer))
    total = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    return table(["File", "Texts", "nb", "nn", "en", "With more than a title"], [*rows, ("**all**", *total)])


def versions(_: Dataset) -> str:
    """List the published versions."""
    rows = [(v.version, v.as_of, v.records, f"`{v.sha256}`") for v in nimrights.published()]
    return table(["Version", "Speaks for", "Records", "sha256"], rows)
