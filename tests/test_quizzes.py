"""The order of answers and the marking of what was chosen."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import Dataset
from nimrights.exceptions import BadQuery
from nimrights.quizzes import mark, shuffled

ONE, SEVERAL = "course-play/swing", "course-play/before-building"


def choices(question):
    answers = question.answers
    return chain.from_iterable(combinations(answers, n) for n in range(len(answers) + 1))


@given(seed=st.integers())
def test_a_shuffle_loses_no_answer_and_is_the_same_every_time(mini: Dataset, seed):
    for question in mini.questions.values():
        order = shuffled(question, seed)
        assert order == shuffled(question, seed)
        assert sorted(order, key=question.answers.index) == list(question.answers)


def test_seeds_differ_in_their_order(mini: Dataset):
    orders = {shuffled(mini.questions[SEVERAL], seed) for seed in range(50)}
    assert len(orders) == 6


def test_the_order_of_a_seed_stays_as_it_was_published(mini: Dataset):
    """Exports of different years and machines agree: the order rests on SHA-256, not on a generator's history."""
    question = mini.questions[SEVERAL]
    assert [question.answers.index(answer) for answer in shuffled(question, 1)] == [0, 2, 1]


def test_the_right_answer_comes_to_stand_everywhere(mini: Dataset):
    question = mini.questions[ONE]
    assert {shuffled(question, seed).index(question.answers[0]) for seed in range(20)} == {0, 1}


@pytest.mark.parametrize("seed", ["1", 1.0, None, True])
def test_a_seed_is_a_whole_number(mini: Dataset, seed):
    with pytest.raises(BadQuery, match="whole number"):
        shuffled(mini.questions[ONE], seed)


def test_only_all_right_answers_and_no_other_are_right(mini: Dataset):
    for question in mini.questions.values():
        right = {answer.text for answer in question.answers if answer.correct}
        for chosen in choices(question):
            if len(chosen) > 1 and not question.several:
                continue
            marked = mark(question, chosen)
            texts = {answer.text for answer in chosen}
            assert marked.right == (texts == right)
            assert marked.partly == (texts != right and bool(texts & right))
            assert {answer.text for answer in marked.missed} == right - texts
            assert marked.chosen == chosen


def test_the_order_and_repetition_of_what_is_chosen_do_not_matter(mini: Dataset):
    question = mini.questions[SEVERAL]
    first, second, _ = question.answers
    assert mark(question, [second, first, second]) == mark(question, iter([first, second]))


def test_nothing_chosen_is_wrong(mini: Dataset):
    marked = mark(mini.questions[ONE], [])
    assert not marked.right
    assert not marked.partly


def test_several_where_one_is_right_is_an_error(mini: Dataset):
    question = mini.questions[ONE]
    with pytest.raises(BadQuery, match="has one right answer, and 2 were chosen"):
        mark(question, question.answers)


def test_an_answer_of_another_question_is_an_error(mini: Dataset):
    with pytest.raises(BadQuery, match="no answer of course-play/swing"):
        mark(mini.questions[ONE], mini.questions[SEVERAL].answers[:1])


def test_the_answers_of_the_shipped_course_do_not_give_themselves_away_by_their_place(ds: Dataset):
    if not ds.questions:
        pytest.skip("the newest version has no course")
    places = [shuffled(q).index(next(a for a in q.answers if a.correct)) for q in ds.questions.values()]
    assert max(places.count(place) for place in set(places)) < 0.6 * len(places)
