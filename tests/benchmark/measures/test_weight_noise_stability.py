"""Stability under noise on the weights, counted by hand."""

import numpy as np
import pytest
from made_readings import number, one_hot, read


def test_it_is_the_share_of_answers_that_stay_over_all_draws() -> None:
    own = np.arange(20) % 2
    draws = {f"noise-{changed}": one_hot(np.where(np.arange(20) < changed, 1 - own, own), 2) for changed in (0, 3, 9)}
    found = number("weight-noise-stability", read(one_hot(own, 2), weight_noise=draws))
    assert found == pytest.approx(1 - 12 / 60)
