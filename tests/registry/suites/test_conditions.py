"""The two knobs: how many examples they touch, and which of them first."""

import numpy as np
from made_data import random_digits

from registry import SUITES


def test_the_same_examples_come_first_as_the_knob_turns() -> None:
    suite, data = SUITES["shuffled-mnist"], random_digits()
    changed = [set(np.flatnonzero(suite.make(data, b, 3).train.labels != data.train.labels)) for b in (0.25, 0.5, 1.0)]
    assert changed[0] < changed[1] < changed[2]
