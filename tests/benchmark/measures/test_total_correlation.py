"""Total correlation and O-information from joint entropies of Gaussians, in closed form for neurons alike."""

import numpy as np
import pytest
from made_outputs import A, B, outputs
from scipy.stats import multivariate_normal, norm, rankdata

from benchmark.estimator import Settings
from benchmark.measures.total_correlation import compute_o, compute_total

MIXED = B @ np.random.default_rng(0).normal(size=(3, 6)) + A[:, [0, 1, 2, 3, 4, 0]]


def shrunken(matrix: np.ndarray) -> np.ndarray:
    scores = [norm.ppf(rankdata(x) / (len(x) + 1)) for x in matrix.astype(np.float32).T]
    return 0.9 * np.corrcoef(scores) + 0.1 * np.eye(len(scores))


def entropy(correlation: np.ndarray) -> float:
    return float(multivariate_normal(cov=correlation).entropy())


def without(correlation: np.ndarray, neuron: int) -> np.ndarray:
    return np.delete(np.delete(correlation, neuron, axis=0), neuron, axis=1)


def test_they_are_what_joint_entropies_say_of_the_last_tap() -> None:
    found, count = shrunken(MIXED), MIXED.shape[1]
    joint, alone = entropy(found), entropy(np.eye(1))
    total = count * alone - joint
    dual = joint - sum(joint - entropy(without(found, i)) for i in range(count))
    assert compute_total(outputs(A, MIXED), Settings()).value == pytest.approx(total / count, abs=1e-9)
    assert compute_o(outputs(A, MIXED), Settings()).value == pytest.approx((total - dual) / count, abs=1e-9)


def test_copies_are_redundant_and_have_the_closed_form() -> None:
    count, rho = 8, 0.9  # of copies after the shrinkage; det = (1 - rho)^(N - 1) (1 + (N - 1) rho)
    copies = np.outer(np.arange(100.0), np.ones(count))
    expected = -((count - 1) * np.log(1 - rho) + np.log(1 + (count - 1) * rho)) / (2 * count)
    assert compute_total(outputs(copies), Settings()).value == pytest.approx(expected, abs=1e-9)
    assert compute_o(outputs(copies), Settings()).value > 0


def test_a_sum_of_neurons_that_do_not_know_of_each_other_is_synergy() -> None:
    parts = np.random.default_rng(1).normal(size=(3000, 3))
    assert compute_o(outputs(np.column_stack([parts, parts.sum(axis=1)])), Settings()).value < -0.05


def test_of_two_neurons_the_o_information_is_0_and_the_total_correlation_half_their_mi() -> None:
    rho = shrunken(MIXED[:, :2])[0, 1]
    assert compute_total(outputs(MIXED[:, :2]), Settings()).value == pytest.approx(-0.25 * np.log(1 - rho**2), abs=1e-9)
    assert compute_o(outputs(MIXED[:, :2]), Settings()).value == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("compute", [compute_total, compute_o])
def test_order_and_scale_make_no_difference_and_a_constant_neuron_shares_nothing(compute) -> None:
    value = compute(outputs(MIXED), Settings()).value
    turned = 50 * MIXED[np.random.default_rng(2).permutation(200), ::-1]
    assert compute(outputs(turned), Settings()).value == pytest.approx(value, abs=1e-9)
    beside = np.column_stack([MIXED, np.full(200, 0.1)])
    assert compute(outputs(beside), Settings()).value == pytest.approx(value * 6 / 7, abs=1e-9)


@pytest.mark.parametrize("compute", [compute_total, compute_o])
def test_more_neurons_than_examples_are_no_matter_and_without_a_pair_there_is_none(compute) -> None:
    assert np.isfinite(compute(outputs(np.random.default_rng(3).normal(size=(20, 50))), Settings()).value)
    assert compute(outputs(A, A[:, :1]), Settings()).reason == "no pairs: one neuron"
    assert compute(outputs(A, np.ones((200, 3))), Settings()).reason == "all 3 neurons are constant"
