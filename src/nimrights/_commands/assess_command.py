"""The command ``nimrights assess``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from nimrights._commands.classify_command import read_case_file
from nimrights._commands.options import in_language, language_of_locale, load_pinned, overwriting, pinned
from nimrights._commands.output import message, messages_of_kept
from nimrights._pages.words import word

if TYPE_CHECKING:
    from nimrights.assessment import Assessment

#: ending of a file -> format
_FORMATS = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".json": "json", ".toml": "toml"}


@click.command()
@click.argument("text", required=False)
@click.option("--case", type=click.File("rb"), help="The case as JSON, with its fields.")
@click.option("--answers", type=click.Path(), help="Go on with a file that was filled in.")
@click.option("--add", multiple=True, metavar="AREA", help="Add an area.")
@click.option("--strike", multiple=True, metavar="AREA", help="Strike an area.")
@click.option("--right", "rights", multiple=True, metavar="RIGHT", help="Add a right.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Least score to assert (default: the model's own).")
@click.option("--form", type=click.Choice(["short", "full"]), default="full", show_default=True, help="How much.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(sorted(set(_FORMATS.values()))),
    help="Format (default: by the ending of the file, else Markdown).",
)
@click.option(
    "-o", "--output", type=click.Path(), help="Write to a .docx, .html or .md, or to a .json or .toml to fill in."
)
@overwriting
@click.option("--update", is_flag=True, help="Bring --answers over to this version of the data.")
@pinned
@in_language
def assess(  # noqa: PLR0913, PLR0917 - a parameter for each option
    text: str | None,
    case: IO[bytes] | None,
    answers: str | None,
    add: tuple[str, ...],
    strike: tuple[str, ...],
    rights: tuple[str, ...],
    threshold: float | None,
    form: str,
    kind: str | None,
    output: str | None,
    which: str | None,
    lang: str | None,
    *,
    overwrite: bool,
    update: bool,
) -> None:
    """Write the human-rights section of a case: areas, obligations, questions and answers.

    TEXT is a case title. With -o sak.docx it becomes a Word document; with -o sak.toml a file to fill in,
    which --answers reads again. It asks, and never concludes.
    """
    if text is not None and case is not None:
        raise click.UsageError("give a TEXT or a --case, not both")
    if text is None and case is None and answers is None:
        raise click.UsageError("give a TEXT, a --case or --answers")
    kind = kind or (_FORMATS.get(Path(output).suffix.lower()) if output else "markdown")
    if kind is None or (kind == "docx" and output is None):
        raise click.UsageError(f"name a file with -o that ends in {', '.join(_FORMATS)}, or say its --format")
    given = read_case_file(case) if case else text
    assessment = _assessment(given, answers, (add, strike, rights), threshold, load_pinned(which), update=update)
    lang = lang or language_of_locale()
    _write(assessment, kind, output, lang, form, may_replace=(overwrite, answers))
    if not assessment.areas:
        message(word("no-area", lang) + " --add AREA")
    messages_of_kept(assessment.kept, "document")
    if output:
        message(f"{output}: {len(assessment.questions)} questions, {len(assessment.unanswered)} unanswered")


def _assessment(  # noqa: PLR0913
    given: Any,  # noqa: ANN401 - a text or a mapping
    answers: str | None,
    chosen: tuple[tuple[str, ...], ...],
    threshold: float | None,
    dataset: Any,  # noqa: ANN401 - a Dataset, which --help does not load
    *,
    update: bool,
) -> Assessment:
    from nimrights.assessment import Assessment, assess  # noqa: PLC0415 - --help needs no data
    from nimrights.cases import read_case  # noqa: PLC0415

    add, strike, rights = chosen
    if answers is None:
        return assess(given, add=add, strike=strike, rights=rights, threshold=threshold, dataset=dataset)
    if threshold is not None:
        raise click.UsageError("--threshold does not go with --answers, whose areas stand in the file")
    if both := set(add) & set(strike):
        raise click.UsageError(f"{min(both)!r} is both added and struck: do one of them")
    found = Assessment.open(answers, dataset=dataset, update=update)
    if given is not None and read_case(given) != found.case:
        raise click.UsageError(f"{answers} is about another case ({found.title!r}): leave the case out, or the answers")
    for area in add:
        found = found.add(area)
    for area in strike:
        found = found.strike(area)
    for right in rights:
        found = found.add_right(right)
    return found


def _write(  # noqa: PLR0913, PLR0917
    assessment: Assessment, kind: str, output: str | None, lang: str, form: str, may_replace: tuple[bool, str | None]
) -> None:
    from nimrights._assessing.filled import check_free  # noqa: PLC0415
    from nimrights._files import replace_whole  # noqa: PLC0415

    if output:
        overwrite, answers = may_replace
        check_free(output, overwrite=overwrite, same_as=answers if kind in ("json", "toml") else None)
    if kind == "docx" and output:
        assessment.to_docx(output, lang, form)
        return
    if kind in ("json", "toml"):
        written = assessment.to_json(lang) if kind == "json" else assessment.to_toml(lang)
    else:
        written = assessment.to_html(lang, form) if kind == "html" else assessment.to_markdown(lang, form)
    if output:
        replace_whole(output, written.encode())
    else:
        sys.stdout.flush()
        click.echo(written.encode(), nl=False)
