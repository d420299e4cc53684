"""What is printed, warned and logged while a cell is computed: kept with the cell instead of shown.

In: a stretch of code. Out: its text, of a long one the beginning and the end.
"""

import io
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TextIO

from registry.foreign_text import in_log
from registry.regular_files import open_regular

NAME = "log.txt"  # in a cell's folder, and in that of a failed attempt
TAIL = 100  # lines
LONGEST_LINE = 2_000  # characters of a line in the end of a log
KEPT = 500_000  # characters at the beginning of what a cell prints, and as many at its end
OURS = logging.getLogger("benchmark")


class Bounded(io.TextIOBase):
    r"""A text of which the beginning and the end are kept, however much is written.

    `also` gets the beginning as it comes: the log of a worker, which many cells write to.

    >>> text = Bounded(kept=4)
    >>> text.write("abcdefghijklmn")
    14
    >>> text.getvalue()
    'abcd\n... 6 characters are left out ...\nklmn'
    """

    def __init__(self, also: TextIO | None = None, kept: int = KEPT) -> None:
        self._also = also
        self._kept = kept
        self._head, self._end = io.StringIO(), io.StringIO()
        self._left_out = 0

    def write(self, text: str) -> int:
        """Take a text, made safe for a terminal that shows it; of many only the first and the last stay."""
        given, text = len(text), in_log(text)
        room = self._kept - self._head.tell()
        self._head.write(text[:room])
        self._end.write(text[room:][-self._kept :])
        self._left_out += max(0, len(text) - room - self._kept)
        if self._end.tell() > 2 * self._kept:
            self._shorten()
        if self._also is not None and room:
            self._also.write(text[:room] if len(text) < room else f"{text[:room]}\n... its log has more ...\n")
            self._also.flush()
        return given

    def getvalue(self) -> str:
        """What is kept."""
        self._shorten()
        mark = f"\n... {self._left_out} characters are left out ...\n" if self._left_out else ""
        return f"{self._head.getvalue()}{mark}{self._end.getvalue()}"

    def _shorten(self) -> None:
        end = self._end.getvalue()
        self._left_out += max(0, len(end) - self._kept)
        self._end = io.StringIO()
        self._end.write(end[-self._kept :])


class _OfOneThread(io.TextIOBase):
    """What the thread that made it writes goes into a text; what others write goes where it went before."""

    def __init__(self, text: Bounded, before: TextIO) -> None:
        self._text = text
        self._before = before
        self._thread = threading.get_ident()

    def write(self, text: str) -> int:
        """Write to where the thread at work writes."""
        return (self._text if threading.get_ident() == self._thread else self._before).write(text)


@contextmanager
def captured(also: TextIO | None = None) -> Iterator[Bounded]:
    """Collect what this thread writes to stdout and stderr and what is logged; `also` gets it as it comes."""
    text = Bounded(also)
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
    """The last lines of a log; of a long line its beginning."""
    lines = text[-TAIL * LONGEST_LINE :].splitlines(keepends=True)[-TAIL:]
    return "".join(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}...\n" for line in lines)


def tail_of(log: Path) -> str:
    """The last lines of a log on disk, nothing where there is none."""
    try:
        with os.fdopen(open_regular(log), "rb") as file:
            file.seek(0, io.SEEK_END)
            file.seek(max(0, file.tell() - TAIL * LONGEST_LINE))
            return tail(file.read().decode(errors="replace"))
    except OSError:
        return ""
