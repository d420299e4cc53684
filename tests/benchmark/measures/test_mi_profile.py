"""The profile of Gaussian taps in closed form, its sign, and where one of its ends is missing."""

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.mi_profile import compute

GENERATOR = np.random.default_rng(0)


def alike(rho: float) -> np.ndarray:
    """Gaussian neurons each two of which correlate by rho."""
    common, own = GENERATOR.normal(size=(5000, 1)), GENERATOR.normal(size=(5000, 6))
    return np.sqrt(rho) * common + np.sqrt(1 - rho) * own


def test_it_is_the_logarithm_of_the_last_over_the_first_and_what_is_between_does_not_count() -> None:
    strong, weak = alike(0.8), alike(0.4)
    expected = np.log(np.log(1 - 0.8**2) / np.log(1 - 0.4**2))
    up = compute(outputs(weak, alike(0.9), strong), Settings()).value
    assert up == pytest.approx(expected, abs=0.2)  # .065 is its error
    assert compute(outputs(strong, weak), Settings()).value == pytest.approx(-up, abs=1e-12)
    assert compute(outputs(1024 * weak, -strong), Settings()).value == pytest.approx(up, abs=1e-12)


def test_it_is_undefined_for_one_tap_and_where_an_end_is() -> None:
    assert compute(outputs(A), Settings()).reason == "one tap: it is the first and the last"
    assert compute(outputs(A[:, :1], B), Settings()).reason == "no pairs: one neuron"
    assert compute(outputs(A, np.ones((200, 3))), Settings()).reason == "all 3 neurons are constant"
    half = np.column_stack([A[:, 0], np.ones(200)])
    assert compute(outputs(half, B), Settings()).reason == "the mean MI of the first tap is 0"
    assert compute(outputs(A, half), Settings()).reason == "the mean MI of the last tap is 0"
