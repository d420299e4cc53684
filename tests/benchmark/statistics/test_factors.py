"""Levels of factors, and the orders that they leave, against every permutation of the recipes."""

from itertools import permutations, product

import numpy as np
import pytest

from benchmark.statistics.factors import (
    FEWER,
    count_orders,
    count_uneven,
    factor_levels,
    is_full,
    orders_of_levels,
    settings_of,
)

RATES, SIZES = (1e-3, 1e-2), (64, 512)
SQUARE = [{"rate": rate, "size": size} for rate, size in product(RATES, SIZES)]
CUBE = np.array(list(product(range(2), repeat=3)))
# Levels of recipes that are no full grid, and how many orders they leave.
UNEVEN = {
    "a cube less a corner": (CUBE[:7], 1),
    "a cube and one more level": (np.vstack([CUBE, [[2, 0, 0]]]), 2),
    "a cube and a recipe apart": (np.vstack([CUBE, [[2, 2, 2]]]), 8),
    "a square and a recipe apart": (np.array([[0, 0], [0, 1], [1, 0], [1, 1], [2, 2]]), 4),
    "half of 2 x 2 x 2": (np.array([row for row in CUBE.tolist() if sum(row) % 2 == 0]), 4),
    "pairs": (np.array([[0, 0], [0, 1], [1, 2], [1, 3], [2, 4], [2, 5]])[:, :1], 48),
    "a path": (np.array([[0, 0], [0, 1], [1, 1], [1, 2], [2, 2]]), 1),
    "a ring": (np.array([[0, 0], [0, 1], [1, 1], [1, 2], [2, 2], [2, 0]]), 6),
}


def test_settings_that_vary_together_are_one_factor() -> None:
    tied = [{**recipe, "decay": recipe["rate"] * 10, "optimizer": "adam"} for recipe in SQUARE]
    found = factor_levels(tied)
    assert found is not None
    assert found.tolist() == factor_levels(SQUARE).tolist()  # type: ignore[union-attr]
    assert is_full(found)


def test_recipes_are_unrelated_only_where_a_factor_has_another_level_in_each() -> None:
    assert factor_levels([{"rate": rate} for rate in (1, 2, 3, 4)]) is None
    assert factor_levels([{"rate": 1}]) is None
    assert factor_levels([{**recipe, "decay": 0.1 * number} for number, recipe in enumerate(SQUARE)]) is None
    ragged = factor_levels(SQUARE[:3])
    assert ragged is not None
    assert ragged.tolist() == [[0, 0], [0, 1], [1, 0]]
    assert (is_full(ragged), count_uneven(ragged), count_uneven(factor_levels(SQUARE))) == (False, 1, None)
    over = factor_levels([*SQUARE, {"rate": 5e-3, "size": 128}])
    assert over is not None
    assert count_uneven(over) == 4
    assert count_uneven(None) is None


@pytest.mark.parametrize("name", UNEVEN)
def test_the_orders_are_all_permutations_that_share_levels_where_they_were_shared(name: str) -> None:
    levels, orders = UNEVEN[name]
    shared = levels[:, None] == levels
    all_orders = map(list, permutations(range(len(levels)))) if len(levels) < 8 else None

    found = orders_of_levels(levels).tolist()

    assert found[0] == list(range(len(levels)))
    assert len({tuple(order) for order in found}) == len(found) == count_orders(levels) == orders
    assert all((shared[order][:, order] == shared).all() for order in found)
    if all_orders:
        assert len(found) == sum((shared[order][:, order] == shared).all() for order in all_orders)


def test_of_too_many_orders_each_is_drawn_as_often() -> None:
    pairs = [[pair, which] for pair in range(8) for which in range(2)]
    uneven = np.array([*pairs, [8, 0], [9, 2], [9, 3]])  # eight that may change places, and two that may not
    assert count_orders(uneven) > 40_320

    found = orders_of_levels(uneven)

    shared = uneven[:, None] == uneven
    assert len(found) == FEWER + 1
    assert all((shared[order][:, order] == shared).all() for order in found[:300])
    goals = np.bincount(found[1:, 0], minlength=19)
    reached = goals[goals > 0]
    assert reached.min() > 0.8 * FEWER / len(reached)
    assert reached.max() < 1.2 * FEWER / len(reached)


def test_two_dozen_recipes_of_choices_take_no_time() -> None:
    generator = np.random.default_rng(0)
    drawn = generator.permutation(np.array(list(product(range(5), range(4), range(3)))))[:24]
    assert count_orders(drawn) == len(orders_of_levels(drawn)) == 1
    square = np.array([[row, column, (row + column) % 5] for row in range(5) for column in range(5)])
    assert count_orders(square) == len(orders_of_levels(square)) == 100  # shifts of rows and columns, times factors


def test_a_setting_that_is_left_out_as_it_is_by_default_has_its_value_beside_those_that_say_it() -> None:
    recipes = [
        {"label": "a", "training": {"learning_rate": 0.1, "patience": 3}},
        {"label": "b", "training": {"learning_rate": 0.2}},
        {"label": "c", "training": {"learning_rate": 0.3, "patience": 1}, "options": {"width": 9}},
    ]
    found = settings_of({"recipes": recipes, "options": {"width": 5}})
    assert [(one["patience"], one["width"]) for one in found] == [(3, 5), (0, 5), (1, 9)]
    assert all("warmup_steps" not in one for one in found)  # no recipe says it
    assert settings_of({"recipes": recipes[1:2]}) == [{"learning_rate": 0.2}]
