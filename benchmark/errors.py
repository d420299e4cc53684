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
from math import inf, isinf, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtridf, stdtrit

from benchmark.measures import LEVEL
from benchmark.number import ErrorOf, Floats, Number, spread
from benchmark.ranks import pair_signs

SEEDS = 3  # from so many in each model on, a difference says something of other networks of the two conditions
_MIDDLE = 1 - LEVEL / 2  # below the upper quantile lies so much

About = Literal["networks", "conditions"]
Seen = Literal["higher", "lower", "undecided"]


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
class _Part:
    """A part of a variance as it was estimated, with its degrees of freedom; `both` is what other parts hold too."""

    variance: float
    df: float
    both: float = 0.0


@dataclass(frozen=True)
class _Spread:
    """What the mean of a model errs by: `read` on these examples, halves or pairs; `seeds`; either may be missing.

    `examples` are the means over the seeds on each example (n,), where they are known.
    """

    read: _Part | None
    seeds: _Part | None
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
    known = _of_examples(by_seed, by_example)
    if known.read is None:
        return None
    error, df = _summed([known.read], [known.seeds] if known.seeds else [])
    return Error(error, df, "seeds and examples" if known.seeds else "examples")


def of_seeds(by_seed: Sequence[float], standard_errors: Sequence[float] = ()) -> Error | None:
    """The error of a mean over two seeds or more from their spread, with one less degree of freedom; else None.

    With the standard error of each network from its test examples these are counted too, as if all networks erred on
    the same examples, for want of better knowledge: rather too large than too small.

    >>> of_seeds([0.0, 3.0]).df
    1.0
    """
    seeds = _of_seeds(by_seed)
    if seeds is None:
        return None
    read = [_known(sum(error**2 for error in standard_errors) / len(standard_errors))] if standard_errors else []
    error, df = _summed(read, [seeds])
    return Error(error, df, "seeds and examples" if read else "seeds")


def difference(a: Number, b: Number) -> Difference:
    """The number of `a` less that of `b`, and whether it is more than chance.

    With two seeds or more in both it counts seeds and examples; where one model has a single network, it is about the
    networks at hand and counts the examples alone. Numbers on the same examples are compared example by example;
    otherwise the errors of both are added.

    >>> same = np.array([1.0, 1.0, 0.0, 1.0, 0.0])
    >>> a = Number((0.6,), 0.6, None, {}, error=0.24, error_of="examples", by_example=(same,), examples="x")
    >>> difference(a, a)  # doctest: +NORMALIZE_WHITESPACE
    Difference(value=0.0, error=0.0, df=4.0, p=1.0, seen='undecided', about='networks')
    """
    return _between(a, b, _spread(a), _spread(b))


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
    found = np.zeros((len(numbers), len(numbers)), dtype=np.bool_)
    spreads = [_spread(number) for number in numbers]
    for row, one in enumerate(numbers):
        if one.mean is None or spreads[row] is None:
            return None
        for column, other in enumerate(numbers[:row]):
            between = _between(one, other, spreads[row], spreads[column])
            if between.seen is None:
                return None
            found[row, column] = found[column, row] = between.seen != "undecided"
    return found


def interval(value: float, error: float, df: float | None) -> tuple[float, float]:
    """Where a number lies with 95 % confidence.

    >>> [round(end, 4) for end in interval(0.5, 0.01, None)]
    [0.4804, 0.5196]
    """
    margin = _quantile(inf if df is None else df) * error
    return value - margin, value + margin


def _between(a: Number, b: Number, a_spread: _Spread | None, b_spread: _Spread | None) -> Difference:
    if a.mean is None or b.mean is None:
        return Difference(None)
    value = a.mean - b.mean
    if a_spread is None or b_spread is None:
        return Difference(value)
    seeds = [part for part in (a_spread.seeds, b_spread.seeds) if part]
    alone = len(seeds) < 2  # a model of one network says nothing of others
    read = _read(a, b, a_spread, b_spread)
    error, df = _summed(read, [] if alone and a_spread.read and b_spread.read else seeds)
    about: About = "networks" if alone or min(len(a.by_seed), len(b.by_seed)) < SEEDS else "conditions"
    equal = pair_signs(np.array([a.mean, b.mean]))[0, 1] == 0
    p = 1.0 if equal else _two_sided(abs(value) / error, df) if error else 0.0
    seen: Seen = "undecided" if p > LEVEL else "higher" if value > 0 else "lower"
    return Difference(value, error, df, p, seen, about)


def _read(a: Number, b: Number, a_spread: _Spread, b_spread: _Spread) -> list[_Part]:
    """What a difference errs by on the examples: their own difference where both were read on the same ones."""
    ours, theirs = a_spread.examples, b_spread.examples
    paired = ours is not None and theirs is not None and a.examples is not None and a.examples == b.examples
    if paired and ours is not None and theirs is not None and len(ours) == len(theirs):
        return [_mean_of(ours - theirs)]
    return [part for part in (a_spread.read, b_spread.read) if part]


def _spread(number: Number) -> _Spread | None:
    """The parts of a number's error, None where nothing is known of it."""
    values = [value for value in number.by_seed if value is not None]
    if number.error is None or number.mean is None or len(values) < len(number.by_seed):
        return None
    if number.by_example:
        return _of_examples(values, number.by_example)
    if number.error_of not in ("seeds", "seeds and examples"):
        return _Spread(_Part(number.error**2, inf if number.df is None else number.df), None)
    seeds = _of_seeds(values)
    rest = number.error**2 - (seeds.variance if seeds else 0.0)
    return _Spread(_known(rest) if rest > 0 and number.error_of == "seeds and examples" else None, seeds)


def _of_examples(by_seed: Sequence[float], by_example: Sequence[Floats]) -> _Spread:
    each = np.asarray(by_example, dtype=np.float64)
    columns = each.mean(axis=0)
    if each.shape[1] < 2:
        return _Spread(None, _of_seeds(by_seed))
    return _Spread(_mean_of(columns), _of_seeds(by_seed, _interaction(each)), columns)


def _of_seeds(by_seed: Sequence[float], interaction: float = 0.0) -> _Part | None:
    """The part of the seeds, which holds what belongs to a seed and an example together; None of one seed."""
    sd = spread(by_seed)
    return None if sd is None else _Part(sd**2 / len(by_seed), len(by_seed) - 1.0, interaction)


def _interaction(each: Floats) -> float:
    """The part of a mean's variance that belongs to a seed and an example (k, n) together: it is in both others."""
    seeds, examples = each.shape
    if seeds < 2:
        return 0.0
    left = each - each.mean(axis=0) - each.mean(axis=1, keepdims=True) + each.mean()
    return float((left**2).sum() / ((seeds - 1) * (examples - 1) * seeds * examples))


def _mean_of(values: Floats) -> _Part:
    return _Part(float(values.var(ddof=1)) / len(values), len(values) - 1.0)


def _known(variance: float) -> _Part:
    return _Part(variance, inf)


def _summed(read: Sequence[_Part], seeds: Sequence[_Part]) -> tuple[float, float | None]:
    """The standard error of a sum of parts, and its degrees of freedom.

    These are Satterthwaite's (1946). But where few seeds happen to lie close together they would be many, and an
    interval too narrow. So they are never more than those at which t has the margin of Zou and Donner (2008): the
    squares of the seeds' and the examples' own margins, added. Two seeds that lie close together are believed least:
    their degrees count even where nothing is left of their variance.
    """
    examples = sum(part.variance for part in read)
    own = max(0.0, sum(part.variance - part.both for part in seeds))
    variance = examples + own
    few = any(part.df < SEEDS - 1 for part in seeds)
    parts = [part for part in (*read, *(seeds if own or few else ())) if part.variance > 0]
    if not variance:
        return 0.0, _plain(min((part.df for part in (*read, *seeds)), default=inf))
    df = _satterthwaite(variance, parts)
    if examples and own:
        margins = [share * _margin(several) ** 2 for share, several in ((examples, read), (own, seeds))]
        df = min(df, float(stdtridf(_MIDDLE, sqrt(sum(margins) / variance))))
    return sqrt(variance), _plain(df)


def _margin(parts: Sequence[_Part]) -> float:
    """How many of their standard errors lie on either side of a sum of parts by itself."""
    return _quantile(_satterthwaite(sum(part.variance for part in parts), parts))


def _satterthwaite(variance: float, parts: Sequence[_Part]) -> float:
    """The degrees of freedom of a variance that was made of these parts: not fewer than those of the poorest."""
    largest = max((part.variance for part in parts), default=0.0)
    poorest = min((part.df for part in parts), default=inf)
    if not largest or isinf(poorest):
        return inf
    shares = sum((part.variance / largest) ** 2 * (poorest / part.df) for part in parts)  # no square beyond all floats
    return max(poorest * (variance / largest) ** 2 / shares, poorest) if shares else inf


def _plain(df: float) -> float | None:
    return None if isinf(df) else df


def _quantile(df: float) -> float:
    return float(stdtrit(df, _MIDDLE))


def _two_sided(t: float, df: float | None) -> float:
    return 2.0 * float(stdtr(inf if df is None else df, -t))
