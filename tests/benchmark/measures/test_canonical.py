"""Canonical order: the same matrix from any order of examples and neurons, and which example a row is."""

import numpy as np
import pytest

from benchmark.measures._canonical import canonical, canonical_taps
from benchmark.types import Activations

GENERATOR = np.random.default_rng(0)
DRAWN = GENERATOR.normal(size=(40, 7)).astype(np.float32)


@pytest.mark.parametrize(
    "matrix",
    [DRAWN, np.maximum(DRAWN, 0), DRAWN[:3], DRAWN[:, :1], np.repeat(DRAWN, 2, axis=0), np.repeat(DRAWN, 2, axis=1)],
    ids=["drawn", "zeros", "few examples", "one neuron", "examples twice", "neurons twice"],
)
def test_any_order_gives_the_same_matrix_with_the_same_values(matrix: np.ndarray) -> None:
    found = canonical(matrix).matrix
    for _ in range(5):
        rows, columns = (GENERATOR.permutation(count) for count in matrix.shape)
        assert (canonical(matrix[rows][:, columns]).matrix == found).all()
    assert found.shape == matrix.shape
    assert sorted(map(tuple, np.sort(found, axis=1))) == sorted(map(tuple, np.sort(matrix, axis=1)))
    assert sorted(map(tuple, np.sort(found.T, axis=1))) == sorted(map(tuple, np.sort(matrix.T, axis=1)))


def test_zeros_of_either_sign_are_one_value() -> None:
    matrix = np.array([[0.0, 1.0], [-0.0, 1.0], [-0.0, 2.0], [0.0, 3.0]], dtype=np.float32)
    found = canonical(matrix).matrix
    assert (canonical(np.abs(matrix)).matrix == found).all()
    assert not np.signbit(found).any()


def test_each_row_is_the_example_that_it_says() -> None:
    found = canonical(DRAWN)
    assert sorted(found.examples) == list(range(40))
    assert (np.sort(DRAWN[found.examples], axis=1) == np.sort(found.matrix, axis=1)).all()


def test_each_tap_is_ordered_by_itself_and_once() -> None:
    activations = Activations({"0": DRAWN, "1": -DRAWN})
    found = canonical_taps(activations)
    assert list(found) == ["0", "1"]
    assert (found["1"].matrix == canonical(-DRAWN).matrix).all()
    assert canonical_taps(activations) is found
