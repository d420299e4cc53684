"""The folded parts of the page: how sure, tap by tap, least against most, sensitivity, warnings, what is missing.

In: the content of board.json. Out: `Fold`s with the tables that other formats have too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.measures import measure_tables
from leaderboard.pages.tables.sureness import (
    end_tables,
    metric_tables,
    pooled_tables,
    sensitivity_tables,
    sureness_tables,
    tap_tables,
)
from leaderboard.pages.tables.table import Table, by, missing_tables, tap_model_tables, texts
from leaderboard.pages.web.cells import FILTERS, Ids, Sheet, filters_of, name_of_id, sheet_of

Placed = Literal["pooled", "agreement", "taps", "models", "ends", "measures"]  # parts whose rows have a place


@dataclass(frozen=True)
class Fold:
    """A part that is folded: its title, a sentence on what it answers, its tables and the name of its picture."""

    id: str
    title: str
    about: str
    sheets: Sequence[Sheet]
    picture: str = ""


def folds(board: BoardContent, unique: Ids) -> list[Fold]:
    """What stands folded: how sure, taps, ends, sensitivity, warnings, missing."""
    warnings = Table("Warnings", ("key", "warning"), [(row["key"], row["warning"]) for row in board["warnings"]])
    parts = [
        (
            "sure",
            "How sure is each tau?",
            "Noise, chance and the choice within a condition, for each suite.",
            [
                *_placed(board, "pooled", pooled_tables, unique),
                *_placed(board, "agreement", sureness_tables, unique, "suite", "data", "family"),
                *_sheets(board, metric_tables(board), unique),
            ],
        ),
        (
            "taps",
            "Tap by tap",
            "A tap is a place inside the network where its neurons are read.",
            [
                *_placed(board, "taps", tap_tables, unique),
                *_placed(board, "models", tap_model_tables, unique, "suite", "data", "family"),
            ],
        ),
        (
            "ends",
            "Least against most memorization",
            "The first condition of each suite against its last.",
            _placed(board, "ends", end_tables, unique),
        ),
        (
            "sensitivity",
            "Sensitivity",
            "How far tau and the picks hang on the way of measuring.",
            _sheets(board, sensitivity_tables(board), unique),
        ),
        (
            "warnings",
            f"Warnings ({len(board['warnings'])})",
            "What was noticed while the networks were scored.",
            _sheets(board, [warnings] if board["warnings"] else [], unique),
        ),
        (
            "missing",
            f"Missing ({len(board['missing'])})",
            "What was planned and could not be used.",
            _sheets(board, missing_tables(board), unique),
        ),
    ]
    return [
        *([_measures(board, unique)] if "measures" in board else []),
        *(Fold(unique(id), title, about, sheets) for id, title, about, sheets in parts),
    ]


def _measures(board: BoardContent, unique: Ids) -> Fold:
    """The board of measures, which a board has whose plan chooses them."""
    return Fold(
        unique("measures"),
        "Which measure orders networks?",
        "Across the conditions, among the recipes of one, and over all networks, by each measure.",
        _placed(board, "measures", measure_tables, unique),
        picture="measures",
    )


def _placed(
    board: BoardContent, key: Placed, tables: Callable[[BoardContent], list[Table]], unique: Ids, *more: str
) -> list[Sheet]:
    """The tables of each kind of inputs and scope (and suite), so that filters can find them."""
    sheets = []
    every = cast(Sequence[Mapping[str, object]], board[key])
    for place, rows in by(every, "inputs", "scope", *more).items():
        keys = dict(zip(("inputs", "scope", *more), place, strict=True))
        keys = {name: keys[name] for name in FILTERS if name in keys}
        if more and "kind" in rows[0]:
            (keys["kind"],) = texts(rows[0], "kind")
        part = cast(BoardContent, {**cast(dict[str, object], board), key: rows})
        sheets += _sheets(board, tables(part), unique, keys)
    return sheets


def _sheets(
    board: BoardContent, tables: Sequence[Table], unique: Ids, keys: Mapping[str, str] | None = None
) -> list[Sheet]:
    about = filters_of(board)
    return [sheet_of(table, unique(name_of_id("table", table.title)), keys or {}, about) for table in tables]
