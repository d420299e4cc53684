"""Means and spreads of a number's values: numpy's where all are there, and nothing where a value is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.statistics.number import mean, spread

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8)


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_they_are_numpy_s_whatever_the_order(values: list[float]) -> None:
    assert mean(values) == pytest.approx(np.mean(values), rel=1e-9, abs=1e-9)
    assert spread(values) == pytest.approx(np.std(values, ddof=1), rel=1e-6, abs=1e-6)
    assert (mean(reversed(values)), mean(values)) == (mean(values), mean(sorted(values)))  # to the bit


def test_small_numbers_beside_a_large_one_are_not_lost() -> None:
    assert mean([1e16, 1.0, -1e16]) == 1 / 3


def test_a_mean_over_a_part_of_the_seeds_is_no_mean_and_the_spread_is_of_those_there_are() -> None:
    assert mean([1.0, None]) is None
    assert spread([1.0, None, 3.0]) == spread([1.0, 3.0]) == pytest.approx(2**0.5)


@pytest.mark.parametrize("values", [[], [None], [None, None]])
def test_of_nothing_there_is_nothing(values: list[float | None]) -> None:
    assert mean(values) is None
    assert spread(values) is None


def test_one_value_is_its_own_mean_and_has_no_spread() -> None:
    assert mean([0.1]) == 0.1
    assert spread([0.1]) is None
    assert spread(iter([0.1, 0.1])) == 0.0
