"""Seconds that a piece of work takes, with all threads or with one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from numba import get_num_threads, set_num_threads

REPEATS = 5
ROUNDS = 3


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median of the seconds of `repeats` runs, after one run that compiles and warms up and is not counted."""
    work()
    spent = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return float(median(spent))


def times_as_long(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as long theirs takes as ours, over rounds in which both have a turn; the first is not counted."""
    spent = [0.0, 0.0]
    for number in range(ROUNDS + 1):
        for side, work in enumerate((ours, theirs)):
            started = time.perf_counter()
            work()
            spent[side] += (time.perf_counter() - started) * (number > 0)
    return spent[1] / spent[0]


@contextmanager
def one_thread() -> Iterator[None]:
    """Within the context, the kernels run on one thread."""
    before = get_num_threads()
    set_num_threads(1)
    try:
        yield
    finally:
        set_num_threads(before)
