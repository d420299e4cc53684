"""Mean stable rank of matrices, by their norms."""

import numpy as np
import pytest
from made_readings import number, read, value

NAME = "stable-rank-of-weights"


def test_it_is_the_mean_of_squared_frobenius_over_squared_spectral_norms() -> None:
    matrices = [np.random.default_rng(one).normal(size=(4, 5 + one)) for one in range(3)]
    spectra = {str(one): np.linalg.svd(matrix, compute_uv=False) for one, matrix in enumerate(matrices)}
    by_hand = [(np.linalg.norm(matrix) / np.linalg.norm(matrix, 2)) ** 2 for matrix in matrices]
    assert number(NAME, read(spectra=spectra)) == pytest.approx(np.mean(by_hand), rel=1e-12)


def test_one_direction_has_1_an_orthogonal_matrix_its_rank_and_scale_changes_nothing() -> None:
    assert number(NAME, read(spectra={"a": np.array([3.0, 0.0, 0.0])})) == 1.0
    assert number(NAME, read(spectra={"a": np.full(6, 0.2)})) == pytest.approx(6.0)
    assert number(NAME, read(spectra={"a": np.array([1e-200, 1e-200])})) == 2.0  # their squares would be 0


def test_without_matrices_it_is_undefined() -> None:
    assert value(NAME, read(spectra={})).value is None
