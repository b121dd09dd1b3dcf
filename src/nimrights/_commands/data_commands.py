"""The commands below ``nimrights data``."""

from __future__ import annotations

import click

from nimrights._commands.options import pinned
from nimrights._commands.output import DATA, FOUND, NOTHING, message, print_json


@click.group()
def data() -> None:
    """Dataset versions: list, verify, check, compare, publish."""


@data.command()
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
def versions(*, as_json: bool) -> None:
    """List the dataset versions that this installation carries."""
    from nimrights.versions import published  # noqa: PLC0415

    for row in published():
        if as_json:
            print_json(row._asdict())
        else:
            click.echo(f"{row.version}  as of {row.as_of}  {row.records} records  sha256:{row.sha256}")


@data.command()
@click.argument("version", required=False)
@click.pass_context
def verify(ctx: click.Context, version: str | None) -> None:
    """Check the bytes of a version (default: all) against the published hashes, and its search index if it has one."""
    from nimrights._engine.searchable import index_is_fresh  # noqa: PLC0415
    from nimrights.versions import published  # noqa: PLC0415
    from nimrights.versions import verify as check_bytes  # noqa: PLC0415

    stale = []
    for name in [version] if version else [row.version for row in published()]:
        click.echo(f"{name}: OK, sha256:{check_bytes(name).sha256}")
        if (fresh := index_is_fresh(name)) is not None:
            click.echo(f"{name}: search index {'OK' if fresh else 'is not what it would be now'}")
            stale += [] if fresh else [name]
    for name in stale:
        message(f"make the search index again: nimrights data index {name}")
    ctx.exit(DATA if stale else FOUND)


@data.command()
@click.argument("version", required=False)
def index(version: str | None) -> None:
    """Make the search index beside a version (default: the newest) anew.

    It spares the first search a second. A version without one is searched all the same.
    """
    from nimrights._engine.searchable import write_index  # noqa: PLC0415
    from nimrights.versions import published  # noqa: PLC0415

    click.echo(write_index(version or published()[-1].version))


@data.command()
@click.argument("root", type=click.Path(exists=True, file_okay=False), default="datasets")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_context
def check(ctx: click.Context, root: str, *, as_json: bool) -> None:
    """Check the dataset's source files below ROOT and list every problem."""
    import attrs  # noqa: PLC0415

    from nimrights.checks import check_sources  # noqa: PLC0415

    problems = check_sources(root)
    for problem in problems:
        if as_json:
            print_json(attrs.asdict(problem))
        else:
            click.echo(str(problem))
    message(f"{len(problems)} problem(s)")
    ctx.exit(DATA if problems else FOUND)


@data.command()
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, *, as_json: bool) -> None:
    """Show what changed between two versions, record by record."""
    import json  # noqa: PLC0415

    import attrs  # noqa: PLC0415

    from nimrights.differences import diff as compare  # noqa: PLC0415
    from nimrights.versions import load  # noqa: PLC0415

    changes = compare(load(old), load(new))
    for change in changes:
        if as_json:
            print_json(attrs.asdict(change))
            continue
        then = f" -> {change.replacement}" if change.replacement else ""
        why = f"  ({change.why})" if change.why else ""
        click.echo(f"{change.change:10} {change.table}  {change.id}{then}{why}")
        for field in change.fields:
            was, now = (json.dumps(value, ensure_ascii=False) for value in (field.old, field.new))
            click.echo(f"  {field.kind:10} {field.field}: {was} -> {now}")
    ctx.exit(FOUND if changes else NOTHING)


@data.command()
@click.argument("old")
@click.argument("new")
def changelog(old: str, new: str) -> None:
    """Write what changed between two versions as a section of a change log."""
    from nimrights.differences import changelog as section  # noqa: PLC0415
    from nimrights.versions import load  # noqa: PLC0415

    click.echo(section(load(old), load(new)), nl=False)


@data.command()
@pinned
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
def coverage(which: str | None, *, as_json: bool) -> None:
    """Show how much is held of each document with recommendations to Norway."""
    import attrs  # noqa: PLC0415

    from nimrights.coverage import coverage_of  # noqa: PLC0415
    from nimrights.versions import load  # noqa: PLC0415

    dataset = load(which)
    for row in coverage_of(dataset):
        if as_json:
            print_json({**attrs.asdict(row), "status": row.status, "dataset": dataset.pin})
            continue
        of = f"{row.held} of {'?' if row.stated is None else row.stated}"
        click.echo(f"{row.status or '-':8}  {of:>10}  {row.body or '-':10}  {row.date or '':10}  {row.document or '-'}")


@data.command()
@click.argument("kind")
@click.argument("id")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="A value that is known already.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False),
    default="datasets",
    show_default=True,
    help="Folder of the sources.",
)
@click.option("--append", "write", is_flag=True, help="Add it to its source file instead of printing it.")
def new(kind: str, id: str, given: tuple[str, ...], root: str, *, write: bool) -> None:
    """Give a template for a new record: a recommendation, an obligation, a document, a source, ...

    `nimrights data check` then says what is still missing.
    """
    from pathlib import Path  # noqa: PLC0415

    from nimrights._checks.templates import append  # noqa: PLC0415
    from nimrights._checks.templates import new as fill  # noqa: PLC0415

    if wrong := [pair for pair in given if "=" not in pair]:
        raise click.BadParameter(f"{wrong[0]!r} is not FIELD=VALUE", param_hint="--set")
    file, text = fill(Path(root), kind, id, dict(pair.split("=", 1) for pair in given))
    if write:
        append(Path(root), file, text)
        message(f"added to {Path(root) / file}; fill in TODO and run: nimrights data check {root}")
    else:
        message(f"for {Path(root) / file}")
        click.echo(text, nl=False)


@data.command()
@click.argument("version", required=False)
def path(version: str | None) -> None:
    """Print the path of a version's file (default: the newest)."""
    from nimrights.versions import file_of, published  # noqa: PLC0415

    click.echo(str(file_of(version or published()[-1].version)))


@data.command()
@click.argument("root", type=click.Path(exists=True, file_okay=False), default="datasets")
@click.option("--model", type=click.Path(exists=True, dir_okay=False), help="Model to publish with a new version.")
def publish(root: str, model: str | None) -> None:
    """Publish the version that the sources below ROOT describe. A published version never changes."""
    from pathlib import Path  # noqa: PLC0415

    from nimrights.publishing import publish as write  # noqa: PLC0415

    version = write(Path(root), model=Path(model) if model else None)
    click.echo(f"{version.version}: {version.records} records, sha256:{version.sha256}")
