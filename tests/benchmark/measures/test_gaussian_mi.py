"""Mean MI by a Gaussian copula: for Gaussian neurons in closed form, by taps, and where there is none."""

import numpy as np
import pytest
from made_outputs import A, B, outputs
from scipy.stats import norm, rankdata

from benchmark.estimator import Settings
from benchmark.measures.gaussian_mi import compute, compute_first


def plain(matrix: np.ndarray) -> list[float]:
    """MI of each pair of neurons, i < j."""
    scores = [norm.ppf(rankdata(x) / (len(x) + 1)) for x in matrix.astype(np.float32).T]
    return [
        -0.5 * np.log(1 - np.corrcoef(scores[i], scores[j])[0, 1] ** 2) for j in range(len(scores)) for i in range(j)
    ]


def test_it_is_the_mean_over_the_pairs_within_taps_and_of_the_first_alone() -> None:
    given, values = outputs(A, B), [plain(A), plain(B)]
    found = compute(given, Settings())
    assert found.value == pytest.approx(np.mean([*values[0], *values[1]]), abs=1e-12)
    assert found.per_tap == pytest.approx({"tap0": np.mean(values[0]), "tap1": np.mean(values[1])}, abs=1e-12)
    assert compute_first(given, Settings()).value == pytest.approx(np.mean(values[0]), abs=1e-12)


@pytest.mark.parametrize("rho", [0.3, 0.8])
def test_it_comes_near_the_closed_form_of_gaussian_neurons_through_any_monotone_function(rho: float) -> None:
    generator = np.random.default_rng(0)
    common, own = generator.normal(size=(5000, 1)), generator.normal(size=(5000, 8))
    neurons = np.sqrt(rho) * common + np.sqrt(1 - rho) * own  # each two correlate by rho
    expected = pytest.approx(-0.5 * np.log(1 - rho**2), abs=0.02)
    assert compute(outputs(neurons), Settings()).value == expected
    assert compute(outputs(np.exp(neurons)), Settings()).value == expected
    assert compute(outputs(own), Settings()).value == pytest.approx(0, abs=0.001)


def test_the_order_of_examples_and_neurons_makes_no_difference() -> None:
    turned = A[np.random.default_rng(1).permutation(len(A)), ::-1]
    assert compute(outputs(turned), Settings()).value == pytest.approx(np.mean(plain(A)), abs=1e-12)


def test_a_constant_neuron_shares_nothing() -> None:
    given = outputs(np.column_stack([A, np.full(len(A), 0.3)]))
    assert compute(given, Settings()).value == pytest.approx(np.sum(plain(A)) / 15, abs=1e-12)


def test_a_neuron_has_no_pair_and_constant_ones_have_no_mi() -> None:
    given = outputs(A[:, :1], np.ones((200, 3)))
    found = compute(given, Settings())
    assert found.value == 0  # beside a neuron that lives
    assert dict(found.per_tap) == {"tap0": None, "tap1": None}
    assert compute_first(given, Settings()).reason == "no pairs: one neuron"
    assert compute(outputs(np.ones((200, 3))), Settings()).reason == "all 3 neurons are constant"
