"""Where a text is shown: how wide it may be, with colour or not, and which characters are understood.

In: a stream and the environment. Out: a `Medium`, and foreign text that can do no harm there.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len, set_cell_size

from registry.foreign_text import marked

NARROWEST = 2  # columns: the last one of a line stays free
WIDTH_OF_A_PIPE = 100  # columns of the screen where no terminal and no COLUMNS says otherwise
_IN_ASCII = str.maketrans({"±": "+-", "…": "...", "–": "-", "—": "-", "’": "'"})


@dataclass(frozen=True)
class Medium:
    """Where a text is shown: its `width` in columns, colour, and whether it knows only ASCII.

    `folds` says whether wide tables are folded; in a pipe, which has no width, they are not.
    """

    width: int = WIDTH_OF_A_PIPE
    colour: bool = False
    ascii_only: bool = False
    folds: bool = False

    def safe(self, text: str) -> str:
        r"""A foreign text as it may stand in a line.

        >>> Medium(ascii_only=True).safe("0.5 ±0.1 \x1b[31mé\u202e")
        '0.5 +-0.1 ?[31m??'
        >>> Medium().safe("0.5 ±0.1 \x1b[31mé\u202e")
        '0.5 ±0.1 ?[31mé?'
        """
        shown = marked(text)
        return shown.translate(_IN_ASCII).encode("ascii", "replace").decode() if self.ascii_only else shown

    def shortened(self, text: str, width: int) -> str:
        """A text of at most so many columns, with an ellipsis where it is cut.

        >>> Medium().shortened("bias-in-bios", 6), Medium(ascii_only=True).shortened("bias-in-bios", 6)
        ('bias-…', 'bia...')
        """
        if cell_len(text) <= width:
            return text
        mark = "..." if self.ascii_only else "…"
        return set_cell_size(text, max(width - len(mark), 0)).rstrip() + mark[: max(width, 0)]


def medium_of(stream: TextIO, environment: Mapping[str, str]) -> Medium:
    """The medium of a stream.

    Args:
        stream: A terminal, or anything else, such as a pipe or a file.
        environment: COLUMNS says the width, whatever the stream is. NO_COLOR and TERM=dumb switch colour off, and a C
            locale allows ASCII only.
    """
    terminal = stream.isatty()
    columns = environment.get("COLUMNS", "")
    asked = int(columns) if columns.isascii() and columns.isdecimal() and int(columns) > 0 else None
    measured = _columns_of(stream) if terminal else WIDTH_OF_A_PIPE
    return Medium(
        width=max(asked or measured, NARROWEST),
        colour=terminal and not environment.get("NO_COLOR") and environment.get("TERM") not in ("dumb", "", None),
        ascii_only=_knows_only_ascii(stream.encoding or "", environment),
        folds=terminal or asked is not None,
    )


def _columns_of(stream: TextIO) -> int:
    """How wide a terminal is; 80 where it does not say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _knows_only_ascii(encoding: str, environment: Mapping[str, str]) -> bool:
    """Whether the encoding or the locale is that of plain ASCII.

    Python itself puts LC_CTYPE=C.UTF-8 in place of a C locale; what the user has said stands in LANG then.
    """
    if encoding.lower().replace("_", "-") in ("ascii", "us-ascii", "ansi-x3.4-1968", "646"):
        return True
    kind = environment.get("LC_CTYPE", "")
    said = environment.get("LC_ALL") or ("" if kind == "C.UTF-8" else kind) or environment.get("LANG", "")
    return said in ("C", "POSIX")
