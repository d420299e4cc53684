"""Differences of pairs of networks: t over their gaps, written out, and the two-way error over common examples."""

from math import sqrt

import numpy as np
import pytest
from made_networks import model
from scipy import stats

from benchmark.statistics.errors import difference, of_seeds, of_seeds_and_examples
from benchmark.statistics.number import Number, spread
from benchmark.statistics.paired import paired_difference


def number(*by_seed: float | None) -> Number:
    known = [value for value in by_seed if value is not None]
    error = of_seeds(known)
    mean = sum(known) / len(known) if len(known) == len(by_seed) else None
    return Number(by_seed, mean, spread(known), {}, error=error.error if error else None, df=1.0, error_of="seeds")


def test_it_is_the_paired_t_test() -> None:
    one, other = (0.5, 0.9, 0.2, 0.7), (0.4, 0.7, 0.25, 0.4)
    found, expected = paired_difference(number(*one), number(*other)), stats.ttest_rel(one, other)
    assert found.p == pytest.approx(expected.pvalue)
    assert found.df == 3
    assert found.value == pytest.approx(0.1375)
    assert found.interval == pytest.approx(tuple(expected.confidence_interval()))
    assert (found.seen, found.about) == ("undecided", "conditions")


def test_two_pairs_have_an_error_by_their_gaps_and_are_about_these_networks() -> None:
    found = paired_difference(number(1.0, 5.0), number(0.0, 2.0))
    assert (found.value, found.error, found.df, found.about) == (2.0, pytest.approx(1.0), 1.0, "networks")


def test_what_pairs_have_in_common_is_no_part_of_the_error() -> None:
    shared = np.array([0.0, 5.0, -7.0])
    moved = number(*(shared + np.array([1.0, 1.1, 0.9])))
    found = paired_difference(moved, number(*shared))
    assert found.error == pytest.approx(0.1 / sqrt(3))
    assert found.seen == "higher"
    assert difference(moved, number(*shared)).seen == "undecided"


def test_common_examples_count_too_where_both_were_read_on_them() -> None:
    generator = np.random.default_rng(0)
    a, b = (generator.integers(0, 2, size=(3, 40)).astype(float) for _ in "ab")
    found = paired_difference(model(a), model(b))
    expected = of_seeds_and_examples((a - b).mean(axis=1).tolist(), list(a - b))
    assert expected is not None
    assert found.error == pytest.approx(expected.error)
    assert found.error > of_seeds((a - b).mean(axis=1).tolist()).error * 0.9  # type: ignore[union-attr]


def test_a_number_with_itself_differs_by_exactly_nothing() -> None:
    found = paired_difference(number(0.1, 0.2, 0.7), number(0.1, 0.2, 0.7))
    assert (found.value, found.error, found.p, found.seen) == (0.0, 0.0, 1.0, "undecided")


def test_one_pair_or_a_missing_network_leaves_what_is_known_of_two_models() -> None:
    assert paired_difference(number(0.5), number(0.2)) == difference(number(0.5), number(0.2))
    assert paired_difference(number(0.5, None), number(0.2, 0.1)).value is None
