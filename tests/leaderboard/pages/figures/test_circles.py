"""The neurons on the plane: the right way up, few enough to be seen, and compared in the caption."""

from dataclasses import replace

import made_figures
import numpy as np
import pytest

from leaderboard.pages.figures.circles import _alike, _maps, _mosaic, circles
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn, places
from leaderboard.pages.figures.style import drawn, styled


def place(**changes: object) -> Place:
    return places(made_figures.board(made_figures.suite(**{"circles": True, "figures": "1", **changes})))[0]


def test_the_caption_says_whether_the_neurons_become_alike() -> None:
    made = circles(place())
    assert isinstance(made, Drawing)
    assert "two neurons rises from" in made.caption
    assert made.caption.endswith("(alpha 1), as in the paper's Figure 1.")
    other = circles(place(kind="example-level"))
    assert isinstance(other, Drawing)
    assert other.caption.endswith("which is not what the paper's Figure 1 shows.")


def test_neurons_that_are_one_and_the_same_are_fully_alike() -> None:
    one = np.arange(4, dtype=np.uint8).reshape(2, 2)
    assert _alike(np.stack([one, one, 3 - one])) == pytest.approx(1.0)
    assert _alike(np.stack([one, np.zeros((2, 2), dtype=np.uint8)])) is None


def test_low_y_is_at_the_bottom() -> None:
    neuron = np.zeros((4, 4), dtype=np.uint8)
    neuron[0] = 255
    mosaic = _mosaic(neuron[None])
    assert mosaic[3, :4].tolist() == [255.0] * 4
    assert mosaic[0, :4].tolist() == [0.0] * 4
    assert mosaic.mask[4:].all()


def test_every_network_is_in_the_numbers_and_some_are_drawn() -> None:
    given = place(conditions=tuple(at / 20 for at in range(21)))
    made = circles(given)
    assert isinstance(made, Drawing)
    assert len(made.rows) == 21 * 50 * 50
    assert made.head[-1] == "neuron_4"
    with styled():
        assert len(drawn(made).axes) == 6


@pytest.mark.parametrize("neurons", [["AAA="], ["?"], [], None, [3]])
def test_damaged_neurons_are_not_drawn(neurons: object) -> None:
    given = place(conditions=(0.0,))
    damaged = replace(given, circles=[{**given.circles[0], "neurons": neurons}])
    assert _maps(damaged.circles[0]) is None
    assert isinstance(circles(damaged), Undrawn)
