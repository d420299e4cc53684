"""The jitter by itself: no value passes another, and every sample and neuron has draws of its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kstest

from benchmark.information._jitter import ROUNDING, SHARE, jittered, reach
from benchmark.information.nearest import mutual_information

VALUES = st.one_of(st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e30, 1e-30]), st.floats(-3, 3, width=32))


def draws(rows: np.ndarray, seed: int = 0) -> np.ndarray:
    """Between -1 and 1, as far as rounding tells them."""
    return (jittered(rows, seed) - rows) / np.array([reach(row) for row in rows])


@settings(max_examples=100, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 30)), elements=VALUES), st.integers(0, 2**64))
def test_what_differs_keeps_its_order_and_what_is_equal_comes_apart(rows: np.ndarray, seed: int) -> None:
    moved = jittered(rows, seed)
    assert moved.shape == rows.shape
    assert np.isfinite(moved).all()
    for before, after in zip(rows, moved, strict=True):
        assert not np.any((before[:, None] < before) & (after[:, None] >= after))
        assert len(np.unique(after)) == len(after)


@pytest.mark.parametrize("values", [2, 3, 1000])
@pytest.mark.parametrize("count", [2, 12, 40])
def test_the_order_of_samples_and_neurons_gives_the_same_values_in_that_order(count: int, values: int) -> None:
    generator = np.random.default_rng(count)
    for _ in range(5):
        rows = generator.integers(0, values, size=(count, 200)).astype(float)
        neurons, samples = generator.permutation(count), generator.permutation(200)
        turned, known = jittered(rows[neurons][:, samples], 0), jittered(rows, 0)[neurons]
        # samples that are alike in all neurons may have changed places among themselves
        assert np.array_equal(turned[:, np.lexsort(turned)], known[:, np.lexsort(known)])
        if values == 1000 and count > 2:
            assert np.array_equal(turned, known[:, samples])


@pytest.mark.parametrize(
    "rows",
    [
        np.zeros((3, 4000)),
        np.tile(np.maximum(np.random.default_rng(0).normal(size=4000), 0), (3, 1)),  # one neuron three times
        np.random.default_rng(0).permuted(np.tile(np.arange(4000.0), (3, 1)), axis=1),  # the same values, shuffled
        np.random.default_rng(0).permuted(np.tile(np.arange(4000.0) % 2, (3, 1)), axis=1),
    ],
    ids=["constant", "one neuron", "ranks", "two values"],
)
def test_draws_are_uniform_and_independent_whatever_the_neurons_hold(rows: np.ndarray) -> None:
    found = draws(rows)
    assert kstest(found.ravel(), "uniform", (-1, 2)).pvalue > 0.001
    assert abs(np.corrcoef(found) - np.eye(3)).max() < 0.06
    assert abs(np.corrcoef(found, draws(rows, seed=1))[:3, 3:]).max() < 0.06
    assert abs(np.corrcoef(found[:, 1:].ravel(), found[:, :-1].ravel())[0, 1]) < 0.04


def test_how_far_a_value_may_move_goes_by_the_values_beside_it() -> None:
    assert (reach(np.array([1e6, 0.0, 1e-5, 3e-5])) / SHARE).tolist() == pytest.approx([1e6 - 3e-5, 1e-5, 1e-5, 2e-5])
    near = np.array([1.0, 1.0 + 2.0**-52])
    assert reach(near).tolist() == pytest.approx([ROUNDING, ROUNDING])
    assert reach(np.zeros(3)).tolist() == [SHARE] * 3


def test_it_depends_on_the_seed_and_not_on_the_sign_of_zero() -> None:
    rows = np.maximum(np.random.default_rng(1).normal(size=(2, 50)), 0)
    assert np.array_equal(jittered(rows, 0), jittered(np.where(rows == 0, -0.0, rows), 0))
    assert not np.array_equal(jittered(rows, 0), jittered(rows, 1))
    with pytest.raises(ValueError, match="negative"):
        jittered(rows, -1)


@pytest.mark.parametrize("scale", [1e-300, 1e-310, 1e-316, 5e-324])
def test_tiny_values_come_apart_and_their_information_is_that_of_the_same_values_at_their_size(scale: float) -> None:
    grid = np.random.default_rng(0).integers(0, 3, size=(3, 600)).astype(float)
    beside = np.vstack([grid[:2] * scale, 1e-3 * grid[2:]])
    moved = jittered(beside, 0)
    assert np.isfinite(moved).all()
    assert [len(np.unique(row)) for row in moved] == [600, 600, 600]
    found, plain = (mutual_information((scale * grid).T, ties=ties)[0, 1] for ties in ("jitter", "plain"))
    assert abs(found) < 0.05
    assert plain > 0.5 or plain < -0.5


def test_values_that_are_not_tiny_stay_at_their_size() -> None:
    rows = np.array([[0.0, 0.0, 1e-200, 3.0]])
    assert np.allclose(jittered(rows, 0), rows, atol=1e-4)
    huge = np.array([[0.0, 1e-320, 1e300, -1e300]])
    assert np.isfinite(jittered(huge, 0)).all()
