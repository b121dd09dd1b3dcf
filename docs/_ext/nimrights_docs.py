"""Sphinx extension: writes the generated pages and tables of the docs from the library itself.

What it writes is never committed. `generate` needs no Sphinx, so the tests use it too.
"""

from __future__ import annotations

import inspect
import json
import re
import shlex
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.testing import CliRunner

import nimrights
from nimrights.checks import codes
from nimrights.classifier import model_of
from nimrights.cli import main
from nimrights.models import TABLES, Provenance
from nimrights.release import encode
from nimrights.render import Renderer
from nimrights.versions import file_of
from nimrights.vocabulary import Verification

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from nimrights import Area, Dataset, Obligation, Recommendation

DATASETS = Path(__file__).parents[2] / "datasets"

FEW = 3  #: recommendations on an area
MOST_LINES = 40  #: of output to show
MOST_CHARACTERS = 400  #: of a line to show

#: what each command is shown doing: arguments, standard input, expected exit code
EXAMPLES: dict[str, list[tuple[list[str], str | None, int]]] = {
    "search": [
        (["search", "barnvern", "--limit", "3", "--lang", "en"], None, 0),
        (["search", "EMK art. 8", "--kind", "provision", "--limit", "1", "--lang", "nb"], None, 0),
        (["search", "?!", "--lang", "en"], None, 1),
    ],
    "show": [
        (["show", "kindergarten/right-to-a-place", "--lang", "en"], None, 0),
        (["show", "KDK art. 14", "--lang", "nn"], None, 0),
        (["show", "child-wellfare"], None, 1),
    ],
    "classify": [
        (["classify", "Kameraovervåking i skolegården", "--recommendations", "1", "--lang", "en"], None, 0),
        (["classify", "Protokoll fra forrige møte", "--lang", "en"], None, 1),
        (["classify", "--json"], "Søknad om startlån\nProtokoll fra forrige møte\n", 0),
    ],
    "areas": [(["areas", "--lang", "en"], None, 0)],
    "data versions": [(["data", "versions"], None, 0), (["data", "versions", "--json"], None, 0)],
    "data verify": [(["data", "verify"], None, 0)],
    "data check": [(["data", "check", "DATASETS"], None, 0)],
    "data diff": [(["data", "diff", "2026.1", "NEXT"], None, 0)],
    "data path": [(["data", "path"], None, 0)],
    "data publish": [],
}

#: shown under the exit codes
FAILURES: list[tuple[list[str], str | None, int]] = [
    (["search", "barnevern", "--limit", "0"], None, 2),
    (["areas", "--dataset", "2026.1@sha256:" + "0" * 64], None, 3),
]


def plain(text: str) -> str:
    """Give *text* with every character escaped that Markdown would read as markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#~$])", r"\\\1", text)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table; cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in row) + " |\n" for row in lines)


def link(text: str, url: str | None) -> str:
    """Give a link where there is an address."""
    return f"[{plain(text)}](<{url}>)" if url and url.startswith("http") and " " not in url else plain(text)


def share(part: int, whole: int) -> str:
    """Give a count with its share."""
    return f"{part} ({part / whole:.0%})" if whole else "0"


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


def coverage(ds: Dataset) -> str:
    """Compare what documents are said to hold with what the dataset holds, by monitoring body."""
    held = Counter((r.body and r.body.id, r.document and r.document.id) for r in ds.recommendations.values())
    rows: list[list[object]] = []
    for body in ds.bodies.values():
        for d in ds.documents.where(body=body.id).values():
            name = plain(d.symbol or d.label.en)
            stated = "not known" if d.stated is None else d.stated
            rows.append(
                [plain(body.abbreviation), name, d.date or "", stated, held.pop((body.id, d.id), 0), d.text_seen]
            )
        if loose := held.pop((body.id, None), 0):
            rows.append([plain(body.abbreviation), "*document not recorded*", "", "", loose, ""])
    if loose := held.pop((None, None), 0):
        rows.append(["*not named*", "*document not recorded*", "", "", loose, ""])
    if held:
        raise ValueError(f"recommendations that no row counts: {dict(held)}")
    return table(["Body", "Document", "Date", "Stated", "Held", "Text seen"], rows)


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
    tally = Counter(
        (r.document.symbol if r.document and r.document.symbol else "none", r.position.value, r.position_note or "")
        for r in ds.recommendations.values()
        if r.position
    )
    rows = [(plain(d), p, n, plain(note)) for (d, p, note), n in sorted(tally.items())]
    return table(["Document", "Position", "Number", "What it rests on"], rows)


def force(ds: Dataset) -> str:
    """Count the obligations by strongest force and by how they were read."""
    tally = Counter((o.force.value, o.basis.value) for o in ds.obligations.values())
    order = sorted(tally, key=lambda row: (nimrights.models.Force(row[0]).rank, row[1]))
    return table(["Strongest force", "Basis", "Obligations"], [(*row, tally[row]) for row in order])


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


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command with its whole name, groups left out."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def cli(ds: Dataset) -> str:
    """Run every command and give its help and examples with real output."""
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {"DATASETS": DATASETS, "NEXT": Path(folder, "next.jsonl")}
        paths["NEXT"].write_bytes(next_version(ds))
        for name, _ in commands():
            parts.append(f"### nimrights {name}\n\n" + run([*name.split(), "--help"], None, 0, paths))
            parts += [run(*example, paths) for example in EXAMPLES[name]]
        parts.append("### Errors\n")
        parts += [run(*example, paths) for example in FAILURES]
    return "\n".join(parts)


def run(arguments: list[str], given: str | None, expected: int, paths: dict[str, Path]) -> str:
    """Run a command and give it with its output; an exit code other than *expected* is an error."""
    shown = {"DATASETS": "datasets", "NEXT": "next.jsonl"}
    real = [str(paths.get(word, word)) for word in arguments]
    env = {"COLUMNS": "88", "LC_ALL": "nb_NO.UTF-8"}
    result = CliRunner().invoke(main, real, input=given, env=env, prog_name="nimrights", terminal_width=88)
    if result.exit_code != expected:
        raise ValueError(f"{arguments} exits {result.exit_code}, not {expected}: {result.output}")
    command = shlex.join(["nimrights", *(shown.get(word, word) for word in arguments)])
    if given is not None:
        command = f"printf {given!r} | {command}"
    output = result.output.replace(
        str(Path(file_of(nimrights.published()[-1].version)).parent), "…/nimrights/_releases"
    )
    lines = output.rstrip().splitlines()
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"[{len(lines) - MOST_LINES} more lines]"]
    shortened = "\n".join(line if len(line) <= MOST_CHARACTERS else line[:MOST_CHARACTERS] + " [...]" for line in lines)
    code = f"\nExit code {expected}.\n" if expected else ""
    return f"```console\n$ {command}\n{shortened}\n```\n{code}"


def next_version(ds: Dataset) -> bytes:
    """Make a version that comes after *ds*, to compare with: one record changed, one retired, one added."""
    rows: dict[str, dict[str, Any]] = {name: {k: ds.raw_in(name, k) for k in ds.table(name)} for name in TABLES}
    old, new, *_ = rows["recommendations"]
    del rows["recommendations"][old]
    rows["provisions"]["crc-3"]["label"]["en"] += " first"
    rows["terms"]["group/example"] = {"id": "group/example", "label": {"nb": "eksempel", "nn": "døme", "en": "example"}}
    retired = {old: {"replacement": new, "reason": "the same paragraph twice", "since": "9999.1"}}
    return encode({"version": "9999.1", "as_of": ds.as_of, "retired": retired}, rows)


def printed_sources(provenance: Iterable[Provenance]) -> str:
    """List sources in one line."""
    return "; ".join(
        f"{link(p.source.title or p.source.publisher, p.source.url)}, {plain(p.locator)} "
        f"({p.verification.value}, {p.checked})" + (f": {plain(p.note)}" if p.note else "")
        for p in provenance
    )


def obligation(o: Obligation, ds: Dataset) -> str:
    """Give an obligation with its provisions and their force."""
    cite = Renderer(ds, "en").cite
    rows = []
    for basis in o.legal_basis:
        p = basis.provision
        holds = p.force_on(ds.as_of)
        rows.append(
            (link(cite(p, basis.paragraph), p.url), plain(p.label.en), f"`{p.id}`", holds.value if holds else "none")
        )
    return f"""({o.id})=
### {o.id}

{plain(o.statement.en)}

Bokmål
: {plain(o.statement.nb)}

Nynorsk
: {plain(o.statement.nn)}

{table(["Provision", "Content", "Id", f"Force on {ds.as_of}"], rows)}
Strongest force: {o.force.value}.
Duty: {o.duty.value}.
Applies to: {plain(ds.terms[f"applies/{o.applies_to}"].label.en)}.
Rights: {", ".join(plain(r.label.en) for r in o.rights)}.
Basis: {o.basis.value}.

Sources: {printed_sources(o.provenance)}.
"""


def recommendation(r: Recommendation) -> list[str]:
    """Give a recommendation as the cells of a row."""
    source = r.provenance[0]
    origin = (
        (r.document and (r.document.symbol or r.document.label.en)) or (r.body and r.body.abbreviation) or "not named"
    )
    paragraph = f", para. {r.paragraph}" if r.paragraph else ""
    name = f"`{r.id}` {link(r.title.en, source.source.url)}"
    return [name, plain(origin + paragraph), r.date or "", r.municipal.value, source.verification.value]


def area_page(area: Area, ds: Dataset) -> str:
    """Give the page of a policy area."""
    found = ds.recommendations.where(area=area.id)
    head = ["Recommendation", "Document", "Date", "Municipal relevance", "Verification"]
    order = ["named", "delivers", "contributes", "none"]
    rows = [recommendation(r) for r in sorted(found.values(), key=lambda r: (order.index(r.municipal.value), r.id))]
    listed = f"None of them binds.\n\n{table(head, rows)}" if rows else "The dataset holds none on this area.\n"
    decisions = "".join(f"- `{d.id}` {plain(d.label.en)}\n" for d in area.decisions)
    duties = "\n".join(obligation(o, ds) for o in area.obligations)
    return f"""# {plain(area.label.en)}

`{area.id}` · bokmål: {plain(area.label.nb)} · nynorsk: {plain(area.label.nn)} · data {ds.version}

{plain(area.description.en)}

KOSTRA: {", ".join(area.kostra) or "no code"}.
SDG: {", ".join(area.sdg) or "none"}.

## Obligations ({len(area.obligations)})

{duties}
## Recommendations ({len(found)})

{listed}
{"## Decisions" if decisions else ""}

{decisions}
"""


def area_index(ds: Dataset) -> str:
    """Give the page that lists the areas."""
    rows = [
        (
            f"[{plain(a.label.en)}]({key}.md)",
            plain(a.label.nb),
            f"`{key}`",
            len(a.obligations),
            len(ds.recommendations.where(area=key)),
        )
        for key, a in ds.areas.items()
    ]
    listed = table(["Policy area", "Bokmål", "Id", "Obligations", "Recommendations"], rows)
    tree = "\n".join(ds.areas)
    return f"# Policy areas\n\nGenerated from data {ds.version}.\n\n{listed}\n```{{toctree}}\n:hidden:\n\n{tree}\n```\n"


PARTS = (
    counts, verification, coverage, gaps, positions, force, vocabularies, checks, classifier, training, versions, cli,
)  # fmt: skip


def generate(folder: Path) -> list[Path]:
    """Write every generated file below *folder* and give their paths; files that are right stay untouched."""
    ds = nimrights.load()
    missing = {name for name, _ in commands()} ^ set(EXAMPLES)
    if missing:
        raise ValueError(f"commands and examples differ: {sorted(missing)}")
    pages = {f"parts/{part.__name__}.md": part(ds) for part in PARTS}
    pages |= {f"areas/{key}.md": area_page(area, ds) for key, area in ds.areas.items()}
    pages["areas/index.md"] = area_index(ds)
    for old in set(folder.glob("*/*.md")) - {folder / name for name in pages}:
        old.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def once(_app: Sphinx, _what: str, name: str, obj: object, skip: bool, _options: object) -> bool | None:  # noqa: FBT001
    """Leave out of a module's section what is documented under the package's name."""
    public = name in nimrights.__all__ and getattr(nimrights, name) is obj
    return True if public and not inspect.ismodule(obj) else skip or None


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.connect("builder-inited", lambda app: generate(Path(app.srcdir, "_generated")) and None)
    app.connect("autodoc-skip-member", once)
    return {"version": nimrights.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
