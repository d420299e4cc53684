"""The mean rise of the loss, by hand."""

import numpy as np
import pytest
from made_readings import number, read, value

NAME = "adaptive-sharpness"


def test_it_is_the_mean_over_the_draws_less_the_mean_without_noise() -> None:
    taken = {"losses": np.array([0.5, 1.5]), "noisy": np.array([[1.0, 2.0], [0.5, 1.5], [3.0, 7.0]])}
    found = value(NAME, read(sharpness=taken))
    assert found.value == pytest.approx((1.5 + 1 + 5) / 3 - 1, abs=1e-15)
    assert found.details == {"loss": 1.0}


def test_it_is_0_where_noise_changes_nothing_and_below_where_it_lowers_the_loss() -> None:
    losses = np.random.default_rng(0).random(50)
    same = {"losses": losses, "noisy": np.stack([losses] * 5)}
    assert number(NAME, read(sharpness=same)) == 0
    assert number(NAME, read(sharpness={**same, "noisy": same["noisy"] - 0.25})) == pytest.approx(-0.25, abs=1e-12)


def test_the_order_of_examples_and_draws_changes_no_bit() -> None:
    generator = np.random.default_rng(1)
    losses, noisy = generator.random(200), generator.random((5, 200))
    turned = generator.permutation(200)
    other = {"losses": losses[turned], "noisy": noisy[[4, 2, 0, 1, 3]][:, turned]}
    assert number(NAME, read(sharpness={"losses": losses, "noisy": noisy})) == number(NAME, read(sharpness=other))
