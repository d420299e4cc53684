"""Variances that are made of several parts: the standard error of their sum, and its degrees of freedom.

In: what each part of a variance was estimated to be, for many numbers at once. Out: standard errors with degrees of
freedom, and t's quantiles and p's. Pure functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtridf, stdtrit

from benchmark.measures import LEVEL
from benchmark.number import Floats

SEEDS = 3  # fewer know little of their spread: nothing is said of other networks from them
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
    """The standard errors (...) of numbers that err by how they were `read` and by their `seeds`, and their df.

    The degrees of freedom are Satterthwaite's (1946). But where few seeds happen to lie close together they would be
    many, and an interval too narrow. So they are never more than those at which t has the margin of Zou and Donner
    (2008): the squares of the seeds' and the examples' own margins, added. Two seeds that lie close together are
    believed least: their degrees count even where nothing is left of their variance. Of unequal numbers of seeds the
    fewer would be believed too much where they lie close together (`_of_fewer`).
    """
    examples, seeds = read.variance.sum(axis=0), _of_fewer(seeds)
    own = np.maximum(0.0, (seeds.variance - seeds.both).sum(axis=0))
    variance = np.asarray(examples + own)
    few = np.asarray((seeds.df < SEEDS - 1).any(axis=0))
    df = _satterthwaite(variance, _together(read, seeds.where(np.asarray((own > 0) | few))))
    mixed = (examples > 0) & (own > 0)
    if mixed.any():
        margins = [
            share * quantiles(_satterthwaite(several.variance.sum(axis=0), several)) ** 2
            for share, several in ((examples, read), (own, seeds))
        ]
        t = np.sqrt(np.divide(sum(margins), variance, out=np.full_like(variance, np.inf), where=mixed))
        df = np.where(mixed, np.minimum(df, stdtridf(_MIDDLE, t, where=mixed, out=np.full_like(df, np.inf))), df)
    return np.sqrt(variance), np.asarray(np.where(variance > 0, df, _together(read, seeds).df.min(axis=0)))


def quantiles(df: Floats) -> Floats:
    """How many standard errors of so many degrees of freedom lie on either side, with 95 % confidence.

    >>> quantiles(np.array([1.0, np.inf])).round(2).tolist()
    [12.71, 1.96]
    """
    return np.asarray(stdtrit(df, _MIDDLE))


def two_sided(value: Floats, error: Floats, df: Floats) -> Floats:
    """p of values with these standard errors: of an error of 0 it is 0, of a value of 0 it is 1."""
    t = np.divide(np.abs(value), error, out=np.full_like(error, np.inf), where=error > 0)
    return np.asarray(np.where(value == 0, 1.0, np.where(np.isinf(t), 0.0, 2.0 * stdtr(df, -t))))


def _of_fewer(seeds: Parts) -> Parts:
    """The parts of several models' seeds; those of a model with fewer spread at least as far as all of them on average.

    Few seeds may come out far too close together. Where both models have as few, that is found less often of both, and
    Satterthwaite's degrees of freedom are few. Many seeds of the other model would bring as many degrees.
    """
    there = np.isfinite(seeds.df)
    df = np.where(there, seeds.df, 0.0)
    counts = df + 1
    each = np.where(there, (seeds.variance - seeds.both) * counts, 0.0)
    total = df.sum(axis=0)
    average = np.divide((each * df).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    fewer = there & (counts < counts.max(axis=0))
    return replace(seeds, variance=seeds.variance + np.where(fewer, np.maximum(0.0, average - each) / counts, 0.0))


def _together(a: Parts, b: Parts) -> Parts:
    return Parts(*(np.concatenate(two) for two in ((a.variance, b.variance), (a.df, b.df), (a.both, b.both))))


def _satterthwaite(variance: Floats, parts: Parts) -> Floats:
    """The degrees of freedom of variances (...) that were made of these parts: not fewer than those of the poorest."""
    there = parts.where(parts.variance > 0)
    largest, poorest = there.variance.max(axis=0), there.df.min(axis=0)
    known = np.isfinite(poorest)
    floor = np.where(known, poorest, 1.0)
    of_largest = np.where(largest > 0, largest, 1.0)
    shares = ((there.variance / of_largest) ** 2 * (floor / there.df)).sum(axis=0)  # no square beyond all floats
    df = np.divide(floor * (variance / of_largest) ** 2, shares, out=np.full_like(floor, np.inf), where=shares > 0)
    return np.asarray(np.where(known, np.maximum(df, poorest), np.inf))
