"""Intervals of numbers, against scipy's; test_errors.py has simulations of skewed accuracies."""

import numpy as np
import pytest
from made_networks import model
from scipy import stats

from benchmark.statistics.intervals import interval, of_number
from benchmark.statistics.number import Number


def test_the_interval_of_a_measure_is_that_of_t() -> None:
    values = np.array([1.0, 2.0, 4.0])
    truth = stats.ttest_1samp(values, 0.0)
    measured = Number(tuple(values), values.mean(), values.std(ddof=1), {}, error=stats.sem(values), df=2.0)
    assert of_number(measured) == pytest.approx(tuple(truth.confidence_interval()))
    assert of_number(measured) == interval(measured.mean or 0.0, measured.error or 0.0, 2.0)


@pytest.mark.parametrize("right", [0, 1])
def test_where_all_or_none_are_right_the_interval_is_exact(right: int) -> None:
    """The error is 0 there, but 40 examples do not show that all others are right."""
    found = of_number(model(np.full((1, 40), float(right))))
    truth = stats.binomtest(40 * right, 40).proportion_ci(method="exact")
    assert found == pytest.approx((truth.low, truth.high))


def test_a_mean_over_seeds_has_the_interval_of_its_examples_where_all_are_right() -> None:
    assert of_number(model(np.ones((3, 40)))) == of_number(model(np.ones((1, 40))))


def test_a_number_without_an_error_has_no_interval() -> None:
    assert of_number(Number((1.0,), 1.0, None, {})) is None
    assert of_number(Number((None,), None, None, {}, error=1.0)) is None


def test_a_number_whose_examples_count_otherwise_than_0_or_1_has_that_of_t() -> None:
    lengths = model(np.array([[0.5, 3.0, 2.0]]))
    assert of_number(lengths) == interval(lengths.mean or 0.0, lengths.error or 0.0, lengths.df)


def test_a_mean_that_is_no_share_of_its_examples_has_the_interval_of_t() -> None:
    """In a record that somebody has changed the two need not fit."""
    right = np.array([1.0, 0.0, 1.0])
    found = Number((-1e150,), -1e150, None, {}, error=0.1, df=2.0, error_of="examples", by_example=(right,))
    assert of_number(found) == interval(-1e150, 0.1, 2.0)
