"""Ctrl-C and SIGTERM: the cell at work is given up, what is published stays, and the process ends in order.

In: signals. Out: `Stopped`, raised where the signal comes; where it comes in an import, or while numba makes a Python
object of what a kernel returns, after that: what is raised there aborts the process. Before the next cell where a
library swallows it.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from registry.errors import Ending

_came: list[int] = []
# A process that ends by os._exit leaves named semaphores (numba's, tqdm's); who removes them need not tell the user.
QUIET = "ignore:resource_tracker:UserWarning"

AGAIN = 0.02  # seconds until it is seen again whether that has ended
# Files whose callers in C do not look whether something was raised: modules being initialized, numba's unpickling of
# the class of a named tuple that a kernel returns.
UNCHECKED = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>", "numba/core/serialize.py")


class Stopped(Ending):
    """A signal has asked the run to stop; `number` is that of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def listen() -> None:
    """From now on SIGINT and SIGTERM raise Stopped; a second one ends the process at once.

    A SIGINT that is ignored stays so: whoever started this in the background of a script does not mean it by Ctrl-C.
    """
    _came.clear()
    asked = os.environ.get("PYTHONWARNINGS")
    if QUIET not in (asked or ""):
        os.environ["PYTHONWARNINGS"] = f"{asked},{QUIET}" if asked else QUIET
    sys.unraisablehook = _unraisable
    for number in (signal.SIGINT, signal.SIGTERM):
        if number != signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def check() -> None:
    """Raise Stopped if a signal has come."""
    if _came:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise Stopped(_came[0])


@contextmanager
def unwrapped() -> Iterator[None]:
    """Raise Stopped when the context ends, if a library has swallowed it or raised something else because of it.

    Stopped that is raised in a class body arrives as RuntimeError, in a callback of the garbage collector not at all.
    """
    try:
        yield
    except Exception:
        check()
        raise
    check()


def _stop(number: int, frame: FrameType | None) -> None:
    _came.append(number)
    signal.signal(number, signal.SIG_DFL)
    _stop_where_it_is_seen(number, frame)


def _stop_where_it_is_seen(number: int, frame: FrameType | None) -> None:
    """Raise Stopped here, or a little later if the code at work would not notice it."""
    if not is_unchecked(frame):
        check()
    signal.signal(signal.SIGALRM, _stop_where_it_is_seen)
    signal.setitimer(signal.ITIMER_REAL, AGAIN)


def is_unchecked(frame: FrameType | None) -> bool:
    """Whether a frame of one of these files is on the stack."""
    while frame is not None:
        if frame.f_code.co_filename.endswith(UNCHECKED):
            return True
        frame = frame.f_back
    return False


def _unraisable(unraisable: Any) -> None:
    """A library's callback has swallowed Stopped: nothing to show, `check` raises it again."""
    if not isinstance(unraisable.exc_value, Stopped):
        sys.__unraisablehook__(unraisable)
