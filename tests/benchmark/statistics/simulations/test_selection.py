"""Simulated choices within a condition: effects of variance 1, orders that the rule allows, and rates of claims."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kendalltau

from benchmark.statistics.simulations.selection import (
    SCREENED,
    Field,
    _levels,
    _main_effects,
    _numbers,
    _orders,
    _screened,
    _smooth_effects,
    false_selections,
)

GRID = Field("levels", 6, grid=(3, 2))


def test_tests_are_hypotheses_times_inputs_and_suites() -> None:
    assert Field("seeds", 3, suites=3, hypotheses=2, inputs=5).tests == 30


def test_main_effects_add_up_and_have_variance_1() -> None:
    found = _main_effects((3, 2), (20_000,), np.random.default_rng(0)).reshape(-1, 3, 2)
    rest = found - found.mean(axis=1, keepdims=True) - found.mean(axis=2, keepdims=True)
    assert np.abs(rest + found.mean(axis=(1, 2), keepdims=True)).max() < 1e-12  # no interaction
    assert found.var(axis=0) == pytest.approx(np.ones((3, 2)), abs=0.05)


def test_smooth_effects_have_mean_0_and_variance_1_over_the_recipes() -> None:
    generator = np.random.default_rng(0)
    found = _smooth_effects(generator.uniform(size=(50, 3, 8)), (50,), generator)
    assert found.mean(axis=-1) == pytest.approx(np.zeros(50), abs=1e-12)
    assert found.std(axis=-1) == pytest.approx(np.ones(50))


def test_a_recipe_has_so_much_in_all_conditions_alike() -> None:
    field = Field("recipes", 4, conditions=2, common=0.8)
    found = _numbers(field, (20_000,), np.random.default_rng(0))
    assert found.shape == (20_000, 2, 4)
    assert found.var(axis=0) == pytest.approx(np.ones((2, 4)), abs=0.05)
    assert np.corrcoef(found[:, 0, 0], found[:, 1, 0])[0, 1] == pytest.approx(0.8, abs=0.02)
    assert np.corrcoef(found[:, 0, 0], found[:, 0, 1])[0, 1] == pytest.approx(0.0, abs=0.03)


def test_levels_are_those_of_the_recipes_that_are_there_and_of_unrelated_ones_there_are_none() -> None:
    levels = _levels(GRID)
    assert levels is not None
    assert sorted(map(tuple, levels.tolist())) == [(a, b) for a in range(3) for b in range(2)]
    some = _levels(replace(GRID, units=4, there=(0, 1, 2, 3)))
    assert some is not None
    assert len(some) == 4
    assert _levels(Field("recipes", 6)) is _levels(Field("seeds", 6)) is None


def test_orders_of_recipes_are_the_same_in_all_conditions_and_those_of_seeds_are_not() -> None:
    generator = np.random.default_rng(0)
    recipes, seeds = (_orders(Field(unit, 5, conditions=3), None, generator) for unit in ("recipes", "seeds"))  # type: ignore[arg-type]
    for orders in (recipes, seeds):
        assert orders.shape == (SCREENED, 3, 5)
        assert (np.sort(orders, axis=-1) == np.arange(5)).all()
    assert (recipes == recipes[:, :1]).all()
    assert not (seeds == seeds[:, :1]).all()


def test_orders_of_a_grid_keep_together_what_shares_a_level() -> None:
    levels = _levels(GRID)
    assert levels is not None
    for order in _orders(GRID, levels, np.random.default_rng(0))[:, 0]:
        moved = levels[order]
        for factor in range(2):
            assert len(set(zip(levels[:, factor].tolist(), moved[:, factor].tolist(), strict=True))) == (3, 2)[factor]


def test_the_screen_is_the_share_of_orders_with_a_sum_of_concordances_as_high_and_as_low() -> None:
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(2, 3, 4))
    orders = _orders(Field("recipes", 4, conditions=3), None, generator)[:20]

    def agreement(order: np.ndarray) -> float:
        return sum(kendalltau(a, b[o]).statistic for a, b, o in zip(x, y, order, strict=True))

    own = agreement(np.tile(np.arange(4), (3, 1)))
    moved = [agreement(order) for order in orders]
    above, below = _screened(x[None], y[None], orders)
    assert above[0] == pytest.approx(np.mean([one >= own - 1e-9 for one in moved]))
    assert below[0] == pytest.approx(np.mean([one <= own + 1e-9 for one in moved]))


def test_too_few_orders_can_claim_nothing() -> None:
    """Two seeds in each of two conditions have four orders: a p of 1/4 at best is none of .05."""
    rates = false_selections(Field("seeds", 2, conditions=2, hypotheses=1, inputs=1), 40)
    assert (rates.above, rates.below) == (0.0, 0.0)
