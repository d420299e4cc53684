"""Entropies in whole units: exact sums, those of scipy, and the same whichever way a joint histogram is counted."""

import numpy as np
import pytest
from scipy.stats import entropy as scipy_entropy

from benchmark.information import _histograms as histograms
from benchmark.information import binned
from benchmark.information._bins import bin_codes, grid_of
from benchmark.information._matrix import checked


@pytest.mark.parametrize("samples", [2, 3, 100, 10_000])
def test_the_table_of_logarithms_fits_and_is_n_ln_n(samples: int) -> None:
    table, unit = histograms.logs_of(samples)
    n = np.arange(1, samples + 1)
    np.testing.assert_allclose(table[1:] * unit, n * np.log(n) / samples, atol=1e-15)
    assert table[:2].tolist() == [0, 0]
    assert 3 * int(table[-1]) < 2**63
    assert np.log2(unit) == round(np.log2(unit))


@pytest.mark.parametrize("bins", [2, 12, 13, 30])
def test_own_and_joint_entropies_are_those_of_scipy(bins: int) -> None:
    values = np.random.default_rng(0).normal(size=(200, 6))
    values[:, 5] = values[:, 4]
    matrix, logs = checked(values, minimum=2), histograms.logs_of(200)
    grid = grid_of(matrix, bins, "per-neuron")
    codes = bin_codes(matrix.values, grid)
    own = histograms.neuron_entropies(matrix, grid, logs.table)
    np.testing.assert_allclose(own * logs.unit, [scipy_entropy(np.bincount(c)) for c in codes], atol=1e-12)
    i, j = np.triu_indices(6)
    joint = histograms.joint_entropies(codes, bins, logs.table)(i, j)
    pairs = codes[i].astype(int) * bins + codes[j]
    np.testing.assert_allclose(joint * logs.unit, [scipy_entropy(np.bincount(c)) for c in pairs], atol=1e-12)
    assert np.array_equal(joint[i == j], own)
    shared = histograms.shared(own, joint, i, j)
    assert np.array_equal(shared[i == j], own)
    assert shared[(i == 4) & (j == 5)] == own[4]


def test_what_rounding_would_push_out_of_its_bounds_is_put_back() -> None:
    own, i, j = np.array([10, 7]), np.array([0, 0]), np.array([1, 1])
    assert histograms.shared(own, np.array([18, 9]), i, j).tolist() == [0, 7]


@pytest.mark.parametrize("bins", [1, 2, 11, 12])
@pytest.mark.parametrize("samples", [2, 63, 64, 65, 300])
def test_bit_masks_count_what_single_samples_count(bins: int, samples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.random.default_rng(0).normal(size=(samples, 6))
    matrix[:, 5] = matrix[:, 4] ** 2
    by_masks = binned.mutual_information(matrix, bins)
    monkeypatch.setattr(histograms, "MASKED_BINS", 0)
    assert np.array_equal(binned.mutual_information(matrix, bins), by_masks)
