"""Questions of the course as GIFT, the text format that Moodle and other platforms import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from nimrights._courses.pages import CoursePages
from nimrights._courses.words import closing, numbered, says
from nimrights._safe import clean
from nimrights.dataset import Dataset
from nimrights.models import Answer, Module, Question
from nimrights.quizzes import shuffled

#: characters that mean something in GIFT, with what they become; ends of lines part the questions
_MEANT: Final = str.maketrans(
    {"\\": "\\\\", "~": "\\~", "=": "\\=", "#": "\\#", "{": "\\{", "}": "\\}", ":": "\\:", "\n": "\\n", "\r": ""}
)
#: at the start of a text these would be read as its format or its weight; as HTML they are the same
_AT_START: Final = {"[": "&#91;", "%": "&#37;"}
#: longest name of a question that Moodle keeps
_LONGEST_NAME: Final = 255


def gift(dataset: Dataset, modules: Iterable[Module], lang: str, seed: int) -> str:
    """Give the questions of *modules*, each module a category."""
    pages = CoursePages(dataset, lang)
    parts = [f"// {says('course', lang)}. {closing(dataset, lang)}", f"// {says('invented', lang)} {dataset.pin}"]
    for module in modules:
        path = [says("course", lang), numbered(module, lang)]
        parts.append(f"\n$CATEGORY: $course$/top/{'/'.join(map(_level, path))}")
        for place, question in enumerate(module.questions, start=1):
            parts += ["", *_question(pages, question, f"{module.order:02}.{place} ", seed)]
    return "\n".join(parts) + "\n"


def _level(name: str) -> str:
    """Give a name as a level of a category path, where a slash parts the levels. Nothing else is escaped there."""
    return " ".join(clean(name).split()).replace("/", "//")


def _question(pages: CoursePages, question: Question, number: str, seed: int) -> Iterator[str]:
    lang = pages.lang
    name = number + question.text[lang]
    paragraphs = [*(question.scenario[lang].split("\n\n") if question.scenario else ()), question.text[lang]]
    text = "".join(f"<p>{escape(clean(part.strip()))}</p>" for part in paragraphs)
    tags = "".join(f" [tag:{area.id}]" for area in question.areas)
    yield f"// [id:{question.id}]{tags}"
    yield f"::{_plain(name[:_LONGEST_NAME])}::[html]{text.translate(_MEANT)}{{"
    for answer in shuffled(question, seed):
        yield f"\t{_sign(question, answer)}{_html(answer.text[lang])}#{_html(answer.feedback[lang])}"
    grounds = "".join(pages.grounds(question)).replace("\n", "")
    yield f"\t####{grounds.translate(_MEANT)}"
    yield "}"


def _sign(question: Question, answer: Answer) -> str:
    """Give what stands before an answer.

    Where several are right, all of them together give 100 per cent, and all wrong ones together take as much.
    """
    if not question.several:
        return "=" if answer.correct else "~"
    alike = sum(other.correct == answer.correct for other in question.answers)
    share = f"{100 / alike:.5f}".rstrip("0").rstrip(".")
    return f"~%{'' if answer.correct else '-'}{share}%"


def _plain(text: str) -> str:
    return " ".join(clean(text).split()).translate(_MEANT)


def _html(text: str) -> str:
    shown = escape(clean(text.strip()))
    return (_AT_START.get(shown[:1], shown[:1]) + shown[1:]).translate(_MEANT)
