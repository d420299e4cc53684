"""Equal shares against a linear programme, an assignment problem and a sort, and by what every transport must do."""

import numpy as np
import pytest
from measured_logits import drawn
from scipy.optimize import linear_sum_assignment, linprog
from scipy.special import softmax

from benchmark.measures._transport import equal_shares


def predictions(seed: int, samples: int, classes: int, bias: float = 0.0) -> np.ndarray:
    logits = drawn(seed, samples, classes, scale=3).astype(float)
    logits[:, 0] += bias
    return softmax(logits, axis=1)


def total(suits: np.ndarray) -> float:
    units = equal_shares(suits)
    return float((units * suits).sum()) / suits.size


def by_programme(suits: np.ndarray) -> float:
    samples, classes = suits.shape
    rows = np.kron(np.eye(samples), np.ones(classes))
    columns = np.kron(np.ones(samples), np.eye(classes))
    shares = np.concatenate([np.full(samples, 1 / samples), np.full(classes, 1 / classes)])
    return -linprog(-suits.ravel(), A_eq=np.concatenate([rows, columns]), b_eq=shares).fun


@pytest.mark.parametrize("bias", [0.0, 4.0, 40.0])
@pytest.mark.parametrize("shape", [(60, 3), (61, 4), (7, 10), (1, 3), (50, 2)])
def test_no_assignment_has_a_larger_sum(shape: tuple[int, int], bias: float) -> None:
    suits = predictions(0, *shape, bias)
    assert total(suits) == pytest.approx(by_programme(suits), abs=1e-9)


def test_it_is_the_assignment_of_whole_examples_where_they_come_out_even() -> None:
    suits = predictions(1, 240, 6, 2.0)
    best = linear_sum_assignment(-np.repeat(suits, 40, axis=1))
    assert total(suits) == pytest.approx(np.repeat(suits, 40, axis=1)[best].mean(), abs=1e-12)


@pytest.mark.parametrize("samples", [100, 101])
def test_two_classes_are_parted_in_the_middle_of_what_speaks_for_one(samples: int) -> None:
    suits = predictions(2, samples, 2, 1.0)
    ascending = suits[np.argsort(suits[:, 1] - suits[:, 0])]
    first = np.clip(samples / 2 - np.arange(samples), 0, 1)  # the middle one of an odd number is shared
    assert total(suits) == pytest.approx((first * ascending[:, 0] + (1 - first) * ascending[:, 1]).mean(), abs=1e-12)


@pytest.mark.parametrize("bias", [0.0, 100.0])
@pytest.mark.parametrize("shape", [(61, 4), (1, 5), (9, 1), (500, 7)])
def test_each_example_and_each_class_has_its_share(shape: tuple[int, int], bias: float) -> None:
    samples, classes = shape
    units = equal_shares(predictions(3, *shape, bias))
    assert (units >= 0).all()
    assert units.sum(axis=1).tolist() == [classes] * samples
    assert units.sum(axis=0).tolist() == [samples] * classes


def test_ties_end_too() -> None:
    assert total(np.full((300, 6), 1 / 6)) == pytest.approx(1 / 6, abs=1e-15)
    assert total(np.eye(3)[np.zeros(30, int)]) == pytest.approx(1 / 3, abs=1e-15)
