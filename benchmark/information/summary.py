"""What is kept of many values where all of them would be too many: mean, quantiles, histogram.

In: values in nats, a part at a time. Out: a `Summary`. Sums and counts are integers, so neither the order of the values
nor how they were parted changes a bit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

UNIT = 2.0**-44  # nats: sums are counted in these
STEP = 2.0**-14  # nats: how finely values are told apart in quantiles and histograms
HALF = 24  # bits


@dataclass(frozen=True, eq=False)
class Summary:
    """`count` values, all or a sample of `population`: `total` in units of 2^-44 nats, the lowest, the highest.

    `levels[n]` values lie from (first + n) to (first + n + 1) steps of 2^-14 nats (.00006).
    """

    count: int
    population: int
    total: int
    low: float
    high: float
    first: int
    levels: NDArray[np.int64]

    @property
    def mean(self) -> float:
        """The mean in nats, to 1e-13; NaN of no values."""
        return self.total / self.count * UNIT if self.count else float("nan")

    @property
    def deviation(self) -> float:
        """The standard deviation (n - 1) in nats, to a step; NaN of fewer than two values."""
        if self.count < 2:
            return float("nan")
        squares = float(self.levels @ (self._middles - self.mean) ** 2)
        return sqrt(squares / (self.count - 1))

    @property
    def standard_error(self) -> float:
        """Of the mean of a sample drawn without replacement, as an estimate of the population's: 0 if all are here.

        s / sqrt(n) sqrt(1 - n / N) (Cochran 1977, Sampling Techniques, equation 2.20); NaN of one value of several.
        """
        if not self.count:
            return float("nan")
        if self.count == self.population:
            return 0.0
        return self.deviation / sqrt(self.count) * sqrt(1 - self.count / self.population)

    def quantile(self, share: float) -> float:
        """The value below which this share of the values lies, in nats, to a step; ends are exact; NaN of no values."""
        if not self.count:
            return float("nan")
        if share in (0.0, 1.0):
            return self.high if share else self.low
        level = np.searchsorted(np.cumsum(self.levels), share * (self.count - 1), side="right")
        return float(np.clip(self._middles[level], self.low, self.high))

    def histogram(self, bins: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Counts (bins,) in bins of equal width from the lowest to the highest value, to a step, and their edges.

        A range narrower than a step is widened by half a nat to either side.
        """
        wide = self.high - self.low >= STEP
        span = (self.low, self.high) if wide else (self.low - 0.5, self.high + 0.5)
        counts, edges = np.histogram(np.clip(self._middles, *span), bins, span, weights=self.levels)
        return counts.astype(np.int64), edges

    @property
    def _middles(self) -> NDArray[np.float64]:
        return (self.first + 0.5 + np.arange(len(self.levels), dtype=np.float64)) * STEP


def summary(values: NDArray[np.float64], population: int | None = None) -> Summary:
    """The summary of values (n,), which are a sample of `population` or, unless that is said, all there are.

    >>> found = summary(np.array([0.1, 0.2, 0.6]))
    >>> round(found.mean, 12), round(found.quantile(0.5), 3), found.histogram(2)[0].tolist()
    (0.3, 0.2, [2, 1])
    """
    count = len(values)
    population = count if population is None else population
    if not count:
        return Summary(0, population, 0, 0.0, 0.0, 0, np.zeros(0, dtype=np.int64))
    level = np.floor(values / STEP).astype(np.int64)
    first = int(level.min())
    units = np.rint(values / UNIT).astype(np.int64)
    total = (int((units >> HALF).sum()) << HALF) + int((units & ((1 << HALF) - 1)).sum())  # no sum passes 2^63
    return Summary(
        count, population, total, float(values.min()), float(values.max()), first, np.bincount(level - first)
    )


def merged(summaries: Iterable[Summary]) -> Summary:
    """The summary of all values together.

    >>> merged([summary(np.array([1.0])), summary(np.array([2.0, 3.0]))]).mean
    2.0
    """
    given = list(summaries)
    population = sum(s.population for s in given)
    parts = [s for s in given if s.count]
    if not parts:
        return summary(np.zeros(0), population)
    first = min(s.first for s in parts)
    levels = np.zeros(max(s.first + len(s.levels) for s in parts) - first, dtype=np.int64)
    for s in parts:
        levels[s.first - first :][: len(s.levels)] += s.levels
    return Summary(
        sum(s.count for s in parts),
        population,
        sum(s.total for s in parts),
        min(s.low for s in parts),
        max(s.high for s in parts),
        first,
        levels,
    )
