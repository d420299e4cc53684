"""Confidence by optimal transport: its distance, closed forms, bounds, and the time that it takes."""

from time import process_time

import numpy as np
import pytest
from measured_logits import certain, drawn, number, shuffled
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from scipy.special import softmax

from benchmark.measures import mean_confidence
from benchmark.measures.cot import compute


@pytest.mark.parametrize("classes", [2, 5])
def test_it_is_one_less_half_the_distance_to_as_many_certain_predictions_of_each_class(classes: int) -> None:
    logits = drawn(0, 100, classes, scale=2) + np.arange(classes) / 2
    predicted = softmax(logits.astype(np.float32).astype(float), axis=1)
    distances = cdist(predicted, np.eye(classes)[np.arange(100) % classes], "cityblock")
    nearest = distances[linear_sum_assignment(distances)].mean()
    assert number(compute, logits) == pytest.approx(1 - nearest / 2, abs=1e-12)


def test_certain_predictions_have_1_where_classes_are_alike_and_less_by_what_must_move() -> None:
    assert number(compute, certain(np.arange(20) % 4, 4)) == pytest.approx(1.0, abs=1e-12)
    assert number(compute, certain(np.zeros(20, int), 4)) == pytest.approx(1 / 4, abs=1e-12)
    assert number(compute, certain(np.array([0, 0, 0, 1]), 2)) == pytest.approx(3 / 4, abs=1e-12)


def test_one_example_says_no_more_than_chance_and_one_class_is_certain() -> None:
    assert number(compute, drawn(1, 1, 4, scale=9)) == pytest.approx(1 / 4, abs=1e-12)
    assert number(compute, drawn(1, 7, 1)) == 1.0


@pytest.mark.parametrize("bias", [0.0, 2.0, 50.0])
def test_it_lies_between_chance_and_mean_confidence(bias: float) -> None:
    logits = drawn(2, 200, 5, scale=2)
    logits[:, 3] += bias
    assert 1 / 5 - 1e-12 <= number(compute, logits) <= number(mean_confidence.compute, logits) + 1e-12


def test_the_order_of_examples_and_classes_changes_nothing() -> None:
    logits = drawn(3, 301, 4, scale=3)
    found = number(compute, logits)
    assert number(compute, shuffled(logits)) == pytest.approx(found, abs=1e-11)
    assert number(compute, logits[:, ::-1]) == pytest.approx(found, abs=1e-11)


def test_as_many_examples_as_a_plan_reads_take_no_second_even_if_nearly_all_must_move() -> None:
    logits = drawn(4, 2500, 10, scale=5)
    logits[:, 0] += 100
    begun = process_time()
    number(compute, logits)
    assert process_time() - begun < 1.0
