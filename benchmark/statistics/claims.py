"""The tests behind what a board claims of a measure: that it orders the conditions, that it beats another measure.

In: measures and metrics of the models of each suite, and which suites rest on the same data. Out: one-sided p's in both
directions. Pure functions; corrections for the number of tests are made by who asks.

A permutation of the models inside a suite assumes that a measure without effect has no trend along the knob. It may
have one, and then it orders the conditions of one suite as it likes. So whole suites are flipped too: a trend of its
own goes as often against the metric as with it. Suites that share data are flipped together: they may share the trend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import factorial, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.plain.keeping import kept
from benchmark.statistics.nulls import SAMPLED, TOLERANCE, levels, orders_of, share_as_large, taus_in
from benchmark.statistics.ranks import pair_signs, tau_b, whole

FLIPS_ENUMERATED = 14  # groups of data of which every flip is looked at; of more SAMPLED seeded ones

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """Measure x (n,) and metric y (n,) of a suite's models, both turned so that more is better; nan is missing."""

    x: ArrayLike
    y: ArrayLike

    def signs(self) -> tuple[Array, Array] | None:
        """Both sides' pairwise signs (n, n), None where there is no tau."""
        x, y = np.asarray(self.x, dtype=np.float64), np.asarray(self.y, dtype=np.float64)
        signs = pair_signs(x), pair_signs(y)
        return signs if whole(x, y) and tau_b(*signs) is not None else None


@dataclass(frozen=True)
class Suite:
    """A suite's columns, one for each metric and recipe; `data` names what suites that share examples have in common.

    Suites whose measure has no declared direction name in `free` those with which it shares its sign, as a placebo does
    by kind of memorization: it gets the sign that suits it best over them. None where the direction is declared.
    """

    columns: tuple[Column, ...]
    data: str
    free: str | None = None


@dataclass(frozen=True)
class Ordering:
    """T, the mean over suites of the mean tau over a suite's columns, and how sure its sign is.

    Each p is the larger of that of permutations inside suites and that of flips of groups of data: `p_above` for T
    above 0, `p_below` for T below it, `p` two-sided. `best` is the smallest one-sided p that any measure could reach on
    these metrics and groups, a lower bound where the columns of a suite contradict each other. A measure of free signs
    has `p` alone. `suites` have a tau, in so many `groups` of data; `left_out` have none.
    """

    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    best: float | None
    suites: int
    groups: int
    left_out: int


@dataclass(frozen=True)
class Duel:
    """How far a measure is ahead of another: the mean over suites of the difference of their taus, and its p's.

    `ahead` and `behind` count suites. `best` is the smallest `p_above` that a measure of tau 1 everywhere would reach.
    """

    difference: float | None
    p_above: float | None
    p_below: float | None
    best: float | None
    ahead: int
    behind: int
    suites: int
    groups: int


@dataclass(frozen=True)
class Pair:
    """The mean taus of two measures in one suite; `free` as in `Suite`, of the other measure."""

    tau: float
    other: float
    data: str
    free: str | None = None


def orders(suites: Sequence[Suite]) -> Ordering:
    """Whether a measure orders the conditions as the metrics do: by permutations inside suites, and by flips of suites.

    The models of a suite are shuffled for all its columns at once, suites apart from each other, in 100,000 seeded
    draws. Up to 14 groups of data every flip is looked at, of more 100,000 seeded ones. A column with a missing number
    or without a tau is left out, a suite without columns too and counted. A measure of free signs gets, in each draw
    anew, the sign that suits it best.

    >>> alike = Column([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    >>> found = orders([Suite((alike,), data) for data in ("digits", "reviews", "animals", "table", "circles")])
    >>> found.tau, found.p_above, found.best
    (1.0, 0.03125, 0.03125)
    """
    defined = [(suite, signs) for suite in suites if (signs := _defined(suite))]
    left_out = len(suites) - len(defined)
    if not defined:
        return Ordering(None, None, None, None, None, 0, 0, left_out)
    free = [suite.free for suite, _ in defined]
    groups = [suite.data for suite, _ in defined]
    drawn = np.array([_shuffled(number, signs) for number, (_, signs) in enumerate(defined)])  # as found first
    nulls = [_total(drawn, free), _total(drawn[:, :1] * _flips_of(groups), free)]
    tau, counts = float(nulls[0][0]) / len(defined), (len(defined), len(set(groups)), left_out)
    two_sided = max(share_as_large(np.abs(null)) for null in nulls)
    if any(free):
        return Ordering(tau, two_sided, None, None, None, *counts)
    above, below = (max(share_as_large(side * null) for null in nulls) for side in (1, -1))
    best = max(_best_permutation([signs for _, signs in defined]), 1 / flips(len(set(groups))).shape[1])
    return Ordering(tau, two_sided, above, below, best, *counts)


def beats(pairs: Sequence[Pair]) -> Duel:
    """Whether a measure is ahead of another one over the suites: they change places in whole groups of data.

    A measure of free signs has, as the other one, the sign that suits it best, and gets it anew in each exchange; that
    it is ahead must also stand against flips of both together, since it owes a part of its lead to its choice.

    >>> beats([Pair(0.8, 0.4, data) for data in ("digits", "reviews", "animals", "table", "circles")])
    Duel(difference=0.4, p_above=0.03125, p_below=1.0, best=0.03125, ahead=5, behind=0, suites=5, groups=5)
    """
    if not pairs:
        return Duel(None, None, None, None, 0, 0, 0, 0)
    ours, free = np.array([pair.tau for pair in pairs]), [pair.free for pair in pairs]
    theirs = at_their_best(np.array([pair.other for pair in pairs]), free)
    signs = _flips_of([pair.data for pair in pairs])
    gaps = ours - theirs
    null = _exchanged(ours, theirs, free, signs)
    below = share_as_large(-null)
    if any(free):
        together = (ours[:, None] * signs).sum(axis=0) - _total(theirs[:, None] * signs, free)
        below = max(below, share_as_large(-together))
    ahead, behind = (int((side * gaps > TOLERANCE).sum()) for side in (1, -1))
    best = share_as_large(_exchanged(np.ones(len(pairs)), theirs, free, signs))
    groups = len({pair.data for pair in pairs})
    difference = round(float(gaps.mean()), 12)
    return Duel(difference, share_as_large(null), below, best, ahead, behind, len(pairs), groups)


@kept(most=32)
def flips(groups: int, drawn: int = SAMPLED) -> Array:
    """Signs (groups, flips) of so many groups of data: all, or so many seeded ones; the first are as found.

    >>> flips(2).T.tolist()
    [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]
    """
    if groups <= FLIPS_ENUMERATED and 2**groups <= drawn:
        return np.array(list(product((1.0, -1.0), repeat=groups))).T
    signs = np.random.default_rng(0).choice([1.0, -1.0], size=(groups, drawn + 1))
    signs[:, 0] = 1.0
    return signs


def at_their_best(taus: Array, free: Sequence[str | None]) -> Array:
    """taus (..., suites) with, board by board, the sign that suits the suites best that share one.

    >>> at_their_best(np.array([-0.8, 0.2, -0.5]), ["heuristic", "heuristic", None]).tolist()
    [0.8, -0.2, -0.5]
    """
    turned = taus.copy()
    for name in {one for one in free if one is not None}:
        own = np.array([one == name for one in free])
        turned[..., own] *= np.where(taus[..., own].sum(axis=-1, keepdims=True) < 0, -1.0, 1.0)
    return turned


def _defined(suite: Suite) -> list[tuple[Array, Array]]:
    """The pairwise signs of the columns that have a tau."""
    return [signs for column in suite.columns if (signs := column.signs()) is not None]


def _shuffled(number: int, columns: list[tuple[Array, Array]]) -> Array:
    """The mean tau (1 + draws,) over a suite's columns, as found and with its models shuffled for all at once."""
    alike: dict[int, list[Array]] = {}
    for signs in columns:
        alike.setdefault(len(signs[0]), []).append(taus_in(*signs, orders_of(len(signs[0]))))
    sums = [np.sum(by_order, axis=0) for by_order in alike.values()]  # columns of as many models have the same orders
    return np.asarray(sum(total[_shuffles(number, len(total))] for total in sums) / len(columns))


@kept(most=64)
def _shuffles(suite: int, orders: int) -> NDArray[np.int64]:
    """Which of the orders each draw has for the models of a suite; the first is as found."""
    return np.concatenate([[0], np.random.default_rng((0, suite)).integers(0, orders, SAMPLED)])


def _flips_of(data: Sequence[str]) -> Array:
    """Signs (suites, flips) of suites on these data: those that share data have one sign."""
    names = list(dict.fromkeys(data))
    return np.asarray(flips(len(names))[[names.index(name) for name in data]])


def _total(taus: Array, free: Sequence[str | None]) -> Array:
    """The sum over suites of taus (suites, draws); of suites that share a free sign with the sign that suits best."""
    by_sign = {name: taus[[one == name for one in free]].sum(axis=0) for name in dict.fromkeys(free)}
    return np.asarray(sum(total if name is None else np.abs(total) for name, total in by_sign.items()))


def _exchanged(ours: Array, theirs: Array, free: Sequence[str | None], flips: Array) -> Array:
    """How far we are ahead in sum (flips,) where both have changed places in the suites of negative sign."""
    kept = flips > 0
    first = np.where(kept, ours[:, None], theirs[:, None])
    second = np.where(kept, theirs[:, None], ours[:, None])
    return np.asarray(first.sum(axis=0) - _total(second, free))


def _best_permutation(suites: Sequence[list[tuple[Array, Array]]]) -> float:
    """The smallest one-sided p by permutation: that of a measure that orders every suite as its metric does.

    A lower bound where the columns of a suite contradict each other: no measure agrees with all of them.

    Of the orders of n models as many look the same as there are orders inside the metric's groups of equal values.
    """
    shares = [min(_same(y) for _, y in columns) / factorial(len(columns[0][1])) for columns in suites]
    return max(prod(shares), 1 / (1 + SAMPLED))


def _same(signs: Array) -> int:
    """In how many orders the models of a metric with these signs (n, n) look the same."""
    return prod(factorial(int(size)) for size in np.bincount(levels(signs)))
