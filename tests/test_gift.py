"""GIFT: read again as Moodle reads it, every text is what it was."""

from __future__ import annotations

import html
import re
from itertools import combinations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import Dataset, Text
from nimrights._courses.gift import gift
from nimrights.quizzes import shuffled

_PLACES = {":": "\ue000", "#": "\ue001", "=": "\ue002", "{": "\ue003", "}": "\ue004", "~": "\ue005", "n": "\ue006"}
#: the shares that Moodle has; another is an error at import
_SHARES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5)  # fmt: skip


def _hidden(text: str) -> str:
    """Put signs of their own in the place of escaped characters, as importers do."""
    return re.sub(r"\\(.)", lambda m: _PLACES.get(m[1], m[1]), text)


def _shown(text: str) -> str:
    for sign, place in _PLACES.items():
        text = text.replace(place, "\n" if sign == "n" else sign)
    return text.strip()


def read(text: str) -> list[dict[str, Any]]:
    """Read GIFT: blocks between empty lines, comments, categories, names, answers after ``=`` and ``~``."""
    found, category = [], None
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        comments = [line for line in lines if line.strip().startswith("//")]
        body = _hidden("\n".join(line for line in lines if line not in comments).strip())
        if not body:
            continue
        if body.startswith("$CATEGORY:"):
            category = body.removeprefix("$CATEGORY:").strip()
            continue
        name, _, rest = body.removeprefix("::").partition("::")
        stem, _, rest = rest.partition("{")
        inside, _, after = rest.partition("}")
        assert not after.strip()
        assert "{" not in inside
        inside, _, general = inside.rpartition("####")
        answers = []
        for part in re.findall(r"[=~][^=~]*", inside):
            sign, told, feedback = re.fullmatch(r"(=|~(?:%-?\d{1,2}0?(?:\.\d*)?%)?)([^#]*)#([^#]*)", part).groups()
            answers.append((sign, _shown(told), _shown(feedback)))
        assert stem.startswith("[html]")
        found.append(
            {
                "category": category,
                "id": re.search(r"\[id:([^\]]+)\]", "\n".join(comments))[1],
                "tags": re.findall(r"\[tag:([^\]]+)\]", "\n".join(comments)),
                "name": _shown(name),
                "stem": _shown(stem.removeprefix("[html]")),
                "answers": answers,
                "general": _shown(general),
            }
        )
    return found


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_question_is_there_with_its_answers_and_feedback(mini: Dataset, lang):
    module = mini.course["course-play"]
    found = read(gift(mini, [module], lang, 3))
    assert [row["id"] for row in found] == [q.id for q in module.questions]
    for row, question in zip(found, module.questions, strict=True):
        assert row["category"].endswith(f"/1. {module.label[lang]}")
        assert row["tags"] == [area.id for area in question.areas]
        assert question.text[lang] in row["name"]
        assert text_of(row["stem"]).endswith(question.text[lang])
        assert not question.scenario or text_of(row["stem"]).startswith(question.scenario[lang])
        told = [(html.unescape(text), html.unescape(feedback)) for _, text, feedback in row["answers"]]
        assert told == [(a.text[lang], a.feedback[lang]) for a in shuffled(question, 3)]


def test_one_right_answer_is_marked_and_the_others_are_not(mini: Dataset):
    row = read(gift(mini, [mini.course["course-play"]], "en", 0))[0]
    assert sorted((sign, text) for sign, text, _ in row["answers"]) == [("=", "The municipality"), ("~", "The parents")]


def test_several_right_answers_share_the_marks(mini: Dataset):
    row = read(gift(mini, [mini.course["course-play"]], "en", 0))[1]
    signs = {text: sign for sign, text, _ in row["answers"]}
    assert signs == {"Hear the children": "~%50%", "Let every child speak": "~%50%", "Ask only the adults": "~%-100%"}


def test_shares_are_those_that_moodle_has(mini: Dataset):
    question = mini.questions["course-play/before-building"]
    module = mini.course["course-play"]
    for count in range(3, 6):
        for right in (set(c) for n in range(2, count + 1) for c in combinations(range(count), n)):
            answers = tuple(
                attrs.evolve(question.answers[0], text=Text(str(i), str(i), str(i)), correct=i in right)
                for i in range(count)
            )
            changed = attrs.evolve(module, questions=(attrs.evolve(question, answers=answers),))
            (row,) = read(gift(mini, [changed], "nb", 0))
            shares = [float(sign.strip("~%")) for sign, _, _ in row["answers"]]
            assert all(abs(share) in _SHARES for share in shares)
            assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.001)
            assert len(right) == count or sum(shares) == pytest.approx(0, abs=0.001)


def test_the_provisions_stand_in_the_general_feedback_with_their_force(mini: Dataset):
    row = read(gift(mini, [mini.course["course-play"]], "en", 0))[0]
    assert "4 A-3" in row["general"]
    assert "binding" in row["general"]
    assert 'href="https://' in row["general"]
    assert "decision" in row["general"].lower()


hard = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("~=#{}:\\%[]&<>\"'/n$\n")
)


@given(text=hard, answer=hard, feedback=hard, label=hard)
def test_no_text_can_break_out(mini: Dataset, text, answer, feedback, label):
    def alike(value):
        return Text(value, value, value)

    module = mini.course["course-play"]
    question = module.questions[0]
    first = attrs.evolve(question.answers[0], text=alike(answer), feedback=alike(feedback))
    changed = attrs.evolve(question, text=alike(text), scenario=None, answers=(first, question.answers[1]))
    module = attrs.evolve(module, label=alike(label), questions=(changed, module.questions[1]))
    found = read(gift(mini, [module], "nb", 0))
    assert [row["id"] for row in found] == [q.id for q in module.questions]
    assert text_of(found[0]["stem"]) == text.strip()
    told = {sign: (html.unescape(t), html.unescape(f)) for sign, t, f in found[0]["answers"]}
    assert told["="] == (answer.strip(), feedback.strip())
    assert found[0]["category"].count("/") - 2 * found[0]["category"].count("//") == 3 or "/" in label


def test_the_reader_of_this_test_notices_a_missing_escape():
    assert read("// [id:a]\n::n::[html]q{=a\\=b#c####d}")[0]["answers"] == [("=", "a=b", "c")]
    with pytest.raises(AttributeError):
        read("// [id:a]\n::n::[html]q{=a=b#c####d}")
