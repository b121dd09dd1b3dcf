"""The course as accessible HTML pages: what a module explains, and its questions as a quiz.

The quiz works without a network and without a learning platform; ``quiz.js`` marks the answers and tells a
platform how it went. Without scripts, all explanations show.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from nimrights._courses.words import closing, numbered, says
from nimrights._files import read_bytes
from nimrights._pages.naming import Names
from nimrights._pages.page_style import STYLE
from nimrights._pages.words import word
from nimrights._safe import clean, is_web
from nimrights.models import Module, Provision, Question
from nimrights.quizzes import shuffled

#: what marks the answers, read from beside this file
SCRIPT: Final = "quiz.js"

_STYLE: Final = """\
body { max-width: 46rem; }
.question { border: 1px solid #c9d6e2; border-radius: .5rem; padding: .25rem 1.25rem 1rem; margin: 1.5rem 0; }
.question h2 { border: 0; font-size: 1rem; margin: .75rem 0 .25rem; color: #454545; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { font-size: 1.15rem; font-weight: 600; padding: 0; margin: .5rem 0 .25rem; }
.hint { margin: 0 0 .5rem; font-size: .9rem; color: #454545; }
.answer { margin: .4rem 0; border: 1px solid #d5d5d5; border-left-width: 5px; border-radius: .3rem; }
.answer label { display: grid; grid-template-columns: auto 1fr; gap: .7rem; padding: .55rem .8rem; cursor: pointer; }
.answer input { width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; }
.answer p { margin: 0; padding: 0 .8rem .6rem 2.75rem; }
.answer:focus-within { outline: 3px solid #b35900; outline-offset: 1px; }
.verdict { font-weight: 600; }
.answered .is-right { border-color: #1b6e3c; background: #eef7f0; }
.answered .is-wrong { border-color: #a33a2a; background: #fbf1ef; }
.is-right .verdict { color: #14562e; }
.is-wrong .verdict { color: #8a2c1e; }
.answered label { cursor: default; }
.script .feedback, .script .grounds { display: none; }
.script .answered .feedback, .script .answered .grounds { display: block; }
.grounds { border-top: 1px solid #d5d5d5; margin-top: 1rem; }
.law { font-size: .95rem; }
.law h3 { font-size: 1rem; margin: .8rem 0 .2rem; }
button { font: inherit; font-weight: 600; color: #ffffff; background: #0b4f8a; border: 2px solid #0b4f8a;
  border-radius: .3rem; padding: .5rem 1.1rem; margin-top: .6rem; cursor: pointer; }
button:hover { background: #083a66; }
button:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
.said { font-weight: 600; margin: .6rem 0 0; }
.said:empty { margin: 0; }
.said:focus { outline: none; }
.picked { display: none; font-weight: 600; }
.answered .is-chosen .picked { display: inline; }
#result { border: 2px solid #0b4f8a; border-radius: .5rem; padding: .25rem 1.25rem 1rem; }
#result h2 { border: 0; margin: .75rem 0 .25rem; }
[hidden] { display: none !important; }
footer { margin-top: 2.5rem; border-top: 1px solid #c9d6e2; font-size: .9rem; color: #454545; }
@media print { button, .said { display: none; } .question { break-inside: avoid; } }
"""


def script() -> bytes:
    """Give the program of the quiz pages."""
    return read_bytes(os.path.join(os.path.dirname(os.path.abspath(__file__)), SCRIPT))  # noqa: PTH100, PTH118, PTH120


def file_name(module: Module, part: str = "") -> str:
    """Give the name of a page of a module."""
    return f"{module.order:02}-{module.id.removeprefix('course-')}{part and '-'}{part}.html"


class CoursePages(Names):
    """Writes the pages of the course in one language."""

    def explained(self, module: Module) -> str:
        """Give the page that explains what a module is about."""
        audiences = ", ".join(self.term("audience", audience) for audience in module.audiences)
        parts = [
            _tag("p", escape(f"{word('audiences', self.lang)}: {audiences}"), "small"),
            _tag("p", _text(module.summary[self.lang])),
            _tag("h2", escape(word("goals", self.lang))),
            _items(map(_text, module.goals[self.lang])),
        ]
        for section in module.sections:
            parts += [_tag("h2", _text(section.heading[self.lang])), *_paragraphs(section.body[self.lang])]
            parts.append(_div("".join(self._laws(section.provisions, "h3")), "law"))
        if module.provenance:
            sources = [entry.source for entry in module.provenance]
            links = [_link(source.title or source.publisher, source.url) for source in dict.fromkeys(sources)]
            parts += [_tag("h2", escape(word("source", self.lang))), _items(links)]
        return self._page(numbered(module, self.lang), "".join(parts))

    def quiz(self, module: Module, seed: int, pass_mark: int) -> str:
        """Give the page with the questions of a module."""
        rows = module.questions
        asked = "".join(self._asked(q, place, len(rows), seed) for place, q in enumerate(rows, start=1))
        note = f"{says('invented', self.lang)} {says('pass-mark', self.lang, pass_mark)}"
        result = (
            f'<section id="result" tabindex="-1" aria-labelledby="result-title" hidden>\n'
            f'<h2 id="result-title">{escape(says("result", self.lang))}</h2>\n'
            f'<p id="count"></p>\n<p id="reported"></p>\n'
            f'<button type="button" id="again">{escape(says("again", self.lang))}</button>\n</section>\n'
        )
        told = {"pass-mark": str(pass_mark), "count": says("count", self.lang, "{0}", "{1}")}
        told |= {name: says(name, self.lang) for name in ("right", "partly", "wrong", "one", "several")}
        told |= {name: says(name, self.lang) for name in ("recorded", "not-recorded", "failed")}
        data = "".join(f' data-{name}="{escape(text)}"' for name, text in told.items())
        body = f"{_tag('p', escape(note), 'small')}<noscript>{_tag('p', escape(says('no-script', self.lang)), 'note')}"
        body = f'{body}</noscript>\n<div id="quiz"{data}>\n{asked}{result}</div>\n'
        title = f"{numbered(module, self.lang)}: {says('quiz', self.lang).lower()}"
        return self._page(title, body, f'<script src="{SCRIPT}"></script>\n')

    def contents(self, modules: Sequence[Module]) -> str:
        """Give the page that leads to the others where there is no learning platform."""
        rows = []
        for module in modules:
            read, asked = says("read", self.lang), says("questions", self.lang, len(module.questions))
            links = (
                f'<a href="{file_name(module)}">{escape(read)}</a>, '
                f'<a href="{file_name(module, "quiz")}">{escape(asked)}</a>'
            )
            rows.append(f"<strong>{_text(numbered(module, self.lang))}</strong><br>{links}")
        return self._page(says("course", self.lang), _items(rows), target="")

    def _page(self, title: str, body: str, end: str = "", target: str = '<base target="_blank">\n') -> str:
        """Give a whole page; its links open beside it, since platforms show it in a frame."""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.lang}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_text(title)}</title>\n{target}<style>\n{STYLE}{_STYLE}</style>\n</head>\n<body>\n"
            f"<main>\n<h1>{_text(title)}</h1>\n{body}</main>\n"
            f"<footer>\n{_tag('p', escape(closing(self.dataset, self.lang)))}</footer>\n{end}</body>\n</html>\n"
        )

    def _asked(self, q: Question, place: int, of: int, seed: int) -> str:
        name = f"q{place}"
        answers = []
        for number, answer in enumerate(shuffled(q, seed), start=1):
            about, kind = f"{name}-{number}", "right" if answer.correct else "wrong"
            sign = "✓" if answer.correct else "✗"
            group = about if q.several else name
            answers.append(
                f'<div class="answer" data-kind="{kind}">\n'
                f'<label><input type="{"checkbox" if q.several else "radio"}" name="{group}" value="{number}">'
                f"<span>{_text(answer.text[self.lang])} "
                f'<span class="picked">({escape(says("chosen", self.lang))})</span></span></label>\n'
                f'<p class="feedback" id="{about}"><span class="verdict">{sign} '
                f"{escape(says(f'answer-{kind}', self.lang))}.</span> {_text(answer.feedback[self.lang])}</p>\n</div>\n"
            )
        hint = says("several" if q.several else "one", self.lang)
        told = _div("".join([*self.grounds(q, "h3"), self._duties(q)]), "grounds law")
        return (
            f'<section class="question" id="{name}" aria-labelledby="{name}-title">\n'
            f'<h2 id="{name}-title">{escape(says("question", self.lang, place, of))}</h2>\n'
            f"{''.join(_paragraphs(q.scenario[self.lang] if q.scenario else ''))}<form>\n<fieldset>\n"
            f"<legend>{_text(q.text[self.lang])}</legend>\n{_tag('p', escape(hint), 'hint')}"
            f'<p class="said" role="status"></p>\n{"".join(answers)}'
            f'</fieldset>\n<button type="submit">{escape(says("check", self.lang))}</button>\n</form>\n'
            f"{told}</section>\n"
        )

    def grounds(self, q: Question, heading: str = "p") -> Iterator[str]:
        """Give what a question rests on as HTML: provisions with their legal force, and decisions."""
        yield from self._laws(q.provisions, heading)
        if q.decisions:
            yield _tag(heading, escape(word("decisions", self.lang)))
            yield _items(
                f"{_text(d.label[self.lang])}<br>{_text(', '.join(filter(None, (d.court[self.lang], d.date))))}"
                for d in q.decisions
            )

    def _laws(self, provisions: Iterable[Provision], heading: str) -> Iterator[str]:
        rows = [
            f"{_link(self.name(provision), provision.url or provision.instrument.url)} "
            f"[{_text(self.force_of(provision))}]"
            for provision in provisions
        ]
        if rows:
            yield _tag(heading, escape(word("provisions", self.lang))) + _items(rows)

    def _duties(self, q: Question) -> str:
        """Give the duties that a question is about, folded away: their texts are long."""
        rows = [f"{_text(o.statement[self.lang])} [{_text(self.forces(o))}]" for o in q.obligations]
        summary = escape(f"{word('obligations', self.lang)} ({len(rows)})")
        return _tag("details", f"<summary>{summary}</summary>\n{_items(rows, 'binding')}") if rows else ""


def _text(text: str) -> str:
    return escape(clean(text))


def _tag(name: str, inside: str, kind: str = "") -> str:
    about = f' class="{kind}"' if kind else ""
    return f"<{name}{about}>{inside}</{name}>\n"


def _div(inside: str, kind: str) -> str:
    return f'<div class="{kind}">\n{inside}</div>\n' if inside else ""


def _items(items: Iterable[str], kind: str = "") -> str:
    return _tag("ul", "\n" + "".join(_tag("li", item) for item in items), kind)


def _paragraphs(text: str) -> Iterator[str]:
    return (_tag("p", _text(part.strip())) for part in text.split("\n\n") if part.strip())


def _link(text: str, url: str) -> str:
    return f'<a href="{escape(url)}">{_text(text)}</a>' if is_web(url) else _text(text)
