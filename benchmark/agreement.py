"""Kendall's tau of a measure with a metric, and how sure it can be.

In: numbers of models or networks, already oriented or not. Out: tau-b, exact p, the smallest p so many models can
reach, ties; None with a reason where there is no tau. Pure functions; PROTOCOL section 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

# Up to here every permutation is looked at; beyond, so many seeded ones are.
ENUMERATED = 8
SAMPLED = 100_000
TOLERANCE = 1e-9
EQUAL = 1e-12  # relative difference up to which two numbers are equal


@dataclass(frozen=True)
class Agreement:
    """tau-b of n pairs of numbers.

    `p` is two-sided and exact, or sampled where more than eight numbers have ties; `p_min` is the smallest that n
    without ties can reach. `ties` counts the pairs of models with equal numbers on either side. Where tau is None,
    `reason` says why.
    """

    tau: float | None
    p: float | None
    p_min: float | None
    n: int
    ties: int
    reason: str | None = None


@dataclass(frozen=True)
class Within:
    """Mean over conditions of tau over the units (recipes or seeds) of a condition; p by joint or inner permutation."""

    tau: float | None
    p: float | None
    unit: Literal["recipes", "seeds"]
    conditions: int
    left_out: int
    reason: str | None = None


@dataclass(frozen=True)
class Pooled:
    """Mean over suites of a measure's mean tau in each; `p` is one-sided: how often shuffled models reach so much."""

    tau: float | None
    p: float | None
    suites: int
    left_out: int


def kendall(x: ArrayLike, y: ArrayLike) -> Agreement:
    """tau-b of x (n,) and y (n,) with its exact two-sided p (Kendall 1938; permutations where there are ties).

    With ties and more than 8 numbers p is from 100,000 seeded permutations, (1 + b) / (1 + B). Raises ValueError for
    arrays that are not one-dimensional, of one length and finite.

    >>> kendall([1, 2, 3, 4, 5], [1, 2, 3, 5, 4])
    Agreement(tau=0.8, p=0.08333333333333333, p_min=0.016666666666666666, n=5, ties=0, reason=None)
    >>> kendall([1, 2, 3], [7, 7, 7]).reason
    'all 3 numbers on one side are equal'
    """
    a, b = _numbers(x), _numbers(y)
    if len(a) != len(b):
        raise ValueError(f"{len(a)} numbers cannot agree with {len(b)}")
    n = len(a)
    if n < 2:
        return Agreement(None, None, None, n, 0, f"{n} of at least 2 numbers to rank")
    signs = _signs(a), _signs(b)
    ties = int((signs[0] * signs[1] == 0)[np.triu_indices(n, k=1)].sum())
    p_min = min(1.0, 2 / factorial(n))
    tau = _tau(*signs)
    if tau is None:
        return Agreement(None, None, p_min, n, ties, f"all {n} numbers on one side are equal")
    if ties == 0:
        return Agreement(tau, float(stats.kendalltau(a, b, method="exact").pvalue), p_min, n, ties)
    return Agreement(tau, _two_sided(_taus(*signs, _orders(n))), p_min, n, ties)


def within_conditions(x: ArrayLike, y: ArrayLike, unit: Literal["recipes", "seeds"]) -> Within:
    """Mean over conditions of tau over the units, for x and y (conditions, units); nan where a number is missing.

    Conditions with a missing number or an undefined tau are left out and counted. p is two-sided, from permutations
    of the units: one for all conditions at once where they are recipes, which have effects common to the conditions;
    one for each condition where they are seeds. Exact where the permutations can be enumerated, else (1 + b) / (1 + B).

    >>> within_conditions([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [1, 2, 3]], "recipes")
    Within(tau=1.0, p=0.3333333333333333, unit='recipes', conditions=2, left_out=0, reason=None)
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    conditions, units = a.shape
    if units < 2 or (unit == "recipes" and units < 3):
        return Within(None, None, unit, 0, conditions, f"{units} {unit} in a condition are too few")
    pairs = [(_signs(u), _signs(v)) for u, v in zip(a, b, strict=True) if np.isfinite(u).all() and np.isfinite(v).all()]
    defined = [signs for signs in pairs if _tau(*signs) is not None]
    left_out = conditions - len(defined)
    if not defined:
        return Within(None, None, unit, 0, left_out, "tau is undefined in every condition")
    orders = _orders(units)
    by_order = np.array(
        [_taus(*signs, orders) for signs in defined]
    )  # (conditions, orders); the first order is as found
    null = by_order.mean(axis=0) if unit == "recipes" else _independent_means(by_order)
    return Within(float(null[0]), _two_sided(null), unit, len(defined), left_out)


def pooled(suites: Sequence[Sequence[tuple[ArrayLike, ArrayLike]]]) -> Pooled:
    """T: mean over suites of the mean tau over a suite's columns, each x (n,) and y (n,), oriented so that + agrees.

    The models of a suite are shuffled for all its columns at once, suites apart from each other; p = (1 + b) / (1 + B)
    for B = 100,000 seeded draws. A column with a missing number (nan) or without a tau is left out, a suite without
    columns too and counted. It shows that a measure follows what sets the models apart, no more.

    >>> pooled([[([1, 2, 3, 4], [1, 2, 3, 4])], [([1, 2, 3, 4], [1, 3, 2, 4])]]).tau
    0.8333333333333333
    """
    observed, null = [], np.zeros(SAMPLED)
    for number, columns in enumerate(suites):
        signs = [(_signs(np.asarray(x, float)), _signs(np.asarray(y, float))) for x, y in columns if _whole(x, y)]
        defined = [pair for pair in signs if _tau(*pair) is not None]
        if defined:
            orders = _orders(len(defined[0][0]))
            means = np.mean([_taus(*pair, orders) for pair in defined], axis=0)
            observed.append(float(means[0]))
            null += means[np.random.default_rng((0, number)).integers(0, len(means), SAMPLED)]
    if not observed:
        return Pooled(None, None, 0, len(suites))
    reached = int((null >= sum(observed) - TOLERANCE).sum())
    return Pooled(
        sum(observed) / len(observed), (1 + reached) / (1 + SAMPLED), len(observed), len(suites) - len(observed)
    )


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
    """One-sided p of that many wins among won + lost, ties left out; None where there are neither.

    >>> sign_test(5, 0)
    0.03125
    """
    return float(stats.binomtest(won, won + lost, alternative="greater").pvalue) if won + lost else None


def regret(x: ArrayLike, y: ArrayLike) -> float | None:
    """What is lost in y (n,) by picking the model with the largest x (n,) and not the best, in the unit of y.

    Both are turned so that more is better. Of several with the largest x each is as likely to be picked. None where a
    number is missing (nan), or without models.

    >>> regret([0.3, 0.9, 0.1], [0.7, 0.6, 0.2])
    0.1
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if len(a) == 0 or not _whole(a, b):
        return None
    picked = _signs(a)[np.argmax(a)] == 0
    return round(float(b.max() - b[picked].mean()), 12)


def _whole(x: ArrayLike, y: ArrayLike) -> bool:
    return bool(np.isfinite(x).all() and np.isfinite(y).all())


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError("a ranking needs finite numbers in one dimension")
    return array


def _signs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, n): which of two numbers is larger, 1, 0 or -1. A difference of rounding alone, as of two means, is none."""
    gaps = values[:, None] - values[None, :]
    sizes = np.maximum(np.abs(values)[:, None], np.abs(values)[None, :])
    return np.where(np.abs(gaps) <= EQUAL * sizes, 0.0, np.sign(gaps))


def _tau(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64]) -> float | None:
    scale = np.sqrt(np.abs(x_signs).sum() * np.abs(y_signs).sum())
    return float((x_signs * y_signs).sum() / scale) if scale > 0 else None


def _taus(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64], orders: NDArray[np.intp]) -> NDArray[np.float64]:
    """tau of x with y in each of the orders (orders, n)."""
    scale = np.sqrt(np.abs(x_signs).sum() * np.abs(y_signs).sum())
    parts = np.array_split(orders, len(orders) // 20_000 + 1)
    turned = [y_signs[part[:, :, None], part[:, None, :]].reshape(len(part), -1) @ x_signs.ravel() for part in parts]
    return np.asarray(np.concatenate(turned) / scale)


@lru_cache(maxsize=4)
def _orders(n: int) -> NDArray[np.intp]:
    """Every permutation of n, or seeded ones; the first is the identity."""
    if n <= ENUMERATED:
        return np.array(list(permutations(range(n))))
    generator = np.random.default_rng(0)
    return np.array([np.arange(n), *(generator.permutation(n) for _ in range(SAMPLED))])


def _independent_means(by_order: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means over conditions, each in an order of its own (conditions, orders): all or seeded ones, as found first."""
    conditions, orders = by_order.shape
    if orders <= factorial(ENUMERATED) and orders**conditions <= SAMPLED:
        sums = np.zeros(1)
        for row in by_order:
            sums = (sums[:, None] + row[None, :]).ravel()
        return np.asarray(sums / conditions)
    drawn = np.random.default_rng(0).integers(0, orders, size=(SAMPLED, conditions))
    drawn[0] = 0
    return np.asarray(by_order[np.arange(conditions), drawn].mean(axis=1))


def _two_sided(null: NDArray[np.float64]) -> float:
    """Share of the null values at least as far from 0 as the observed one, which is the first of them."""
    return float((np.abs(null) >= abs(null[0]) - TOLERANCE).mean())


def or_nan(values: Iterable[float | None]) -> list[float]:
    """Numbers with nan, as the functions here read them, where one is missing."""
    return [float("nan") if value is None else value for value in values]


def oriented(values: Sequence[float], high_is_better: bool) -> list[float]:
    """Numbers turned so that the higher one is the better one."""
    return [value if high_is_better else -value for value in values]
