"""Mean entropy, against numpy's histogram and scipy's entropy, and in closed form for evenly filled bins."""

import numpy as np
import pytest
from made_outputs import A, B, outputs
from scipy.stats import entropy as scipy_entropy

from benchmark.estimator import Settings
from benchmark.measures.mean_entropy import compute, compute_last


def plain(matrix: np.ndarray, bins: int) -> np.ndarray:
    """Entropy of each neuron, in bins over the range of them all."""
    single = matrix.astype(np.float32).astype(float)
    return np.array([scipy_entropy(np.histogram(x, bins, (single.min(), single.max()))[0]) for x in single.T])


@pytest.mark.parametrize("bins", [10, 100])
def test_it_is_the_mean_over_the_neurons_of_all_taps_and_of_the_last_alone(bins: int) -> None:
    given, settings = outputs(A, B), Settings(entropy={"bins": bins})
    by_tap = {"tap0": plain(A, bins), "tap1": plain(B, bins)}
    found = compute(given, settings)
    assert found.value == pytest.approx(np.concatenate(list(by_tap.values())).mean(), abs=1e-12)
    assert found.per_tap == pytest.approx({tap: values.mean() for tap, values in by_tap.items()}, abs=1e-12)
    assert compute_last(given, settings).value == pytest.approx(by_tap["tap1"].mean(), abs=1e-12)


def test_evenly_filled_bins_have_the_most_that_there_can_be() -> None:
    even = np.repeat(np.arange(10.0), 20)[:, None]
    assert compute(outputs(even), Settings(entropy={"bins": 10})).value == pytest.approx(np.log(10), abs=1e-12)


def test_it_is_undefined_where_all_neurons_are_constant_and_0_for_one_beside_a_living_one() -> None:
    assert compute(outputs(np.ones((50, 2))), Settings()).reason == "all 2 neurons are constant"
    half = np.column_stack([np.arange(50.0), np.ones(50)])
    assert compute(outputs(half), Settings()).value == pytest.approx(np.log(50) / 2, abs=1e-12)
