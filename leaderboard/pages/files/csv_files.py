"""A board as CSV files: each sheet of leaderboard/pages/sheets, one number a cell, missing values empty.

In: the content of board.json. Out: texts by file name. Numbers stand in full precision.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets import SHEETS
from registry.foreign_text import in_csv


def csv_files(board: BoardContent) -> Mapping[str, str | None]:
    """One file for each sheet; sensitivity.csv and measures.csv only where the board has that part."""
    files: dict[str, str | None] = {
        f"{name}.csv": _csv([sheet.names, *sheet.values(board)]) for name, sheet in SHEETS.items()
    }
    return {**files, **{f"{part}.csv": None for part in ("sensitivity", "measures") if part not in board}}


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([written(value) for value in row] for row in rows)
    return text.getvalue()


def written(value: object) -> str:
    """The text of a value in a CSV file; a missing one is empty.

    A text that a spreadsheet would compute has a quotation mark before it; a number never does.

    >>> [written(value) for value in (-0.5, None, True, "mean-mi", "-0.5", "=cmd()")]
    ['-0.5', '', 'True', 'mean-mi', '-0.5', "'=cmd()"]
    """
    if value is None:
        return ""
    return in_csv(value) if isinstance(value, str) else str(value)
