"""What a user sees while cells run: a bar with the time left on a terminal, a line now and then elsewhere."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol, TextIO, cast

from rich.console import Console
from rich.live import Live
from rich.text import Text

from benchmark.process.wrapping import printable, say

SECONDS_BETWEEN_LINES = 10.0
REFRESHES = 2  # a second
LENGTH = 20  # characters of the bar


class Progress(Protocol):
    """What is told of every cell."""

    def over(self, cells: int) -> AbstractContextManager[None]:
        """A context in which this many cells run."""

    def begin(self, key: str) -> None:
        """A cell begins."""

    def end(self, key: str) -> None:
        """A cell has ended, whatever its outcome, here or elsewhere."""

    def leave(self, key: str) -> None:
        """An attempt at it has come to nothing."""

    def say(self, message: str) -> None:
        """Something happened that the user should read."""


class Silent:
    """Shows nothing: for the Python interface."""

    @contextmanager
    def over(self, cells: int) -> Iterator[None]:
        """Nothing."""
        yield

    def begin(self, key: str) -> None:
        """Nothing."""

    def end(self, key: str) -> None:
        """Nothing."""

    def leave(self, key: str) -> None:
        """Nothing."""

    def say(self, message: str) -> None:
        """Nothing."""


class Forgiving:
    """A stream to draw on, which drops what cannot be written: a terminal that has gone ends no run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Send on what was written if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Shown:
    """Shows cells, or other `things`, on a stream: a bar where that is a terminal, else a line every ten seconds."""

    def __init__(self, stream: TextIO | None = None, things: str = "cells") -> None:
        self._stream, self._things = stream or sys.stderr, things
        self._live: Live | None = None
        self._done, self._cells, self._at_work = 0, 0, ""
        self._started = self._last_line = time.monotonic()
        self.draws = self._stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")

    @contextmanager
    def over(self, cells: int) -> Iterator[None]:
        """A bar, or lines, over so many cells."""
        self._done, self._cells, self._started = 0, cells, time.monotonic()
        if not self.draws:
            yield
            return
        console = Console(file=cast(TextIO, Forgiving(self._stream)), force_terminal=True, highlight=False)
        live = Live(
            get_renderable=self._drawn,
            console=console,
            transient=True,
            refresh_per_second=REFRESHES,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        with live:
            self._live = live
            try:
                yield
            finally:
                self._live = None

    def begin(self, key: str) -> None:
        """Name the cell at work."""
        self._at_work = key
        if not self.draws and time.monotonic() - self._last_line > SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            self.say(f"{self._done}/{self._cells} {self._things}, {self._time()}: {key}")

    def end(self, key: str) -> None:
        """Count it."""
        self._done += 1

    def leave(self, key: str) -> None:
        """Nothing: the cell is counted once it has ended."""

    def say(self, message: str) -> None:
        """Print a line, above the bar where there is one."""
        if self._live is not None:
            self._live.console.print(Text(printable(message)), soft_wrap=True)
        else:
            say(message, stream=self._stream)

    def above(self, width: int, height: int) -> list[Text]:
        """What stands above the bar: nothing here. No line may be as long as the width."""
        return []

    def _drawn(self) -> Text:
        """What is drawn now. Nothing that goes wrong here ends a run."""
        try:
            width, height = self._live.console.size if self._live else (80, 24)
            at_work = printable(self._at_work)
            bar = Text(f"{self._done}/{self._cells} {_bar(self._done, self._cells)} {self._time()}  {at_work}")
            bar.truncate(width - 1, overflow="crop")
            return Text("\n").join([*self.above(width, height - 2), bar])
        except Exception as error:
            return Text(f"{self._done}/{self._cells} ({type(error).__name__} while drawing)")

    def _time(self) -> str:
        """The time since the first cell, and about how long it goes on."""
        spent = time.monotonic() - self._started
        if not 0 < self._done < self._cells:
            return _clock(spent)
        return f"{_clock(spent)}, about {_clock(spent / self._done * (self._cells - self._done))} left"


def _bar(done: int, cells: int) -> str:
    """A bar of twenty characters.

    >>> _bar(3, 4)
    '[###############.....]'
    """
    full = LENGTH * done // max(cells, 1)
    return f"[{'#' * full}{'.' * (LENGTH - full)}]"


def _clock(seconds: float) -> str:
    """A time that is read at a glance.

    >>> _clock(8.4), _clock(280)
    ('8 s', '4 min 40 s')
    """
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
