"""Seconds that a piece of work takes, with all threads or with one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from numba import get_num_threads, set_num_threads

REPEATS = 5


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median of a few runs after one that compiles and warms up."""
    work()
    spent = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return float(median(spent))


@contextmanager
def one_thread() -> Iterator[None]:
    """The kernels run on one thread meanwhile."""
    before = get_num_threads()
    set_num_threads(1)
    try:
        yield
    finally:
        set_num_threads(before)
