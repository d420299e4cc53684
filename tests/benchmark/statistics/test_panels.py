"""Across and overall against brute force and by hand, and their p's where a measure knows nothing of the metric."""

from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from benchmark.plain.keeping import keeping
from benchmark.statistics.panels import across, crossed_orders, overall
from benchmark.statistics.selection import selects


def tau(x: np.ndarray, y: np.ndarray) -> float:
    return float(stats.kendalltau(x.ravel(), y.ravel()).statistic)


def crossed(generator: np.random.Generator, conditions: int, recipes: int, noise: float = 0.5) -> np.ndarray:
    """A table with effects of conditions and of recipes, which nothing else knows of."""
    effects = generator.normal(size=(conditions, 1)) + generator.normal(size=(1, recipes))
    return np.asarray(effects + noise * generator.normal(size=(conditions, recipes)))


def test_across_permutes_the_conditions_for_all_recipes_at_once() -> None:
    x, y = np.random.default_rng(1).normal(size=(2, 4, 3))
    orders = [list(order) for order in permutations(range(4))]
    null = np.array([np.mean([tau(x[order][:, r], y[:, r]) for r in range(3)]) for order in orders])

    found = across(x, y)

    assert found.tau == pytest.approx(null[0])
    assert found.p == pytest.approx(np.mean(np.abs(null) >= abs(null[0]) - 1e-9))
    assert found.p_above == pytest.approx(np.mean(null >= null[0] - 1e-9))
    assert found.p_below == pytest.approx(np.mean(null <= null[0] + 1e-9))
    assert (found.best, found.p_kind) == (pytest.approx(1 / 24), "exact")


def test_overall_permutes_rows_and_columns_and_nothing_else() -> None:
    x, y = np.random.default_rng(2).normal(size=(2, 3, 4))
    orders = [(list(c), list(r)) for c in permutations(range(3)) for r in permutations(range(4))]
    null = np.array([tau(x[rows][:, columns], y) for rows, columns in orders])

    found = overall(x, y)

    assert found.tau == pytest.approx(null[0])
    assert found.p == pytest.approx(np.mean(np.abs(null) >= abs(null[0]) - 1e-9))
    assert found.p_above == pytest.approx(np.mean(null >= null[0] - 1e-9))
    assert found.p_below == pytest.approx(np.mean(null <= null[0] + 1e-9))
    assert (found.networks, found.p_kind) == (12, "exact")


def test_two_conditions_of_three_recipes_by_hand() -> None:
    x, y = [[1, 2, 3], [2, 1, 4]], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]

    found = across(x, y)  # two recipes rise with the metric and one falls; changing places turns all signs

    assert (found.tau, found.p, found.p_above, found.p_below, found.best) == (pytest.approx(1 / 3), 1, 0.5, 1, 0.5)
    # of the 15 pairs 3 are tied in x and none in y; the others agree
    ranked = overall([[1, 1, 2], [2, 3, 3]], y)
    assert ranked.tau == pytest.approx(12 / sqrt(12 * 15))
    # in the metric's own order of 12: one is as high, and its mirror image, both sides turned, as low
    same = overall(y, y)
    assert (same.tau, same.p_above, same.p) == (1, pytest.approx(1 / 12), pytest.approx(2 / 12))


def test_a_relation_of_the_conditions_alone_is_no_surer_than_the_orders_of_the_conditions() -> None:
    """The networks of one condition are alike: were they permuted freely, twelve of them would seem sure."""
    x = np.repeat(np.arange(3.0), 4).reshape(3, 4)
    assert overall(x, x).p_above == pytest.approx(1 / 6)
    assert across(x, x).p_above == pytest.approx(1 / 6)


def test_within_on_the_table_turned_around_is_across() -> None:
    x, y = np.random.default_rng(3).normal(size=(2, 5, 4))
    turned, found = selects(x.T, y.T, "recipes"), across(x, y)
    assert (found.tau, found.p, found.best) == (turned.tau, turned.p, turned.best)


def test_seeded_draws_come_near_to_all_permutations() -> None:
    x, y = np.random.default_rng(4).normal(size=(2, 5, 4))
    x += 0.3 * y

    every, drawn = overall(x, y), overall(x, y, draws=2000)

    assert (every.p_kind, drawn.p_kind) == ("exact", "permutations")
    assert every.p is not None
    assert drawn.p == pytest.approx(every.p, abs=4 * sqrt(every.p * (1 - every.p) / 2000))
    assert 0.02 < every.p < 0.98


def test_of_nine_conditions_orders_are_drawn() -> None:
    y = np.arange(9.0)[:, None]
    found = across(y, y)
    assert (found.p_kind, found.tau) == ("permutations", 1)
    assert found.p_above == found.best == pytest.approx(1 / 100_001)


def test_drawn_orders_begin_with_the_identity_and_keep_rows_and_columns_together() -> None:
    orders = crossed_orders(11, 24, 200)
    assert orders.shape == (201, 264)
    assert orders[0].tolist() == list(range(264))
    places = orders.reshape(201, 11, 24)
    rows, columns = places // 24, places % 24
    assert (rows == rows[:, :, :1]).all()
    assert (columns == columns[:, :1]).all()
    assert (np.sort(orders, axis=1) == np.arange(264)).all()
    assert len({tuple(order) for order in rows[:, :, 0].tolist()}) > 190


@pytest.mark.parametrize("size", [(5, 6), (3, 12)])
@keeping()
def test_a_measure_with_effects_of_its_own_is_claimed_no_more_often_than_said(size: tuple[int, int]) -> None:
    generator = np.random.default_rng(5)
    ps = []
    for _ in range(400):
        x, y = crossed(generator, *size), crossed(generator, *size)
        ps.append((across(x, y).p, overall(x, y, draws=999).p))
    small = (np.array(ps, dtype=float) <= 0.05).mean(axis=0)
    assert (small <= 0.05 + 3 * sqrt(0.05 * 0.95 / 400)).all()
    assert small[1] >= 0.02  # and the test of all networks is not much too careful


def test_what_both_follow_is_found() -> None:
    generator = np.random.default_rng(6)
    y = crossed(generator, 5, 8)
    assert across(y, y).p_above == across(y, y).best == pytest.approx(1 / 120)
    assert overall(y, y, draws=999).p == pytest.approx(1 / 1000)
    noisy = y + 0.3 * generator.normal(size=y.shape)
    assert (across(noisy, y).p or 1) <= 0.05
    assert (overall(-noisy, y).p_below or 1) <= 0.01


def test_a_trend_of_its_own_along_the_knob_is_not_guarded_against() -> None:
    """What the docstring says: in one suite a trend of the right sign is as sure as a true order."""
    y = np.repeat(np.arange(5.0), 3).reshape(5, 3)
    assert across(-y, y).p == across(y, y).p == pytest.approx(2 / 120)


def test_growing_functions_and_the_order_of_rows_and_columns_change_nothing() -> None:
    generator = np.random.default_rng(7)
    x, y = generator.normal(size=(2, 4, 5))
    by_recipe = x * np.arange(1.0, 6) + np.arange(5.0)  # another growing function for each recipe
    rows, columns = generator.permutation(4), generator.permutation(5)
    assert across(np.exp(by_recipe), y**3) == across(x, y)
    assert overall(np.exp(x), y**3) == overall(x, y)
    moved = across(x[rows][:, columns], y[rows][:, columns])
    assert (moved.p, moved.tau) == (pytest.approx(across(x, y).p), pytest.approx(across(x, y).tau))
    assert overall(x[rows][:, columns], y[rows][:, columns]).p == pytest.approx(overall(x, y).p)
    assert (overall(y, x).tau, overall(y, x).p) == (pytest.approx(overall(x, y).tau), pytest.approx(overall(x, y).p))


def test_a_recipe_with_a_missing_number_is_left_out_whole_and_counted() -> None:
    x, y = np.random.default_rng(8).normal(size=(2, 4, 5))
    holed, wrong = x.copy(), y.copy()
    holed[1, 0], wrong[2, 3] = np.nan, np.inf

    found, ranked = across(holed, wrong), overall(holed, wrong)

    kept = [1, 2, 4]
    whole, all_of_them = across(x[:, kept], y[:, kept]), overall(x[:, kept], y[:, kept])
    assert (found.recipes, found.left_out, ranked.left_out, ranked.networks) == (3, 2, 2, 12)
    assert (found.tau, found.p, ranked.tau, ranked.p) == (whole.tau, whole.p, all_of_them.tau, all_of_them.p)


def test_ties_of_the_metric_raise_the_best_p_and_a_recipe_of_ties_has_no_tau() -> None:
    x = [[1.0, 1], [2, 1], [3, 1]]
    found = across(x, [[1, 1], [1, 2], [2, 3]])
    assert (found.recipes, found.left_out, found.best) == (1, 1, pytest.approx(1 / 3))
    assert found.tau == pytest.approx(2 / sqrt(3 * 2))


def test_what_has_no_tau_says_why() -> None:
    assert across([[1, 2, 3]], [[1, 2, 3]]).reason == "a single condition has no order"
    assert across([[1, 1], [1, 1]], [[1, 2], [3, 4]]).reason == "tau is undefined in every recipe"
    assert overall([[1, 1], [1, 1]], [[1, 2], [3, 4]]).reason == "all the numbers on one side are equal"
    holes = overall([[np.nan, 1], [1, np.nan]], [[1, 2], [3, 4]])
    assert (holes.reason, holes.left_out, holes.p) == ("0 of at least 2 networks", 2, None)
    with pytest.raises(ValueError, match=r"two tables .* of one shape, not \(3,\) and \(3,\)"):
        across([1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match=r"not \(1, 2\) and \(2, 1\)"):
        overall([[1, 2]], [[1], [2]])
