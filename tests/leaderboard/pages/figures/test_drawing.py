"""What a board says of one suite, gathered in one place."""

import made_figures

from leaderboard.pages.figures.drawing import places


def test_each_suite_recipe_and_inputs_is_a_place_with_its_own_rows() -> None:
    board = made_figures.board(
        made_figures.suite("colored", recipes=("fast", "slow"), inputs=("evaluation", "in-distribution"), circles=True),
        made_figures.suite("shuffled", "example-level"),
    )
    every = places(board)
    assert [(one.suite, one.columns["recipe"], one.columns["inputs"]) for one in every] == [
        ("colored", "fast", "evaluation"),
        ("colored", "fast", "in-distribution"),
        ("colored", "slow", "evaluation"),
        ("colored", "slow", "in-distribution"),
        ("shuffled", "", "evaluation"),
    ]
    first = every[0]
    assert (len(first.models), len(first.taps), len(first.ends), len(first.agreement), len(first.circles)) == (
        3,
        6,
        2,
        3,
        3,
    )
    assert first.about["figures"] == "2 and 3"
    assert first.tap_names == ["hidden1", "hidden2"]
    assert every[-1].circles == []
