"""How far the number of a model errs, and the difference of two: over seeds and over test examples at once.

In: values of networks, seed by seed and example by example. Out: standard errors with their degrees of freedom, and
what is seen of a difference. Pure functions.

A network's number is modelled as x[s, i] = m + e[i] + u[s] + v[s, i]: of example i, of seed s, of both. The mean over k
seeds and n examples errs by var(e) / n + var(u) / k + var(v) / (n k). The spread of the examples' means over the seeds,
divided by n, holds the first and the last part; that of the seeds' values, divided by k, the second and the last; so
the last is counted twice, and once taken off. Of two models on the same examples it is the difference that has an
example's part, and each model has a part of its own seeds (Searle, Casella and McCulloch 1992, chapter 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isinf
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics import LEVEL
from benchmark.statistics.intervals import interval
from benchmark.statistics.number import ErrorOf, Floats, Number, spread
from benchmark.statistics.ranks import differ
from benchmark.statistics.variances import SEEDS, Parts, side_by_side, summed, two_sided

About = Literal["networks", "conditions"]
Seen = Literal["higher", "lower", "undecided"]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Error:
    """A standard error, its degrees of freedom (None: the normal distribution), and what was drawn anew for it."""

    error: float
    df: float | None
    of: ErrorOf


@dataclass(frozen=True)
class Difference:
    """A number of one model less that of another, with its standard error, degrees of freedom and two-sided p.

    `seen` says whether it is "higher" or "lower" at .05, or that is "undecided"; None where the error is not known.
    `about` says of what that holds: of these two "networks" (or few), or of other networks of the two "conditions" too.
    """

    value: float | None
    error: float | None = None
    df: float | None = None
    p: float | None = None
    seen: Seen | None = None
    about: About | None = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the difference lies with 95 % confidence."""
        return None if self.value is None or self.error is None else interval(self.value, self.error, self.df)


@dataclass(frozen=True)
class _Spread:
    """What the mean of a model errs by: as it was `read` on these examples, halves or pairs, and by its `seeds`.

    Each is a part (1,), or not there. `examples` are the means over the seeds on each example (n,), where they are
    known.
    """

    read: Parts
    seeds: Parts
    examples: Floats | None = None


def of_seeds_and_examples(by_seed: Sequence[float], by_example: Sequence[Floats]) -> Error | None:
    """The error of a mean over seeds, from each seed's numbers on the same examples (n,).

    With one seed it is that of the examples alone, which says how far this network's number errs. None of fewer than
    two examples.

    >>> of_seeds_and_examples([0.5], [np.array([1.0, 0.0])])
    Error(error=0.5, df=1.0, of='examples')
    >>> of_seeds_and_examples([0.5, 1.0], [np.array([1.0, 0.0]), np.array([1.0, 1.0])]).of
    'seeds and examples'
    """
    if len(by_example[0]) < 2:
        return None
    known = _of_examples(by_seed, by_example)
    return _error(known.read, known.seeds, "seeds and examples" if len(by_seed) > 1 else "examples")


def of_seeds(by_seed: Sequence[float], standard_errors: Sequence[float] = ()) -> Error | None:
    """The error of a mean over two or more seeds from their spread, with one degree of freedom less; else None.

    Standard errors of the networks from their test examples are counted too. All networks are taken to err on the same
    examples, since nothing else is known: this makes the error rather too large than too small.

    >>> of_seeds([0.0, 3.0]).df
    1.0
    """
    if len(by_seed) < 2:
        return None
    seeds = _of_seeds(by_seed)
    if not standard_errors:
        return _error(NOTHING, seeds, "seeds")
    read = _part(sum(error**2 for error in standard_errors) / len(standard_errors))
    return _error(read, seeds, "seeds and examples")


def difference(a: Number, b: Number) -> Difference:
    """The number of `a` less that of `b`, and whether it is more than chance.

    With two seeds or more in both it counts seeds and examples; of unequal numbers of seeds the fewer are taken to
    spread at least as far as all do on average. Where one model has a single network, it is about the networks at hand
    and counts the examples alone. Numbers on the same examples are compared example by example; otherwise the errors
    of both are added.

    >>> same = np.array([1.0, 1.0, 0.0, 1.0, 0.0])
    >>> a = Number((0.6,), 0.6, None, {}, error=0.24, error_of="examples", by_example=(same,), examples="x")
    >>> difference(a, a)  # doctest: +NORMALIZE_WHITESPACE
    Difference(value=0.0, error=0.0, df=4.0, p=1.0, seen='undecided', about='networks')
    """
    if a.mean is None or b.mean is None:
        return Difference(None)
    known = _table([a, b])
    if known is None:
        return Difference(a.mean - b.mean)
    value, error, df, p = (float(found[0]) for found in _between(known, np.array([0]), np.array([1])))
    seen: Seen = "undecided" if p > LEVEL else "higher" if value > 0 else "lower"
    return Difference(a.mean - b.mean, error, _plain(df), p, seen, _about([a, b], bool(known.by_seeds.all())))


def about(numbers: Sequence[Number]) -> About:
    """Whom differences of these numbers are about: other networks too only where each is a mean over three seeds."""
    spreads = [_spread(number) for number in numbers]
    return _about(numbers, all(one and one.seeds is not NOTHING for one in spreads))


def _about(numbers: Sequence[Number], by_seeds: bool) -> About:
    """As `about`, of numbers that all err by their seeds, or not."""
    return "conditions" if by_seeds and all(len(number.by_seed) >= SEEDS for number in numbers) else "networks"


def at_tap(number: Number, tap: str) -> Number:
    """The number at one tap, which errs by its seeds where there are two or more."""
    values = number.per_tap_by_seed.get(tap, ())
    known = [value for value in values if value is not None]
    error = of_seeds(known) if len(known) == len(values) else None
    return Number(
        values,
        number.per_tap.get(tap),
        spread(values),
        {},
        error=error.error if error else None,
        df=error.df if error else None,
        error_of=error.of if error else "",
    )


def apart(numbers: Sequence[Number]) -> NDArray[np.bool_] | None:
    """(n, n): which two numbers differ by more than chance; None where that is not known of every two."""
    if not numbers:
        return np.zeros((0, 0), dtype=np.bool_)
    known = _table(numbers)
    if known is None:
        return None
    found = np.zeros((len(numbers), len(numbers)), dtype=np.bool_)
    rows, columns = np.tril_indices(len(numbers), k=-1)
    *_, p = _between(known, rows, columns)
    found[rows, columns] = found[columns, rows] = p <= LEVEL
    return found


@dataclass(frozen=True)
class _Table:
    """Means (n,) of models, parts (1, n) of what they err by and which are there, and their numbers on each example."""

    means: Floats
    read: Parts
    seeds: Parts
    was_read: NDArray[np.bool_]
    by_seeds: NDArray[np.bool_]
    examples: Sequence[Floats | None]
    digests: Sequence[str | None]


def _table(numbers: Sequence[Number]) -> _Table | None:
    """The numbers side by side, None where one of them has no mean or no error."""
    spreads = [_spread(number) for number in numbers]
    means = [number.mean for number in numbers]
    known, there = [mean for mean in means if mean is not None], [spread for spread in spreads if spread is not None]
    if not len(known) == len(there) == len(numbers) > 0:
        return None
    each = [(one.read, one.seeds) for one in there]
    read, seeds = (side_by_side(parts) for parts in zip(*each, strict=True))
    was_read, by_seeds = (np.array([part is not NOTHING for part in parts]) for parts in zip(*each, strict=True))
    digests = [number.examples for number in numbers]
    return _Table(np.array(known), read, seeds, was_read, by_seeds, [one.examples for one in there], digests)


def _between(table: _Table, rows: Indices, columns: Indices) -> tuple[Floats, Floats, Floats, Floats]:
    """The numbers of some models less those of others (m,), with the standard errors, their df and the two-sided p's.

    Equal numbers have a p of 1, however they are rounded.
    """
    a, b = table.means[rows], table.means[columns]
    value = np.where(differ(a, b), a - b, 0.0)
    seeds = _two(table.seeds, rows, columns)
    alone = np.asarray(np.isinf(seeds.df).any(axis=0))  # a model of one network says nothing of others
    were_read = table.was_read[rows] & table.was_read[columns]
    error, df = summed(_read(table, rows, columns), seeds.where(~(alone & were_read)))
    return value, error, df, two_sided(value, error, df)


def _read(table: _Table, rows: Indices, columns: Indices) -> Parts:
    """What differences err by on the examples: their own difference where both were read on the same ones."""
    read = _two(table.read, rows, columns)
    for row in np.unique(rows):
        ours = table.examples[row]
        there = np.flatnonzero(rows == row)
        same = {place: table.examples[columns[place]] for place in there if _on_the_same(table, row, columns[place])}
        if ours is not None and same:
            places = list(same)
            between = _mean_of(ours - np.array(list(same.values())))
            read.variance[:, places], read.df[:, places] = 0.0, np.inf
            read.variance[0, places], read.df[0, places] = between.variance, between.df
    return read


def _on_the_same(table: _Table, row: int, column: int) -> bool:
    ours, theirs, digest = table.examples[row], table.examples[column], table.digests[row]
    if ours is None or theirs is None or digest is None:
        return False
    return digest == table.digests[column] and len(ours) == len(theirs)


def _two(parts: Parts, rows: Indices, columns: Indices) -> Parts:
    """The parts (2, m) of two models each."""
    return Parts(*(np.stack([each[0, rows], each[0, columns]]) for each in (parts.variance, parts.df, parts.both)))


def _spread(number: Number) -> _Spread | None:
    """The parts of a number's error, None where nothing is known of it."""
    values = [value for value in number.by_seed if value is not None]
    if number.error is None or number.mean is None or len(values) < len(number.by_seed):
        return None
    if number.by_example:
        return _of_examples(values, number.by_example)
    if number.error_of not in ("seeds", "seeds and examples"):
        return _Spread(_part(number.error**2, inf if number.df is None else number.df), NOTHING)
    seeds = _of_seeds(values)
    rest = number.error**2 - float(seeds.variance.sum())
    return _Spread(_part(rest) if rest > 0 and number.error_of == "seeds and examples" else NOTHING, seeds)


def _of_examples(by_seed: Sequence[float], by_example: Sequence[Floats]) -> _Spread:
    each = np.asarray(by_example, dtype=np.float64)
    if each.shape[1] < 2:
        return _Spread(NOTHING, _of_seeds(by_seed))
    columns = each.mean(axis=0)
    return _Spread(_mean_of(columns[None]), _of_seeds(by_seed, _interaction(each)), columns)


def _of_seeds(by_seed: Sequence[float], interaction: float = 0.0) -> Parts:
    """The part of the seeds, which holds what belongs to a seed and an example together; nothing of one seed."""
    sd = spread(by_seed)
    return NOTHING if sd is None else _part(sd**2 / len(by_seed), len(by_seed) - 1.0, interaction)


def _interaction(each: Floats) -> float:
    """The part of a mean's variance that belongs to a seed and an example (k, n) together: it is in both others."""
    seeds, examples = each.shape
    if seeds < 2:
        return 0.0
    left = each - each.mean(axis=0) - each.mean(axis=1, keepdims=True) + each.mean()
    return float((left**2).sum() / ((seeds - 1) * (examples - 1) * seeds * examples))


def _mean_of(values: Floats) -> Parts:
    """The part (m,) that means of examples (m, n) err by."""
    count = values.shape[1]
    variance = values.var(axis=1, ddof=1) / count
    return Parts(variance, np.full_like(variance, count - 1.0), np.zeros_like(variance))


def _part(variance: float, df: float = inf, both: float = 0.0) -> Parts:
    return Parts(np.array([variance]), np.array([df]), np.array([both]))


NOTHING = _part(0.0)


def _error(read: Parts, seeds: Parts, of: ErrorOf) -> Error:
    error, df = summed(read, seeds)
    return Error(float(error), _plain(float(df)), of)


def _plain(df: float) -> float | None:
    return None if isinf(df) else df
