"""Sets as whole numbers, and counters made of sets: one operation counts for every member at once.

A set of small numbers is one Python integer: bit *n* stands for the number *n*. Counters for all
of them are a list of such sets, the planes: plane *p* holds those whose count has bit *p*. Adding
to many counters is then a few operations on whole integers, as in the carry-save adders of
bit-sliced arithmetic, and the highest counts are found plane by plane from the top.

``a & ~b`` is written ``a ^ a & b`` here: Python turns a negative integer round before it can use
it, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: sets below this many bits are walked from their highest member down, larger ones in pieces
_SMALL: Final = 65_536
#: bytes of a piece; most of a large set is empty
_PIECE: Final = 128
_EMPTY: Final = bytes(_PIECE)
#: so few members of a large set are walked like those of a small one
_FEW: Final = 48
#: the lowest numbers, by which a large set is seen to have many members without counting them all
_SAMPLE: Final = (1 << 4096) - 1
_BIT: Final = tuple(1 << n for n in range(8))


def bits_of(numbers: Iterable[int], size: int) -> int:
    """Give the set of *numbers*, each at least 0 and below *size*.

    >>> bin(bits_of([0, 3], 4))
    '0b1001'
    """
    buffer = bytearray((size + 7) >> 3)
    mark(buffer, numbers)
    return int.from_bytes(buffer, "little")


def mark(buffer: bytearray, numbers: Iterable[int]) -> None:
    """Add *numbers* to a set that is still a row of bytes, the lowest first."""
    for number in numbers:
        buffer[number >> 3] |= _BIT[number & 7]


def numbers_in(bits: int, most: int | None = None) -> list[int]:
    """Give the numbers in a set, lowest first, at most *most* of them.

    >>> numbers_in(0b1001), numbers_in(0b1001, 1)
    ([0, 3], [0])
    """
    if most is None and bits.bit_length() <= _SMALL:
        return _members(bits)
    most = bits.bit_length() if most is None else most
    found: list[int] = []
    data = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    for at in range(0, len(data), _PIECE):
        if len(found) >= most:
            break
        piece = data[at : at + _PIECE]
        if piece != _EMPTY:
            begin = at << 3
            found += [begin + number for number in _members(int.from_bytes(piece, "little"))]
    return found[:most]


def _members(bits: int) -> list[int]:
    """Give the numbers in a set, lowest first; each costs as much as the set is long below it."""
    found = []
    while bits:
        number = bits.bit_length() - 1
        found.append(number)
        bits ^= 1 << number
    found.reverse()
    return found


def add(planes: list[int], members: int, amount: int) -> None:
    """Add *amount* (0 or more) to the counter of every one of *members*.

    >>> planes = []
    >>> add(planes, 0b011, 2); add(planes, 0b110, 1)
    >>> counts(planes, [0, 1, 2])
    {0: 2, 1: 3, 2: 1}
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


def counts(planes: list[int], numbers: Iterable[int]) -> dict[int, int]:
    """Give the counters of some numbers."""
    found = dict.fromkeys(numbers, 0)
    wanted = 0
    for number in found:
        wanted |= 1 << number
    for at, plane in enumerate(planes):
        for number in _members(plane & wanted):
            found[number] += 1 << at
    return found


def at_least(planes: list[int], value: int) -> int:
    """Give the set of those whose counter is *value* (1 or more) or higher."""
    if value >> len(planes):
        return 0
    lowest = (value & -value).bit_length() - 1  # below it every counter is high enough
    reached = planes[lowest]
    for at in range(lowest + 1, len(planes)):
        if value >> at & 1:
            reached &= planes[at]
        else:
            reached |= planes[at]
    return reached


def highest(planes: list[int], most: int, among: int | None = None) -> list[int]:
    """Give the *most* numbers of *among* with the highest counters above 0, in no particular order.

    Of those with equal counters at the end, the lowest numbers are taken.

    >>> planes = []
    >>> add(planes, 0b0110, 2); add(planes, 0b1000, 1)
    >>> sorted(highest(planes, 2)), sorted(highest(planes, 1))
    ([1, 2], [1])
    """
    tied = at_least(planes, 1)
    if among is not None:
        tied &= among
    sure, left = 0, most
    large = tied.bit_length() > _SMALL
    for plane in reversed(planes):
        here = tied & plane
        if not here:
            continue
        if (large and (here & _SAMPLE).bit_count() > left) or (members := here.bit_count()) > left:
            tied = here
        else:
            sure |= here
            tied ^= here
            left -= members
    found = _members(sure) if most - left <= _FEW else numbers_in(sure)
    return found + (numbers_in(tied, left) if left else [])
