"""The pages of the policy areas, and of what others advise, found or tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from _markdown import link, plain, printed_sources, table

from nimrights.render import Renderer
from nimrights.vocabulary import Municipal

if TYPE_CHECKING:
    from nimrights import Area, Dataset, Finding, LegalBasis, Obligation, Practice, Recommendation

MOST_RELATED = 4  #: recommendations with the same demand to name in a row


def cited(basis: LegalBasis, ds: Dataset) -> str:
    """Give how a provision of a legal basis is cited, with its address."""
    return link(Renderer(ds, "en").cite(basis.provision, basis.paragraph), basis.provision.url)


def laid_down(o: Obligation, ds: Dataset) -> str:
    """Say where the detailed duty stands and what its force is, and what stands behind it."""
    where = ", ".join(cited(basis, ds) for basis in o.legal_basis if basis.operative)
    laid = o.operative_force.value if o.operative_force else "not marked"
    behind = ", ".join(
        cited(basis, ds)
        for basis in o.legal_basis
        if not basis.operative and basis.provision.force_on(ds.as_of) is o.force
    )
    rank = "the same" if o.operative_force is o.force else f"{o.force.value}, from {behind}"
    return f"Laid down in: {where}.\nOperative force: {laid}.\nStrongest force: {rank}.\n"


def obligation(o: Obligation, ds: Dataset) -> str:
    """Give an obligation with its provisions and their force."""
    rows = []
    for basis in o.legal_basis:
        p = basis.provision
        holds = p.force_on(ds.as_of)
        role = "lays it down" if basis.operative else "behind it"
        made = f"{basis.basis.value}, {basis.made}" if basis.basis else ""
        rows.append((cited(basis, ds), plain(p.label.en), f"`{p.id}`", holds.value if holds else "none", role, made))
    sharing = [a for a in ds.areas.values() if a.id != o.area and o in a.obligations]
    shared = ", ".join(f"[{plain(a.label.en)}]({a.id}.md)" for a in sharing)
    read = "; ".join(
        f"{ds.terms[f'review/{r.against}'].label.en} ({r.date})" + (", changed" if r.changed else "")
        for r in o.reviewed
    )
    return f"""({o.id})=
### {o.id}

{plain(o.statement.en)}

Bokmål
: {plain(o.statement.nb)}

Nynorsk
: {plain(o.statement.nn)}

{laid_down(o, ds)}
{table(["Provision", "Content", "Id", f"Force on {ds.as_of}", "Part", "Link made"], rows)}
{f"**Uncertain:** {plain(o.doubt.en)}" if o.doubt else ""}

Duty: {o.duty.value}.
Applies to: {plain(ds.terms[f"applies/{o.applies_to}"].label.en)}.
Rights: {", ".join(plain(r.label.en) for r in o.rights)}.
Basis: {o.basis.value}.
{f"Shared with: {shared}." if shared else ""}
{f"Reviewed: {read}." if read else ""}

Sources: {printed_sources(o.provenance)}.
"""


def shared_obligations(area: Area, ds: Dataset) -> str:
    """List the obligations that an area shares, each with a link to the page of its home area."""
    rows = [o for o in area.obligations if o.area != area.id]
    if not rows:
        return ""
    listed = "\n".join(
        f"[{o.id}](#{o.id})\n: {plain(o.statement.en)}\n  Written for: {plain(ds.areas[o.area].label.en)}.\n"
        + "".join(f"  {line}\n" for line in laid_down(o, ds).splitlines())
        for o in rows
    )
    intro = "They bind here too, and stand in full under their home area."
    return f"## Shared obligations ({len(rows)})\n\n{intro}\n\n{listed}"


def repeated(ds: Dataset) -> dict[str, list[str]]:
    """Give for each recommendation those that repeat it, by id."""
    found = defaultdict(list)
    for key in ds.recommendations:
        for earlier in ds.raw_in("recommendations", key).get("repeats", ()):
            found[earlier].append(key)
    return found


def some(ids: Sequence[str]) -> str:
    """Name some ids, and say how many more there are."""
    more = f" and {len(ids) - MOST_RELATED} more" if len(ids) > MOST_RELATED else ""
    return ", ".join(f"`{key}`" for key in ids[:MOST_RELATED]) + more


def recommendation(r: Recommendation, later: Sequence[str]) -> list[str]:
    """Give a recommendation as the cells of a row."""
    source = r.provenance[0]
    origin = (
        (r.document and (r.document.symbol or r.document.label.en)) or (r.body and r.body.abbreviation) or "not named"
    )
    paragraph = f", para. {r.paragraph}" if r.paragraph else ""
    name = f"`{r.id}` {link(r.title.en, source.source.url)}"
    history = [f"repeats {some([other.id for other in r.repeats])}"] if r.repeats else []
    history += [f"repeated in {some(later)}"] if later else []
    history += [f"{event.date}: {plain(event.text.en)}" for event in r.developments]
    return [
        name, plain(origin + paragraph), r.date or "", r.municipal.value, source.verification.value, "; ".join(history),
    ]  # fmt: skip


def finding(f: Finding) -> str:
    """Give a finding as an item of a list."""
    sample = f"; {plain(f.sample.en)}" if f.sample else ""
    note = f" {plain(f.note)}" if f.note else ""
    return f"- `{f.id}` {plain(f.statement.en)} ({plain(f.publisher)}, {f.date}{sample}).{note}\n"


def practice(p: Practice) -> str:
    """Give a practice as an item of a list."""
    year = f", {p.year}" if p.year else ""
    note = f" {plain(p.note)}" if p.note else ""
    where = f"{plain(p.place.en)}, {p.country.upper()}{year}"
    return f"- `{p.id}` **{plain(p.label.en)}** ({where}). {plain(p.summary.en)}{note}\n"


def elsewhere(area: Area, ds: Dataset) -> str:
    """Give the findings and practices of an area, and lead to the advice, which is for all areas."""
    advice = "; ".join(f"`{a.id}` {plain(a.label.en)}" for a in ds.advice.values())
    found = [finding(f) for f in ds.findings.where(area=area.id).values()]
    done = [practice(p) for p in ds.practices.where(area=area.id).values()]
    return f"""## Advice, findings and practices

None of this binds.
NIM's advice to municipalities concerns every area: {advice}; see [advice, findings and practices](../advice.md).

{"Findings:" if found else "No finding is held on this area."}

{"".join(found)}
{"Practices:" if done else "No practice is held on this area."}

{"".join(done)}
"""


def coded(area: Area, ds: Dataset) -> str:
    """List the codes of an area with their headings."""

    def headed(scheme: str, codes: Iterable[str]) -> str:
        return ", ".join(f"{code} {plain(ds.codes[f'{scheme}/{code.lower()}'].heading or '')}" for code in codes)

    los = ", ".join(f"[{plain(url.rpartition('/')[2])}](<{url}>)" for url in area.los)
    return (
        f"KOSTRA: {headed('kostra', area.kostra) or 'no code'}.\n"
        f"K-koder: {headed('k-codes', area.kcodes) or 'no class'}.\n"
        f"SDG: {', '.join(area.sdg) or 'none'}.\n"
        f"Los: {los or 'no address'}.\n"
    )


def area_page(area: Area, ds: Dataset, later: dict[str, list[str]]) -> str:
    """Give the page of a policy area."""
    found = ds.recommendations.where(area=area.id)
    head = ["Recommendation", "Document", "Date", "Municipal relevance", "Verification", "The same demand, and later"]
    order = list(Municipal)
    ordered = sorted(found.values(), key=lambda r: (order.index(r.municipal), r.id))
    rows = [recommendation(r, later.get(r.id, [])) for r in ordered]
    listed = f"None of them binds.\n\n{table(head, rows)}" if rows else "The dataset holds none on this area.\n"
    decisions = "".join(f"- `{d.id}` {plain(d.label.en)}\n" for d in area.decisions)
    own = [o for o in area.obligations if o.area == area.id]
    duties = "\n".join(obligation(o, ds) for o in own)
    return f"""# {plain(area.label.en)}

`{area.id}` · bokmål: {plain(area.label.nb)} · nynorsk: {plain(area.label.nn)} · data {ds.version}

{plain(area.description.en)}

{f"**Uncertain:** {plain(area.doubt.en)}" if area.doubt else ""}

{coded(area, ds)}
## Obligations ({len(own)})

{duties}
{shared_obligations(area, ds)}
## Recommendations ({len(found)})

{listed}
{"## Decisions" if decisions else ""}

{decisions}
{elsewhere(area, ds)}
"""


def advice_page(ds: Dataset) -> str:
    """Give the page of what others advise, found or tried."""
    advice = []
    for a in ds.advice.values():
        measures = "".join(
            f"- {plain(m.text.en)} ({plain(ds.terms[f'actor/{m.actor}'].label.en)})\n" for m in a.measures
        )
        to = plain(ds.terms[f"actor/{a.addressee}"].label.en)
        advice.append(
            f"### {plain(a.label.en)}\n\n`{a.id}`, recommendation {a.number}, to: {to}; text seen: {a.text_seen}.\n\n"
            f"{plain(a.statement.en)}\n\n{measures}\n{plain(a.note or '')}\n\n"
            f"Sources: {printed_sources(a.provenance)}.\n\n"
        )
    found = "".join(map(finding, ds.findings.values()))
    done = defaultdict(list)
    for p in ds.practices.values():
        done[p.country].append(practice(p))
    practices = "\n".join(f"**{country.upper()}**\n\n{''.join(rows)}" for country, rows in sorted(done.items()))
    return f"""# Advice, findings and practices

Generated from data {ds.version}. None of this binds, and it is told in our own words.

## NIM's advice to municipalities

NIM is Norway's national human rights institution; nimrights is not from NIM.

{"".join(advice)}
## Findings

What somebody measured in municipalities.
Read the note before you use a number.

{found}
## Practices

What cities, regions and authorities did: examples, not models.

{practices}
"""


def area_index(ds: Dataset) -> str:
    """Give the page that lists the areas."""
    rows = []
    for key, a in ds.areas.items():
        own = sum(o.area == key for o in a.obligations)
        found = len(ds.recommendations.where(area=key))
        name = f"[{plain(a.label.en)}]({key}.md)"
        rows.append((name, plain(a.label.nb), f"`{key}`", own, len(a.obligations) - own, found))
    listed = table(["Policy area", "Bokmål", "Id", "Obligations", "Shared", "Recommendations"], rows)
    tree = "\n".join(ds.areas)
    return f"# Policy areas\n\nGenerated from data {ds.version}.\n\n{listed}\n```{{toctree}}\n:hidden:\n\n{tree}\n```\n"
