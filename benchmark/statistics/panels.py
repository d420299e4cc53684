"""How a measure orders the networks of a panel: across its conditions, and over all of its networks at once.

In: one suite's measure and metric as tables (conditions, recipes) of networks, every recipe trained under every
condition, both turned so that more is better; nan is missing. Out: tau with the p's of a permutation test. Pure
functions. How it orders the recipes within a condition is `selection.selects`.

A recipe with a missing number is left out whole and counted: what is permuted has to be there in every place.
"""

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.plain.keeping import kept
from benchmark.statistics.agreement import Kind
from benchmark.statistics.nulls import ENUMERATED, FEWER, orders_of, share_as_large, taus_in
from benchmark.statistics.ranks import pair_signs, tau_b
from benchmark.statistics.selection import defined_signs, permuted

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Across:
    """Mean over recipes of tau over the conditions, and how sure its sign is.

    `p` is two-sided, `p_above` that of a tau above 0 and `p_below` of one below it; `best` is the smallest `p_above`
    that any measure could reach on this metric. So many `recipes` have a tau, and `left_out` have none, because a
    number is missing or a side is all ties. `p_kind` is "exact" where every permutation was looked at, "permutations"
    where seeded ones were. Where tau is None, `reason` says why.
    """

    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    best: float | None
    recipes: int
    left_out: int
    reason: str | None = None
    p_kind: Kind | None = None


@dataclass(frozen=True)
class Overall:
    """tau over all networks of a panel, and how sure its sign is.

    p's, `p_kind` and `reason` are as in `Across`. `networks` counts those of the recipes without a missing number;
    `left_out` counts the other recipes.
    """

    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    networks: int
    left_out: int
    reason: str | None = None
    p_kind: Kind | None = None


def across(x: ArrayLike, y: ArrayLike) -> Across:
    """Whether x orders the conditions as y does, with the recipe held fixed.

    One permutation of the conditions holds for all recipes, since the conditions have effects that are common to them.
    The null is that each condition could have stood in the place of any other. A measure without effect that follows
    the knob in a direction of its own is not exchangeable like that: it orders the conditions of one suite as often
    rightly as wrongly, and this p is then small. Only several groups of data speak against that (`claims.orders`).

    Args:
        x: The measure (conditions, recipes), turned so that more is better; nan is missing.
        y: The metric (conditions, recipes), likewise.

    Returns:
        The mean tau-b over the recipes that have one. p is exact for up to 8 conditions, else by 100,000 seeded draws.

    Raises:
        ValueError: If the two are not tables of one shape.

    >>> found = across([[1, 2], [3, 4], [5, 6]], [[0.1, 0.2], [0.5, 0.4], [0.9, 0.8]])
    >>> found.tau, round(found.p, 3), round(found.p_above, 3), found.recipes
    (1.0, 0.333, 0.167, 2)
    """
    a, b = tables(x, y)
    conditions, recipes = a.shape
    if conditions < 2:
        return Across(None, None, None, None, None, 0, recipes, "a single condition has no order")
    defined = defined_signs(list(a.T), list(b.T))
    if not defined:
        return Across(None, None, None, None, None, 0, recipes, "tau is undefined in every recipe")
    found = permuted(defined, "recipes", [orders_of(conditions)] * len(defined))
    kind: Kind = "exact" if conditions <= ENUMERATED else "permutations"
    return Across(*found, len(defined), recipes - len(defined), p_kind=kind)


def overall(x: ArrayLike, y: ArrayLike, draws: int = FEWER) -> Overall:
    """Whether x orders all networks of a panel as y does, whatever their condition and recipe.

    The conditions of x are permuted and, independently, its recipes: whole rows and whole columns of the table change
    places. So main effects of conditions and recipes stay in both tables, and the null is that there is no relation
    between them, given the crossed design. A small p does not say whether the conditions, the recipes or both carry the
    relation, and the weakness of `across` remains.

    Args:
        x: The measure (conditions, recipes), turned so that more is better; nan is missing.
        y: The metric (conditions, recipes), likewise.
        draws: How many seeded permutations are looked at. If there are not more of them, all are, and p is exact.

    Returns:
        tau-b over the networks of all recipes that have no number missing.

    Raises:
        ValueError: If the two are not tables of one shape.

    >>> found = overall([[1, 2], [3, 4]], [[0.1, 0.2], [0.3, 0.4]])
    >>> found.tau, found.p, found.p_above, found.p_kind
    (1.0, 0.5, 0.25, 'exact')
    """
    a, b = tables(x, y)
    conditions, recipes = a.shape
    there = (np.isfinite(a) & np.isfinite(b)).all(axis=0)
    counted = int(there.sum())
    left_out, networks = recipes - counted, conditions * counted
    signs = pair_signs(a[:, there].ravel()), pair_signs(b[:, there].ravel())
    tau = tau_b(*signs)
    if tau is None:
        reason = "all the numbers on one side are equal" if networks > 1 else f"{networks} of at least 2 networks"
        return Overall(None, None, None, None, networks, left_out, reason)
    null = taus_in(*signs, crossed_orders(conditions, counted, draws))
    ps = share_as_large(np.abs(null)), share_as_large(null), share_as_large(-null)
    kind: Kind = "exact" if _all_fit(conditions, counted, draws) else "permutations"
    return Overall(tau, *ps, networks, left_out, p_kind=kind)


def tables(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Both sides as tables (conditions, recipes) of float64.

    Raises:
        ValueError: If they are not tables of one shape.
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 2 or a.shape != b.shape:
        raise ValueError(f"a panel needs two tables (conditions, recipes) of one shape, not {a.shape} and {b.shape}")
    return a, b


@kept(most=8)
def crossed_orders(conditions: int, recipes: int, draws: int) -> NDArray[np.int16]:
    """The orders (orders, conditions * recipes) of a panel's networks when rows and columns are permuted.

    All of them where there are at most so many `draws`, else so many seeded ones; the first is the identity.

    >>> crossed_orders(2, 2, 100).tolist()
    [[0, 1, 2, 3], [1, 0, 3, 2], [2, 3, 0, 1], [3, 2, 1, 0]]
    """
    if _all_fit(conditions, recipes, draws):
        rows, columns = orders_of(conditions), orders_of(recipes)
        rows, columns = np.repeat(rows, len(columns), axis=0), np.tile(columns, (len(rows), 1))
    else:
        generator = np.random.default_rng(0)
        rows, columns = (np.tile(np.arange(n, dtype=np.int16), (draws + 1, 1)) for n in (conditions, recipes))
        for orders in (rows, columns):
            orders[1:] = generator.permuted(orders[1:], axis=1)
    places = rows[:, :, None] * np.int16(recipes) + columns[:, None, :]
    return np.asfortranarray(places.reshape(len(places), -1))


def _all_fit(conditions: int, recipes: int, draws: int) -> bool:
    """Whether there are at most so many permutations of rows and columns that each of them can be looked at."""
    return max(conditions, recipes) <= ENUMERATED and factorial(conditions) * factorial(recipes) <= draws
