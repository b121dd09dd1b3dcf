"""The commands below ``nimrights course``."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from nimrights._commands.options import in_language, language_of_locale, load_pinned, pinned, renderer_for, shared
from nimrights._commands.output import FOUND, NOTHING, message, print_json

if TYPE_CHECKING:
    from nimrights.dataset import Dataset
    from nimrights.models import Answer, Module, Question
    from nimrights.quizzes import Marked
    from nimrights.render import Renderer

_seed = click.option("--seed", default=0, show_default=True, help="A number that settles the order of the answers.")


@click.group()
def course() -> None:
    """The course: list, show, take a quiz, export to learning platforms."""


def _module(name: str, dataset: Dataset) -> Module:
    from nimrights.course_export import find_module  # noqa: PLC0415

    return find_module(name, dataset)


@course.command("list")
@shared
@click.pass_context
def list_(ctx: click.Context, which: str | None, lang: str | None, *, as_json: bool) -> None:
    """List the modules with their questions and whom they are for."""
    from nimrights._courses.words import numbered, says  # noqa: PLC0415

    dataset = load_pinned(which)
    renderer = renderer_for(dataset, lang)
    for key, module in dataset.course.items():
        if as_json:
            print_json({**dataset.raw(key), "dataset": dataset.pin})
            continue
        audiences = ", ".join(renderer.term("audience", audience) for audience in module.audiences)
        click.echo(numbered(module, renderer.lang))
        click.echo(f"    {key}  ({says('questions', renderer.lang, len(module.questions))}; {audiences})")
    if not dataset.course:
        message(says("no-course", renderer.lang))
    ctx.exit(FOUND if dataset.course else NOTHING)


@course.command()
@click.argument("module")
@click.option("--questions", is_flag=True, help="The questions too, with their answers and what is told of each.")
@shared
def show(module: str, which: str | None, lang: str | None, *, questions: bool, as_json: bool) -> None:
    """Show a MODULE by its id (with or without course-): goals, explanations, number of questions."""
    dataset = load_pinned(which)
    found = _module(module, dataset)
    records: list[Module | Question] = [found, *(found.questions if questions else ())]
    if as_json:
        for record in records:
            print_json({**dataset.raw(record.id), "kind": record.kind, "dataset": dataset.pin})
    else:
        renderer = renderer_for(dataset, lang)
        click.echo("\n\n".join(renderer.record(record) for record in records))


@course.command()
@click.argument("module")
@in_language
@_seed
@pinned
def quiz(module: str, lang: str | None, seed: int, which: str | None) -> None:
    """Ask the questions of a MODULE one by one, and say what is right and why.

    Several answers are given with commas between them. q or Ctrl-D stops. Nothing is saved.
    """
    from nimrights._courses.words import closing, numbered, says  # noqa: PLC0415

    dataset = load_pinned(which)
    found = _module(module, dataset)
    renderer = renderer_for(dataset, lang)
    lang, asked = renderer.lang, found.questions
    click.echo(f"{numbered(found, lang)} ({found.id})")
    _write(renderer, says("how", lang))
    right = answered = 0
    for place, question in enumerate(asked, start=1):
        click.echo(f"\n{says('question', lang, place, len(asked))}")
        marked = _asked(question, renderer, seed)
        if marked is None:
            break
        answered, right = answered + 1, right + marked.right
    click.echo()
    if answered < len(asked):
        click.echo(says("ended", lang, answered, len(asked)))
    click.echo(says("count", lang, right, answered))
    _write(renderer, closing(dataset, lang))


def _write(renderer: Renderer, text: str, indent: str = "", first: str | None = None) -> None:
    for line in renderer.wrapped(text, indent, first):
        click.echo(line)


def _asked(question: Question, renderer: Renderer, seed: int) -> Marked | None:
    """Ask one question and tell how it was answered; ``None`` where no more answers come."""
    from nimrights._courses.words import says  # noqa: PLC0415
    from nimrights.quizzes import mark, shuffled  # noqa: PLC0415

    lang = renderer.lang
    for paragraph in (question.scenario, question.text):
        if paragraph:
            _write(renderer, paragraph[lang])
            click.echo()
    answers = shuffled(question, seed)
    for number, answer in enumerate(answers, start=1):
        _write(renderer, answer.text[lang], "     ", f"  {number}) ")
    chosen = _chosen(question, answers, lang)
    if chosen is None:
        return None
    marked = mark(question, chosen)
    click.echo(says("right" if marked.right else "partly" if marked.partly else "wrong", lang))
    for number, answer in enumerate(answers, start=1):
        if answer in marked.chosen or answer in marked.missed:
            label = "" if answer in marked.chosen else f"{says('missed', lang)}: "
            _write(renderer, f"{label}{answer.feedback[lang]}", "     ", f"  {number}) ")
    for line in renderer.grounds(question):
        click.echo(line)
    return marked


def _chosen(question: Question, answers: tuple[Answer, ...], lang: str) -> list[Answer] | None:
    """Read numbers until they are those of answers; ``None`` at the end of the input or for q."""
    from nimrights._courses.words import says  # noqa: PLC0415

    known = {str(number): answer for number, answer in enumerate(answers, start=1)}
    stdin = sys.stdin.buffer
    while True:
        click.echo(f"{says('prompt', lang)}: ", nl=False)
        line = stdin.readline()
        text = line.decode("utf-8", "replace").strip()
        if not stdin.isatty():
            click.echo(text)  # as it would stand in a terminal
        elif not line:
            click.echo()
        if not line or text.lower() == "q":
            return None
        given = list(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part))
        if given and all(part in known for part in given) and (len(given) == 1 or question.several):
            return [known[part] for part in given]
        click.echo(says("ask-several" if question.several else "ask-one", lang, len(answers)))


@course.command()
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["gift", "scorm", "json"]),
    required=True,
    help="Moodle GIFT, a SCORM 1.2 package (zip), or JSON.",
)
@click.option("--output", "-o", required=True, metavar="FILE", type=click.Path(dir_okay=False), help="File to write.")
@in_language
@_seed
@click.option(
    "--pass-mark",
    default=80,
    show_default=True,
    type=click.IntRange(0, 100),
    help="Per cent right answers from which a SCORM quiz is passed.",
)
@pinned
def export(  # noqa: PLR0913, PLR0917 - a parameter for each option
    modules: tuple[str, ...], form: str, output: str, lang: str | None, seed: int, pass_mark: int, which: str | None
) -> None:
    """Write MODULEs (default: all) as a file that learning platforms import; FILE is replaced only when whole."""
    from nimrights._files import replace_whole  # noqa: PLC0415
    from nimrights.course_export import export_course  # noqa: PLC0415

    dataset = load_pinned(which)
    data = export_course(
        form, lang or language_of_locale(), modules=modules or None, seed=seed, pass_mark=pass_mark, dataset=dataset
    )
    replace_whole(output, data)
    message(f"{output}: {form}, {len(data)} bytes, data {dataset.version} ({dataset.as_of})")
