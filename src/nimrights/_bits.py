"""Sets as whole numbers, and counters made of sets: one operation counts for every member at once.

A set of small numbers is one Python integer: bit *n* stands for the number *n*. Counters for all
of them are a list of such sets, the planes: plane *p* holds those whose count has bit *p*. Adding
to many counters is then a few operations on whole integers, as in the carry-save adders of
bit-sliced arithmetic, and the highest counts are found plane by plane from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

#: sets below this many bits are walked bit by bit, larger ones in chunks of bytes
_SMALL: Final = 512
_CHUNK: Final = 128
_EMPTY: Final = bytes(_CHUNK)


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Give the set of *numbers*, each at least 0 and below *size*.

    >>> bin(bits_of([0, 3], 4))
    '0b1001'
    """
    buffer = bytearray((size + 7) >> 3)
    for number in numbers:
        buffer[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(buffer, "little")


def numbers_in(bits: int, most: int | None = None) -> Iterator[int]:
    """Give the numbers in a set, lowest first, at most *most* of them.

    >>> list(numbers_in(0b1001)), list(numbers_in(0b1001, 1))
    ([0, 3], [0])
    """
    left = bits.bit_count() if most is None else most
    if bits.bit_length() <= _SMALL:
        while bits and left > 0:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest
            left -= 1
        return
    data = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    for at in range(0, len(data), _CHUNK):
        piece = data[at : at + _CHUNK]
        if piece == _EMPTY:
            continue
        few = int.from_bytes(piece, "little")
        while few and left > 0:
            lowest = few & -few
            yield (at << 3) + lowest.bit_length() - 1
            few ^= lowest
            left -= 1
        if left <= 0:
            return


def add(planes: list[int], members: int, amount: int) -> None:
    """Add *amount* (0 or more) to the counter of every one of *members*.

    >>> planes = []
    >>> add(planes, 0b011, 2); add(planes, 0b110, 1)
    >>> [count(planes, n) for n in range(3)]
    [2, 3, 1]
    """
    at = 0
    while amount:
        if amount & 1:
            carry, plane = members, at
            while carry:
                while len(planes) <= plane:
                    planes.append(0)
                held = planes[plane]
                planes[plane] = held ^ carry
                carry &= held
                plane += 1
        amount >>= 1
        at += 1


def count(planes: list[int], number: int) -> int:
    """Give the counter of one number."""
    found = 0
    for plane in reversed(planes):
        found = found << 1 | plane >> number & 1
    return found


def at_least(planes: list[int], value: int) -> int:
    """Give the set of those whose counter is *value* (1 or more) or higher."""
    if value >> len(planes):
        return 0
    above, equal = 0, -1  # -1: everything
    for at in range(len(planes) - 1, -1, -1):
        if value >> at & 1:
            equal &= planes[at]
        else:
            above |= equal & planes[at]
            equal &= ~planes[at]
    return above | equal


def highest(planes: list[int], most: int, among: int = -1) -> list[int]:
    """Give the *most* numbers of *among* with the highest counters above 0, in no particular order.

    Of those with equal counters at the end, the lowest numbers are taken.

    >>> planes = []
    >>> add(planes, 0b0110, 2); add(planes, 0b1000, 1)
    >>> sorted(highest(planes, 2)), sorted(highest(planes, 1))
    ([1, 2], [1])
    """
    sure, tied = 0, 0
    for plane in planes:
        tied |= plane
    tied &= among
    for plane in reversed(planes):
        here = tied & plane
        if not here:
            continue
        if (sure | here).bit_count() > most:
            tied = here
        else:
            sure |= here
            tied &= ~plane
    found = list(numbers_in(sure, most))
    return found + list(numbers_in(tied, most - len(found)))
