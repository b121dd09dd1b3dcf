"""The commands below ``nimrights course``."""

from __future__ import annotations

import inspect
import json

import pytest
from click.testing import CliRunner

from nimrights import Dataset, course_export, export_course, versions
from nimrights._commands.output import DATA, FOUND, NOTHING, USAGE
from nimrights.cli import main
from nimrights.quizzes import shuffled

_APART = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}


@pytest.fixture
def run(mini: Dataset, monkeypatch):
    """The command with the miniature dataset as the newest one."""
    for module in (versions, course_export):
        monkeypatch.setattr(module, "load", lambda which=None: mini)

    def run(*args, input=None):
        env = {"LC_ALL": "nb_NO.UTF-8", "COLUMNS": "80"}
        result = CliRunner(**_APART).invoke(main, ["course", *map(str, args)], input=input, env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    return run


def right_numbers(question, seed=0) -> str:
    return ", ".join(str(n) for n, a in enumerate(shuffled(question, seed), start=1) if a.correct)


def test_list_names_the_modules_and_counts_their_questions(run):
    result = run("list")
    assert result.exit_code == FOUND
    assert result.stdout == "1. Lek\n    course-play  (2 spørsmål; folkevalgte, ledere)\n"
    assert json.loads(run("list", "--json").stdout)["id"] == "course-play"


def test_a_version_without_a_course_says_so(run, mini: Dataset, monkeypatch):
    monkeypatch.setattr(type(mini), "course", property(lambda _: {}))
    result = run("list", "--lang", "en")
    assert result.exit_code == NOTHING
    assert "has no course" in result.stderr


def test_show_gives_the_goals_and_counts_the_questions(run, mini: Dataset):
    text = run("show", "play", "--lang", "en").stdout
    assert "know the right to play" in text
    assert "(2)" in text
    assert "[" in text.partition("Children have a right to play.")[2].partition("binding")[0]
    assert "Foreldrene eier ikke" not in run("show", "play").stdout


def test_show_with_questions_gives_answers_feedback_and_force(run):
    text = run("show", "course-play", "--questions", "--lang", "en").stdout
    assert "The municipality [right]" in text
    assert "The parents [wrong]" in text
    assert "The parents do not own the playground." in text
    assert "incorporated treaty (binding)]" in text
    rows = [json.loads(line) for line in run("show", "play", "--questions", "--json").stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["module", "question", "question"]


def test_an_unknown_module_is_not_found_with_a_suggestion(run):
    result = run("show", "plya")
    assert result.exit_code == NOTHING
    assert "did you mean 'course-play'?" in result.stderr


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_a_quiz_that_is_answered_right(run, mini: Dataset, seed):
    answers = "\n".join(right_numbers(q, seed) for q in mini.course["course-play"].questions)
    result = run("quiz", "play", "--lang", "en", "--seed", seed, input=answers + "\n")
    assert result.exit_code == FOUND
    assert "2 of 2 right." in result.stdout
    assert "Not right" not in result.stdout
    assert "(binding)]" in result.stdout
    assert "Not legal advice" in result.stdout
    assert result.stderr == ""


def test_a_wrong_answer_is_told_with_the_right_one(run, mini: Dataset):
    first = mini.course["course-play"].questions[0]
    wrong = next(str(n) for n, a in enumerate(shuffled(first), start=1) if not a.correct)
    text = run("quiz", "play", "--lang", "en", input=f"{wrong}\n").stdout
    assert "Not right." in text
    assert "The parents do not own the playground." in text
    assert "The right answer: The municipality keeps the playgrounds safe." in text
    assert "Stopped after 1 of 2 questions." in text
    assert "0 of 1 right." in text


def test_some_of_several_right_answers_are_partly_right(run, mini: Dataset):
    first, second = mini.course["course-play"].questions
    some = right_numbers(second).partition(",")[0]
    text = run("quiz", "play", "--lang", "en", input=f"{right_numbers(first)}\n{some}\n").stdout
    assert "Partly right" in text
    assert "1 of 2 right." in text


@pytest.mark.parametrize("line", ["", "3", "0", "-1", "x", "1,2", "²", "1" * 9999, "1.", "\udcff"])
def test_what_is_no_answer_is_asked_again(run, mini: Dataset, line):
    first = mini.course["course-play"].questions[0]
    given = f"{line}\n{right_numbers(first)}\n".encode("utf-8", "surrogateescape")
    text = run("quiz", "play", "--lang", "en", input=given).stdout
    assert text.count("Type one number from 1 to 2.") == 1
    assert "1 of 1 right." in text


@pytest.mark.parametrize("line", ["1 9", "4", "x"])
def test_what_is_no_answer_among_several_is_asked_again(run, mini: Dataset, line):
    first, second = mini.course["course-play"].questions
    given = f"{right_numbers(first)}\n{line}\n{right_numbers(second).replace(', ', ' ')}\n"
    text = run("quiz", "play", "--lang", "en", input=given).stdout
    assert text.count("Type one or more numbers from 1 to 3, with commas between them.") == 1
    assert "2 of 2 right." in text


@pytest.mark.parametrize("given", ["", "q\n", "Q\n"])
def test_the_end_of_the_input_ends_it_politely(run, given):
    result = run("quiz", "play", input=given)
    assert result.exit_code == FOUND
    assert "Slutt etter 0 av 2 spørsmål." in result.stdout


@pytest.mark.parametrize("form", ["gift", "scorm", "json"])
def test_export_writes_the_file_whole(run, mini: Dataset, tmp_path, form):
    file = tmp_path / "course"
    file.write_text("old", encoding="utf-8")
    result = run("export", "--format", form, "-o", file, "--lang", "nn", "--seed", 4, "--pass-mark", 50)
    assert result.exit_code == FOUND
    assert file.read_bytes() == export_course(form, "nn", seed=4, pass_mark=50, dataset=mini)
    assert [path.name for path in tmp_path.iterdir()] == ["course"]
    assert result.stdout == ""
    assert "course" in result.stderr


def test_an_export_that_fails_leaves_the_old_file(run, tmp_path):
    file = tmp_path / "course"
    file.write_text("old", encoding="utf-8")
    assert run("export", "plya", "--format", "json", "-o", file).exit_code == NOTHING
    assert file.read_text(encoding="utf-8") == "old"
    assert run("export", "--format", "json", "-o", tmp_path / "no" / "course").exit_code == DATA
    assert run("export", "--format", "xapi", "-o", file).exit_code == USAGE
    assert run("export", "--format", "json").exit_code == USAGE
