"""Kendall's tau of a measure with a metric, and how sure it can be.

In: numbers of models or networks, already oriented or not. Out: tau-b, exact p, the smallest p so many models can
reach, ties; None with a reason where there is no tau. Pure functions; docs/statistics.md defines them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.statistics.nulls import ENUMERATED, counted_p, levels, orders_of, share_as_large, taus_in
from benchmark.statistics.ranks import pair_signs, tau_b

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


def kendall(x: ArrayLike, y: ArrayLike, with_p: bool = True) -> Agreement:
    """tau-b of x (n,) and y (n,) with its two-sided p; without p where it would mean nothing.

    p is exact for up to 8 numbers, and for up to 200 where one side has no ties (without any ties: for all). Else it is
    (1 + b) / (1 + B) from B seeded permutations (100,000 for up to 32 numbers, then 10,000), and for more than 200
    numbers with ties that of the normal distribution with the variance corrected for ties (Kendall 1970).

    Args:
        x: One number for each model (n,).
        y: Another one for each (n,).
        with_p: Whether p is computed.

    Returns:
        tau, p and what is known of them; tau is None, with a reason, below two numbers or where a side is all ties.

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
    ties = (int((signs[0] * signs[1] == 0).sum()) - n) // 2
    p_min = min(1.0, 2 / factorial(n))
    tau = tau_b(*signs)
    if tau is None:
        return Agreement(None, None, p_min, n, ties, f"all {n} numbers on one side are equal")
    if not with_p:
        return Agreement(tau, None, p_min, n, ties)
    p, kind = _p_of(*signs)
    return Agreement(tau, p, p_min, n, ties, p_kind=kind)


def holm(p: Sequence[float | None], tests: int = 0) -> list[float | None]:
    """p values corrected for their number (Holm 1979); None stays None and does not count.

    Where there are to be so many `tests`, those that have no p yet count as if theirs were the largest.

    >>> holm([0.04, None, 0.01]), holm([0.04, None, 0.01], tests=3)
    ([0.04, None, 0.02], [0.08, None, 0.03])
    """
    known = sorted((value, place) for place, value in enumerate(p) if value is not None)
    corrected: list[float | None] = [None] * len(p)
    count = max(tests, len(known))
    highest = 0.0
    for rank, (value, place) in enumerate(known):
        highest = max(highest, min(1.0, value * (count - rank)))
        corrected[place] = highest
    return corrected


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError("a ranking needs finite numbers in one dimension")
    return array


def _p_of(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64]) -> tuple[float, Kind]:
    """The two-sided p of tau where there is one, and how it is known."""
    n = len(x_signs)
    ranks = levels(x_signs), levels(y_signs)
    tied = [tuple(int(size) for size in np.bincount(side) if size > 1) for side in ranks]
    if n > SHUFFLED_UP_TO:
        from scipy import stats  # a second, for rankings that are rarely so long

        kind: Literal["asymptotic", "exact"] = "asymptotic" if any(tied) else "exact"
        return float(stats.kendalltau(*ranks, method=kind).pvalue), kind
    if n <= ENUMERATED or all(tied):
        return _two_sided(taus_in(x_signs, y_signs, orders_of(n))), "exact" if n <= ENUMERATED else "permutations"
    concordance = round(float((x_signs * y_signs).sum() / 2))
    return counted_p(concordance, tied[0] or tied[1], n), "exact"


def _two_sided(null: NDArray[np.float64]) -> float:
    """Share of the null values at least as far from 0 as the observed one, which is the first of them."""
    return share_as_large(np.abs(null))
