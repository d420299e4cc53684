"""Softmax correlation: a cosine of matrices, in closed form and within its bounds."""

import numpy as np
import pytest
from measured_logits import certain, drawn, number, shuffled
from scipy.spatial.distance import cosine
from scipy.special import softmax

from benchmark.measures.softmax_correlation import compute


@pytest.mark.parametrize("shape", [(200, 4), (3, 10), (50, 2)])
def test_it_is_the_cosine_between_the_product_and_the_identity(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=3)
    predicted = softmax(logits.astype(float), axis=1)
    product = predicted.T @ predicted / len(predicted)
    found = number(compute, logits)
    assert found == pytest.approx(1 - cosine(product.ravel(), np.eye(shape[1]).ravel()), abs=1e-12)
    assert shape[1] ** -0.5 <= found <= 1


def test_certain_predictions_of_all_classes_alike_have_1_and_of_one_class_the_least() -> None:
    classes = np.arange(20) % 4
    assert number(compute, certain(classes, 4)) == pytest.approx(1.0, abs=1e-12)
    assert number(compute, certain(0 * classes, 4)) == pytest.approx(0.5, abs=1e-12)
    assert number(compute, np.zeros((20, 4))) == pytest.approx(0.5, abs=1e-12)


def test_certain_predictions_of_unequal_classes_have_less() -> None:
    # C is diagonal with 3/4 and 1/4: 1 / (sqrt(9/16 + 1/16) sqrt(2)) = 2 / sqrt(5)
    assert number(compute, certain(np.array([0, 0, 0, 1]), 2)) == pytest.approx(2 / np.sqrt(5), abs=1e-12)


def test_one_example_has_the_norm_of_its_prediction_and_one_class_has_1() -> None:
    # of one example C = p p', with trace and norm both |p|^2
    assert number(compute, drawn(1, 1, 9, scale=5)) == pytest.approx(1 / 3, abs=1e-12)
    assert number(compute, drawn(1, 5, 1)) == 1.0


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = drawn(2, 300, 3)
    assert number(compute, logits) == number(compute, shuffled(logits))
