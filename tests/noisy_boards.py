"""A board whose numbers err in every way, and the rows of its sheets."""

from typing import Any

from made_boards import records, resolved, value

from leaderboard.pages.sheets import SHEETS
from leaderboard.rows.assembly import build_board


def noisy(recipes: int = 1, seeds: int = 1) -> dict[str, Any]:
    """A board whose measure moves over halves, and whose metric has a standard error."""
    plan = resolved(recipes, seeds)
    found = records(plan)
    for record in found.values():
        if "measures" in record:
            mi = record["measures"]["mean-mi"]["value"]
            record["measures"]["mean-mi"] = value(mi, sub_samples=[mi - 0.01, mi, mi + 0.01])
            record["metrics"]["accuracy"]["standard_error"] = 0.01
    return build_board(plan, found)


def rows(board: dict[str, Any], sheet: str, **where: Any) -> list[dict[str, Any]]:
    return [row for row in SHEETS[sheet].rows(board) if all(row[key] == found for key, found in where.items())]
