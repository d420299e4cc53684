"""Margins of logits: closed forms, two classes, what is rounded to 1, and where there is one class."""

import numpy as np
import pytest
from measured_logits import drawn, number, reason, shuffled
from scipy.special import logit, softmax

from benchmark.measures.margins import logit_margin, mean_log_odds


@pytest.mark.parametrize("shape", [(201, 5), (200, 2), (1, 3)])
def test_the_margin_is_the_median_gap_of_the_two_largest(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape)
    gaps = sorted(sorted(row)[-1] - sorted(row)[-2] for row in logits.tolist())
    middle = (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2
    assert number(logit_margin, logits) == pytest.approx(middle, abs=1e-12)


@pytest.mark.parametrize("shape", [(201, 5), (200, 2), (1, 3)])
def test_the_log_odds_are_those_of_the_largest_probability(shape: tuple[int, int]) -> None:
    logits = drawn(1, *shape)
    largest = softmax(logits.astype(float), axis=1).max(axis=1)
    assert number(mean_log_odds, logits) == pytest.approx(logit(largest).mean(), abs=1e-10)


def test_of_two_classes_a_log_odds_is_the_gap() -> None:
    logits = drawn(2, 100, 2, scale=4)
    gaps = np.abs(logits[:, 0].astype(float) - logits[:, 1])
    assert number(mean_log_odds, logits) == pytest.approx(gaps.mean(), abs=1e-12)
    assert number(logit_margin, logits) == pytest.approx(np.median(gaps), abs=1e-12)


def test_they_tell_apart_what_is_rounded_to_1() -> None:
    for margin in (40.0, 400.0):
        logits = np.array([[margin, 0.0, 0.0, 0.0, 0.0]])
        assert softmax(logits, axis=1).max() == 1.0
        assert number(logit_margin, logits) == margin
        assert number(mean_log_odds, logits) == pytest.approx(margin - np.log(4), abs=1e-12)


def test_predictions_that_say_nothing_have_no_margin_and_the_odds_of_chance() -> None:
    assert number(logit_margin, np.ones((30, 5))) == 0.0
    assert number(mean_log_odds, np.ones((30, 5))) == pytest.approx(np.log(1 / 4), abs=1e-12)


def test_they_grow_with_the_scale_and_not_with_what_is_added_to_all_logits() -> None:
    logits = np.round(drawn(3, 99, 4) * 64) / 64  # such sums are exact in float32
    for compute in (logit_margin, mean_log_odds):
        assert number(compute, logits + 8) == pytest.approx(number(compute, logits), abs=1e-12)
        assert number(compute, 2 * logits) > number(compute, logits)
    assert number(logit_margin, 2 * logits) == 2 * number(logit_margin, logits)


def test_the_order_of_examples_and_classes_changes_no_bit() -> None:
    logits = drawn(4, 300, 3)
    assert number(logit_margin, logits) == number(logit_margin, shuffled(logits)[:, ::-1])
    assert number(mean_log_odds, logits) == number(mean_log_odds, shuffled(logits)[:, ::-1])


def test_with_one_class_they_are_undefined() -> None:
    for compute in (logit_margin, mean_log_odds):
        assert reason(compute, np.ones((5, 1))) == "there is one class"
