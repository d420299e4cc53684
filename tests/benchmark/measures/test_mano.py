"""MaNo with softmax: a mean of fourth powers, its bounds, and what its formula was chosen for."""

import numpy as np
import pytest
from measured_logits import certain, drawn, number, shuffled
from scipy.special import softmax

from benchmark.measures.mano import compute


@pytest.mark.parametrize("shape", [(200, 4), (3, 10), (50, 2), (1, 5), (7, 1)])
def test_it_is_the_root_of_the_mean_of_fourth_powers(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=3)
    flat = softmax(logits.astype(float), axis=1).ravel()
    found = number(compute, logits)
    assert found == pytest.approx(np.linalg.norm(flat, ord=4) / len(flat) ** 0.25, abs=1e-12)
    assert 1 / shape[1] <= found <= shape[1] ** -0.25


def test_it_is_largest_where_all_are_certain_whatever_their_class_and_least_where_none_is() -> None:
    for classes in (np.arange(20) % 4, np.zeros(20, int)):
        assert number(compute, certain(classes, 4)) == pytest.approx(4**-0.25, abs=1e-12)
    assert number(compute, np.zeros((20, 4))) == pytest.approx(1 / 4, abs=1e-12)


def test_an_amount_that_is_added_to_all_logits_of_an_example_changes_nothing() -> None:
    logits = np.round(drawn(1, 100, 5) * 64) / 64  # such sums are exact in float32
    moved = logits + np.arange(100)[:, None]
    assert number(compute, logits) == number(compute, moved)


def test_it_does_not_jump_where_the_formula_of_the_source_does() -> None:
    # the mean of -ln p of two logits d apart is d / 2 + ln(1 + exp(-d)), and crosses 5 near d = 10
    margins = np.linspace(9.9, 10.1, 21)
    numbers = [number(compute, np.array([[margin, 0.0]])) for margin in margins]
    assert (np.diff(numbers) > 0).all()
    assert np.diff(numbers).max() < 1e-6


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = drawn(2, 300, 3)
    assert number(compute, logits) == number(compute, shuffled(logits))
