"""What is printed, warned and logged while a cell is computed: kept with the cell instead of shown.

In: a stretch of code. Out: its text, and the end of a long one.
"""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TextIO

NAME = "log.txt"  # in a cell's folder, and in that of a failed attempt
TAIL = 100  # lines
OURS = logging.getLogger("benchmark")


class _Text(io.StringIO):
    """A text that also goes to a stream, as it comes."""

    def __init__(self, also: TextIO | None) -> None:
        super().__init__()
        self._also = also

    def write(self, text: str) -> int:
        if self._also is not None:
            self._also.write(text)
            self._also.flush()
        return super().write(text)


class _OfOneThread(io.TextIOBase):
    """What the thread that made it writes goes into a text; what others write goes where it went before."""

    def __init__(self, text: _Text, before: TextIO) -> None:
        self._text = text
        self._before = before
        self._thread = threading.get_ident()

    def write(self, text: str) -> int:
        """Write to where the thread at work writes."""
        return (self._text if threading.get_ident() == self._thread else self._before).write(text)


@contextmanager
def captured(also: TextIO | None = None) -> Iterator[io.StringIO]:
    """Collect what this thread writes to stdout and stderr and what is logged; `also` gets it as it comes."""
    text = _Text(also)
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root, level = logging.getLogger(), OURS.level
    root.addHandler(handler)
    OURS.setLevel(logging.INFO)
    try:
        with redirect_stdout(_OfOneThread(text, sys.stdout)), redirect_stderr(_OfOneThread(text, sys.stderr)):
            yield text
    finally:
        OURS.setLevel(level)
        root.removeHandler(handler)


def tail(text: str) -> str:
    """The last lines of a log."""
    return "".join(text.splitlines(keepends=True)[-TAIL:])


def tail_of(log: Path) -> str:
    """The last lines of a log on disk, nothing where there is none."""
    try:
        return tail(log.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
