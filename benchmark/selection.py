"""The test behind "selects": within a condition, which of several networks trained alike generalizes best?

In: a measure and a metric of the units of every condition, recipes or seeds. Out: the mean over the conditions of tau,
with one-sided p's in both directions. Pure functions.

What is shuffled is what could have come out otherwise. Recipes have effects that are common to the conditions, so one
permutation holds for all of them. The recipes of a grid share levels of factors, and a few factors carry most of the
effects, so there the levels of each factor are permuted and not the recipes. Seeds are permuted in each condition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.agreement import Kind
from benchmark.nulls import ENUMERATED, SAMPLED, draws_of, orders_of, share_as_large, taus_in
from benchmark.ranks import pair_signs, tau_b, whole

LEVEL_ORDERS = 40_320  # of the levels of all factors, that are looked at all; of more SAMPLED seeded ones

Unit = Literal["recipes", "levels", "seeds"]
Array = NDArray[np.float64]
Signs = tuple[Array, Array]


@dataclass(frozen=True)
class Selection:
    """Mean over conditions of tau over the units of a condition, and how sure its sign is.

    `p_above` is that of a tau above 0, `p_below` of one below it, `p` two-sided; `best` is the smallest `p_above` that
    any measure could reach on this metric. `unit` says what was permuted. `p_kind` is "exact" where every permutation
    was looked at, "permutations" where seeded ones were. Where tau is None, `reason` says why.
    """

    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    best: float | None
    unit: Unit
    conditions: int
    left_out: int
    reason: str | None = None
    p_kind: Kind | None = None


def selects(x: ArrayLike, y: ArrayLike, unit: Unit, levels: NDArray[np.int64] | None = None) -> Selection:
    """Whether x orders the units within a condition as y does, over all conditions.

    Exact where the permutations can be enumerated, else by seeded ones.

    Args:
        x: The measure (conditions, units), turned so that more is better; nan is missing.
        y: The metric (conditions, units), likewise.
        unit: What is permuted: "recipes" or "levels" for all conditions at once, "seeds" in each.
        levels: For "levels" the level (units, factors) that each recipe has of each factor, as `factor_levels` gives.

    Returns:
        The mean tau over the conditions that have one. The others are left out and counted.

    >>> selects([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [1, 2, 3]], "recipes").p_above  # doctest: +ELLIPSIS
    0.1666...
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    conditions, units = a.shape
    if units < 2 or (unit == "recipes" and units < 3):
        reason = f"{units} {'seeds' if unit == 'seeds' else 'recipes'} in a condition are too few"
        return _undefined(unit, conditions, reason)
    pairs = [(pair_signs(u), pair_signs(v)) for u, v in zip(a, b, strict=True) if whole(u, v)]
    defined = [signs for signs in pairs if tau_b(*signs) is not None]
    if not defined:
        return _undefined(unit, conditions, "tau is undefined in every condition")
    orders = orders_of(units) if levels is None else _orders_of_levels(levels)
    looked_at_all = units <= ENUMERATED if levels is None else _level_orders(levels) <= LEVEL_ORDERS
    if unit == "seeds":
        looked_at_all = looked_at_all and _can_be_combined(len(orders), len(defined))
    null = _null(defined, unit, orders)
    perfect = _null([(metric, metric) for _, metric in defined], unit, orders)
    return Selection(
        float(null[0]),
        share_as_large(np.abs(null)),
        share_as_large(null),
        share_as_large(-null),
        share_as_large(perfect),
        unit,
        len(defined),
        conditions - len(defined),
        p_kind="exact" if looked_at_all else "permutations",
    )


def factor_levels(trainings: Sequence[Mapping[str, Any]]) -> NDArray[np.int64] | None:
    """The level (recipes, factors) of each training setting where the recipes are the full grid of two or more factors.

    None for recipes that are no grid: those are taken to be unrelated, and permuted as they are.

    >>> grid = [{"learning_rate": rate, "batch_size": size} for rate in (1e-3, 1e-2) for size in (64, 512)]
    >>> factor_levels(grid).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    >>> factor_levels([{"learning_rate": rate} for rate in (1e-3, 3e-3, 1e-2)])
    """
    names = sorted({name for training in trainings for name in training})
    columns = [[training.get(name) for training in trainings] for name in names]
    factors = [distinct for values in columns if len(distinct := list(dict.fromkeys(values))) > 1]
    varied = [values for values in columns if len(set(values)) > 1]
    if len(factors) < 2 or prod(map(len, factors)) != len(trainings):
        return None
    found = np.array([[distinct.index(v) for v in values] for values, distinct in zip(varied, factors, strict=True)]).T
    return found if len({tuple(row) for row in found.tolist()}) == len(trainings) else None


def _undefined(unit: Unit, conditions: int, reason: str) -> Selection:
    return Selection(None, None, None, None, None, unit, 0, conditions, reason)


def _null(defined: Sequence[Signs], unit: Unit, orders: NDArray[np.int16]) -> Array:
    """The mean tau over conditions in every order of the units that is looked at, as found first."""
    by_order = np.array([taus_in(*signs, orders) for signs in defined])  # (conditions, orders)
    return _independent_means(by_order) if unit == "seeds" else np.asarray(by_order.mean(axis=0))


def _independent_means(by_order: Array) -> Array:
    """Means over conditions, each in an order of its own (conditions, orders): all or seeded ones, as found first."""
    conditions, orders = by_order.shape
    if _can_be_combined(orders, conditions):
        sums = np.zeros(1)
        for row in by_order:
            sums = (sums[:, None] + row[None, :]).ravel()
        return np.asarray(sums / conditions)
    drawn = np.random.default_rng(0).integers(0, orders, size=(draws_of(conditions), conditions))
    drawn[0] = 0
    return np.asarray(by_order[np.arange(conditions), drawn].mean(axis=1))


def _can_be_combined(orders: int, conditions: int) -> bool:
    """Whether each order of one condition can be looked at with each one of the others."""
    return bool(orders**conditions <= SAMPLED)


def _level_orders(levels: NDArray[np.int64]) -> int:
    return prod(factorial(int(count)) for count in levels.max(axis=0) + 1)


def _orders_of_levels(levels: NDArray[np.int64]) -> NDArray[np.int16]:
    """The orders (orders, units) in which the recipes of a grid stand when the levels of its factors are permuted."""
    counts = (levels.max(axis=0) + 1).tolist()
    place = np.empty(counts, dtype=np.int16)
    place[tuple(levels.T)] = np.arange(len(levels))
    if _level_orders(levels) <= LEVEL_ORDERS:
        drawn = product(*(permutations(range(count)) for count in counts))
        return np.array([place[_moved(levels, orders)] for orders in drawn])
    generator = np.random.default_rng(0)
    moved = [place[_moved(levels, [generator.permutation(count) for count in counts])] for _ in range(SAMPLED)]
    return np.array([np.arange(len(levels)), *moved], dtype=np.int16)


def _moved(levels: NDArray[np.int64], orders: Sequence[Sequence[int] | NDArray[np.int64]]) -> tuple[Any, ...]:
    """The levels of each recipe, factor by factor, once those of each factor are in this order."""
    return tuple(np.asarray(order)[column] for order, column in zip(orders, levels.T, strict=True))
