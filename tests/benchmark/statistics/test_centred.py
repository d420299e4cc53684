"""The doubly centred rule: what algebra says of it, and tables with holes and without differences."""

import numpy as np
import pytest
from scipy import stats

from benchmark.statistics.centred import doubly_centred
from benchmark.statistics.panels import across
from benchmark.statistics.selection import selects


def test_it_is_the_sum_of_two_z_scores() -> None:
    measure, confidence = np.random.default_rng(1).normal(size=(2, 4, 6))
    first = measure - measure.mean(axis=0)
    second = confidence - confidence.mean(axis=1)[:, None]
    expected = stats.zscore(first, axis=None) + stats.zscore(second, axis=None)
    assert doubly_centred(measure, confidence) == pytest.approx(expected)


def test_of_main_effects_it_keeps_conditions_of_the_measure_and_recipes_of_the_confidence() -> None:
    """The closed form: of tables a_c + b_r and p_c + q_r it is z(a_c) + z(q_r), whatever b and p are."""
    generator = np.random.default_rng(2)
    a, p = generator.normal(size=(2, 5, 1))
    b, q = generator.normal(size=(2, 1, 7))
    found = doubly_centred(a + 9 * b, 9 * p + q)
    assert found == pytest.approx(stats.zscore(a) + stats.zscore(q, axis=1))


def test_it_is_right_both_ways_where_the_measure_is_across_and_the_confidence_within() -> None:
    """As shortcuts have it: each of the two is wrong in the other direction, and their plain sum in both."""
    conditions, recipes = np.arange(5.0)[:, None], np.arange(8.0)[None, :]
    y = 2 * conditions + recipes
    measure, confidence = conditions - 3 * recipes, recipes - 3 * conditions
    score = doubly_centred(measure, confidence)
    assert (across(score, y).tau, selects(score, y, "recipes").tau) == (1, 1)
    assert (across(measure, y).tau, selects(measure, y, "recipes").tau) == (1, -1)
    assert across(measure + confidence, y).tau == -1


def test_units_and_what_a_recipe_or_a_condition_adds_change_nothing() -> None:
    generator = np.random.default_rng(3)
    measure, confidence = generator.normal(size=(2, 4, 3))
    score = doubly_centred(measure, confidence)
    assert doubly_centred(7 * measure + generator.normal(size=3), 0.1 * confidence - 5) == pytest.approx(score)
    assert doubly_centred(measure, confidence + generator.normal(size=(4, 1))) == pytest.approx(score)
    assert doubly_centred(confidence.T, measure.T) == pytest.approx(score.T)


def test_a_network_with_a_missing_number_has_no_score_and_counts_in_no_mean() -> None:
    measure, confidence = np.random.default_rng(4).normal(size=(2, 4, 5))
    holed, unsure = measure.copy(), confidence.copy()
    holed[0, 1], unsure[2, 3] = -np.inf, np.nan  # the logarithm of an MI of 0 is no number either
    there = np.isfinite(holed) & np.isfinite(unsure)
    parts = []
    for table, axis in ((measure, 0), (confidence, 1)):
        masked = np.ma.masked_array(table, ~there)
        left = masked - masked.mean(axis=axis, keepdims=True)
        parts.append(left / left.std())

    score = doubly_centred(holed, unsure)

    assert (np.isnan(score) == ~there).all()
    assert score[there] == pytest.approx((parts[0] + parts[1])[there].data)


def test_a_recipe_or_a_panel_without_any_number_does_no_harm() -> None:
    measure, confidence = np.random.default_rng(5).normal(size=(2, 4, 5))
    measure[:, 2] = np.nan
    kept = [0, 1, 3, 4]
    score = doubly_centred(measure, confidence)
    assert np.isnan(score[:, 2]).all()
    assert score[:, kept] == pytest.approx(doubly_centred(measure[:, kept], confidence[:, kept]))
    assert np.isnan(doubly_centred(np.full((2, 2), np.nan), np.ones((2, 2)))).all()


def test_a_part_without_differences_is_nothing_and_not_its_rounding() -> None:
    measure = np.random.default_rng(6).normal(size=(3, 3))
    alike = np.tile([[0.1], [0.7], [1.3]], (1, 3))  # whose mean of three is off by rounding
    assert (alike - alike.mean(axis=1, keepdims=True)).any()
    assert doubly_centred(measure, alike) == pytest.approx(stats.zscore(measure - measure.mean(axis=0), axis=None))
    assert not doubly_centred(np.full((3, 3), 0.1), alike).any()


def test_tables_of_two_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"of one shape, not \(2, 3\) and \(3, 2\)"):
        doubly_centred(np.ones((2, 3)), np.ones((3, 2)))
