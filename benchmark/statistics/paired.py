"""The difference of two numbers whose networks come in pairs that share what they drew.

In: two numbers with the same seeds in the same order. Out: their difference, with its error over the pairs. Pure
functions.
"""

import numpy as np

from benchmark.statistics import LEVEL
from benchmark.statistics.errors import Difference, Error, Seen, about, difference, of_seeds, of_seeds_and_examples
from benchmark.statistics.number import Floats, Number
from benchmark.statistics.ranks import differ
from benchmark.statistics.variances import two_sided


def paired_difference(a: Number, b: Number) -> Difference:
    """The number of `a` less that of `b`, seed by seed: t over the gaps, and over examples of both.

    With one seed, or numbers without a value for each seed, it is the difference of two models (`errors.difference`).

    >>> a, b = (Number(values, sum(values) / 3, 1.0, {}, error=1.0) for values in ((1.0, 2.0, 6.0), (0.0, 1.0, 5.0)))
    >>> found = paired_difference(a, b)
    >>> found.value, found.error, found.df, found.p
    (1.0, 0.0, 2.0, 0.0)
    """
    gaps = [x - y for x, y in zip(a.by_seed, b.by_seed, strict=True) if x is not None and y is not None]
    if len(gaps) < len(a.by_seed) or a.mean is None or b.mean is None or (error := _error(a, b, gaps)) is None:
        return difference(a, b)
    value = a.mean - b.mean if differ(_array(a.mean), _array(b.mean)) else 0.0
    p = float(two_sided(_array(value), _array(error.error), _array(float("inf") if error.df is None else error.df)))
    seen: Seen = "undecided" if p > LEVEL else "higher" if value > 0 else "lower"
    return Difference(value, error.error, error.df, p, seen, about([a, b]))


def _error(a: Number, b: Number, gaps: list[float]) -> Error | None:
    """The error of the mean of the gaps: over the seeds, and over examples that both were read on."""
    if len(gaps) < 2:
        return None
    same = a.examples is not None and a.examples == b.examples and len(a.by_example) == len(b.by_example)
    if same and a.by_example and len(a.by_example[0]) == len(b.by_example[0]):
        found = of_seeds_and_examples(gaps, [x - y for x, y in zip(a.by_example, b.by_example, strict=True)])
        if found is not None:
            return found
    return of_seeds(gaps)


def _array(value: float) -> Floats:
    return np.asarray(value, dtype=np.float64)
