"""Bins by themselves: the edges of numpy, the bin that numpy.histogram gives each value, and refusals."""

import numpy as np
import pytest

from benchmark.information._bins import Bounds, bin_codes, bounds_of, grid_of
from benchmark.information._matrix import checked

# 40 neurons: more than are coded together, among them a constant one and one that is rounded onto edges
VALUES = np.random.default_rng(0).normal(size=(300, 40))
VALUES[:, 7], VALUES[:, 8] = 2.0, VALUES[:, 8].round(1)
MATRIX = checked(VALUES, minimum=2)


def test_bounds_are_those_of_each_neuron_of_the_whole_or_of_its_quantiles() -> None:
    own, whole, robust = (bounds_of(MATRIX, edges) for edges in ("per-neuron", "global", "robust"))
    assert np.array_equal(own, [VALUES.min(axis=0), VALUES.max(axis=0)])
    assert np.array_equal(whole, [[VALUES.min()], [VALUES.max()]])
    assert np.array_equal(robust, np.quantile(VALUES, [0.001, 0.999])[:, None])


@pytest.mark.parametrize("bins", [1, 2, 10, 100, 256])
def test_edges_are_those_of_numpy_to_the_bit(bins: int) -> None:
    edges = grid_of(MATRIX, bins, "per-neuron").edges
    for neuron in range(40):
        low, high = VALUES[:, neuron].min(), VALUES[:, neuron].max()
        assert np.array_equal(edges[neuron], np.linspace(low, high, bins + 1))
    assert np.array_equal(grid_of(MATRIX, bins, "global").edges[0], np.histogram_bin_edges(VALUES, bins))


@pytest.mark.parametrize("edges", ["per-neuron", "global", "robust"])
def test_every_value_is_in_the_bin_between_whose_edges_it_lies(edges: str) -> None:
    grid = grid_of(MATRIX, 10, edges)
    codes = bin_codes(MATRIX.values, grid)
    assert codes.shape == (40, 300)
    for neuron in range(40):
        inner = grid.edges[neuron if edges == "per-neuron" else 0][1:-1]
        expected = np.searchsorted(inner, VALUES[:, neuron], side="right")
        if edges == "per-neuron" and neuron == 7:
            expected = np.zeros(300)
        assert np.array_equal(codes[neuron], expected)


def test_float32_has_the_bins_of_the_same_values_in_float64() -> None:
    single = checked(VALUES.astype(np.float32), minimum=2)
    double = checked(VALUES.astype(np.float32).astype(np.float64), minimum=2)
    assert single.dtype == np.float32
    for edges in ("per-neuron", "global", "robust"):
        found, expected = (bin_codes(m.values, grid_of(m, 30, edges)) for m in (single, double))
        assert np.array_equal(found, expected)


def test_what_lies_outside_given_bounds_is_in_the_end_bins() -> None:
    bounds = Bounds(np.array([-0.5]), np.array([0.5]))
    codes = bin_codes(MATRIX.values, grid_of(MATRIX, 4, bounds))
    assert (codes[VALUES.T < -0.25] == 0).all()
    assert (codes[VALUES.T >= 0.25] == 3).all()


def test_refusals() -> None:
    for bins in (0, 257):
        with pytest.raises(ValueError, match=f"bins must be from 1 to 256, got {bins}"):
            grid_of(MATRIX, bins, "global")
    with pytest.raises(ValueError, match="edges must be 'global', 'per-neuron' or 'robust', got 'wide'"):
        bounds_of(MATRIX, "wide")
