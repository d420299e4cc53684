"""How a board is written: one function for each format, from board.json's content to files by name.

In: the content of board.json. Out: texts. The terminal shows what Markdown has, without its marks.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from leaderboard.pages.files.csv_files import csv_files
from leaderboard.pages.files.latex import latex
from leaderboard.pages.files.markdown import markdown, tabulated
from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.web.page import html
from registry import UserError, did_you_mean

Board = dict[str, Any]
Files = Mapping[str, str | None]  # by name; None is a file that this board does not have


def terminal(board: Board) -> str:
    """The board as plain text."""
    parts = [f"{table.title}\n{tabulated(table, 'simple')}" for table in all_tables(board)]
    return "\n\n".join([f"Board of plan {board['plan']}", *parts, "\n".join(footnotes(board))]) + "\n"


def json_text(board: Board) -> Files:
    """board.json: everything, unrounded."""
    return {"board.json": json.dumps(board, indent=1, allow_nan=False) + "\n"}


FORMATS: dict[str, Callable[[Board], Files]] = {
    "md": markdown,
    "csv": csv_files,
    "tex": latex,
    "json": json_text,
    "html": html,
}


def chosen_formats(text: str | None) -> list[str]:
    """The formats of a comma-separated list, all where there is none. Raises UserError with the nearest name."""
    names = text.split(",") if text else list(FORMATS)
    for name in names:
        if name not in FORMATS:
            raise UserError(f"unknown format {name!r}{did_you_mean(name, FORMATS)}")
    return names
