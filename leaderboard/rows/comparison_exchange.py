"""The p of every difference between two boards, from one set of exchanges of their networks.

In: pairs of suites with their models. Out: p's by what they are of, and the p of all differences together.

Three families of differences are corrected together: taus, means over the conditions, and the numbers of each
condition. The first two have rows of all suites together too, which few seeds of many suites can show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import prod

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.exchange import (
    DRAWN,
    Sides,
    Sizes,
    corrected,
    exchanges,
    gaps,
    joined,
    means,
    sides,
    sized,
    smallest_p,
    standardized,
)
from benchmark.statistics.ranks import differ
from leaderboard.rows.comparison_pairs import Pair
from leaderboard.rows.comparison_parts import Name
from leaderboard.rows.comparison_units import Units, names_in, units_of, values_at

Array = NDArray[np.float64]
Key = tuple[object, ...]
Of = tuple[str, str, Name]  # inputs, scope, number
Signs = Mapping[tuple[str, str], int]  # of a kind of memorization and a measure; a placebo has none


@dataclass(frozen=True)
class Exchanged:
    """What the exchanges say. `found` has the p of each difference by itself and corrected, by its key.

    Keys are ("tau", pair, read, metric, measure), ("mean", pair, read, name), ("number", pair, read, condition, name)
    with the numbers of a pair and a read, and ("taus" or "means", inputs, scope, name) of all suites. `of_all` has for
    the latter the mean over the suites of the standardized differences of means, and over how many suites that is.
    """

    found: Mapping[Key, tuple[float, float]]
    of_all: Mapping[tuple[str, str, str, Name], tuple[float, int]]
    p: float | None
    best: float
    exchanges: int
    exact: bool
    pairs: int
    pools: int
    best_of_group: tuple[float, ...]
    group_of: tuple[int, ...]


@dataclass
class _Family:
    """Statistics that are corrected for each other, as they come."""

    keys: list[Key] = field(default_factory=list)
    parts: list[Sizes] = field(default_factory=list)

    def add(self, keys: Sequence[Key], statistics: Array, least: float = 0.0) -> None:
        self.keys += keys
        self.parts.append(sized(statistics, least))


@dataclass
class _Sums:
    """For all suites together: the sum of each suite's statistics (exchanges,), and of how many, by what it is of."""

    of: dict[Of, dict[int, tuple[Array, int]]] = field(default_factory=dict)

    def add(self, key: Of, pair: int, statistic: Array) -> None:
        own = self.of.setdefault(key, {})
        before, count = own.get(pair, (np.zeros_like(statistic), 0))
        own[pair] = before + statistic, count + 1

    def means(self) -> dict[Of, Array]:
        """The mean over the suites of the mean over a suite's rows, of those that two suites or more have."""
        each = {key: [total / count for total, count in own.values()] for key, own in self.of.items() if len(own) > 1}
        return {key: np.mean(rows, axis=0) for key, rows in each.items()}


def exchange(pairs: Sequence[Pair], signs: Signs, better: Mapping[str, bool], drawn: int = DRAWN) -> Exchanged:
    """Exchange the networks of two sides, and see how far what differs could be chance.

    Args:
        pairs: The suites of both sides.
        signs: The sign of each measure that has one, by kind of memorization.
        better: Of each metric whether high is better.
        drawn: How many exchanges are drawn where not all are looked at.
    """
    units = units_of(pairs)
    strata = tuple(chain.from_iterable(units.strata))
    on_a = sides(strata, len(units.names), drawn)
    taus, averages, numbers = _Family(), _Family(), _Family()
    together = {"taus": _Sums(), "means": _Sums()}
    for number, pair in enumerate(pairs):
        once: set[str] = set()  # metrics are those of the evaluation examples, whatever the inputs of the measures
        for at, read in enumerate(pair.reads):
            names = names_in(pair, read)
            if not names:
                continue
            a, b = _means(units, number, pair, at, names, on_a)
            new = [place for place, name in enumerate(names) if name[0] == "measure" or read[0][0] not in once]
            once.add(read[0][0])
            _add_numbers(numbers, averages, together["means"], (number, at), pair, [names[n] for n in new], a, b, new)
            _add_taus(taus, together["taus"], (number, at), pair, names, a, b, signs, better)
    averaged = together["means"].means()
    for family, kind, whole in ((taus, "taus", together["taus"].means()), (averages, "means", averaged)):
        if whole:
            family.add([(kind, *key) for key in whole], np.column_stack(list(whole.values())))
    families = [family for family in (taus, averages, numbers) if family.parts]
    ps, p = corrected([joined(family.parts) for family in families]) if families else ([], None)
    found = {
        key: (float(own), float(all_of_them))
        for family, each in zip(families, ps, strict=True)
        for key, own, all_of_them in zip(family.keys, joined(family.parts).p, each, strict=True)
    }
    sizes = [len(stratum.a) + len(stratum.b) for stratum in strata]
    return Exchanged(
        found,
        {("means", *key): (float(whole[0]), len(together["means"].of[key])) for key, whole in averaged.items()},
        p,
        smallest_p(strata, drawn),
        exchanges(strata, drawn),
        exchanges(strata, drawn) == prod(stratum.exchanges for stratum in strata),
        sizes.count(2),
        len(sizes) - sizes.count(2),
        tuple(smallest_p(own, drawn) for own in units.strata),
        units.group_of,
    )


def _means(units: Units, number: int, pair: Pair, at: int, names: Sequence[Name], on_a: Sides) -> tuple[Array, Array]:
    """The means (exchanges, conditions, names) of both sides."""
    own = units.of_pair(number)
    values = values_at(units, number, pair, pair.reads[at], names)
    found = means(values.reshape(len(own), -1), on_a[:, own], units.stay[own])
    shape = (len(on_a), *values.shape[1:])
    return found[0].reshape(shape), found[1].reshape(shape)


def _add_numbers(
    numbers: _Family,
    averages: _Family,
    together: _Sums,
    place: tuple[int, int],
    pair: Pair,
    names: Sequence[Name],
    a: Array,
    b: Array,
    columns: Sequence[int],
) -> None:
    """The differences of every condition, and their mean over the conditions that both know."""
    away = gaps(a[..., columns], b[..., columns])
    keys = [("number", *place, condition, name) for condition in pair.conditions for name in names]
    numbers.add(keys, away.reshape(len(away), -1))
    there = np.isfinite(away)
    count = there.sum(axis=1)
    mean = np.divide(np.where(there, away, 0.0).sum(axis=1), count, out=np.full(count.shape, np.nan), where=count > 0)
    averages.add([("mean", *place, name) for name in names], mean)
    for name, column in zip(names, standardized(mean).T, strict=True):
        if np.isfinite(column).all():
            inputs, scope = pair.reads[place[1]][0][1:] if name[0] == "measure" else ("", "")
            together.add((inputs, scope, name), place[0], column)


def _add_taus(
    family: _Family,
    together: _Sums,
    place: tuple[int, int],
    pair: Pair,
    names: Sequence[Name],
    a: Array,
    b: Array,
    signs: Signs,
    better: Mapping[str, bool],
) -> None:
    """The differences of the taus of each measure with each metric."""
    size = len(pair.conditions)
    x = [number for number, name in enumerate(names) if name[0] == "measure"]
    y = [number for number, name in enumerate(names) if name[0] == "metric"]
    if size < 2 or not x or not y:
        return
    up = np.array([1.0 if better[names[number][1]] else -1.0 for number in y])
    away = (taus(a[..., x], a[..., y]) - taus(b[..., x], b[..., y])) * up
    keys = [("tau", *place, names[j][1], names[i][1]) for i in x for j in y]
    swap = 4 / (size * (size - 1))  # what one swap of neighbours changes tau by
    family.add(keys, away.reshape(len(away), -1), least=swap)
    for row, i in enumerate(x):
        sign = signs.get((pair.a.kind, names[i][1]))
        for column in range(len(y)):
            statistic = away[:, row, column]
            if sign is not None and np.isfinite(statistic[0]):
                together.add((*pair.reads[place[1]][0][1:], names[i]), place[0], sign * np.nan_to_num(statistic))


def taus(x: Array, y: Array) -> Array:
    """Kendall's tau-b in each exchange of each measure with each metric, over the conditions that have both.

    Args:
        x: Measures (exchanges, conditions, measures), nan in all exchanges where a condition has none.
        y: Metrics (exchanges, conditions, metrics), likewise.

    Returns:
        (exchanges, measures, metrics), nan where a side is all ties.

    >>> x = np.array([[[1.0], [2.0], [3.0]]])
    >>> taus(x, -x).item(), taus(x, np.array([[[1.0], [np.nan], [2.0]]])).item()
    (-1.0, 1.0)
    """
    first, second = np.triu_indices(x.shape[1], 1)
    (x_signs, x_there), (y_signs, y_there) = (_signs(values, first, second) for values in (x, y))
    both = np.einsum("dpx,dpy->dxy", x_signs, y_signs, optimize=True)
    own = np.einsum("dpx,py->dxy", np.abs(x_signs), y_there, optimize=True)
    other = np.einsum("dpy,px->dxy", np.abs(y_signs), x_there, optimize=True)
    scale = np.sqrt(own * other)
    return np.asarray(np.divide(both, scale, out=np.full_like(scale, np.nan), where=scale > 0))


def _signs(values: Array, first: NDArray[np.intp], second: NDArray[np.intp]) -> tuple[Array, Array]:
    """The signs (exchanges, pairs, names) of pairs of conditions, and which pairs there are (pairs, names)."""
    known = np.nan_to_num(values)
    one, other = known[:, first], known[:, second]
    there = np.asarray(np.isfinite(values).all(axis=0))
    pairs = (there[first] & there[second]).astype(np.float64)
    return np.asarray(np.where(differ(one, other), np.sign(one - other), 0.0) * pairs), pairs
