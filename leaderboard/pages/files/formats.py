"""How a board is written: one function for each format, from board.json's content to files by name.

In: the content of board.json. Out: texts. The terminal shows what Markdown has, without its marks.
"""

import json
from collections.abc import Callable, Mapping

from leaderboard.content.board import BoardContent
from leaderboard.pages.files.csv_files import csv_files
from leaderboard.pages.files.latex import latex
from leaderboard.pages.files.markdown import markdown, tabulated
from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.table import Table
from leaderboard.pages.web.page import html
from registry.foreign_text import printable

Files = Mapping[str, str | None]  # by name; None is a file that this board does not have


def terminal(board: BoardContent) -> str:
    """The board as plain text. It has no control characters, so that it can be printed in any terminal."""
    parts = [f"{printable(table.title)}\n{tabulated(_in_terminal(table), 'simple')}" for table in all_tables(board)]
    notes = "\n".join(map(printable, footnotes(board)))
    return "\n\n".join([f"Board of plan {printable(board['plan'])}", *parts, notes]) + "\n"


def _in_terminal(table: Table) -> Table:
    head = ["\n".join(map(printable, head.split("\n"))) for head in table.head]
    return Table(table.title, head, [[printable(str(cell)) for cell in row] for row in table.rows])


def json_text(board: BoardContent) -> Files:
    """board.json: everything, unrounded."""
    return {"board.json": json.dumps(board, indent=1, allow_nan=False) + "\n"}


FORMATS: dict[str, Callable[[BoardContent], Files]] = {
    "md": markdown,
    "csv": csv_files,
    "tex": latex,
    "json": json_text,
    "html": html,
}
