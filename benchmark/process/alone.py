"""One computation at a time in a process: torch's generator, numba's threads and the streams belong to the process.

In: what is about to compute. Out: a context in which nothing else computes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from registry import UserError

_LOCK = threading.Lock()
_AT_WORK: list[str] = []


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Within the context, nothing else in this process that asks for it may compute.

    Args:
        what: The name of what computes, which another caller is told.

    Raises:
        UserError: Something else in this process computes already.
    """
    if not _LOCK.acquire(blocking=False):
        at_work = _AT_WORK[-1] if _AT_WORK else "another computation"
        raise UserError(
            f"{what} cannot begin while {at_work} is at work in this process: one at a time, or each in a process of "
            "its own"
        )
    _AT_WORK.append(what)
    try:
        yield
    finally:
        _AT_WORK.clear()
        _LOCK.release()
