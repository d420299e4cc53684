"""A sheet of a board as a DataFrame, each column of the dtype of its kind.

In: the content of board.json. Out: DataFrames. pandas is imported when one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets import SHEETS

if TYPE_CHECKING:
    from pandas import DataFrame

DTYPES = {"text": "string", "number": "float64", "count": "Int64", "yes or no": "boolean"}


def frame(board: BoardContent, name: str, shown: Callable[[str], str] | None = None) -> DataFrame:
    """A sheet of a board.

    Args:
        board: The content of board.json.
        name: One of the names of `SHEETS`.
        shown: What to make of each text; by default it stays as it is.

    Returns:
        A new DataFrame; text columns are of dtype string, numbers float64, counts Int64, yes-or-no boolean.
    """
    from pandas import DataFrame, Series

    sheet = SHEETS[name]
    rows = sheet.values(board)
    if shown is not None:
        rows = [[shown(value) if isinstance(value, str) else value for value in row] for row in rows]
    return DataFrame(
        {
            column.name: Series([row[place] for row in rows], dtype=DTYPES[column.kind])
            for place, column in enumerate(sheet.columns)
        }
    )
