"""What `run` and `report` print at their end: the screen, and below it the tables that were asked for.

In: the content of board.json, what stands around it, words of `--show`, and the stream. Out: text for that stream.
"""

import shlex
from collections.abc import Mapping, Sequence
from typing import TextIO

from leaderboard.content.board import BoardContent
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.terminal.medium import medium_of
from leaderboard.pages.terminal.screen import Around, screen
from leaderboard.pages.terminal.selection import selection

# The file of each format that a person reads first, the best to read first.
TO_READ = {
    "html": "board.html",
    "md": "board.md",
    "card": "model-card.md",
    "tex": "board.tex",
    "csv": "agreement.csv",
    "parquet": "agreement.parquet",
    "json": "board.json",
    "bib": "board.bib",
}


def file_to_read(formats: Sequence[str] = tuple(FORMATS)) -> str:
    """The file of a board that a person reads first, of those that are written in some formats.

    >>> file_to_read(["json", "md"])
    'board.md'
    """
    return next(file for name, file in TO_READ.items() if name in formats)


def report_command(folders: Sequence[str], plan: str | None) -> str:
    """The command that shows more of a board, as a shell wants it.

    >>> report_command(["runs/my net"], None)
    "memorank report 'runs/my net'"
    """
    return shlex.join(["memorank", "report", *folders, *(["--plan", plan] if plan else [])])


def ending(
    board: BoardContent, around: Around, words: Sequence[str], stream: TextIO, environment: Mapping[str, str]
) -> str:
    """The text that `run` and `report` print at their end.

    Args:
        board: The content of board.json.
        around: What the caller knows of the run and the board's place.
        words: Words of `--show`, for the tables below the screen.
        stream: Where the text is printed: it says how wide lines may be, and whether there is colour.
        environment: Variables such as COLUMNS and NO_COLOR.
    """
    medium = medium_of(stream, environment)
    below = "\n" + selection(board, words, medium) if words else ""
    return screen(board, medium, around) + below
