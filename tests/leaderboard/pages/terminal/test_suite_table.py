"""The table of the screen: which measures a width has room for, what a cell holds, and no line too long."""

from typing import Any

import pytest
from made_screens import BOTH, QUICK, made_board
from rich.cells import cell_len

from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.suite_table import any_is_partial, chosen_groups, table_lines, tau

ROW = {"tau": 0.5, "left_out": 0, "paper": None, "as_in_paper": True, "inputs": "evaluation"}


def groups(width: int, **more: Any) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.measure, one.inputs, one.full) for one in chosen_groups(made_board(**more), Medium(width))]


def lines(width: int, board: dict[str, Any], **more: Any) -> list[str]:
    return [str(line) for line in table_lines(board, Medium(width), **more)]


def test_on_a_usual_screen_the_hypotheses_and_the_strongest_placebo_stand_on_the_first_inputs() -> None:
    first = ("evaluation",)
    assert groups(80) == [("mean-entropy", first, True), ("mean-mi", first, True), ("weight-norm", first, False)]


def test_from_a_hundred_columns_on_both_kinds_of_inputs_stand_beside_each_other() -> None:
    assert {inputs for _, inputs, _ in groups(99)} == {("evaluation",)}
    assert {inputs for _, inputs, _ in groups(120)} == {BOTH}


def test_the_wider_the_screen_the_more_measures_and_never_none() -> None:
    counts = [len(groups(width)) for width in (10, 40, 60, 80, 100, 140, 200, 400)]
    assert counts[0] == 1
    assert counts == sorted(counts)
    assert counts[-1] == 6


@pytest.mark.parametrize("width", [33, 60, 80, 100, 137, 200])
@pytest.mark.parametrize("recipes", [("",), ("a", "b")])
def test_no_line_is_longer_than_the_screen(width: int, recipes: tuple[str, ...]) -> None:
    long = [("名前" * 20, "heuristic", "accuracy", 12, (-0.4, None), (1.0, None)), *QUICK]
    assert max(map(cell_len, lines(width, made_board(long, recipes=recipes)))) < width


@pytest.mark.parametrize(
    ("recipes", "full", "said"),
    [
        ([ROW], False, "+0.50"),
        ([{**ROW, "tau": -1.0}], False, "-1.00"),
        ([{**ROW, "tau": None}], False, "    -"),
        ([{**ROW, "tau": None, "paper": 0.8}], True, "    - [+0.80]"),
        ([{**ROW, "left_out": 1}], True, "+0.50~"),
        ([{**ROW, "paper": 0.8}], True, "+0.50 [+0.80]"),
        ([{**ROW, "paper": 0.8, "as_in_paper": False}], True, "+0.50 (+0.80)"),
        ([{**ROW, "paper": 0.8, "left_out": 1}], True, "+0.50~[+0.80]"),
        ([ROW, {**ROW, "tau": 1.0}], True, "+0.75 +0.50 to +1.00"),
        ([ROW, {**ROW, "tau": 1.0}], False, "+0.75"),
        ([ROW, {**ROW, "tau": None}], True, "+0.50~+0.50 to +0.50"),
    ],
)
def test_a_cell_holds_tau_its_mark_and_the_papers_value(recipes: list[dict[str, Any]], full: bool, said: str) -> None:
    assert tau(recipes, full) == said


def test_a_mark_is_known_to_stand_on_the_screen() -> None:
    board = made_board(QUICK[:2])
    assert not any_is_partial(board, chosen_groups(board, Medium(80)))
    board["agreement"][0]["left_out"] = 1
    assert any_is_partial(board, chosen_groups(board, Medium(80)))


def test_suites_that_can_show_nothing_have_a_question_mark_and_the_pooled_row_stands_below() -> None:
    shown = lines(80, made_board())
    (few,) = [line for line in shown if "shuffled-imdb" in line or "shuffled-i" in line]
    assert " 3? " in few
    assert shown[-1].startswith("pooled over 10 suites")
    assert "+0.37 p .020*" in shown[-1]  # at most .05, after Holm
    assert "+0.17 p .151 " in shown[-1] + " "
    assert not any("pooled" in line for line in lines(80, made_board(), pooled=False))
