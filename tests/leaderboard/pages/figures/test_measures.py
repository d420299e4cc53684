"""The figure of measures: the taus of the board as points, a panel for each kind."""

from made_panels import panel_board

from leaderboard.pages.figures.drawing import Drawing, Undrawn
from leaderboard.pages.figures.measures import measures
from leaderboard.pages.figures.style import drawn, styled


def test_it_draws_the_mean_taus_that_the_board_has() -> None:
    figure = measures(panel_board())
    assert isinstance(figure, Drawing)
    points = {(row[0], row[2]): row[5:] for row in figure.rows}
    assert points["mean-mi", "heuristic"] == (1.0, -1.0)
    assert points["right", "example-level"] == (1.0, 1.0)
    with styled():
        whole = drawn(figure)
    assert [axes.get_title() for axes in whole.axes] == ["shortcuts", "wrong labels"]
    at = {(round(float(x), 3), round(float(y), 3)) for line in whole.axes[0].lines for x, y in line.get_xydata()}
    assert {(1.0, -1.0), (1.0, 1.0)} <= at


def test_a_board_without_such_rows_says_why_there_is_no_figure() -> None:
    figure = measures(panel_board(chosen=False))
    assert isinstance(figure, Undrawn)
    assert "does not choose" in figure.reason
