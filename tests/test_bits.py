"""Sets as whole numbers: the same answers as plain sets and counters."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nimrights._engine.bits import add, at_least, bits_of, counts, highest, numbers_in

#: large enough that both ways of walking a set are taken
SIZE = 70_000

sets = st.one_of(
    st.sets(st.integers(0, 40)),
    st.sets(st.integers(0, SIZE - 1), max_size=60),
    st.sets(st.sampled_from([0, 7, 8, 1023, 1024, 1025, 4095, 4096, 65_534, 65_535, 65_536, SIZE - 1])),
    st.builds(
        lambda begin, size: set(range(begin, begin + size)), st.sampled_from([0, 4000, 65_500]), st.integers(1, 200)
    ),
)
additions = st.lists(st.tuples(sets, st.integers(0, 40)), max_size=8)


def counted(rows):
    """The same additions in bit-sliced planes and in a plain counter."""
    planes, plain = [], Counter()
    for members, amount in rows:
        add(planes, bits_of(members, SIZE), amount)
        for number in members:
            plain[number] += amount
    return planes, plain


@given(sets)
@example(set())
@example({SIZE - 1})
def test_a_set_comes_back_in_order(numbers):
    bits = bits_of(numbers, SIZE)
    assert bits == sum(1 << n for n in numbers)
    assert list(numbers_in(bits)) == sorted(numbers)


@given(sets, st.integers(0, 70))
def test_at_most_so_many_numbers_the_lowest(numbers, most):
    assert list(numbers_in(bits_of(numbers, SIZE), most)) == sorted(numbers)[:most]


@given(additions)
def test_counters_are_those_of_plain_python(rows):
    planes, plain = counted(rows)
    for number in {*plain, 0, SIZE - 1}:
        assert counts(planes, [number]) == {number: plain[number]}


@given(additions, st.integers(1, 200))
@example([({1}, 3), ({2}, 4)], 4)
def test_those_that_reach_a_value(rows, value):
    planes, plain = counted(rows)
    assert set(numbers_in(at_least(planes, value))) == {n for n, held in plain.items() if held >= value}


@given(additions, st.integers(1, 70), st.one_of(st.none(), sets))
@example([({5, 6, 7}, 2), ({7}, 1)], 2, None)
def test_the_highest_counts_and_of_equal_ones_the_lowest_numbers(rows, most, among):
    planes, plain = counted(rows)
    found = highest(planes, most, None if among is None else bits_of(among, SIZE))
    candidates = [n for n, held in plain.items() if held and (among is None or n in among)]
    assert sorted(found) == sorted(sorted(candidates, key=lambda n: (-plain[n], n))[:most])


@given(additions)
def test_the_order_of_additions_does_not_matter(rows):
    forth, back = counted(rows)[0], counted(rows[::-1])[0]
    assert [p for p in forth if p] == [p for p in back if p]


def test_without_counters_there_is_nothing():
    assert at_least([], 1) == 0
    assert highest([], 5) == []
    assert counts([], [3]) == {3: 0}


@pytest.mark.parametrize("amount", [0, 1, 2, 3, 24, 255, 256])
def test_adding_to_nobody_changes_no_counter(amount):
    planes = []
    add(planes, 0b101, 7)
    add(planes, 0, amount)
    assert list(counts(planes, range(4)).values()) == [7, 0, 7, 0]
