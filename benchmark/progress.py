"""What a user sees while cells run: a bar with the time left on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Told of every cell."""

    def over(self, cells: int) -> Any:
        """A context in which so many cells run."""

    def begin(self, key: str) -> None:
        """A cell begins."""

    def end(self, key: str) -> None:
        """It has ended, however, here or elsewhere."""

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


class Shown:
    """Shows cells on a stream: a bar where it is a terminal, else a line every ten seconds."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._bar: tqdm[Any] | None = None
        self._last_line = time.monotonic()

    @contextmanager
    def over(self, cells: int) -> Iterator[None]:
        """A bar, or lines, over so many cells."""
        terminal = self._stream.isatty()
        shape = "{n_fmt}/{total_fmt} {bar:20} {elapsed}, {remaining} left  {desc}"
        with tqdm(
            total=cells, file=self._stream, disable=not terminal, bar_format=shape, dynamic_ncols=True, leave=False
        ) as bar:
            self._bar = bar
            self._done, self._cells, self._started = 0, cells, time.monotonic()
            yield
        self._bar = None

    def begin(self, key: str) -> None:
        """Name the cell at work."""
        if self._bar is not None:
            self._bar.set_description_str(key)
        if self._bar is not None and self._bar.disable and time.monotonic() - self._last_line > SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            spent = time.monotonic() - self._started
            left = f", about {spent / self._done * (self._cells - self._done):.0f} s left" if self._done else ""
            self.say(f"{self._done}/{self._cells} cells, {spent:.0f} s{left}: {key}")

    def end(self, key: str) -> None:
        """Count it."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()

    def leave(self, key: str) -> None:
        """It counts once it has ended."""

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        if self._bar is not None and not self._bar.disable:
            self._bar.write(message, file=self._stream)
        else:
            print(message, file=self._stream, flush=True)
