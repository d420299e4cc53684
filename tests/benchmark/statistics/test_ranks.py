"""Signs of pairwise differences, and tau-b of them against scipy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from benchmark.statistics.ranks import EQUAL, differ, or_nan, oriented, pair_signs, tau_b, taus_b, whole

COLUMNS = st.integers(2, 7).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 4), min_size=n, max_size=n) for _ in "xy"])
)


def signs(values: list[float]) -> np.ndarray:
    return pair_signs(np.asarray(values, dtype=np.float64))


def test_signs_say_which_of_two_is_larger_and_turn_with_the_pair() -> None:
    found = signs([2.0, 1.0, 2.0])
    assert found.tolist() == [[0, 1, 0], [-1, 0, -1], [0, 1, 0]]
    assert np.array_equal(found, -found.T)


def test_what_rounding_alone_sets_apart_is_equal_at_any_scale() -> None:
    for scale in (1e-200, 1.0, 1e150):
        one = np.array([scale])
        assert not differ(one, one * (1 + EQUAL / 2))
        assert differ(one, one * (1 + 4 * EQUAL))
    assert not differ(np.array([0.0]), np.array([0.0]))
    assert differ(np.array([0.0]), np.array([5e-324]))


@settings(max_examples=40, deadline=None)
@given(COLUMNS)
def test_tau_b_is_scipy_s_and_none_where_one_side_is_all_ties(columns: tuple[list[int], list[int]]) -> None:
    x, y = (list(map(float, column)) for column in columns)
    expected = kendalltau(x, y).statistic
    found = tau_b(signs(x), signs(y))
    assert found is None if np.isnan(expected) else found == pytest.approx(expected)
    if found is not None:
        assert tau_b(signs(y), signs(x)) == found
        assert tau_b(signs([-value for value in x]), signs(y)) == pytest.approx(-found)


def test_many_at_once_are_each_alone() -> None:
    x, y = np.random.default_rng(0).integers(0, 3, (2, 5, 4, 6)).astype(float)
    y[0, 0] = 1.0  # all ties
    found = taus_b(pair_signs(x), pair_signs(y))
    assert found.shape == (5, 4)
    alone = [tau_b(signs(a), signs(b)) for a, b in zip(x.reshape(20, 6), y.reshape(20, 6), strict=True)]
    assert or_nan(alone) == pytest.approx(found.ravel().tolist(), nan_ok=True)
    assert alone[0] is None


def test_numbers_are_whole_where_none_is_missing_on_either_side() -> None:
    assert or_nan([1.0, None])[0] == 1.0
    assert whole([1.0, 2.0], [3.0, 4.0])
    assert not whole(or_nan([1.0, None]), [3.0, 4.0])
    assert not whole([1.0, 2.0], [3.0, float("inf")])


def test_the_higher_is_the_better_once_turned() -> None:
    assert oriented([1.0, -2.0], True) == [1.0, -2.0]
    assert oriented([1.0, -2.0], False) == [-1.0, 2.0]
