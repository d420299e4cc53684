"""Standard streams whose reader may leave, or was never there, without ending a run.

In: the streams of the process. Out: a context in which a reader that leaves ends nothing.
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
    """A text stream that drops what is written to it once its reader has gone."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, or drop it if nobody reads."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._let_go()
            return len(text)

    def flush(self) -> None:
        """Send on what was written, or drop it if nobody reads."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._let_go()

    def _let_go(self) -> None:
        """Drop what still waits in the buffer, and what is written from now on."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_all() -> None:
    """Open the streams that the caller has closed (`>&-`): else the next opened file would take a stream's number."""
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
    """Within the context, stdout and stderr outlive their readers, and write `?` for what a terminal cannot show."""
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
    """Whether an entry's code has left a thread that Python would wait for when it ends."""
    return any(thread is not threading.main_thread() and not thread.daemon for thread in threading.enumerate())


def leave(code: int) -> NoReturn:
    """End the process with this code, whatever an entry's code still does or has registered to be done at exit."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]  # temporary folders of workers
    os._exit(code)
