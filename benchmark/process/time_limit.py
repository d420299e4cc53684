"""A time limit: a cell that takes longer than its plan allows is stopped.

In: a stretch of somebody's code, and how long it may take. Out: an exception if it takes longer. It does not stop code
in C that does not return; a worker that runs such code is ended by its head, `GRACE` seconds later.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from benchmark.process import interruption
from registry.errors import Ending

AGAIN = 5.0  # seconds until it is raised again if the code has swallowed it
GRACE = 15.0


class TookTooLong(Ending):
    """A cell has taken longer than its plan allows."""


def too_long(seconds: float) -> str:
    """Why a cell was stopped.

    >>> too_long(60)
    'it took longer than 60 s, which seconds_per_cell of the plan allows'
    """
    return f"it took longer than {seconds:g} s, which seconds_per_cell of the plan allows"


@contextmanager
def at_most(seconds: float | None) -> Iterator[None]:
    """Limit the code within the context to this many seconds, or not at all if None is given.

    Raises:
        TookTooLong: It took longer. Only the main thread can be stopped; others have no limit.
    """
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    over = False

    def stop(number: int, frame: FrameType | None) -> None:
        if over:
            return
        unsafe = interruption.is_unchecked(frame)
        signal.setitimer(signal.ITIMER_REAL, interruption.AGAIN if unsafe else AGAIN)
        if not unsafe:
            raise TookTooLong(too_long(seconds))

    handler = signal.signal(signal.SIGALRM, stop)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        over = True
        if signal.getsignal(signal.SIGALRM) is stop:  # else a signal has come that ends the whole run
            signal.setitimer(signal.ITIMER_REAL, *timer)
            signal.signal(signal.SIGALRM, handler)
