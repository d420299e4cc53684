"""Dispersion and the Davies-Bouldin index against scikit-learn and plain loops, and where they are undefined."""

from collections.abc import Callable
from dataclasses import replace
from math import log

import numpy as np
import pytest
from made_outputs import outputs
from measured_logits import certain
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from benchmark.estimator import Settings
from benchmark.measures.class_separation import davies_bouldin, dispersion
from benchmark.types import Outputs, Value

GENERATOR = np.random.default_rng(0)
COMPUTED = [dispersion, davies_bouldin]


def given(classes: np.ndarray, count: int, *matrices: np.ndarray) -> Outputs:
    return replace(outputs(*matrices), logits=certain(classes, count))


def number(compute: Callable[[Outputs, Settings], Value], found: Outputs) -> float:
    value = compute(found, Settings()).value
    assert value is not None
    return value


def parted(count: int, neurons: int = 6, apart: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """Predicted classes, unequally many, and activations around a centre of each."""
    classes = np.sort(GENERATOR.integers(0, count, size=120))
    centres = apart * GENERATOR.normal(size=(count, neurons))
    return classes, (centres[classes] + GENERATOR.normal(size=(120, neurons))).astype(np.float32)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_the_index_is_that_of_scikit_learn_at_the_first_tap(count: int) -> None:
    classes, first = parted(count)
    last = GENERATOR.normal(size=(120, 4))
    expected = davies_bouldin_score(np.maximum(first, 0).astype(float), classes)
    assert number(davies_bouldin, given(classes, count, first, last)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_dispersion_is_the_variance_between_classes_at_the_last_tap(count: int) -> None:
    classes, last = parted(count)
    first = GENERATOR.normal(size=(120, 4))
    after = np.maximum(last, 0).astype(float)
    inside = sum(((after[classes == k] - after[classes == k].mean(axis=0)) ** 2).sum() for k in range(count))
    # the index of Calinski and Harabasz is the variance between classes over that inside of them
    between = calinski_harabasz_score(after, classes) * inside / (120 - count)
    assert number(dispersion, given(classes, count, first, last)) == pytest.approx(log(between), rel=1e-9)


def test_points_on_a_line_have_what_a_hand_computes() -> None:
    classes, line = np.array([0, 0, 1, 1]), np.array([[0.0], [2.0], [10.0], [12.0]])
    # centres 1 and 11, mean 6: 2 * 25 + 2 * 25; distances to a centre 1, between the centres 10
    assert number(dispersion, given(classes, 2, line)) == pytest.approx(log(100), abs=1e-12)
    assert number(davies_bouldin, given(classes, 2, line)) == pytest.approx(2 / 10, abs=1e-12)


def test_classes_that_are_never_predicted_add_nothing() -> None:
    classes, matrix = parted(3)
    some, more = given(classes, 3, matrix), given(2 * classes, 6, matrix)
    assert number(davies_bouldin, some) == number(davies_bouldin, more)
    assert number(dispersion, some) == pytest.approx(number(dispersion, more) + log(5 / 2), abs=1e-12)


@pytest.mark.parametrize("compute", COMPUTED)
def test_what_a_relu_cuts_off_changes_nothing(compute: Callable[[Outputs, Settings], Value]) -> None:
    classes, matrix = parted(4)
    deeper = np.where(matrix < 0, 3 * matrix, matrix)
    assert number(compute, given(classes, 4, matrix)) == number(compute, given(classes, 4, deeper))


@pytest.mark.parametrize("compute", COMPUTED)
def test_the_order_of_examples_and_neurons_changes_no_bit(compute: Callable[[Outputs, Settings], Value]) -> None:
    for _ in range(20):
        classes, rows = GENERATOR.integers(0, 3, size=60), GENERATOR.permutation(60)
        matrix = np.exp(8 * GENERATOR.normal(size=(60, 7)))  # of so many magnitudes that sums are rounded
        turned = given(classes[rows], 3, matrix[rows][:, GENERATOR.permutation(7)])
        assert number(compute, turned) == number(compute, given(classes, 3, matrix))


@pytest.mark.parametrize("compute", COMPUTED)
def test_the_order_of_classes_changes_nothing(compute: Callable[[Outputs, Settings], Value]) -> None:
    classes, matrix = parted(4)
    found = number(compute, given(classes, 4, matrix))
    assert number(compute, given(3 - classes, 4, matrix)) == pytest.approx(found, abs=1e-10)


def test_a_scale_adds_its_logarithm_to_dispersion_and_nothing_to_the_index() -> None:
    classes, matrix = parted(3)
    once, larger = given(classes, 3, matrix), given(classes, 3, 4 * matrix)
    assert number(dispersion, larger) == pytest.approx(number(dispersion, once) + log(16), abs=1e-10)
    assert number(davies_bouldin, larger) == pytest.approx(number(davies_bouldin, once), abs=1e-10)


def test_classes_further_apart_have_a_larger_dispersion_and_a_smaller_index() -> None:
    classes, noise = np.arange(120) % 3, GENERATOR.normal(size=(120, 3)) + 5
    near, far = (given(classes, 3, noise + apart * np.eye(3)[classes]) for apart in (1, 20))
    assert number(dispersion, near) < number(dispersion, far)
    assert number(davies_bouldin, near) > number(davies_bouldin, far)


@pytest.mark.parametrize("compute", COMPUTED)
@pytest.mark.parametrize(
    ("classes", "matrix", "reason"),
    [
        (np.zeros(5, int), GENERATOR.normal(size=(5, 3)), "one class is predicted for all examples"),
        (np.zeros(1, int), GENERATOR.normal(size=(1, 3)), "one class is predicted for all examples"),
        (np.arange(50) % 7 % 2, np.full((50, 3), 0.1), "predicted classes have the same mean activations"),
        (np.arange(6) % 2, -np.ones((6, 3)), "predicted classes have the same mean activations"),
    ],
)
def test_one_class_or_equal_centres_have_no_number(
    compute: Callable[[Outputs, Settings], Value], classes: np.ndarray, matrix: np.ndarray, reason: str
) -> None:
    found = compute(given(classes, 2, matrix), Settings())
    assert (found.value, found.reason) == (None, reason)


def test_one_class_alone_has_no_number_either() -> None:
    for compute in COMPUTED:
        assert compute(given(np.zeros(4, int), 1, GENERATOR.normal(size=(4, 2))), Settings()).value is None
