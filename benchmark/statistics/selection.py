"""The test behind "selects": within a condition, which of several networks trained alike generalizes best?

In: a measure and a metric of the units of every condition, recipes or seeds. Out: the mean over the conditions of tau,
with one-sided p's in both directions. Pure functions.

What is shuffled is what could have come out otherwise. Recipes have effects that are common to the conditions, so one
permutation holds for all of them. The recipes of a grid share levels of factors, and a few factors carry most of the
effects, so there the levels of each factor are permuted and not the recipes; where the grid is uneven, as far as that
maps its recipes onto themselves. Seeds are permuted in each condition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.plain.keeping import kept
from benchmark.statistics.agreement import Kind
from benchmark.statistics.factors import LEVEL_ORDERS, count_orders, is_full, orders_of_levels
from benchmark.statistics.nulls import ENUMERATED, SAMPLED, draws_of, orders_of, share_as_large, taus_in
from benchmark.statistics.ranks import pair_signs, tau_b, whole

Unit = Literal["recipes", "levels", "some levels", "seeds"]
Array = NDArray[np.float64]
Signs = tuple[Array, Array]


class Permuted(NamedTuple):
    """A mean tau with its two-sided p, those above and below 0, and the smallest p above 0 of any measure."""

    tau: float
    p: float
    p_above: float
    p_below: float
    best: float


@dataclass(frozen=True)
class Selection:
    """Mean over conditions of tau over the units of a condition, and how sure its sign is.

    `p_above` is that of a tau above 0, `p_below` of one below it, `p` two-sided; `best` is the smallest `p_above` that
    any measure could reach on this metric. `unit` says what was permuted; of an uneven grid it is "some levels".
    `p_kind` is "exact" where every permutation was looked at, "permutations" where seeded ones were. Where tau is None,
    `reason` says why.
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


def selects(
    x: Sequence[ArrayLike], y: Sequence[ArrayLike], unit: Unit, levels: NDArray[np.int64] | None = None
) -> Selection:
    """Whether x orders the units within a condition as y does, over all conditions.

    Exact where the permutations can be enumerated, else by seeded ones.

    Args:
        x: The measure (conditions, units), turned so that more is better; nan is missing. Of seeds there may be more
            in one condition than in another.
        y: The metric (conditions, units), likewise.
        unit: What is permuted: "recipes" or "levels" for all conditions at once, "seeds" in each.
        levels: For "levels" the level (units, factors) that each recipe has of each factor, as `factor_levels` gives.
            Of an uneven grid only some permutations of them are looked at.

    Returns:
        The mean tau over the conditions that have one. The others are left out and counted.

    >>> selects([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [1, 2, 3]], "recipes").p_above  # doctest: +ELLIPSIS
    0.1666...
    """
    a, b = ([np.asarray(row, dtype=np.float64) for row in side] for side in (x, y))
    conditions, units = len(a), max(map(len, a))
    unit = "some levels" if levels is not None and not is_full(levels) else unit
    if units < 2 or (unit == "recipes" and units < 3):
        reason = f"{units} {'seeds' if unit == 'seeds' else 'recipes'} in a condition are too few"
        return _undefined(unit, conditions, reason)
    defined = defined_signs(a, b)
    if not defined:
        return _undefined(unit, conditions, "tau is undefined in every condition")
    orders = _orders([signs for signs, _ in defined], levels)
    looked_at_all = units <= ENUMERATED if levels is None else count_orders(levels) <= LEVEL_ORDERS
    if unit == "seeds":
        looked_at_all = looked_at_all and _can_be_combined([len(own) for own in orders])
    return Selection(
        *permuted(defined, unit, orders, levels),
        unit,
        len(defined),
        conditions - len(defined),
        p_kind="exact" if looked_at_all else "permutations",
    )


def defined_signs(x: Sequence[Array], y: Sequence[Array]) -> list[Signs]:
    """Both sides' pairwise signs of each row in which no number is missing and there is a tau."""
    pairs = [(pair_signs(u), pair_signs(v)) for u, v in zip(x, y, strict=True) if whole(u, v)]
    return [signs for signs in pairs if tau_b(*signs) is not None]


def permuted(
    defined: Sequence[Signs],
    unit: Unit,
    orders: Sequence[NDArray[np.int16]],
    levels: NDArray[np.int64] | None = None,
) -> Permuted:
    """The mean tau over rows, whose units are put in other orders: for all rows at once, or seeds in each.

    Args:
        defined: For each row the signs (n, n) of measure and metric, as `defined_signs` gives them.
        unit: What is permuted.
        orders: For each row the orders (orders, n) of its units that are looked at, as found first.
        levels: The levels of a grid.
    """
    null = _null(defined, unit, orders)
    metrics = tuple((len(metric), metric.tobytes()) for _, metric in defined)
    best = _best(metrics, unit, None if levels is None else (levels.shape, levels.tobytes()))
    return Permuted(float(null[0]), share_as_large(np.abs(null)), share_as_large(null), share_as_large(-null), best)


def _undefined(unit: Unit, conditions: int, reason: str) -> Selection:
    return Selection(None, None, None, None, None, unit, 0, conditions, reason)


def _orders(signs: Sequence[Array], levels: NDArray[np.int64] | None) -> list[NDArray[np.int16]]:
    """For each condition with these signs (n, n) the orders (orders, n) of its units that are looked at."""
    return [orders_of(len(own)) if levels is None else orders_of_levels(levels) for own in signs]


@kept(most=32)
def _best(metrics: tuple[tuple[int, bytes], ...], unit: Unit, levels: tuple[tuple[int, ...], bytes] | None) -> float:
    """The p of a measure that orders the units as the metric does: one for all measures of a suite.

    Args:
        metrics: For each condition how many units it has, and the metric's signs (n, n) as bytes.
        unit: What is permuted.
        levels: The shape and the bytes of the levels of a grid.
    """
    signs = [np.frombuffer(content).reshape(count, count) for count, content in metrics]
    own = None if levels is None else np.frombuffer(levels[1], dtype=np.int64).reshape(levels[0])
    return share_as_large(_null([(metric, metric) for metric in signs], unit, _orders(signs, own)))


def _null(defined: Sequence[Signs], unit: Unit, orders: Sequence[NDArray[np.int16]]) -> Array:
    """The mean tau over conditions in every order of the units that is looked at, as found first."""
    by_order = [taus_in(*signs, own) for signs, own in zip(defined, orders, strict=True)]
    return _independent_means(by_order) if unit == "seeds" else np.asarray(np.mean(by_order, axis=0))


def _independent_means(by_order: Sequence[Array]) -> Array:
    """Means over conditions, each (orders,) in an order of its own: all or seeded ones, as found first."""
    conditions, orders = len(by_order), [len(row) for row in by_order]
    if _can_be_combined(orders):
        sums = np.zeros(1)
        for row in by_order:
            sums = (sums[:, None] + row[None, :]).ravel()
        return np.asarray(sums / conditions)
    drawn = np.random.default_rng(0).integers(0, orders, size=(draws_of(conditions), conditions))
    drawn[0] = 0
    return np.asarray(np.mean([row[places] for row, places in zip(by_order, drawn.T, strict=True)], axis=0))


def _can_be_combined(orders: Sequence[int]) -> bool:
    """Whether each order of one condition can be looked at with each one of the others."""
    return prod(orders) <= SAMPLED
