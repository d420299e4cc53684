"""How much of a mutual information is bias: against permuted neurons, and against fewer samples.

In: one of the estimators' `pair_information`, or a `functools.partial` of it, and activations (S, N). Out: information
that is null-corrected, for the reductions in `pairs.py`; or its mean for each number of samples.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.information._matrix import Matrix, checked
from benchmark.information.pairs import Neurons, PairInformation, Pairs, pair_summary

Estimator = Callable[[Any], PairInformation]
HALVINGS = 4


class SizePoint(NamedTuple):
    """Mean MI in nats over draws of that many samples, and its standard deviation over the draws; NaN of one draw."""

    samples: int
    mean: float
    deviation: float


def null_corrected(estimator: Estimator, activations: ArrayLike, repeats: int = 1, seed: int = 0) -> PairInformation:
    """MI less its mean over seeded draws in which every neuron is permuted by itself, so that none share anything.

    The result is about 0 for independent neurons, whatever the bins, the ties and the number of samples.

    Args:
        estimator: `binned.pair_information` or `nearest.pair_information`, or a `functools.partial` of one.
        activations: (S, N), an array or a tensor.
        repeats: How many permuted draws the bias is averaged over.
        seed: Of the permutations.

    Returns:
        The corrected MI of pairs, in nats. `own` is not corrected.

    Raises:
        ValueError: What the estimator refuses, or fewer than one repeat.

    >>> from benchmark.information import binned
    >>> activations = np.random.default_rng(0).normal(size=(500, 30))
    >>> plain, corrected = binned.pair_information(activations), null_corrected(binned.pair_information, activations)
    >>> round(pair_summary(plain).mean, 2), abs(pair_summary(corrected).mean) < 0.001
    (0.08, True)
    """
    matrix, generator = checked(activations, minimum=2), np.random.default_rng(seed)
    whole = estimator(matrix.given)
    nulls = [estimator(_permuted(matrix, generator)) for _ in range(_checked(repeats))]

    def of(i: Neurons, j: Neurons) -> NDArray[np.float64]:
        return np.asarray(whole.of(i, j) - np.mean([null.of(i, j) for null in nulls], axis=0))

    return replace(whole, of=of)


def sample_size_curve(
    estimator: Estimator,
    activations: ArrayLike,
    sizes: Sequence[int] | None = None,
    repeats: int = 5,
    pairs: Pairs = "all",
    seed: int = 0,
) -> list[SizePoint]:
    """How the mean MI depends on the number of samples, by seeded draws without replacement.

    If the mean still moves between the last two sizes, it says something of the number of samples and not only of the
    network.

    Args:
        estimator: `binned.pair_information` or `nearest.pair_information`, or a `functools.partial` of one.
        activations: (S, N), an array or a tensor.
        sizes: Numbers of samples to draw; by default an eighth, a quarter, a half and all of them.
        repeats: How many draws there are of each size. Of all samples there is one.
        pairs: All pairs, or a seeded sample of this many.
        seed: Of the draws, and of the sample of the pairs.

    Returns:
        For each size the mean in nats and its standard deviation over the draws.

    Raises:
        ValueError: What the estimator refuses, fewer than one repeat, or a size beyond the samples that there are.

    >>> from benchmark.information import binned
    >>> activations = np.random.default_rng(0).normal(size=(800, 30))
    >>> [(point.samples, round(point.mean, 2)) for point in sample_size_curve(binned.pair_information, activations)]
    [(100, 0.37), (200, 0.19), (400, 0.1), (800, 0.05)]
    """
    matrix, generator = checked(activations, minimum=2), np.random.default_rng(seed)
    curve = []
    for size in sizes or sorted({max(2, matrix.samples >> n) for n in range(HALVINGS)}):
        if not 2 <= size <= matrix.samples:
            raise ValueError(f"a size must be from 2 to the {matrix.samples} samples there are, got {size}")
        draws = _checked(repeats) if size < matrix.samples else 1
        rows = [np.sort(generator.permutation(matrix.samples)[:size]) for _ in range(draws)]
        means = [pair_summary(estimator(matrix.given[own]), pairs, seed).mean for own in rows]
        curve.append(SizePoint(size, float(np.mean(means)), float(np.std(means, ddof=1)) if draws > 1 else np.nan))
    return curve


def _checked(repeats: int) -> int:
    if repeats < 1:
        raise ValueError(f"repeats must be at least 1, got {repeats}")
    return repeats


def _permuted(matrix: Matrix, generator: np.random.Generator) -> Any:
    order = generator.permuted(np.tile(np.arange(matrix.samples)[:, None], len(matrix.low)), axis=0)
    return matrix.given[order, np.arange(len(matrix.low))]
