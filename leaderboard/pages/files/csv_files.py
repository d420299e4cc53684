"""A board as CSV files: each sheet of leaderboard/pages/sheets, one number a cell, missing values empty.

In: the content of board.json. Out: texts by file name. Numbers stand in full precision.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from leaderboard.pages.sheets import SHEETS

BEGINS_A_FORMULA = ("=", "+", "-", "@")  # spaces before it do not help
NOT_IN_A_CELL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def csv_files(board: dict[str, Any]) -> Mapping[str, str | None]:
    """One file for each sheet; sensitivity.csv only where the board knows its sensitivity."""
    files: dict[str, str | None] = {
        f"{name}.csv": _csv([sheet.names, *sheet.values(board)]) for name, sheet in SHEETS.items()
    }
    return files if "sensitivity" in board else {**files, "sensitivity.csv": None}


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([written(value) for value in row] for row in rows)
    return text.getvalue()


def written(value: Any) -> str:
    """A value as it stands in a CSV file.

    A text that a spreadsheet would compute has a quotation mark before it, as OWASP advises; a number never does.
    Control characters become spaces.

    >>> [written(value) for value in (-0.5, None, True, "mean-mi", "-0.5", "=cmd()")]
    ['-0.5', '', 'True', 'mean-mi', '-0.5', "'=cmd()"]
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = NOT_IN_A_CELL.sub(" ", value)
    return f"'{text}" if text.lstrip().startswith(BEGINS_A_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
