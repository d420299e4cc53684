"""Counts of the samples within a distance, and their digammas, against all samples."""

import numpy as np
import pytest
from neuron_pairs import CASES
from numba import njit
from scipy.special import psi

from benchmark.information import _margins as margins
from benchmark.information._jitter import jittered
from benchmark.information._prepared import prepare

cases = pytest.mark.parametrize("rows", CASES.values(), ids=CASES.keys())


@njit
def counted(prepared, rank, distance):
    """In neuron 0."""
    return margins.count_within(margins.margin(prepared, 0), rank, distance)


@cases
@pytest.mark.parametrize("jitter", [False, True])
def test_counts_are_those_of_all_samples(rows: np.ndarray, jitter: bool) -> None:
    moved = jittered(rows, 0) if jitter else rows
    prepared = prepare(moved, rows)
    ascending = np.sort(moved[0])
    for rank in range(0, len(ascending), 7):
        gaps = np.abs(ascending - ascending[rank])
        for distance in (0.0, *np.unique(gaps)[:: max(1, len(ascending) // 6)], 2 * gaps.max()):
            expected = ((gaps < distance) if distance > 0 else (gaps == 0)).sum()
            assert counted(prepared, rank, distance) == expected


def test_the_mean_of_the_digammas_is_that_of_all_samples_in_whole_units() -> None:
    rows = CASES["continuous"]
    samples = rows.shape[1]
    digamma = np.concatenate([[0.0], psi(np.arange(1, samples + 1))])
    unit = 2.0**-40
    weight = np.rint(digamma / unit).astype(np.int64)
    i, j, shares = np.array([0, 1]), np.array([1, 0]), np.array([0, 1, 2])
    found = margins.mean_digammas(prepare(rows, rows), weight, unit, (0,) * 3, i, j, shares)
    gaps = abs(rows[:, :, None] - rows[:, None, :])
    radius = np.sort(gaps.max(axis=0), axis=1)[:, 3]
    counts = (gaps < radius[:, None]).sum(axis=2)  # each sample itself included
    assert found[0] == pytest.approx(digamma[counts].sum(axis=0).mean(), abs=1e-10)
    assert found[1] == found[0]
