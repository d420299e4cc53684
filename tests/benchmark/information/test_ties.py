"""What equal values do to nearest-neighbour MI, and that jitter mends it: against truths by numerical integration."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy.special import psi
from scipy.stats import norm

from benchmark.information.nearest import pair_information
from benchmark.information.pairs import pair_summary

SAMPLES, PAIRS = 1000, 64
Neuron = Callable[[np.ndarray], np.ndarray]


def gaussian(rho: float, samples: int = SAMPLES, seed: int = 0) -> np.ndarray:
    """Neurons 0 and 1, 2 and 3, ... (samples, 2 PAIRS) correlate by rho."""
    matrix = np.random.default_rng(seed).normal(size=(samples, 2 * PAIRS))
    matrix[:, 1::2] = rho * matrix[:, ::2] + np.sqrt(1 - rho**2) * matrix[:, 1::2]
    return matrix


def estimate(matrix: np.ndarray, ties: str = "jitter", seed: int = 0) -> float:
    """The mean MI of neurons 0 and 1, 2 and 3, ..."""
    first = np.arange(0, matrix.shape[1], 2)
    return float(pair_information(matrix, ties=ties, seed=seed).of(first, first + 1).mean())


def mean(matrix: np.ndarray, ties: str = "jitter", seed: int = 0) -> float:
    return pair_summary(pair_information(matrix, ties=ties, seed=seed)).mean


def truth(rho: float, neuron: Neuron, cells: int = 1200) -> float:
    """MI of neuron(x) and neuron(y), where x and y are standard normal and correlate by rho.

    The plane is cut into cells of .01; those of x, and of y, on which the neuron gives one value are one.
    """
    edges = np.linspace(-6, 6, cells + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    mass = np.diff(norm.cdf((edges - rho * middles[:, None]) / np.sqrt(1 - rho**2)), axis=1)
    mass *= np.diff(norm.cdf(edges))[:, None]
    values = np.unique(neuron(middles).round(12), return_inverse=True)[1]
    same = np.eye(values.max() + 1)[values]
    joint = same.T @ mass @ same
    joint /= joint.sum()
    apart = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    there = joint > 0
    return float((joint[there] * np.log(joint[there] / apart[there])).sum())


def rectified(zeros: float) -> Neuron:
    return lambda x: np.maximum(x - norm.ppf(zeros), 0)


def rounded(step: float) -> Neuron:
    return lambda x: np.round(x / step) * step


def test_the_truth_is_that_of_closed_forms() -> None:
    for rho in (0.0, 0.3, 0.6, 0.9):
        assert truth(rho, lambda x: x) == pytest.approx(-0.5 * np.log(1 - rho**2), abs=2e-3)
        both = 0.25 + np.arcsin(rho) / (2 * np.pi)  # above the median, Sheppard 1899
        expected = 2 * both * np.log(4 * both) + (1 - 2 * both) * np.log(2 - 4 * both)
        assert truth(rho, np.sign) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("zeros", [0.1, 0.5, 0.9, 0.99])
def test_half_rectified_gaussians(zeros: float, rho: float) -> None:
    matrix = rectified(zeros)(gaussian(rho))
    expected = truth(rho, rectified(zeros))
    assert estimate(matrix) == pytest.approx(expected, abs=0.03)
    assert abs(estimate(matrix, "plain") - expected) > (0.02 if rho else 0.005)


def test_plain_falls_where_the_truth_rises_and_jitter_rises() -> None:
    relu = [np.maximum(gaussian(rho), 0) for rho in (0.0, 0.3, 0.6, 0.9)]
    plain, jitter = ([estimate(matrix, ties) for matrix in relu] for ties in ("plain", "jitter"))
    assert plain == sorted(plain, reverse=True)
    assert jitter == sorted(jitter)


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.9])
@pytest.mark.parametrize("step", [2.0, 0.5, 0.1, 0.03])
def test_values_on_a_grid_have_the_mi_that_the_grid_leaves(step: float, rho: float) -> None:
    matrix = rounded(step)(gaussian(rho))
    expected = truth(rho, rounded(step))
    assert estimate(matrix) == pytest.approx(expected, abs=0.03)
    assert abs(estimate(matrix, "plain") - expected) > 0.1


NEURONS: dict[str, Neuron] = {
    "clipped at both ends": lambda x: np.clip(x, -0.7, 0.7),
    "one of two values": np.sign,
    "rectified counts": lambda x: np.round(np.maximum(3 * x, 0)),
}


@pytest.mark.parametrize("rho", [0.0, 0.9])
@pytest.mark.parametrize("name", NEURONS)
def test_other_neurons_that_repeat_values(name: str, rho: float) -> None:
    matrix = NEURONS[name](gaussian(rho))
    expected = truth(rho, NEURONS[name])
    assert estimate(matrix) == pytest.approx(expected, abs=0.03)
    assert abs(estimate(matrix, "plain") - expected) > 0.3


def half(matrix: np.ndarray, dtype: torch.dtype) -> np.ndarray:
    """As it is after it has been stored in a smaller float."""
    return torch.tensor(matrix).to(dtype).double().numpy()


def blurred(matrix: np.ndarray) -> np.ndarray:
    """Half-rectified, and what was equal differs by the rounding of float64."""
    steps = np.random.default_rng(1).integers(-2, 3, matrix.shape)
    return (np.maximum(matrix, 0) + 0.1) * (1 + 2.0**-52 * steps)


# those that know as much of each other as these Gaussian, or half-rectified, neurons
SMALLER: dict[str, tuple[Neuron, Neuron]] = {
    "bfloat16": (lambda x: half(3 + 0.3 * x, torch.bfloat16), lambda x: x),
    "float16": (lambda x: half(3 + 0.3 * x, torch.float16), lambda x: x),
    "ranks: equal distances of values that all differ": (lambda x: x.argsort(axis=0).argsort(axis=0), lambda x: x),
    "rectified and in bfloat16": (lambda x: half(np.maximum(x, 0), torch.bfloat16), rectified(0.5)),
    "rectified and blurred by rounding": (blurred, rectified(0.5)),
}


@pytest.mark.parametrize("rho", [0.0, 0.9])
@pytest.mark.parametrize("name", SMALLER)
def test_fewer_digits_change_little(name: str, rho: float) -> None:
    stored, neuron = SMALLER[name]
    expected, matrix = truth(rho, neuron), stored(gaussian(rho))
    assert estimate(matrix) == pytest.approx(expected, abs=0.03)
    assert estimate(matrix, "plain") != pytest.approx(expected, abs=0.025)


@pytest.mark.parametrize("neuron", [lambda x: x, rectified(0.5)], ids=["gaussian", "rectified"])
def test_an_outlier_of_any_size_does_not_drown_the_rest(neuron: Neuron) -> None:
    matrix = 1e-5 * neuron(gaussian(0.9))
    matrix[0] = 1e6
    assert estimate(matrix) == pytest.approx(truth(0.9, neuron), abs=0.03)


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_neurons_of_any_scale_know_as_much(scale: float) -> None:
    matrix = rectified(0.5)(gaussian(0.6))
    assert estimate(scale * matrix) == pytest.approx(estimate(matrix), abs=2e-3)


def test_without_ties_jitter_moves_no_third_digit() -> None:
    for rho in (0.0, 0.9):
        matrix = gaussian(rho)
        assert estimate(matrix) == pytest.approx(estimate(matrix, "plain"), abs=1e-4)


def test_neurons_that_are_active_on_three_samples_do_not_move_the_mean() -> None:
    generator = np.random.default_rng(2)
    sparse = np.zeros((SAMPLES, 20))
    for neuron in sparse.T:
        neuron[generator.choice(SAMPLES, 3, replace=False)] = generator.normal(size=3)
    independent = generator.normal(size=(SAMPLES, 100))
    both = np.hstack([independent, sparse])
    assert mean(both) == pytest.approx(mean(independent), abs=0.002)
    assert mean(both, "plain") < -0.1


def test_half_of_the_neurons_may_be_constant_or_twice_there() -> None:
    relu = np.maximum(gaussian(0.0)[:, :16], 0)
    for other in (np.ones_like(relu), relu):
        between = pair_information(np.hstack([relu, other])).of(np.arange(15), np.arange(17, 32))
        assert abs(between.mean()) < 0.03
    twice = pair_information(np.hstack([relu, relu])).of(np.arange(16), np.arange(16, 32))
    # half of the samples have a value of their own and tell almost all that S samples can, the others share one: ln 2
    own = psi(SAMPLES) - psi(4)
    assert twice == pytest.approx(np.full(16, (own + np.log(2)) / 2), abs=0.3)


@pytest.mark.parametrize("samples", [200, SAMPLES])
def test_the_seed_moves_the_mean_little_and_the_order_of_samples_and_neurons_not_at_all(samples: int) -> None:
    generator = np.random.default_rng(3)
    matrix = np.maximum(gaussian(0.3, samples)[:, :40], 0)
    known = mean(matrix)
    assert np.std([mean(matrix, seed=seed) for seed in range(1, 6)]) < 0.001
    for turned in (matrix[generator.permutation(samples)], matrix[:, generator.permutation(40)]):
        assert mean(turned) == known
        assert mean(turned, "plain") == mean(matrix, "plain")
