"""Anchors of one kind, and a network beside them: how far two of them differ, and what other draws would move.

In: one measure of networks. Out: differences with their standard errors and degrees of freedom. Pure functions.

A weighted sum of groups errs by two things. Reading other examples moves it as far as it spreads over the same halves
of the examples (see `order`). Training anew moves each network as far as anchors of one kind spread over their seeds:
that variance is taken to be the same for all kinds, so that few seeds of each make one estimate of several degrees of
freedom (Snedecor and Cochran 1989, section 12.10). A network that is placed counts as one more training.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from benchmark.ranking.measuring import Measured
from benchmark.statistics import LEVEL
from benchmark.statistics.number import mean
from benchmark.statistics.variances import Parts, summed, two_sided


@dataclass(frozen=True)
class Group:
    """One measure of networks that were trained alike, each with a value."""

    numbers: tuple[Measured, ...]

    @property
    def values(self) -> list[float]:
        """One for each network."""
        return [one.value for one in self.numbers if one.value is not None]

    @property
    def mean(self) -> float:
        """Of the networks."""
        return fsum(self.values) / len(self.values)

    @property
    def halves(self) -> list[float | None]:
        """On each half of the examples the mean of the networks, None where one has no value."""
        return [mean(own) for own in zip(*(one.halves for one in self.numbers), strict=True)]

    @property
    def of_pairs(self) -> float:
        """The variance of the mean that comes from reading a sample of the pairs of neurons."""
        return fsum((one.standard_error or 0.0) ** 2 for one in self.numbers) / len(self.numbers) ** 2


@dataclass(frozen=True)
class Spread:
    """The variance of one training anew, and the degrees of freedom it is known with; 0 of them: it is not known."""

    variance: float
    df: int


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error and the degrees of freedom of that."""

    value: float
    error: float
    df: float

    @property
    def apart(self) -> bool:
        """Whether it is not 0, at .05."""
        return bool(two_sided(*(np.array([part]) for part in (self.value, self.error, self.df)))[0] <= LEVEL)


def spread_over_seeds(groups: Sequence[Group]) -> Spread:
    """How far trainings that differ in their seed alone spread, all kinds together.

    >>> found = spread_over_seeds([Group((Measured(0.0), Measured(2.0))), Group((Measured(5.0), Measured(5.0)))])
    >>> found.variance, found.df
    (1.0, 2)
    """
    squares = fsum((value - group.mean) ** 2 for group in groups for value in group.values)
    df = sum(len(group.values) - 1 for group in groups)
    return Spread(squares / df if df else 0.0, df)


def weighted(groups: Mapping[str, Group], weights: Mapping[str, float], spread: Spread) -> Estimate | None:
    """A weighted sum of the means of groups; None where it is not known how far it errs.

    Args:
        groups: By name.
        weights: Of those that count.
        spread: Of one training anew.
    """
    own = [(groups[name], weight) for name, weight in weights.items()]
    halves = zip(
        *([None if value is None else value * weight for value in one.halves] for one, weight in own), strict=True
    )
    on_halves = [fsum(known) for each in halves if len(known := [one for one in each if one is not None]) == len(own)]
    if len(on_halves) < 2 or not spread.df:
        return None
    read = float(np.var(on_halves, ddof=1)) + fsum(weight**2 * group.of_pairs for group, weight in own)
    trained = spread.variance * fsum(weight**2 / len(group.values) for group, weight in own)
    error, df = summed(_part(read, len(on_halves) - 1), _part(trained, spread.df))
    return Estimate(fsum(weight * group.mean for group, weight in own), float(error[0]), float(df[0]))


def _part(variance: float, df: float) -> Parts:
    return Parts(np.array([[variance]]), np.array([[float(df)]]), np.zeros((1, 1)))
