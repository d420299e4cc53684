"""The strips: every measure on every suite, the placebos beside, both kinds told apart by shape and words."""

from typing import Any

import made_figures
import pytest

from leaderboard.pages.figures.drawing import Drawing, Undrawn
from leaderboard.pages.figures.strips import TITLE, _stacked, strips
from leaderboard.pages.figures.style import drawn, styled


def figure(board: dict[str, object]) -> Drawing:
    made = strips(board)
    assert isinstance(made, Drawing)
    return made


def both() -> dict[str, Any]:
    return made_figures.board(made_figures.suite("shuffled", "example-level"), made_figures.suite("colored"))


def test_kinds_differ_by_shape_and_by_word() -> None:
    with styled():
        whole = drawn(figure(both()))
    axes = whole.axes[0]
    words = [text.get_text() for text in whole.texts]
    assert {"shortcuts", "wrong labels", "1  colored", "2  shuffled"} <= set(words)
    points = [line for line in axes.lines if line.get_marker() in ("o", "s") and -1 <= line.get_xdata()[0] <= 1]
    assert {line.get_marker() for line in points} == {"o", "s"}


def test_measures_come_first_and_placebos_beside() -> None:
    made = figure(both())
    assert [row[:3] for row in made.rows][::2] == [
        ("mean-entropy", "measures", "shuffled"),
        ("mean-mi", "measures", "shuffled"),
        ("steps", "placebos", "shuffled"),
    ]
    assert "mean-entropy has 2 of its 2 taus above 0" in made.caption
    assert "Of the placebos, steps has 2 of its 2 taus above 0." in made.caption


@pytest.mark.parametrize(
    ("entropy", "mi", "steps", "title"),
    [
        (0.6, 0.7, 0.1, "Both measures stand right of every placebo"),
        (0.1, 0.7, 0.2, "mean-mi stands right of every placebo"),
        (0.1, 0.2, 0.2, "steps stands as far right as the measures"),
        (0.1, 0.23, 0.2, TITLE),
        (0.1, 0.2, None, TITLE),
        (None, 0.2, 0.3, "steps stands as far right as mean-mi"),
    ],
)
def test_the_title_says_what_the_means_show(
    entropy: float | None, mi: float | None, steps: float | None, title: str
) -> None:
    board = made_figures.board(made_figures.suite("shuffled", "example-level"), made_figures.suite("colored"))
    taus = {"mean-entropy": entropy, "mean-mi": mi, "steps": steps}
    for row in board["agreement"]:
        tau = taus[row["measure"]]
        row["tau"] = None if tau is None else tau + (0.1 if row["suite"] == "colored" else -0.1)
    made = figure(board)
    assert made.title == title
    with styled():
        bars = [line for line in drawn(made).axes[0].lines if line.get_linewidth() == 1.8]
    assert [bar.get_xdata()[0] for bar in bars] == pytest.approx([tau for tau in taus.values() if tau is not None])


def test_of_several_placebos_the_title_names_none() -> None:
    board = both()
    others = [{**row, "measure": "random"} for row in board["agreement"] if row["placebo"]]
    assert figure({**board, "agreement": [*board["agreement"], *others]}).title.startswith("Placebos stand as far")


def test_several_recipes_are_a_mean_and_an_undefined_one_is_said() -> None:
    board = made_figures.board(made_figures.suite(recipes=("fast", "slow")))
    rows = board["agreement"]
    for row, tau in zip(rows, (0.2, 0.4, 0.6, 0.6, None, -0.6), strict=True):
        row["tau"] = tau
    made = figure(board)
    assert [(row[0], row[-1]) for row in made.rows] == [("mean-entropy", 0.4), ("mean-mi", None), ("steps", 0.0)]
    assert "Taus that are undefined and not drawn: 1." in made.caption


def test_points_that_would_cover_each_other_stand_apart() -> None:
    placed = _stacked([(0.5, 1, "heuristic"), (0.52, 2, "heuristic"), (0.9, 3, "heuristic")])
    assert placed[0][1] < 0 < placed[1][1]
    assert placed[2][1] == 0
    many = [height for _, height, _, _ in _stacked([(0.0, number, "heuristic") for number in range(40)])]
    assert max(map(abs, many)) <= 0.5


def test_nothing_to_compare_is_said() -> None:
    assert isinstance(strips({}), Undrawn)
    one = strips(made_figures.board(made_figures.suite(conditions=(0.5,))))
    assert isinstance(one, Undrawn)
    assert one.reason == "the agreement of every measure is undefined"
