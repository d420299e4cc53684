"""Correlations of normal scores, by ranks counted one by one; and the information of pairs in closed form."""

import numpy as np
import pytest
from scipy.stats import norm

from benchmark.measures._normal_scores import MOST, correlated, correlations, mean_information, pair_information
from benchmark.types import Activations


def counted_scores(neuron: np.ndarray) -> list[float]:
    """Each value by how many are below it and how many are equal to it."""
    ranks = [sum(neuron < x) + (sum(neuron == x) + 1) / 2 for x in neuron]
    return [norm.ppf(rank / (len(neuron) + 1)) for rank in ranks]


def test_they_are_those_of_scores_by_ranks_with_ties_and_constants_have_none() -> None:
    generator = np.random.default_rng(0)
    matrix = generator.normal(size=(80, 4)) @ generator.normal(size=(4, 4))
    matrix[:, 2] = np.maximum(matrix[:, 2], 0)  # ties
    matrix = np.column_stack([matrix, np.full(80, 0.1)]).astype(np.float32)
    expected = np.eye(5)
    expected[:4, :4] = np.corrcoef([counted_scores(neuron) for neuron in matrix.T[:4]])
    assert correlated(matrix) == pytest.approx(expected, abs=1e-12)


def test_a_monotone_function_of_a_neuron_changes_nothing() -> None:
    matrix = np.random.default_rng(1).normal(size=(60, 3)).astype(np.float32)
    bent = np.column_stack([np.exp(3 * matrix[:, 0]), matrix[:, 1] ** 3, 7 * matrix[:, 2] - 2]).astype(np.float32)
    assert correlated(bent) == pytest.approx(correlated(matrix), abs=1e-12)


def test_each_pair_has_the_information_of_two_gaussians_and_copies_have_a_limit() -> None:
    correlation = np.array([[1, 0.6, -0.6], [0.6, 1, 0], [-0.6, 0, 1]])
    entropies = np.log([np.linalg.det(correlation[np.ix_(two, two)]) for two in ([0, 1], [0, 2], [1, 2])])
    assert pair_information(correlation) == pytest.approx(-entropies / 2, abs=1e-12)
    copies = pair_information(np.array([[1.0, -1.0], [-1.0, 1.0]]))
    assert copies == pytest.approx([-0.5 * np.log(1 - MOST**2)])
    assert 6 < copies[0] < 7


def test_the_mean_over_taps_counts_every_pair_once_and_correlations_are_made_once() -> None:
    generator = np.random.default_rng(2)
    wide, narrow = (generator.normal(size=(50, width)).astype(np.float32) for width in (6, 3))
    activations = Activations({"0": wide, "1": narrow})
    one, other = (mean_information(activations, [tap]).value for tap in ("0", "1"))
    assert one is not None
    assert other is not None
    assert mean_information(activations, ["0", "1"]).value == pytest.approx((15 * one + 3 * other) / 18, abs=1e-12)
    assert correlations(activations)["0"] is correlations(activations)["0"]
