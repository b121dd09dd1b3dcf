"""Scoring many rows: one after the other here, or in processes of their own with the order kept."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Final, NamedTuple

from nimrights._files import AnyPath
from nimrights.classifier import Scored, classify_many
from nimrights.dataset import Dataset
from nimrights.exceptions import BadQuery, DataError, NimrightsError, NotFound
from nimrights.versions import load

#: rows that are scored and written together
STEP: Final = 1000
#: chunks on the way for each process: one at work, one that waits
_IN_FLIGHT: Final = 2


class Broken(NamedTuple):
    """A row that cannot be classified."""

    why: str
    final: bool = False  #: it ends the run, also one that passes over broken rows


class Chunk(NamedTuple):
    """Up to `STEP` rows that follow each other."""

    first: int  #: number of the first, from 1
    items: list[Any]  #: for each what is scored, or a `Broken`
    rows: Any  #: what the format needs to write them


Answer = list[Scored] | Broken
#: makes a case, or a `Broken`, of an item
Reader = Callable[[Any], Any]


def pin_for_workers(dataset: Dataset) -> str:
    """Give the pin with which other processes load *dataset*; `BadQuery` if they cannot, for it is not published."""
    try:
        return load(dataset.pin).pin
    except (NotFound, DataError) as error:
        raise BadQuery(
            f"dataset {dataset.version} is not published in this installation, so no other process can load it: "
            f"use one process, or publish it ({error})"
        ) from error


def score(which: Dataset | AnyPath, threshold: float | None, read: Reader | None, items: list[Any]) -> list[Answer]:
    """Give the areas of each item, or why there are none to give.

    *which* is a dataset or the pin of one, *read* makes a case of an item (`None`: items are cases).
    """
    dataset = which if isinstance(which, Dataset) else load(which)
    if read is not None:
        items = [item if isinstance(item, Broken) else read(item) for item in items]
    found = iter(_score([item for item in items if not isinstance(item, Broken)], threshold, dataset))
    return [item if isinstance(item, Broken) else next(found) for item in items]


def _score(cases: list[Any], threshold: float | None, dataset: Dataset) -> list[Answer]:
    """Score cases; one with a field of the wrong type is answered with what is wrong, and the rest goes on."""
    answers: list[Answer] = []
    while len(answers) < len(cases):
        try:
            for found in classify_many(cases[len(answers) :], threshold=threshold, dataset=dataset):
                answers.append(found)  # noqa: PERF402 - those before a bad case are kept
        except BadQuery as error:
            answers.append(Broken(str(error).partition(": ")[2]))  # without "case 1"
    return answers


def in_order(
    chunks: Iterable[Chunk], job: Callable[[list[Any]], list[Answer]], processes: int
) -> Generator[tuple[Chunk, list[Answer]], None, None]:
    """Give each chunk with its answers, in the order in which the chunks come.

    With one process the job is done here. With more, it is sent to processes of their own, which start anew
    (``spawn``); only a few chunks are on the way at a time. `NimrightsError` when such a process dies.
    """
    if processes == 1:
        for chunk in chunks:
            yield chunk, job(chunk.items)
        return
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_leave_interrupts) as pool:
        try:
            yield from _sent(chunks, lambda items: pool.submit(job, items), _IN_FLIGHT * processes)
        except BrokenProcessPool as error:
            raise NimrightsError(
                "a worker process ended before its time: give it more memory, use one process, or, where a script "
                "of your own starts this, begin it with  if __name__ == '__main__':"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Leave an interrupt to the process that started this one, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _sent(
    chunks: Iterable[Chunk], send: Callable[[list[Any]], Future[list[Answer]]], most: int
) -> Iterator[tuple[Chunk, list[Answer]]]:
    on_the_way: deque[tuple[Chunk, Future[list[Answer]]]] = deque()
    for chunk in chunks:
        on_the_way.append((chunk, send(chunk.items)))
        if len(on_the_way) > most:
            done, answers = on_the_way.popleft()
            yield done, answers.result()
    for done, answers in on_the_way:
        yield done, answers.result()
