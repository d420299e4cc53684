"""Sheets about a board: its suites, what is missing from it, what scoring warned of, and what it was made by.

In: the content of board.json. Out: rows of plain values.
"""

from collections.abc import Iterator

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets.shapes import DATA, FAMILY, SUITE, Column, Row, Sheet, chosen
from leaderboard.pages.tables.provenance import provenance

KEY = Column("key", "text", "the cell's key, which is the name of its folder in cells/")

_SUITE = (
    SUITE,
    DATA,
    Column("origin", "text", "where the data come from: published, stand-in or generated"),
    Column("licence", "text", "the licence of the data"),
    FAMILY,
    Column("kind", "text", "the kind of memorization that the suite provokes: heuristic or example-level"),
    Column("knob", "text", "what the suite turns from condition to condition"),
    Column("figures", "text", "which figures of the paper it stands for"),
    Column("networks", "count", "how many networks the plan trains for it"),
)
SUITES = Sheet(
    "One row for each suite of the plan.", _SUITE, lambda board: (chosen(_SUITE, row) for row in board["suites"])
)

_MISSING = (KEY, Column("reason", "text", "why the cell is missing: not trained, not scored or diverged"))
MISSING = Sheet(
    "One row for each cell of the plan that the board had to do without.",
    _MISSING,
    lambda board: (chosen(_MISSING, row) for row in board["missing"]),
)

_WARNING = (KEY, Column("warning", "text", "what scoring the cell warned of"))
WARNINGS = Sheet(
    "One row for each warning.", _WARNING, lambda board: (chosen(_WARNING, row) for row in board["warnings"])
)


def _provenance(board: BoardContent) -> Iterator[Row]:
    for item, name, value in provenance(board):
        yield {"item": item, "name": name, "value": value}


PROVENANCE = Sheet(
    "One row for each thing that made the board. The plan's YAML stands in board.json and board.md.",
    (
        Column(
            "item",
            "text",
            "board, plan, estimator, version, commit, device, threads, seed, origin, fingerprint, ...",
        ),
        Column("name", "text", "which one: a package, a setting, a data set, ..."),
        Column("value", "text", "its version, value, digest, fingerprint, ..."),
    ),
    _provenance,
)
