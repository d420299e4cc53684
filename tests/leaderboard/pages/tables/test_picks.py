"""What to pick: only by a measure that is shown to be right, here too, and that chooses at all; else words say why."""

from typing import Any

import pytest

from leaderboard.pages.tables.picks import picked, why_none

SPLIT = [["a"], ["b", "c"]]


def tie(groups: list[list[str]], here: float | None = 0.5, trusted: bool = True) -> dict[str, Any]:
    return {"measure": "mean-mi", "here": here, "trusted": trusted, "groups": groups}


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (SPLIT, ["a"]),
        ([["a", "b", "c"], ["d"], ["e"]], ["a", "b", "c"]),
        ([["a", "b", "c", "d"], ["e"]], []),
        ([["a", "b"]], []),
        ([["a"], ["b"]], ["a"]),
        ([["a"]], ["a"]),
        ([], []),
    ],
)
def test_several_tied_are_no_pick_unless_two_are_behind_them(groups: list[list[str]], names: list[str]) -> None:
    assert picked(tie(groups)) == names
    assert picked(tie(groups, trusted=False)) == []


@pytest.mark.parametrize(
    ("orders", "row", "said"),
    [
        ("reversed", tie(SPLIT, trusted=False), "none: mean-mi points the other way"),
        ("not shown", tie(SPLIT, trusted=False), "none: mean-mi is not shown to order the conditions"),
        ("cannot", tie(SPLIT, trusted=False), "none: this plan cannot show that mean-mi orders the conditions"),
        ("undefined", tie(SPLIT, None, trusted=False), "none: mean-mi has no tau in any suite"),
        ("yes", tie(SPLIT, -0.4, trusted=False), "none: its tau in this suite is -0.40"),
        ("yes", tie(SPLIT, 0.0, trusted=False), "none: its tau in this suite is 0.00"),
        ("yes", tie(SPLIT, None, trusted=False), "none: it has no tau in this suite"),
        ("yes", tie([["a", "b", "c", "d"], ["e"]]), "no choice: 4 of 5 cannot be told apart"),
        ("yes", tie([]), "-"),
    ],
)
def test_where_nothing_is_to_be_picked_it_is_said_why(orders: str, row: dict[str, Any], said: str) -> None:
    assert picked(row) == []
    assert why_none(row, {"orders": orders, "by": "this plan"}) == said
