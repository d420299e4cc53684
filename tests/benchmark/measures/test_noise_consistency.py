"""Noise consistency, counted by hand."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value

CLASSES = np.arange(40) % 4


def test_it_is_the_share_of_answers_that_stay() -> None:
    moved = CLASSES.copy()
    moved[:7] = (moved[:7] + 1) % 4
    other = {"noise": one_hot(moved, 4), "keeping/a": one_hot(0 * moved, 4)}
    assert number("noise-consistency", read(one_hot(CLASSES, 4), transforms=other)) == pytest.approx(33 / 40)


def test_texts_have_none() -> None:
    found = value("noise-consistency", read(one_hot(CLASSES, 4), transforms={"keeping/a": one_hot(CLASSES, 4)}))
    assert (found.value, found.reason) == (None, "no noise can be added to inputs that are not numbers")
