"""What noise does to a ranking: which gaps are real, how far tau moves, which models are tied, what a choice loses.

In: numbers of models, already oriented (more is better), which of them stand out, their seeds or sub-samples. Out: tau
over the gaps that stand out, intervals of tau, tie groups, selection regret. Pure functions, defined in
docs/statistics.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.statistics.ranks import pair_signs, tau_b, taus_b, whole

SEEDS = 5  # fewer give no interval
RESAMPLED = 1000
PAIRS = 1_000_000  # signs of pairs that are held at once


@dataclass(frozen=True)
class Filtered:
    """tau over the pairs of models whose metrics differ by more than noise; `kept` of all `pairs`."""

    tau: float | None
    kept: int
    pairs: int
    reason: str | None = None


def filtered_kendall(x: ArrayLike, y: ArrayLike, apart: NDArray[np.bool_] | None) -> Filtered:
    """tau-b over the pairs of models whose metrics differ by more than noise.

    Args:
        x: The measure (n,), turned so that more is better.
        y: The metric (n,), likewise.
        apart: Which two models' metrics differ (n, n), as `errors.apart` finds it; None where that is not known.

    Returns:
        tau, and over how many of all pairs; tau is None, with a reason, where it is undefined.

    >>> filtered_kendall([1, 2, 3], [0.5, 0.51, 0.9], np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0]], dtype=bool))
    Filtered(tau=1.0, kept=2, pairs=3, reason=None)
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    pairs = len(b) * (len(b) - 1) // 2
    if apart is None or not whole(a, b):
        return Filtered(None, 0, pairs, "the noise of the metric is not known")
    x_signs, y_signs = pair_signs(a), pair_signs(b)
    real = apart & (y_signs != 0)
    tau = tau_b(x_signs * real, y_signs * real)
    kept = int(real.sum()) // 2
    reason = "no two models differ by more than noise" if not kept else "all the numbers that are left are equal"
    return Filtered(tau, kept, pairs, None if tau is not None else reason)


def seed_interval(x: ArrayLike, y: ArrayLike) -> tuple[float, float] | None:
    """Where 95 % of the taus lie when the seeds of each model are drawn anew, from x (n, seeds) and y (n, seeds).

    A network keeps its measure and its metric together; each model has draws of its own (seeded). None with fewer than
    five seeds, where a number is missing, or where more than half of the draws have no tau.
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    n, seeds = a.shape
    if seeds < SEEDS or n < 2 or not whole(a, b):
        return None
    drawn = np.random.default_rng(0).integers(0, seeds, size=(RESAMPLED, n, seeds))
    parts = np.array_split(drawn, RESAMPLED * n * n // PAIRS + 1)
    taus = np.concatenate([_taus_of_means(a, b, part) for part in parts])
    defined = taus[~np.isnan(taus)]
    if len(defined) <= RESAMPLED / 2:
        return None
    low, high = np.quantile(defined, [0.025, 0.975])
    return float(low), float(high)


def sub_sample_range(x: ArrayLike, y: ArrayLike) -> tuple[float, float] | None:
    """Lowest and highest tau of y (n,) with the measure on each half of the examples and neurons, x (halves, n).

    None where a number is missing or there is no tau.
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 2 or not len(a) or not whole(a, b):
        return None
    taus = taus_b(pair_signs(a), np.broadcast_to(pair_signs(b), (len(a), len(b), len(b))))
    return None if np.isnan(taus).any() else (float(taus.min()), float(taus.max()))


def tie_groups(values: Sequence[float], apart: NDArray[np.bool_]) -> list[list[int]]:
    """Group models that noise does not tell apart, the best group first.

    A group holds the best model that is left, all models that do not differ from it, and those between them: these may
    differ from the best where their errors are smaller, but no model is ranked behind a worse one.

    Args:
        values: The number of each model (n,), more is better.
        apart: Which two models differ by more than noise (n, n), as `errors.apart` finds it.

    Returns:
        The places of the models, in groups.

    >>> tie_groups([0.1, 0.9, 0.85], np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=bool))
    [[1, 2], [0]]
    """
    left = np.argsort(-np.asarray(values, dtype=np.float64), kind="stable").tolist()
    groups: list[list[int]] = []
    while left:
        size = 1 + max(number for number, place in enumerate(left) if not apart[left[0], place])
        groups.append(left[:size])
        left = left[size:]
    return groups


def regret(x: ArrayLike, y: ArrayLike) -> float | None:
    """What is lost in y (n,) by picking the model with the largest x (n,) and not the best, in the unit of y.

    If several models tie for the largest x, the loss is averaged over them. None without models, or where a number is
    missing (nan).

    >>> regret([0.3, 0.9, 0.1], [0.7, 0.6, 0.2])
    0.1
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if len(a) == 0 or not whole(a, b):
        return None
    picked = pair_signs(a)[np.argmax(a)] == 0
    return round(float(b.max() - b[picked].mean()), 12)


def _taus_of_means(x: NDArray[np.float64], y: NDArray[np.float64], drawn: NDArray[np.int64]) -> NDArray[np.float64]:
    """tau (draws,) of the means of x and y (n, seeds) over the seeds drawn for each model (draws, n, seeds)."""
    means = [values[np.arange(len(x))[:, None], drawn].mean(axis=-1) for values in (x, y)]
    return taus_b(*(pair_signs(values) for values in means))
