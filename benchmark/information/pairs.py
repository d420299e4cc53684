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
    """The numbers of the pairs to use, ascending: all, or a seeded sample without replacement.

    Args:
        population: How many pairs there are.
        pairs: "all", or the size of the sample. All are taken if it is not smaller than the population.
        seed: Of the sample.

    Raises:
        ValueError: A sample of less than one pair.

    >>> chosen(4), chosen(1000, 3).tolist() == sorted(set(chosen(1000, 3).tolist()))
    (range(0, 4), True)
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

    The memory needed does not grow with the number of pairs. The `standard_error` of a sample says how far its mean may
    lie from that of all pairs. The sample is of places, so neurons in another order get another sample.

    Args:
        information: Of `binned.pair_information`, `nearest.pair_information` or `bias.null_corrected`.
        pairs: "all", or the size of the sample.
        seed: Of the sample.

    Raises:
        ValueError: A sample of less than one pair.

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
    """Summaries of the MI of some pairs: one for each tap, and last that of the pairs between taps.

    Args:
        information: Of all N neurons.
        numbers: Of the pairs, as `pairs_of` reads them.
        taps: (N,) the number of each neuron's tap, from 0 up.
    """
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
    """MI (N, N) of all pairs, in nats, symmetric; the diagonal is `own`."""
    result = np.diag(information.own)
    for i, j in _chunks(range(pair_count(information.neurons))):
        values = information.of(i, j)
        result[i, j] = values
        result[j, i] = values
    return result


def _chunks(numbers: range | NDArray[np.int64]) -> Iterator[tuple[Neurons, Neurons]]:
    for first in range(0, len(numbers), CHUNK):
        yield pairs_of(np.asarray(numbers[first : first + CHUNK], dtype=np.int64))
