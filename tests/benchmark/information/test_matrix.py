"""What holds activations becomes a matrix of the right float, with its extremes; the rest is refused by name."""

import numpy as np
import pytest
import torch

from benchmark.information._matrix import LARGEST, checked

VALUES = np.random.default_rng(0).integers(-100, 100, size=(9, 3))


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (np.float16, np.float32),
        (np.float32, np.float32),
        (np.float64, np.float64),
        (np.int8, np.float64),
        (np.int64, np.float64),
        (torch.bfloat16, np.float32),
        (torch.float16, np.float32),
        (torch.int64, np.float64),
        (torch.float64, np.float64),
    ],
)
def test_values_are_kept_exactly_in_the_smallest_float_that_holds_their_kind(dtype, expected: type) -> None:
    given = torch.tensor(VALUES).to(dtype) if isinstance(dtype, torch.dtype) else VALUES.astype(dtype)
    matrix = checked(given, minimum=2)
    assert matrix.dtype == matrix.values.dtype == expected
    assert np.array_equal(matrix.values, VALUES)
    assert matrix.samples == 9
    assert matrix.tensor is None
    assert np.array_equal(matrix.low, VALUES.min(axis=0))
    assert np.array_equal(matrix.high, VALUES.max(axis=0))
    assert matrix.low.dtype == matrix.high.dtype == matrix.rows.dtype == np.float64
    assert np.array_equal(matrix.rows, VALUES.T)
    assert matrix.rows.flags.c_contiguous


def test_truths_and_lists_are_numbers_and_any_strides_are_read() -> None:
    assert checked([[True, False], [False, False]], minimum=2).values.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    transposed = np.asfortranarray(VALUES.astype(np.float64))[::-2]
    matrix = checked(transposed, minimum=2)
    assert matrix.values.flags.c_contiguous
    assert np.array_equal(matrix.values, VALUES[::-2])


def test_a_tensor_with_a_gradient_is_read_and_left_as_it_is() -> None:
    tensor = torch.ones(4, 2, requires_grad=True)
    assert checked(tensor, minimum=2).values.tolist() == [[1.0, 1.0]] * 4
    assert tensor.requires_grad


def test_the_largest_value_whose_differences_are_finite_is_allowed_and_the_next_is_not() -> None:
    assert checked([[LARGEST, -LARGEST]] * 2, minimum=2).high[0] == LARGEST
    with pytest.raises(ValueError, match=r"neuron 1 has the value -4\.4\d+e\+307: .* below 4e\+307"):
        checked([[0.0, -np.nextafter(LARGEST, np.inf)]] * 2, minimum=2)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (np.zeros(4), r"shape \(samples, neurons\), got \(4,\)"),
        (np.zeros((4, 2, 1)), r"shape \(samples, neurons\), got \(4, 2, 1\)"),
        (np.zeros((4, 0)), "activations have no neurons"),
        (np.zeros((2, 1)), "2 samples are too few: this estimator needs at least 3"),
        (np.array([[1j]] * 4), "activations must be real numbers, got complex128"),
        (np.array([["1"]] * 4), "activations must be real numbers, got <U1"),
        ([[0.0, 1.0, np.inf], [0.0, np.nan, 1.0], [0.0, 0.0, 0.0]], "neuron 1 has the value nan"),
    ],
)
def test_refusals(given, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checked(given, minimum=3)
