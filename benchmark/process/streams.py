"""Standard streams that do not decide what becomes of a run: a reader that has gone, or one that was never there.

In: the streams of the process. Out: a block in which nobody's leaving ends what is at work.
"""

import io
import multiprocessing.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn


class _Steady:
    """A text stream that goes on without its reader once that one has gone."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, or drop it where nobody reads."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._let_go()
            return len(text)

    def flush(self) -> None:
        """Send on what was written, or drop it where nobody reads."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._let_go()

    def _let_go(self) -> None:
        """What is written from now on, and what still waits in the buffer, goes nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_all() -> None:
    """Open what the caller has closed (`>&-`): else the next file that is opened would take a stream's place."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


@contextmanager
def steady() -> Iterator[None]:
    """Standard output and error that outlive their readers, and write what a terminal cannot show as a mark."""
    before = sys.stdout, sys.stderr
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stderr, io.TextIOWrapper):
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")  # a terminal that knows no plus-minus sign still gets its board
        sys.stdout, sys.stderr = _Steady(sys.stdout), _Steady(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def others_run() -> bool:
    """Whether a thread is left, by an entry's code, that Python would wait for at its end."""
    return any(thread is not threading.main_thread() and not thread.daemon for thread in threading.enumerate())


def leave(code: int) -> NoReturn:
    """End the process with this code, whatever an entry's code has asked to be done at its exit or still does."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]  # temporary folders of workers
    os._exit(code)
