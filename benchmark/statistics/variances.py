"""Variances that are made of several parts: the standard error of their sum, and its degrees of freedom.

In: what each part of a variance was estimated to be, for many numbers at once. Out: standard errors with degrees of
freedom, and t's quantiles and p's. Pure functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtridf, stdtrit

from benchmark.statistics import LEVEL
from benchmark.statistics.number import Floats

SEEDS = 3  # fewer know little of their spread: nothing is said of other networks from them
LEAST = 1 / 9  # of the variance of the examples: few seeds that agree by chance take no more off it
_MIDDLE = 1 - LEVEL / 2  # below the upper quantile lies so much


@dataclass(frozen=True)
class Parts:
    """Parts (k, ...) of the variances of numbers (...), as they were estimated; `both` is what other parts hold too.

    A part that is not there has variance 0 and infinitely many degrees of freedom `df`.
    """

    variance: Floats
    df: Floats
    both: Floats

    def where(self, kept: NDArray[np.bool_]) -> "Parts":
        """The parts of which `kept` is true; the others as if they were not there."""
        return Parts(
            np.where(kept, self.variance, 0.0), np.where(kept, self.df, np.inf), np.where(kept, self.both, 0.0)
        )


def side_by_side(parts: Sequence[Parts]) -> Parts:
    """The parts (k, n) of n numbers, from those of each (k,)."""
    fields = zip(*((part.variance, part.df, part.both) for part in parts), strict=True)
    return Parts(*(np.stack(each, axis=-1) for each in fields))


def summed(read: Parts, seeds: Parts) -> tuple[Floats, Floats]:
    """The standard errors of numbers, and the degrees of freedom of these.

    Args:
        read: The parts (k, ...) of the variances that come from the examples (or halves, or pairs) that were read.
        seeds: The parts (k, ...) that come from the seeds.

    Returns:
        Standard errors (...) and degrees of freedom (...), infinite for the normal distribution.

    The spread of the seeds holds what belongs to a seed and an example together, so that this comes off the examples'
    part. Where both parts are left, t's square lies between the squares that each would have alone, weighted by the
    squares of the parts: of normal numbers whose seeds spread alike such an interval holds the truth in 93 to 97 %,
    whatever the share of each part. Seeds that happen to agree leave at least a third of the error of the examples. Of
    unequal numbers of seeds the fewer would be believed too much where they lie close together (`_of_fewer`).
    """
    seeds = _of_fewer(seeds)
    examples, between = np.asarray(read.variance.sum(axis=0)), np.asarray(seeds.variance.sum(axis=0))
    alone = np.maximum(0.0, examples - seeds.both.sum(axis=0))
    variance = np.maximum(examples - seeds.both.sum(axis=0) + between, LEAST * examples)
    of_read, of_seeds = _satterthwaite(read), _of_spread(seeds)
    largest = np.maximum(alone, between)
    scale = np.where(largest > 0, largest, 1.0)  # no square beyond all floats
    first, second = (alone / scale) ** 2, (between / scale) ** 2
    squares = first * quantiles(of_read) ** 2 + second * quantiles(of_seeds) ** 2
    t = np.sqrt(squares / np.maximum(first + second, 1.0))
    mixed = (alone > 0) & (between > 0) & (of_read != of_seeds)
    df = np.where(mixed, stdtridf(_MIDDLE, t, where=mixed, out=np.full_like(t, np.inf)), np.inf)
    one = np.where(between > 0, of_seeds, np.where(examples > 0, of_read, np.minimum(of_read, of_seeds)))
    return np.sqrt(variance), np.asarray(np.where(mixed, df, one))


def quantiles(df: Floats) -> Floats:
    """The upper 97.5 % quantiles of Student's t: so many standard errors lie on either side of a 95 % interval.

    >>> quantiles(np.array([1.0, np.inf])).round(2).tolist()
    [12.71, 1.96]
    """
    return np.asarray(stdtrit(df, _MIDDLE))


def two_sided(value: Floats, error: Floats, df: Floats) -> Floats:
    """Two-sided p's by Student's t that values are 0.

    Args:
        value: Values (...).
        error: Their standard errors (...).
        df: The degrees of freedom (...).

    Returns:
        (...): 1 where the value is 0, and 0 where another value has no error.

    >>> two_sided(np.array([1.96, 0.0]), np.array([1.0, 1.0]), np.array([np.inf, 2.0])).round(3).tolist()
    [0.05, 1.0]
    """
    t = np.divide(np.abs(value), error, out=np.full_like(error, np.inf), where=error > 0)
    return np.asarray(np.where(value == 0, 1.0, np.where(np.isinf(t), 0.0, 2.0 * stdtr(df, -t))))


def _of_fewer(seeds: Parts) -> Parts:
    """The parts of several models' seeds; those of a model with fewer spread at least as far as all of them on average.

    Few seeds may come out far too close together. Where both models have as few, that is found less often of both, and
    Satterthwaite's degrees of freedom are few. Many seeds of the other model would bring as many degrees.
    """
    if len(seeds.df) == 1:
        return seeds
    there = np.isfinite(seeds.df)
    df = np.where(there, seeds.df, 0.0)
    counts = df + 1
    each = np.where(there, (seeds.variance - seeds.both) * counts, 0.0)
    total = df.sum(axis=0)
    average = np.divide((each * df).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    fewer = there & (counts < counts.max(axis=0))
    return replace(seeds, variance=seeds.variance + np.where(fewer, np.maximum(0.0, average - each) / counts, 0.0))


def _satterthwaite(parts: Parts, more: Floats | float = 0.0) -> Floats:
    """The degrees of freedom (...) of the sums of parts: not fewer than the poorest has, not more than all together.

    Satterthwaite's are too few on average where each part has few. With `more` 2 they are Welch's of 1938, which are
    too many where one part is far the larger: so they are never more than one above all together.
    """
    if len(parts.df) == 1:
        return np.asarray(parts.df[0])
    there = parts.where(parts.variance > 0)
    largest = there.variance.max(axis=0)
    there = replace(there, variance=there.variance / np.where(largest > 0, largest, 1.0))  # no square beyond all floats
    shares = (there.variance**2 / (there.df + more)).sum(axis=0)
    df = np.divide(there.variance.sum(axis=0) ** 2, shares, out=np.full_like(largest, np.inf), where=shares > 0) - more
    together = np.where(np.isfinite(parts.df) | (parts.variance > 0), parts.df, 0.0).sum(axis=0)
    poorest = np.where(largest > 0, there.df.min(axis=0), parts.df.min(axis=0))
    return np.asarray(np.where(largest > 0, np.clip(df, poorest, together + more / 2), poorest))


def _of_spread(seeds: Parts) -> Floats:
    """The degrees of freedom of seeds' spreads; what Welch adds is too much for models of unequal numbers of seeds."""
    there = np.isfinite(seeds.df)
    fewest, most = np.where(there, seeds.df, np.inf).min(axis=0), np.where(there, seeds.df, 0.0).max(axis=0)
    return _satterthwaite(seeds, np.where(fewest == most, 2.0, 0.0))
