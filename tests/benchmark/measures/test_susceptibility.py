"""Susceptibility is a mean over the epochs; what is averaged is tested with the reading."""

import numpy as np
import pytest
from made_readings import number, read

from benchmark.measures import MEASURES


def test_it_is_the_mean_over_the_epochs_and_low_is_good() -> None:
    found = number("susceptibility", read(epochs={"susceptibility": np.array([0.5, 0.2, -0.1])}))
    assert found == pytest.approx(0.2)
    assert set(MEASURES["susceptibility"].better.values()) == {"low"}
