"""Two sides compared: what their difference would be if networks were exchanged between them.

In: units that may change sides, and statistics of each exchange. Out: p's of each statistic by itself, and corrected
for all of them. Pure functions; docs/statistics.md defines them.

The null is that the units of both sides are drawn alike. A unit holds everything of one draw, so that what belongs
together moves together. Units of one stratum change sides with each other: of a pair, which shares its draw, either
both or none do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.ranks import differ

Array = NDArray[np.float64]
Sides = NDArray[np.bool_]

ENUMERATED = 5000  # up to so many exchanges all are looked at
DRAWN = 2000  # else so many seeded ones, and the sides as they are
TOLERANCE = 1e-9  # up to which two standardized statistics are equal
ROUNDING = 1e-12  # of the largest value of a statistic: what is less is 0


@dataclass(frozen=True)
class Stratum:
    """Units that may change sides with each other, by their numbers: those of side `a`, and those of side `b`."""

    a: tuple[int, ...]
    b: tuple[int, ...]

    @property
    def exchanges(self) -> int:
        """In how many ways the sides can be filled.

        >>> Stratum((0, 1), (2, 3)).exchanges, Stratum((0,), (1,)).exchanges
        (6, 2)
        """
        return comb(len(self.a) + len(self.b), len(self.a))


@dataclass(frozen=True, eq=False)
class Sizes:
    """What the exchanges say of some statistics (rows,) that are corrected for each other.

    `size` is how many of its spreads over the exchanges a statistic lies from their mean, and `p` its two-sided p by
    itself; nan where there is no statistic. `largest` (exchanges,) is the largest size of all in each exchange.
    """

    size: Array
    p: Array
    largest: Array


def exchanges(strata: Sequence[Stratum], drawn: int = DRAWN) -> int:
    """How many exchanges are looked at.

    >>> exchanges([Stratum((0, 1), (2, 3))] * 2), exchanges([Stratum((0, 1), (2, 3))] * 8)
    (36, 2001)
    """
    every = prod(stratum.exchanges for stratum in strata)
    return every if every <= ENUMERATED else drawn + 1


def smallest_p(strata: Sequence[Stratum], drawn: int = DRAWN) -> float:
    """The smallest two-sided p that exchanges of these strata can have.

    Where both sides are equally large in each stratum, the exchange that turns everything over is as extreme as the
    sides as they are.

    >>> smallest_p([Stratum((0, 1), (2, 3))]) == 2 / 6, smallest_p([Stratum((0,), (1, 2))]) == 1 / 3
    (True, True)
    """
    alike = all(len(stratum.a) == len(stratum.b) for stratum in strata)
    every = prod(stratum.exchanges for stratum in strata)
    return min(1.0, (2 if alike else 1) / every) if every <= ENUMERATED else 1 / (drawn + 1)


def sides(strata: Sequence[Stratum], units: int, drawn: int = DRAWN) -> Sides:
    """Which units are on side a: in every exchange, or in seeded ones where these are more than `ENUMERATED`.

    Args:
        strata: Who changes sides with whom; a unit is in one stratum at most.
        units: How many units there are. What is in no stratum is on side a in no exchange.
        drawn: How many exchanges are drawn.

    Returns:
        (exchanges, units). The first row has the sides as they are.

    >>> sides([Stratum((0,), (1,))], 2).tolist()
    [[True, False], [False, True]]
    """
    if exchanges(strata, drawn) == prod(stratum.exchanges for stratum in strata):
        return _every(strata, units)
    found = np.zeros((drawn + 1, units), dtype=np.bool_)
    generator = np.random.default_rng(0)
    for stratum in strata:
        places = [*stratum.a, *stratum.b]
        own = np.tile(np.arange(len(places)) < len(stratum.a), (drawn + 1, 1))
        generator.permuted(own[1:], axis=1, out=own[1:])
        found[:, places] = own
    return found


def means(values: Array, on_a: Sides, of_a: Sides) -> tuple[Array, Array]:
    """The means of both sides in each exchange.

    Args:
        values: (units, columns), nan where a unit has no such value.
        on_a: Which units are on side a in each exchange (exchanges, units), the first as they are.
        of_a: Whether a unit changes sides or stays on side a (units,): only the others are on side b.

    Returns:
        (exchanges, columns) of side a and of side b.
    """
    there = np.isfinite(values)
    known = np.where(there, values, 0.0)
    first = on_a | of_a
    one, other = (_over(side @ known, side @ there) for side in (first.astype(np.float64), (~first).astype(np.float64)))
    return one, other


def gaps(a: Array, b: Array) -> Array:
    """Means of side a less those of side b; exactly 0 where they differ by rounding alone.

    >>> gaps(np.array([1.0, 2.0]), np.array([1.0 + 1e-15, 1.5])).tolist()
    [0.0, 0.5]
    """
    return np.where(differ(a, b), a - b, 0.0)


def standardized(statistics: Array, least: float = 0.0) -> Array:
    """How many of its spreads over the exchanges each statistic lies from their mean, with its sign.

    Args:
        statistics: (exchanges, rows), the first as found; nan where there is none, which counts as an average one. A
            row counts if at least half of the exchanges have it.
        least: The least spread that a statistic is measured by. One that differs from 0 in few exchanges alone would
            else be the largest of all in these.

    Returns:
        (exchanges, rows), nan for a row that does not count.

    >>> standardized(np.array([[2.0, 0.0], [-2.0, 0.0]])).tolist()
    [[1.0, 0.0], [-1.0, 0.0]]
    """
    there = np.isfinite(statistics)
    count = there.sum(axis=0)
    found = np.where(there, statistics, 0.0)
    average = found.sum(axis=0) / np.maximum(count, 1)
    away = np.where(there, found - average, 0.0)
    away = np.where(np.abs(away) > ROUNDING * np.abs(found).max(axis=0, initial=0.0), away, 0.0)
    spread = np.maximum(np.sqrt((away**2).sum(axis=0) / np.maximum(count, 1)), least)
    sizes = np.divide(away, spread, out=np.zeros_like(away), where=spread > 0)
    return np.where(2 * count >= len(statistics), sizes, np.nan)


def sized(statistics: Array, least: float = 0.0) -> Sizes:
    """The sizes and p's of some statistics (exchanges, rows), as `standardized` has them.

    Returns:
        Sizes, p's by themselves, and the largest sizes (Westfall and Young 1993, the maximum of standardized
        statistics).

    >>> sized(np.array([[2.0, 0.0], [-2.0, 0.0], [0.0, 0.0], [0.0, 0.0]])).p.tolist()
    [0.5, 1.0]
    """
    sizes = np.abs(standardized(statistics, least))
    p = (sizes >= sizes[:1] - TOLERANCE).mean(axis=0)
    shown = np.isfinite(statistics[0]) & np.isfinite(sizes[0])
    largest = np.nan_to_num(sizes).max(axis=1, initial=0.0)
    return Sizes(np.where(shown, sizes[0], np.nan), np.where(shown, p, np.nan), largest)


def joined(parts: Sequence[Sizes]) -> Sizes:
    """Statistics of the same exchanges as one family, in the order of the parts, of which there is at least one."""
    largest = np.maximum.reduce([part.largest for part in parts])
    return Sizes(np.concatenate([part.size for part in parts]), np.concatenate([part.p for part in parts]), largest)


def corrected(families: Sequence[Sizes]) -> tuple[list[Array], float]:
    """p's corrected for all statistics of all families, and the p of all of them together.

    In each exchange every family has the p of its largest statistic, and the smallest of these is what is compared: no
    family drowns another one, however its statistics are spread.

    Args:
        families: Sized in the same exchanges.

    Returns:
        The p's of each family's statistics (rows,), nan where there is none; and the smallest of all that are possible,
        which is that of the largest statistic.

    >>> one = sized(np.array([[2.0], [-1.0], [0.0], [-1.0]]))
    >>> corrected([one])[1], corrected([one, one])[1]
    (0.25, 0.25)
    """
    whole = [_shares(family.largest, family.largest) for family in families]
    smallest = np.minimum.reduce(whole)
    own = [_shares(family.size, family.largest) for family in families]
    found = [np.where(np.isnan(p), np.nan, _shares(-p, -smallest)) for p in own]
    return found, float(_shares(-smallest[:1], -smallest)[0])


def _shares(sizes: Array, null: Array) -> Array:
    """The share of null values (exchanges,) as large as each size (rows,), nan where there is no size."""
    ordered = np.sort(null)
    below = np.searchsorted(ordered, sizes - TOLERANCE, side="left")
    return np.asarray(np.where(np.isnan(sizes), np.nan, (len(null) - below) / len(null)))


def _over(sums: Array, counts: Array | NDArray[np.int64]) -> Array:
    return np.asarray(np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0))


def _every(strata: Sequence[Stratum], units: int) -> Sides:
    """Every exchange; the first has the sides as they are."""
    ways = [combinations((*stratum.a, *stratum.b), len(stratum.a)) for stratum in strata]
    chosen = list(product(*ways))
    found = np.zeros((len(chosen), units), dtype=np.bool_)
    for row, choice in enumerate(chosen):
        found[row, [unit for own in choice for unit in own]] = True
    return found
