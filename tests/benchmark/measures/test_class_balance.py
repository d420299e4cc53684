"""Class balance: a closed form, its bounds, and that it is a placebo."""

import numpy as np
import pytest
from measured_logits import certain, drawn, number, shuffled
from scipy.special import softmax

from benchmark.measures.class_balance import MEASURE, compute


@pytest.mark.parametrize("shape", [(200, 4), (50, 2), (1, 3)])
def test_it_is_the_distance_between_the_mean_prediction_and_equal_classes(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=3) + np.arange(shape[1])
    mean = softmax(logits.astype(np.float32).astype(float), axis=1).mean(axis=0)
    expected = -np.linalg.norm(mean - 1 / shape[1], ord=1)
    assert number(compute, logits) == pytest.approx(expected, abs=1e-12)
    assert -2 + 2 / shape[1] <= number(compute, logits) <= 0


def test_it_is_0_where_classes_are_alike_and_least_where_one_is_predicted() -> None:
    for even in (certain(np.arange(20) % 4, 4), np.zeros((20, 4)), np.ones((5, 1))):
        assert str(number(compute, even)) == "0.0"
    assert number(compute, certain(np.zeros(20, int), 4)) == pytest.approx(-3 / 2, abs=1e-12)
    assert number(compute, certain(np.array([0, 0, 0, 1]), 2)) == pytest.approx(-1 / 2, abs=1e-12)


def test_it_does_not_know_how_sure_predictions_are() -> None:
    sure, unsure = certain(np.arange(20) % 2, 2), 1e-4 * certain(np.arange(20) % 2, 2)
    assert number(compute, sure) == pytest.approx(number(compute, unsure), abs=1e-12)


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = drawn(1, 300, 3)
    assert number(compute, logits) == number(compute, shuffled(logits))


def test_it_is_a_placebo() -> None:
    assert MEASURE.placebo
