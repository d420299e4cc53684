"""What stands below the headline tables, in chapters with a short name each.

In: the content of board.json. Out: `Table`s by chapter. Markdown shows all, LaTeX has a file for each.
"""

from collections.abc import Callable

from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.claimed import claim_tables
from leaderboard.pages.tables.measures import measure_tables
from leaderboard.pages.tables.provenance import provenance_tables
from leaderboard.pages.tables.sureness import (
    end_tables,
    metric_tables,
    pooled_tables,
    sensitivity_tables,
    sureness_tables,
    tap_tables,
    tie_tables,
)
from leaderboard.pages.tables.table import Table, headline_tables, missing_tables, model_tables, tap_model_tables

CHAPTERS: dict[str, Callable[[BoardContent], list[Table]]] = {
    "measures": measure_tables,
    "claims": claim_tables,
    "pooled": pooled_tables,
    "sure": sureness_tables,
    "metrics": metric_tables,
    "taps": tap_tables,
    "ends": end_tables,
    "picks": tie_tables,
    "sensitivity": sensitivity_tables,
    "models": model_tables,
    "models_at_taps": tap_model_tables,
    "missing": missing_tables,
    "provenance": provenance_tables,
}


def all_tables(board: BoardContent) -> list[Table]:
    """The headline tables, and every chapter below them."""
    return [*headline_tables(board), *(table for tables in CHAPTERS.values() for table in tables(board))]
