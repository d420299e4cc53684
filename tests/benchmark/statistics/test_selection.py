"""Selection within a condition against brute force, and on grids of recipes whose factors carry the effects."""

from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from benchmark.plain.keeping import keeping
from benchmark.statistics.factors import factor_levels
from benchmark.statistics.selection import selects


def mean_tau(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean([stats.kendalltau(a, b).statistic for a, b in zip(x, y, strict=True)]))


def test_recipes_are_permuted_for_all_conditions_at_once() -> None:
    generator = np.random.default_rng(1)
    x, y = generator.normal(size=(2, 3, 5))
    null = np.array([mean_tau(x[:, list(order)], y) for order in permutations(range(5))])

    found = selects(x, y, "recipes")

    assert found.tau == pytest.approx(null[0])
    assert found.p_above == pytest.approx(np.mean(null >= null[0] - 1e-9))
    assert found.p_below == pytest.approx(np.mean(null <= null[0] + 1e-9))
    assert (found.best, found.p_kind) == (pytest.approx(1 / 120), "exact")


def test_seeds_are_permuted_in_each_condition() -> None:
    generator = np.random.default_rng(2)
    x, y = generator.normal(size=(2, 2, 3))
    orders = list(permutations(range(3)))
    null = np.array(
        [
            np.mean([stats.kendalltau(x[c, list(o)], y[c]).statistic for c, o in enumerate(pair)])
            for pair in product(orders, repeat=2)
        ]
    )

    found = selects(x, y, "seeds")

    assert found.p_above == pytest.approx(np.mean(null >= null[0] - 1e-9))
    assert found.best == pytest.approx(1 / 36)


def test_each_condition_keeps_the_seeds_that_it_has() -> None:
    generator = np.random.default_rng(6)
    x, y = ([generator.normal(size=seeds) for seeds in (3, 2, 4)] for _ in range(2))
    orders = [list(permutations(range(len(row)))) for row in x]
    null = [
        np.mean([stats.kendalltau(a[list(o)], b).statistic for a, b, o in zip(x, y, chosen, strict=True)])
        for chosen in product(*orders)
    ]

    found = selects(x, y, "seeds")

    assert (found.conditions, found.left_out, found.p_kind) == (3, 0, "exact")
    assert found.tau == pytest.approx(null[0])
    assert found.p_above == pytest.approx(np.mean(np.array(null) >= null[0] - 1e-9))
    assert found.best == pytest.approx(1 / (6 * 2 * 24))
    one_more = selects([*x[:2], [*x[2], np.nan]], [*y[:2], [*y[2], 1.0]], "seeds")
    assert (one_more.conditions, one_more.left_out) == (2, 1)
    few, many = [[1.0], [1.0, 2, 3]], [[5.0], [2.0, 3, 1]]
    assert (selects(few, many, "seeds").conditions, selects(few, many, "seeds").left_out) == (1, 1)
    large = [np.arange(9.0), np.arange(2.0)]
    assert (selects(large, large, "seeds").tau, selects(large, large, "seeds").p_kind) == (1.0, "permutations")


def test_of_a_grid_the_levels_of_each_factor_are_permuted() -> None:
    trainings = [
        {"rate": rate, "decay": decay, "size": size} for rate, decay, size in product((1, 2), (0, 3), (64, 512))
    ]
    levels = factor_levels(trainings)
    assert levels is not None
    generator = np.random.default_rng(4)
    x, y = generator.normal(size=(2, 2, 8))
    cube = x.reshape(2, 2, 2, 2)
    null = [
        mean_tau(np.flip(cube, axes).reshape(2, 8), y)
        for axes in ((), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3))
    ]

    found = selects(x, y, "levels", levels)

    assert found.p_above == pytest.approx(np.mean(np.array(null) >= null[0] - 1e-9))
    assert found.best == 0.125


def test_ties_of_the_metric_raise_the_best_p() -> None:
    assert selects([[1, 2, 3]], [[1, 1, 2]], "recipes").best == pytest.approx(1 / 3)
    assert selects([[1, 2]], [[1, 1]], "seeds").reason == "tau is undefined in every condition"
    assert selects([[1, 2]], [[1, 2]], "recipes").reason == "2 recipes in a condition are too few"


def test_many_levels_are_sampled() -> None:
    levels = np.array(list(product(range(7), range(6))))
    y = np.arange(42.0)[None, :]

    found = selects(y, y, "levels", levels)

    assert (found.p_kind, found.p_above) == ("permutations", pytest.approx(found.best))
    assert found.p_above is not None
    assert found.p_above < 0.001


@pytest.mark.parametrize("unit", ["recipes", "levels"])
@keeping()
def test_main_effects_of_a_grid_are_not_taken_for_a_selection(unit: str) -> None:
    """Measure and metric hang on the factors, not on each other: permuted recipes claim too much, levels do not."""
    levels = np.array(list(product(range(2), repeat=4)))
    generator = np.random.default_rng(11)
    claimed = 0
    for _ in range(120):
        x, y = (
            (generator.normal(size=4) * levels).sum(axis=1) * 4 + generator.normal(size=(1, 16)) * 0.5 for _ in range(2)
        )
        found = selects(x, y, unit, levels if unit == "levels" else None)
        assert found.p_above is not None
        claimed += found.p_above <= 0.05

    assert claimed / 120 <= 0.08 if unit == "levels" else claimed / 120 > 0.15


def test_of_an_uneven_grid_those_levels_are_permuted_that_map_its_recipes_onto_themselves() -> None:
    levels = np.array([row for row in product(range(2), repeat=4) if sum(row) % 2 == 0])
    generator = np.random.default_rng(5)
    x, y = generator.normal(size=(2, 3, 8))
    places = {tuple(row): place for place, row in enumerate(levels.tolist())}
    moved = [[tuple(np.array(row) ^ turned) for row in levels] for turned in product(range(2), repeat=4)]
    null = [mean_tau(x[:, [places[row] for row in rows]], y) for rows in moved if set(rows) == set(places)]

    found = selects(x, y, "levels", levels)

    assert (len(null), found.unit, found.best) == (8, "some levels", 0.125)
    assert found.p_above == pytest.approx(np.mean(np.array(null) >= null[0] - 1e-9))
    ragged = selects(x[:, :7], x[:, :7], "levels", np.array(list(product(range(2), repeat=3)))[:7])
    assert (ragged.tau, ragged.p_above, ragged.best) == (1.0, 1.0, 1.0)


def test_it_samples_where_it_cannot_enumerate() -> None:
    x = np.random.default_rng(2).normal(size=(11, 3))
    found = selects(x, x, "seeds")
    assert (found.tau, found.p_kind) == (1, "permutations")
    assert found.p == found.p_above == pytest.approx(1 / 100_000)


def test_conditions_without_a_tau_are_left_out_and_counted() -> None:
    x = [[1.0, 2, 3], [1, 1, 1], [1, np.nan, 2], [3, 2, 1]]
    found = selects(x, [[1.0, 2, 3]] * 4, "seeds")
    assert (found.tau, found.conditions, found.left_out) == (0.0, 2, 2)
    assert selects([[1.0]], [[1.0]], "seeds").reason == "1 seeds in a condition are too few"
    assert selects([[1.0, 2]], [[1.0, 2]], "recipes").tau is None


def test_two_sided_is_the_share_of_permutations_at_least_as_far_from_0() -> None:
    generator = np.random.default_rng(1)
    for unit, shape in (("recipes", (3, 4)), ("seeds", (3, 3)), ("seeds", (4, 2))):
        x, y = generator.integers(0, 6, size=(2, *shape)) + np.linspace((0.0, 0.5), (0.5, 0.0), shape[1]).T[:, None, :]
        orders = list(permutations(range(shape[1])))
        chosen = [[order] * shape[0] for order in orders] if unit == "recipes" else product(orders, repeat=shape[0])
        null = [mean_tau(x, np.array([b[list(order)] for b, order in zip(y, own, strict=True)])) for own in chosen]
        assert selects(x, y, unit).p == pytest.approx(np.mean(np.abs(null) >= abs(null[0]) - 1e-9), abs=1e-12)


@keeping()
def test_recipe_effects_common_to_conditions_do_not_raise_false_alarms() -> None:
    """The joint permutation keeps its level where independent ones would not."""
    generator = np.random.default_rng(3)
    alarms = {"recipes": 0, "seeds": 0}
    for _ in range(200):
        x, y = (generator.normal(size=(1, 5)) + 0.3 * generator.normal(size=(4, 5)) for _ in range(2))
        for unit in ("recipes", "seeds"):
            alarms[unit] += selects(x, y, unit).p <= 0.05
    assert alarms["recipes"] <= 0.08 * 200
    assert alarms["seeds"] > 0.2 * 200
