"""Gradient disparity is a mean over the epochs; what is averaged is tested with the reading."""

import numpy as np
import pytest
from made_readings import read, value

from benchmark.measures import MEASURES


def test_it_is_the_mean_over_the_epochs_and_low_is_good() -> None:
    found = value("gradient-disparity", read(epochs={"disparity": np.array([0.5, 0.2, 0.1, 0.4])}))
    assert found.value == pytest.approx(0.3)
    assert found.details == {"first": 0.5, "last": 0.4}
    assert set(MEASURES["gradient-disparity"].better.values()) == {"low"}
