"""What noise does to a ranking: which gaps are real, how far tau moves, which models are tied, what a choice costs.

In: numbers of models, already oriented (more is better), with their standard errors, seeds or sub-samples. Out: tau
over the gaps that stand out, intervals of tau, tie groups, selection regret. Pure functions; PROTOCOL section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.ranks import pair_signs, tau_b, taus_b, whole

ERRORS = 2.0  # a gap of so many of its standard errors stands out
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


def filtered_kendall(x: ArrayLike, y: ArrayLike, y_errors: ArrayLike) -> Filtered:
    """tau-b of x (n,) with y (n,), pairs left out in which y differs by at most two standard errors of the difference.

    `y_errors` (n,) are the standard errors of y, independent of each other.

    >>> filtered_kendall([1, 2, 3], [0.5, 0.51, 0.9], [0.1, 0.1, 0.1])
    Filtered(tau=1.0, kept=2, pairs=3, reason=None)
    """
    a, b, errors = (np.asarray(values, dtype=np.float64) for values in (x, y, y_errors))
    pairs = len(b) * (len(b) - 1) // 2
    if not (whole(a, b) and np.isfinite(errors).all()):
        return Filtered(None, 0, pairs, "the noise of the metric is not known")
    real = _stand_out(b, errors)
    tau = tau_b(pair_signs(a) * real, pair_signs(b) * real)
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


def tie_groups(values: Sequence[float], errors: Sequence[float]) -> list[list[int]]:
    """The places of values (n,), best first, in groups that noise does not let apart.

    A group holds its best and all that lie within two standard errors of the difference from it; the next one begins
    with the best that is left.

    >>> tie_groups([0.1, 0.9, 0.85, 0.2], [0.05, 0.05, 0.05, 0.05])
    [[1, 2], [3, 0]]
    """
    order = np.argsort(-np.asarray(values, dtype=np.float64), kind="stable")
    real = _stand_out(np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64))
    groups: list[list[int]] = []
    left = order.tolist()
    while left:
        groups.append([place for place in left if not real[left[0], place]])
        left = [place for place in left if real[left[0], place]]
    return groups


def regret(x: ArrayLike, y: ArrayLike) -> float | None:
    """What is lost in y (n,) by picking the model with the largest x (n,) and not the best, in the unit of y.

    Of several with the largest x each is as likely to be picked. None where a
    number is missing (nan), or without models.

    >>> regret([0.3, 0.9, 0.1], [0.7, 0.6, 0.2])
    0.1
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if len(a) == 0 or not whole(a, b):
        return None
    picked = pair_signs(a)[np.argmax(a)] == 0
    return round(float(b.max() - b[picked].mean()), 12)


def compared(value: float | None, error: float | None, before: float | None, before_error: float | None) -> str | None:
    """Whether a value is "higher" or "lower" than the one before it, or that is "undecided"; None where one is missing.

    >>> compared(0.7, 0.01, 0.8, 0.02), compared(0.7, 0.01, 0.71, 0.02)
    ('lower', 'undecided')
    """
    if value is None or error is None or before is None or before_error is None:
        return None
    if not _stand_out(np.array([value, before]), np.array([error, before_error]))[0, 1]:
        return "undecided"
    return "higher" if value > before else "lower"


def _taus_of_means(x: NDArray[np.float64], y: NDArray[np.float64], drawn: NDArray[np.int64]) -> NDArray[np.float64]:
    """tau (draws,) of the means of x and y (n, seeds) over the seeds drawn for each model (draws, n, seeds)."""
    means = [values[np.arange(len(x))[:, None], drawn].mean(axis=-1) for values in (x, y)]
    return taus_b(*(pair_signs(values) for values in means))


def _stand_out(values: NDArray[np.float64], errors: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n, n): which two values differ by more than two standard errors of their difference."""
    gaps = np.abs(values[:, None] - values[None, :])
    noise = np.sqrt(errors[:, None] ** 2 + errors[None, :] ** 2)
    return np.asarray((gaps > ERRORS * noise) & (pair_signs(values) != 0))
