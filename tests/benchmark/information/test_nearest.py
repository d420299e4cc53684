"""The nearest-neighbour estimators against the plain definition, laws, and refusals; `test_ties.py` has the jitter."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numba import set_num_threads
from scipy.special import psi

from benchmark.information.nearest import entropy, mutual_information, pair_information


def plain(activations: np.ndarray, k: int) -> np.ndarray:
    """PROTOCOL section 2, a pair at a time, written without looking at the kernel."""
    matrix = np.asarray(activations, dtype=np.float64)
    samples, neurons = matrix.shape
    result = np.full((neurons, neurons), psi(samples) - psi(k))
    for i in range(neurons):
        for j in range(neurons):
            if i == j:
                continue
            dx, dy = (others(np.abs(matrix[:, n] - matrix[:, n][:, None])) for n in (i, j))
            radius = np.nextafter(np.sort(np.maximum(dx, dy), axis=1)[:, k - 1], 0)[:, None]
            total = sum(psi((distances <= radius).sum(axis=1) + 1).sum() for distances in (dx, dy))
            result[i, j] = psi(samples) + psi(k) - total / samples
    return result


def others(distances: np.ndarray) -> np.ndarray:
    """Of each sample to every other: a row without its own place, which is on the diagonal."""
    return distances[~np.eye(len(distances), dtype=bool)].reshape(len(distances), -1)


def awkward(samples: int, seed: int = 0) -> np.ndarray:
    """Continuous, scaled, duplicated, tied (ReLU), gridded, constant, heavy-tailed and saturated neurons."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(samples, 4))
    columns = [x[:, 0], x[:, 0], 1e30 * x[:, 1], 1e-310 * x[:, 1], np.maximum(x[:, 2], 0), np.round(2 * x[:, 3])]
    columns += [np.ones(samples), generator.standard_cauchy(samples), np.tanh(20 * x[:, 2]), x[:, 0] + 0.01 * x[:, 1]]
    return np.column_stack(columns)


@pytest.mark.parametrize("samples", [4, 7, 8, 9, 16, 17, 33, 100, 257])
@pytest.mark.parametrize("k", [1, 3, 6])
def test_equals_plain_definition(samples: int, k: int) -> None:
    if samples <= k:
        with pytest.raises(ValueError, match="too few"):
            mutual_information(awkward(samples), k=k)
        return
    matrix = awkward(samples)
    np.testing.assert_allclose(mutual_information(matrix, k, "plain"), plain(matrix, k), rtol=0, atol=1e-9)


VALUES = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e30, 5e-324]), st.floats(-3, 3), st.floats(-1e30, 1e30), st.integers(-2, 2)
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_equals_plain_definition_on_any_matrix(data: st.DataObject) -> None:
    k = data.draw(st.integers(1, 10), label="k")
    samples = data.draw(st.integers(k + 1, 40), label="samples")
    neurons = data.draw(st.integers(1, 4), label="neurons")
    dtype = data.draw(st.sampled_from([np.float16, np.float32, np.float64]))
    matrix = data.draw(arrays(np.float64, (samples, neurons), elements=VALUES.map(float)))
    with np.errstate(over="ignore"):
        matrix = np.nan_to_num(matrix.astype(dtype), posinf=6e4, neginf=-6e4)
    np.testing.assert_allclose(mutual_information(matrix, k, "plain"), plain(matrix, k), rtol=0, atol=1e-9)


@pytest.mark.parametrize("ties", ["plain", "jitter"])
def test_same_bits_for_permuted_samples_and_neurons_and_any_thread_count(ties: str) -> None:
    matrix = awkward(300)
    generator = np.random.default_rng(1)
    rows, columns = generator.permutation(300), generator.permutation(matrix.shape[1])
    found = mutual_information(matrix, ties=ties)
    assert np.array_equal(found, found.T)
    assert np.array_equal(mutual_information(matrix[rows], ties=ties), found)
    assert np.array_equal(mutual_information(matrix[:, columns], ties=ties), found[np.ix_(columns, columns)])
    set_num_threads(1)
    try:
        assert np.array_equal(mutual_information(matrix, ties=ties), found)
    finally:
        set_num_threads(2)


def test_many_neurons_equal_the_same_pairs_alone() -> None:
    matrix = np.random.default_rng(2).normal(size=(64, 90))
    assert np.array_equal(mutual_information(matrix, 3, "plain")[:7, :7], mutual_information(matrix[:, :7], 3, "plain"))


def test_gaussian_pairs_come_near_the_closed_form() -> None:
    generator = np.random.default_rng(3)
    for rho in (0.0, 0.6, 0.95):
        pair = generator.multivariate_normal([0, 0], [[1, rho], [rho, 1]], size=5000)
        assert abs(mutual_information(pair)[0, 1] + 0.5 * np.log(1 - rho**2)) < 0.04


def test_ties_break_the_plain_estimator_and_jitter_cures_it() -> None:
    relu = np.maximum(np.random.default_rng(4).normal(size=(2500, 2)), 0)
    assert mutual_information(relu, ties="plain")[0, 1] < -0.5
    cured = mutual_information(relu)
    assert abs(cured[0, 1]) < 0.05
    assert np.array_equal(cured, mutual_information(relu, ties="jitter"))
    assert not np.array_equal(cured, mutual_information(relu, seed=1))
    constant = np.zeros((2500, 2))
    assert mutual_information(constant, ties="plain")[0, 1] < -4
    assert abs(mutual_information(constant)[0, 1]) < 0.05


def test_entropy_of_uniform_and_of_duplicates() -> None:
    generator = np.random.default_rng(5)
    matrix = np.column_stack([generator.uniform(0, 2, 4000), generator.normal(size=4000)])
    np.testing.assert_allclose(entropy(matrix), [np.log(2), 0.5 * np.log(2 * np.pi * np.e)], atol=0.05)
    assert entropy(np.zeros((10, 1)))[0] == -np.inf


def test_entropy_equals_plain_definition() -> None:
    x = np.random.default_rng(6).normal(size=50)
    distances = np.sort(np.abs(x[:, None] - x), axis=1)
    for k in (1, 4):
        expected = psi(50) - psi(k) + np.log(2) + np.log(distances[:, k]).mean()
        np.testing.assert_allclose(entropy(x[:, None], k=k), expected, atol=1e-12)


def test_torch_tensors_of_every_float_dtype() -> None:
    matrix = torch.randn(50, 3, generator=torch.Generator().manual_seed(0), requires_grad=True)
    for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        tensor = matrix.to(dtype)
        expected = mutual_information(tensor.detach().double().numpy())
        assert np.array_equal(mutual_information(tensor), expected)


@pytest.mark.parametrize(
    ("matrix", "options", "message"),
    [
        (np.zeros((3, 2)), {}, "3 samples are too few: this estimator needs at least 4"),
        (np.zeros((0, 2)), {}, "0 samples are too few"),
        (np.array([[0.0, 1.0]] * 9 + [[0.0, np.nan]]), {}, "neuron 1 has the value nan"),
        (np.array([[0.0, 1.0]] * 9 + [[-np.inf, 1.0]]), {}, "neuron 0 has the value -inf"),
        (np.zeros((9, 0)), {}, "no neurons"),
        (np.zeros(9), {}, r"shape \(samples, neurons\)"),
        (np.array([["a"]] * 9), {}, "real numbers"),
        (np.zeros((9, 2)), {"k": 0}, "k must be at least 1"),
        (np.zeros((9, 2)), {"ties": "plane"}, "'plain' or 'jitter'"),
    ],
)
def test_refusals(matrix: np.ndarray, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mutual_information(matrix, **options)


def test_pairs_may_be_asked_for_in_any_order_and_as_lists() -> None:
    activations = np.random.default_rng(0).normal(size=(60, 5))
    whole, pairs = mutual_information(activations), pair_information(activations)
    i, j = [3, 0, 4, 0, 1], [1, 2, 0, 2, 3]
    assert pairs.of(i, j).tolist() == pairs.of(np.array(i), np.array(j)).tolist() == whole[i, j].tolist()  # type: ignore[arg-type]
