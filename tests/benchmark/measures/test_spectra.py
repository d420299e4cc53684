"""The eigenvalues of a tap against numpy's singular values, from either side, and where there is no variance."""

import numpy as np
import pytest
from made_outputs import A

from benchmark.measures._spectra import eigenvalues, first_tap, last_tap
from benchmark.types import Activations


@pytest.mark.parametrize("shape", [(300, 40), (30, 80), (20, 20)])
def test_they_are_the_squared_singular_values_of_the_centred_matrix_from_either_side(shape: tuple[int, int]) -> None:
    matrix = (np.random.default_rng(0).normal(size=shape) * np.arange(1, shape[1] + 1) + 7).astype(np.float32)
    centred = matrix.astype(float) - matrix.astype(float).mean(axis=0)
    expected = np.linalg.svd(centred, compute_uv=False) ** 2 / shape[0]
    found = eigenvalues(Activations({"0": matrix}), "0")
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * expected[0])
    assert (found > 0).sum() == min(shape[1], shape[0] - 1)


def test_what_rounding_makes_is_0() -> None:
    two = np.random.default_rng(1).integers(-50, 50, size=(500, 2))
    matrix = (two @ np.random.default_rng(2).integers(-9, 9, size=(2, 30))).astype(np.float32)  # exact in float32
    found = eigenvalues(Activations({"0": matrix}), "0")
    assert (found > 0).tolist() == [True] * 2 + [False] * 28


def test_constant_neurons_have_no_variance_whatever_their_value() -> None:
    matrix = np.tile(np.array([0.1, -3e7, 1 / 3], dtype=np.float32), (1234, 1))
    assert eigenvalues(Activations({"0": matrix}), "0").tolist() == [0.0] * 3


def test_the_first_and_the_last_tap_are_those_of_the_order_of_the_family() -> None:
    activations = Activations({"z": A, "b": A, "a": A})
    assert (first_tap(activations), last_tap(activations)) == ("z", "a")
