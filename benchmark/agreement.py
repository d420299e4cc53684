"""Kendall's tau of a measure with a metric, and how sure it can be.

In: numbers of models or networks, already oriented or not. Out: tau-b, exact p, the smallest p so many models can
reach, ties; None with a reason where there is no tau. Pure functions; PROTOCOL section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from benchmark.nulls import ENUMERATED, SAMPLED, counted_p, levels, orders_of, taus_in
from benchmark.ranks import pair_signs, tau_b, whole

TOLERANCE = 1e-9
# With ties among more numbers p is asymptotic. With 100 it was within .006 of that of permutations, within .013 where a
# level held a third of the numbers.
SHUFFLED_UP_TO = 200

Kind = Literal["exact", "permutations", "asymptotic"]


@dataclass(frozen=True)
class Agreement:
    """tau-b of n pairs of numbers.

    `p` is two-sided. `p_kind` says how it is known: "exact", from seeded "permutations" where 9 to 200 numbers have
    ties on both sides, "asymptotic" where more than 200 have ties. `p_min` is the smallest that n without ties can
    reach. `ties` counts the pairs of models with equal numbers on either side. Where tau is None, `reason` says why.
    """

    tau: float | None
    p: float | None
    p_min: float | None
    n: int
    ties: int
    reason: str | None = None
    p_kind: Kind | None = None


@dataclass(frozen=True)
class Within:
    """Mean over conditions of tau over the units (recipes or seeds) of a condition; p by joint or inner permutation.

    `p_kind` is "exact" where every permutation was looked at, "permutations" where seeded ones were.
    """

    tau: float | None
    p: float | None
    unit: Literal["recipes", "seeds"]
    conditions: int
    left_out: int
    reason: str | None = None
    p_kind: Kind | None = None


@dataclass(frozen=True)
class Pooled:
    """Mean over suites of a measure's mean tau in each; `p` is two-sided: how often shuffled ones are so far from 0."""

    tau: float | None
    p: float | None
    suites: int
    left_out: int


@dataclass(frozen=True)
class Column:
    """Measure x (n,) and metric y (n,) of a suite's models, both turned so that more is better; nan is missing.

    `group` is for a placebo: columns of one group share the one sign that suits it best.
    """

    x: ArrayLike
    y: ArrayLike
    group: str | None = None

    def signs(self) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """Both sides' pairwise signs, None where there is no tau."""
        x, y = np.asarray(self.x, dtype=np.float64), np.asarray(self.y, dtype=np.float64)
        signs = pair_signs(x), pair_signs(y)
        return signs if whole(x, y) and tau_b(*signs) is not None else None


def kendall(x: ArrayLike, y: ArrayLike, with_p: bool = True) -> Agreement:
    """tau-b of x (n,) and y (n,) with its two-sided p; without p where it would mean nothing.

    p is exact for up to 8 numbers, and for up to 200 where one side has no ties (without any ties: for all). Else it is
    (1 + b) / (1 + B) from B seeded permutations (100,000 for up to 32 numbers, then 10,000), and for more than 200
    numbers with ties that of the normal distribution with the variance corrected for ties (Kendall 1970).

    Raises:
        ValueError: For arrays that are not one-dimensional, of one length and finite.

    >>> kendall([1, 2, 3, 4, 5], [1, 2, 3, 5, 4])  # doctest: +NORMALIZE_WHITESPACE
    Agreement(tau=0.8, p=0.08333333333333333, p_min=0.016666666666666666, n=5, ties=0, reason=None,
              p_kind='exact')
    >>> kendall([1, 2, 3], [7, 7, 7]).reason
    'all 3 numbers on one side are equal'
    """
    a, b = _numbers(x), _numbers(y)
    if len(a) != len(b):
        raise ValueError(f"{len(a)} numbers cannot agree with {len(b)}")
    n = len(a)
    if n < 2:
        return Agreement(None, None, None, n, 0, f"{n} of at least 2 numbers to rank")
    signs = pair_signs(a), pair_signs(b)
    ties = int((signs[0] * signs[1] == 0)[np.triu_indices(n, k=1)].sum())
    p_min = min(1.0, 2 / factorial(n))
    tau = tau_b(*signs)
    if tau is None:
        return Agreement(None, None, p_min, n, ties, f"all {n} numbers on one side are equal")
    if not with_p:
        return Agreement(tau, None, p_min, n, ties)
    p, kind = _p_of(*signs)
    return Agreement(tau, p, p_min, n, ties, p_kind=kind)


def within_conditions(x: ArrayLike, y: ArrayLike, unit: Literal["recipes", "seeds"]) -> Within:
    """Mean over conditions of tau over the units, for x and y (conditions, units); nan where a number is missing.

    Conditions with a missing number or an undefined tau are left out and counted. p is two-sided, from permutations
    of the units: one for all conditions at once where they are recipes, which have effects common to the conditions;
    one for each condition where they are seeds. Exact where the permutations can be enumerated, else (1 + b) / (1 + B)
    with B = 100,000 draws (10,000 of more than 32 recipes; of more than 32 seeds 10,000 orders in each condition, from
    which the draws are).

    >>> within_conditions([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [1, 2, 3]], "recipes")
    Within(tau=1.0, p=0.3333333333333333, unit='recipes', conditions=2, left_out=0, reason=None, p_kind='exact')
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    conditions, units = a.shape
    if units < 2 or (unit == "recipes" and units < 3):
        return Within(None, None, unit, 0, conditions, f"{units} {unit} in a condition are too few")
    whole_conditions = [(u, v) for u, v in zip(a, b, strict=True) if whole(u, v)]
    pairs = [(pair_signs(u), pair_signs(v)) for u, v in whole_conditions]
    defined = [signs for signs in pairs if tau_b(*signs) is not None]
    left_out = conditions - len(defined)
    if not defined:
        return Within(None, None, unit, 0, left_out, "tau is undefined in every condition")
    orders = orders_of(units)  # the first is as found
    by_order = np.array([taus_in(*signs, orders) for signs in defined])  # (conditions, orders)
    null = by_order.mean(axis=0) if unit == "recipes" else _independent_means(by_order)
    looked_at_all = units <= ENUMERATED and (unit == "recipes" or _can_be_combined(len(orders), len(defined)))
    kind: Kind = "exact" if looked_at_all else "permutations"
    return Within(float(null[0]), _two_sided(null), unit, len(defined), left_out, p_kind=kind)


def pooled(suites: Sequence[Sequence[Column]]) -> Pooled:
    """T: mean over suites of the mean tau over a suite's columns.

    The models of a suite are shuffled for all its columns at once, suites apart from each other; the two-sided p is
    (1 + b) / (1 + B) for B = 100,000 seeded draws. A column with a missing number (nan) or without a tau is left out,
    a suite without columns too and counted. Columns that name a group get, group by group, the sign that suits them
    best, and so does each shuffle, so that a placebo has nothing from its choice. T shows that a measure follows what
    sets the models apart, no more.

    >>> pooled([[Column([1, 2, 3, 4], [1, 2, 3, 4])], [Column([1, 2, 3, 4], [1, 3, 2, 4])]]).tau
    0.8333333333333333
    """
    defined = [[(column.group, signs) for column in columns if (signs := column.signs())] for columns in suites]
    counted = sum(bool(columns) for columns in defined)
    if not counted:
        return Pooled(None, None, 0, len(suites))
    by_group: dict[str | None, NDArray[np.float64]] = {}  # first as found, then shuffled
    for number, columns in enumerate(defined):
        for group, signs in columns:
            by_order = taus_in(*signs, orders_of(len(signs[0]))) / (len(columns) * counted)
            drawn = by_order[_shuffles(number, len(by_order))]
            by_group[group] = by_group.get(group, 0.0) + drawn
    totals = np.sum([np.abs(drawn) if group else drawn for group, drawn in by_group.items()], axis=0)
    tau = float(totals[0])
    return Pooled(tau, _two_sided(totals), counted, len(suites) - counted)


@lru_cache(maxsize=64)
def _shuffles(suite: int, orders: int) -> NDArray[np.int64]:
    """Which of the orders each draw has for the models of a suite; the first is as found."""
    return np.array([0, *np.random.default_rng((0, suite)).integers(0, orders, SAMPLED)])


def holm(p: Sequence[float | None]) -> list[float | None]:
    """p values corrected for their number (Holm 1979); None stays None and does not count.

    >>> holm([0.04, None, 0.01])
    [0.04, None, 0.02]
    """
    known = sorted((value, place) for place, value in enumerate(p) if value is not None)
    corrected: list[float | None] = [None] * len(p)
    highest = 0.0
    for rank, (value, place) in enumerate(known):
        highest = max(highest, min(1.0, value * (len(known) - rank)))
        corrected[place] = highest
    return corrected


def sign_test(won: int, lost: int) -> float | None:
    """Two-sided p of that many wins among won + lost, ties left out; None where there are neither.

    >>> sign_test(5, 0), sign_test(0, 5)
    (0.0625, 0.0625)
    """
    return float(stats.binomtest(won, won + lost).pvalue) if won + lost else None


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError("a ranking needs finite numbers in one dimension")
    return array


def _independent_means(by_order: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means over conditions, each in an order of its own (conditions, orders): all or seeded ones, as found first."""
    conditions, orders = by_order.shape
    if _can_be_combined(orders, conditions):
        sums = np.zeros(1)
        for row in by_order:
            sums = (sums[:, None] + row[None, :]).ravel()
        return np.asarray(sums / conditions)
    drawn = np.random.default_rng(0).integers(0, orders, size=(SAMPLED, conditions))
    drawn[0] = 0
    return np.asarray(by_order[np.arange(conditions), drawn].mean(axis=1))


def _can_be_combined(orders: int, conditions: int) -> bool:
    """Whether each order of one condition can be looked at with each one of the others."""
    return bool(orders**conditions <= SAMPLED)


def _p_of(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64]) -> tuple[float, Kind]:
    """The two-sided p of tau where there is one, and how it is known."""
    n = len(x_signs)
    ranks = levels(x_signs), levels(y_signs)
    tied = [tuple(int(size) for size in np.bincount(side) if size > 1) for side in ranks]
    if not any(tied):
        return float(stats.kendalltau(*ranks, method="exact").pvalue), "exact"
    if n > SHUFFLED_UP_TO:
        return float(stats.kendalltau(*ranks, method="asymptotic").pvalue), "asymptotic"
    if n <= ENUMERATED or all(tied):
        return _two_sided(taus_in(x_signs, y_signs, orders_of(n))), "exact" if n <= ENUMERATED else "permutations"
    concordance = round(float((x_signs * y_signs).sum() / 2))
    return counted_p(concordance, tied[0] or tied[1], n), "exact"


def _two_sided(null: NDArray[np.float64]) -> float:
    """Share of the null values at least as far from 0 as the observed one, which is the first of them."""
    return float((np.abs(null) >= abs(null[0]) - TOLERANCE).mean())
