"""Smallest and largest values: those of numpy for any number of samples, and NaN for what is not finite."""

import numpy as np
import pytest

from benchmark.information._extremes import SHARE, extremes


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("samples", [1, 2, 3, 4, 5, 7, SHARE - 1, SHARE, SHARE + 1, SHARE + 2, 3 * SHARE + 3])
def test_they_are_those_of_numpy(samples: int, dtype: type) -> None:
    values = np.random.default_rng(samples).normal(size=(samples, 3)).astype(dtype)
    low, high = extremes(values)
    assert low.dtype == high.dtype == dtype
    assert np.array_equal(low, values.min(axis=0))
    assert np.array_equal(high, values.max(axis=0))


@pytest.mark.parametrize("row", [0, 1, SHARE - 1, SHARE, SHARE + 4])
def test_an_extreme_is_found_wherever_it_stands(row: int) -> None:
    values = np.zeros((SHARE + 5, 2))
    values[row] = [-7.0, 7.0]
    low, high = extremes(values)
    assert (low.tolist(), high.tolist()) == ([-7.0, 0.0], [0.0, 7.0])


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 3, SHARE, SHARE + 4])
def test_a_neuron_with_a_value_that_is_not_finite_has_none_and_the_others_keep_theirs(row: int, odd: float) -> None:
    values = np.random.default_rng(0).normal(size=(SHARE + 5, 3))
    values[row, 1] = odd
    low, high = extremes(values)
    assert np.isnan([low[1], high[1]]).all()
    assert np.array_equal(low[[0, 2]], values[:, [0, 2]].min(axis=0))
    assert np.array_equal(high[[0, 2]], values[:, [0, 2]].max(axis=0))
