"""What a sheet is: a flat table of a board, one number a cell, that says what each of its columns means.

In: the content of board.json. Out: rows of plain values. CSV files, DataFrames and docs/results.md are all made from
the same sheets.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from leaderboard.content.board import BoardContent

Row = Mapping[str, object]
Kind = Literal["text", "number", "count", "yes or no"]


@dataclass(frozen=True)
class Column:
    """A column: its name, what kind of value it holds, what the value means, and its unit where it has one."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """A flat table: what a row of it is, its columns, and the function that makes its rows from a board."""

    about: str
    columns: tuple[Column, ...]
    rows: Callable[[BoardContent], Iterable[Row]]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def values(self, board: BoardContent) -> list[list[object]]:
        """The cells of every row, in the order of the columns; None where a value is missing.

        Args:
            board: The content of board.json.

        Returns:
            One list for each row.

        Raises:
            KeyError: A row lacks one of the columns.
        """
        return [[_cell(row[name]) for name in self.names] for row in self.rows(board)]


def _cell(value: object) -> object:
    """An empty text is a missing one, as it is in a CSV file."""
    return None if value == "" else value


def chosen(columns: Iterable[Column], row: Row) -> dict[str, object]:
    """The part of a board's row that these columns name.

    >>> chosen([Column("tau", "number", "")], {"tau": 1.0, "paper": None})
    {'tau': 1.0}
    """
    return {column.name: row[column.name] for column in columns}


SUITE = Column("suite", "text", "the suite that the networks were trained for")
DATA = Column("data", "text", "the data set")
FAMILY = Column("family", "text", "the model family")
RECIPE = Column("recipe", "text", "the training recipe, empty where the plan has only one")
INPUTS = Column("inputs", "text", "the inputs that activations were read on: evaluation or in-distribution")
SCOPE = Column("scope", "text", "the scope of the activations: tap (whole layers) or another of the plan's")
PLACE = (
    SUITE,
    DATA,
    Column("origin", "text", "where the data come from: published, stand-in or generated"),
    FAMILY,
    Column("kind", "text", "the kind of memorization that the suite provokes: heuristic or example-level"),
    RECIPE,
    INPUTS,
    SCOPE,
)
MEASURE = Column("measure", "text", "the measure, which ranks the networks without labels")
METRIC = Column("metric", "text", "the metric, which says how well the networks generalize")
TAP = Column("tap", "text", "the tap: the layer at which activations were read")
REASON = Column("reason", "text", "why the number is missing, empty where it is there")
