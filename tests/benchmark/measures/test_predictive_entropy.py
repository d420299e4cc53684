"""Entropies of predictions against scipy's, in closed form, within their bounds, and where probabilities saturate."""

import numpy as np
import pytest
from measured_logits import certain, drawn, number, shuffled
from scipy.special import softmax
from scipy.stats import entropy

from benchmark.measures.predictive_entropy import information, negative_entropy


@pytest.mark.parametrize("shape", [(300, 10), (200, 2), (1, 4)])
def test_they_are_those_of_scipy(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=3)
    predicted = softmax(logits.astype(float), axis=1)
    mean = entropy(predicted, axis=1).mean()
    assert number(negative_entropy, logits) == pytest.approx(-mean, abs=1e-12)
    assert number(information, logits) == pytest.approx(entropy(predicted.mean(axis=0)) - mean, abs=1e-12)


def test_certain_predictions_have_no_entropy_and_the_information_of_their_classes() -> None:
    evenly = certain(np.arange(20) % 4, 4)
    assert number(negative_entropy, evenly) == 0.0
    assert number(information, evenly) == pytest.approx(np.log(4), abs=1e-12)
    assert number(information, certain(np.zeros(20, int), 4)) == pytest.approx(0.0, abs=1e-12)


def test_predictions_that_say_nothing_have_the_largest_entropy_and_no_information() -> None:
    assert number(negative_entropy, np.ones((30, 5))) == pytest.approx(-np.log(5), abs=1e-12)
    assert number(information, np.ones((30, 5))) == pytest.approx(0.0, abs=1e-12)


def test_one_example_and_one_class_carry_no_information() -> None:
    assert number(information, drawn(1, 1, 6)) == pytest.approx(0.0, abs=1e-12)
    assert number(information, drawn(1, 9, 1)) == 0.0
    assert number(negative_entropy, drawn(1, 9, 1)) == 0.0


def test_probabilities_that_round_to_1_are_told_apart() -> None:
    # p = 1 / (1 + exp(-d)) with a large d: the entropy is (1 + d) exp(-d), less than 1e-30 of it aside
    for margin in (50.0, 60.0):
        found = number(negative_entropy, np.array([[margin, 0.0]]))
        assert found == pytest.approx(-(1 + margin) * np.exp(-margin), rel=1e-9)


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = drawn(2, 500, 3)
    for compute in (negative_entropy, information):
        assert number(compute, logits) == number(compute, shuffled(logits))
