"""Mutual information over many pairs of neurons: all of them as a matrix, or only what is asked of them.

In: a `PairInformation`, as `nearest.pair_information` and `binned.pair_information` make them. Out: the matrix (N, N),
or a `Summary`, for which the matrix is never held.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.information.summary import Summary, merged, summary

Pairs = Literal["all"] | int
Neurons = NDArray[np.int64]
CHUNK = 1 << 16  # pairs computed in one go


@dataclass(frozen=True)
class PairInformation:
    """MI in nats of any pairs of N neurons: `of(i, j)` of neurons i and j (P,), `own` (N,) of each with itself."""

    own: NDArray[np.float64]
    of: Callable[[Neurons, Neurons], NDArray[np.float64]]

    @property
    def neurons(self) -> int:
        """N."""
        return len(self.own)


def pair_count(neurons: int) -> int:
    """How many pairs N neurons have."""
    return neurons * (neurons - 1) // 2


def pairs_of(numbers: NDArray[np.int64]) -> tuple[Neurons, Neurons]:
    """Pair number j (j - 1) / 2 + i is (i, j) with i < j.

    >>> pairs_of(np.arange(4))
    (array([0, 0, 1, 0]), array([1, 2, 2, 3]))
    """
    j = ((1.0 + np.sqrt(1.0 + 8.0 * numbers)) / 2.0).astype(np.int64)
    j -= j * (j - 1) // 2 > numbers  # the root is rounded
    j += j * (j + 1) // 2 <= numbers
    return numbers - j * (j - 1) // 2, j


def chosen(population: int, pairs: Pairs = "all", seed: int = 0) -> range | NDArray[np.int64]:
    """The numbers, ascending, of all pairs or of a seeded sample of them without replacement.

    Raises ValueError for a sample of less than one pair.
    """
    if pairs == "all":
        return range(population)
    if pairs < 1:
        raise ValueError(f"pairs must be 'all' or at least 1, got {pairs}")
    if pairs >= population:
        return range(population)
    return np.sort(np.random.default_rng(seed).choice(population, pairs, replace=False))


def pair_summary(information: PairInformation, pairs: Pairs = "all", seed: int = 0) -> Summary:
    """Mean, quantiles and histogram of the MI over all pairs i < j, or over a seeded sample of that many.

    Memory is that of the activations, whatever the number of pairs. Of a sample, `standard_error` says how far its mean
    may lie from that of all pairs; the sample goes by place, so neurons in another order get another one.

    >>> from benchmark.information import nearest
    >>> activations = np.random.default_rng(0).normal(size=(500, 40))
    >>> whole, sample = (pair_summary(nearest.pair_information(activations), pairs) for pairs in ("all", 100))
    >>> whole.count, sample.count, abs(whole.mean - sample.mean) < 3 * sample.standard_error
    (780, 100, True)
    """
    one_tap = np.zeros(information.neurons, dtype=np.int64)
    return tap_summaries(information, chosen(pair_count(information.neurons), pairs, seed), one_tap)[0]


def tap_summaries(
    information: PairInformation, numbers: range | NDArray[np.int64], taps: NDArray[np.int64]
) -> list[Summary]:
    """The pairs of these numbers, summarized for each tap, and last those between taps. `taps` (N,) are from 0 up."""
    between = int(taps.max()) + 1
    sizes = [pair_count(int(size)) for size in np.bincount(taps)]
    populations = [*sizes, pair_count(information.neurons) - sum(sizes)]
    found = [summary(np.zeros(0), size) for size in populations]
    for i, j in _chunks(numbers):
        values = information.of(i, j)
        place = np.where(taps[i] == taps[j], taps[i], between)
        found = [merged([known, summary(values[place == tap], population=0)]) for tap, known in enumerate(found)]
    return found


def matrix(information: PairInformation) -> NDArray[np.float64]:
    """MI (N, N) of all pairs, symmetric."""
    result = np.diag(information.own)
    for i, j in _chunks(range(pair_count(information.neurons))):
        values = information.of(i, j)
        result[i, j] = values
        result[j, i] = values
    return result


def _chunks(numbers: range | NDArray[np.int64]) -> Iterator[tuple[Neurons, Neurons]]:
    for first in range(0, len(numbers), CHUNK):
        yield pairs_of(np.asarray(numbers[first : first + CHUNK], dtype=np.int64))
