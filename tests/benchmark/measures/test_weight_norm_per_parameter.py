"""The root mean square of the parameters: by hand, and what does not move it."""

import numpy as np
import pytest
from made_readings import number, read, value

from benchmark.measures import MEASURES

NAME = "weight-norm-per-parameter"


def of(weights: np.ndarray) -> float:
    taken = {"count": np.array([weights.size]), "squares": np.array([float((weights**2).sum())])}
    return number(NAME, read(parameters=taken))


def test_it_is_the_root_of_the_mean_square() -> None:
    assert of(np.array([3.0, -4.0, 0.0, 0.0])) == pytest.approx(2.5, abs=1e-15)  # the root of 25 / 4


def test_a_network_twice_as_large_of_the_same_weights_has_the_same_and_larger_weights_have_more() -> None:
    weights = np.random.default_rng(0).normal(size=31)
    assert of(np.tile(weights, 2)) == pytest.approx(of(weights), rel=1e-14)
    assert of(-3 * weights) == pytest.approx(3 * of(weights), rel=1e-14)


def test_it_is_a_placebo_and_undefined_without_parameters() -> None:
    assert MEASURES[NAME].placebo
    assert value(NAME, read(parameters={"count": np.array([0]), "squares": np.array([0.0])})).value is None
