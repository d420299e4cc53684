"""What noise does to a ranking, against plain definitions and brute force."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from benchmark.statistics.noise import filtered_kendall, regret, seed_interval, sub_sample_range, tie_groups

NUMBERS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=8)


def drawn(n: int, seed: int) -> np.ndarray:
    """(n, n): which two of n models differ, at random."""
    upper = np.triu(np.random.default_rng(seed).integers(0, 2, size=(n, n)), k=1)
    return np.asarray(upper + upper.T, dtype=np.bool_)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.integers(0, 99))
def test_filtered_tau_equals_its_definition(rows: list[tuple[int, int]], seed: int) -> None:
    x, y = (list(map(float, column)) for column in zip(*rows, strict=True))
    apart = drawn(len(x), seed)
    pairs = [(i, j) for i in range(len(x)) for j in range(i)]
    kept = [(i, j) for i, j in pairs if apart[i, j] and y[i] != y[j]]
    signs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i, j in kept]
    untied = sum(a != 0 for a, _ in signs)
    found = filtered_kendall(x, y, apart)
    assert (found.kept, found.pairs) == (len(kept), len(pairs))
    if untied:
        assert found.tau == pytest.approx(sum(a * b for a, b in signs) / sqrt(untied * len(kept)), abs=1e-12)
    else:
        assert found.tau is None
        nothing, equal = "no two models differ by more than noise", "all the numbers that are left are equal"
        assert found.reason == (equal if kept else nothing)


def test_where_all_differ_filtered_tau_is_scipys_and_with_unknown_noise_there_is_none() -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 9))
    everywhere = ~np.eye(9, dtype=np.bool_)
    assert filtered_kendall(x, y, everywhere).tau == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)
    assert filtered_kendall(x, y, None).reason == "the noise of the metric is not known"
    assert filtered_kendall([1, np.nan], [1, 2], ~np.eye(2, dtype=np.bool_)).tau is None
    assert filtered_kendall([1], [1], np.zeros((1, 1), dtype=np.bool_)).pairs == 0


def test_seed_interval_is_the_spread_of_taus_over_seeds_drawn_anew() -> None:
    generator = np.random.default_rng(1)
    x = np.arange(4.0)[:, None] + generator.normal(size=(4, 6))
    y = np.arange(4.0)[:, None] + generator.normal(size=(4, 6))
    drawn = generator.integers(0, 6, size=(4000, 4, 6))
    taus = []
    for choice in drawn:
        means = [[values[row][choice[row]].mean() for row in range(4)] for values in (x, y)]
        taus.append(kendalltau(*means).statistic)
    low, high = seed_interval(x, y)
    below, error = np.array(taus), 3 * sqrt(0.025 * 0.975 / 1000)  # the interval itself is from 1,000 draws
    assert (below < low - 1e-9).mean() <= 0.025 + error
    assert (below <= low + 1e-9).mean() >= 0.025 - error
    assert (below > high + 1e-9).mean() <= 0.025 + error
    assert (below >= high - 1e-9).mean() >= 0.025 - error
    assert seed_interval(x, y) == (low, high)
    assert low <= kendalltau(x.mean(axis=1), y.mean(axis=1)).statistic <= high


def test_seed_interval_needs_five_seeds_numbers_and_two_models() -> None:
    values = np.random.default_rng(2).normal(size=(3, 5))
    assert seed_interval(values, values) == (1.0, 1.0)
    assert seed_interval(values[:, :4], values[:, :4]) is None
    assert seed_interval(values[:1], values[:1]) is None
    assert seed_interval(np.where(values == values[0, 0], np.nan, values), values) is None
    assert seed_interval(np.ones((3, 5)), values) is None


def test_sub_sample_range_is_that_of_scipys_taus() -> None:
    x, y = np.random.default_rng(3).normal(size=(10, 5)), np.arange(5.0)
    taus = [kendalltau(half, y).statistic for half in x]
    assert sub_sample_range(x, y) == (pytest.approx(min(taus), abs=1e-12), pytest.approx(max(taus), abs=1e-12))
    assert sub_sample_range([], y) is None
    assert sub_sample_range(np.ones((3, 5)), y) is None
    assert sub_sample_range(np.full((3, 5), np.nan), y) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 20), max_size=8), st.integers(0, 99))
def test_tie_groups_hold_everyone_once_in_order_and_end_with_what_does_not_stand_out(
    values: list[int], seed: int
) -> None:
    apart = drawn(len(values), seed)
    groups = tie_groups([float(value) for value in values], apart)
    assert sorted(place for group in groups for place in group) == list(range(len(values)))
    in_order = [values[place] for group in groups for place in group]
    assert in_order == sorted(values, reverse=True)
    for number, group in enumerate(groups):
        assert not apart[group[0], group[-1]]
        assert all(apart[group[0], other] for after in groups[number + 1 :] for other in after)


def test_none_is_ranked_behind_a_worse_one_that_is_known_less_well() -> None:
    """The first differs from the second, which is known well, and not from those that are not."""
    apart = np.zeros((4, 4), dtype=bool)
    apart[0, 1] = apart[1, 0] = True
    assert tie_groups([0.312, 0.107, 0.078, 0.07], apart) == [[0, 1, 2, 3]]


def test_regret_is_what_the_pick_loses() -> None:
    assert regret([1, 2, 3], [0.5, 0.9, 0.6]) == pytest.approx(0.3)
    assert regret([3, 1, 3], [0.9, 0.1, 0.5]) == pytest.approx(0.2)  # either of two
    assert regret([2.0], [0.4]) == 0
    assert regret([1, np.nan], [0, 1]) is None
    assert regret([], []) is None
