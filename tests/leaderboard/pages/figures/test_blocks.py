"""From block to block: the lines, and at how many taps they go the paper's way."""

from dataclasses import replace

import made_figures
import pytest

from leaderboard.pages.figures.blocks import blocks
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn, places
from leaderboard.pages.figures.style import drawn, styled


def place(**changes: object) -> Place:
    return places(made_figures.board(made_figures.suite(**changes)))[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"figures": "5"},
            "entropy is lower at 2 of 2 taps and the mean MI is higher at 2 of 2 taps; as the paper's Figure 5 has",
        ),
        (
            {"slope": -1.0},
            "entropy is lower at 0 of 2 taps and the mean MI is higher at 0 of 2 taps; the paper's hypothesis",
        ),
        (
            {"kind": "example-level"},
            "entropy is higher at 2 of 2 taps and the mean MI is lower at 2 of 2 taps; as the paper's",
        ),
        ({"slope": 0.0}, "is lower at 0 of 2 taps"),
        ({"conditions": (0.5,)}, "There is one condition"),
    ],
)
def test_the_caption_counts_taps(changes: dict[str, object], words: str) -> None:
    made = blocks(place(**changes))
    assert isinstance(made, Drawing)
    assert words in made.caption


def test_a_line_for_each_condition_over_the_taps() -> None:
    made = blocks(place(taps=("a", "b", "c")))
    assert isinstance(made, Drawing)
    assert len(made.rows) == 18
    with styled():
        whole = drawn(made)
    assert [axes.get_ylabel() for axes in whole.axes] == ["mean entropy (nats)", "mean MI (nats)"]
    assert [len(axes.lines) for axes in whole.axes] == [3, 3]


def test_one_tap_and_no_value_are_said() -> None:
    one = blocks(place(taps=("only",)))
    assert isinstance(one, Undrawn)
    assert "one tap is read" in one.reason
    given = place()
    unknown = {"mean": None, "per_tap": {"hidden1": None, "hidden2": None}}
    models = [{**row, "measures": {"mean-entropy": unknown}} for row in given.models]
    nothing = blocks(replace(given, models=models))
    assert isinstance(nothing, Undrawn)
