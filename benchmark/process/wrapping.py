"""Lines for people: as wide as the terminal, whole in a pipe, without characters that do something.

In: lines of text. Out: lines that fit.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

from registry.errors import UserError
from registry.foreign_text import printable

__all__ = ["complain", "cut", "line_width", "printable", "say", "wrapped"]

NARROWEST = 40  # below it nothing can be read


def line_width() -> int | None:
    """How many characters a line may have: one less than COLUMNS says, or the terminal has. None in a pipe."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said) > 0:
        return max(NARROWEST, int(said) - 1)
    stream = sys.stdout
    if stream is None or stream.closed or not stream.isatty():
        return None
    return max(NARROWEST, shutil.get_terminal_size().columns - 1)


def say(*lines: object, stream: TextIO | None = None) -> None:
    """Print each as one line that does nothing in a terminal, whatever names and causes stand in it."""
    print("\n".join(printable(str(line)) for line in lines), file=stream or sys.stdout, flush=True)


def complain(error: UserError) -> None:
    """Say on stderr what the user can mend."""
    first, *more = error.lines
    say(f"memorank: {first}", *more, stream=sys.stderr)


def wrapped(lines: Iterable[str], width: int | None, hang: int = 2) -> list[str]:
    """The lines, each that is too long as several: the later ones stand `hang` further in than the first.

    Words are never cut. Without a width the lines stay as they are.

    >>> wrapped(["  reads  a b c d"], 12, hang=7)
    ['  reads  a b', '         c d']
    """
    result = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + hang)
        if width is None or len(line) <= width:
            result.append(line)
        else:
            result += textwrap.wrap(
                line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )
    return result


def cut(line: str, width: int | None) -> str:
    """The line, with ` ...` for its last words where it is too long. Without a width it stays as it is.

    >>> cut("Colored MNIST: digits", 20)
    'Colored MNIST: ...'
    """
    if width is None or len(line) <= width:
        return line
    whole_words = line[: width - 3].rpartition(" ")[0].rstrip()
    return f"{whole_words} ..." if len(whole_words) > width // 2 else f"{line[: width - 3]}..."
