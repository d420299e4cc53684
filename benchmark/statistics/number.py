"""A number of a model: one value for each seed, their mean, and what is known of how far it errs.

In: values of networks. Out: `Number`, which `models` makes of records and `errors` compares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ErrorOf = Literal["", "seeds and examples", "examples", "seeds", "reading", "sampled pairs"]


@dataclass(frozen=True, eq=False)
class Number:
    """One measure or metric of a model: a value for each seed, their mean and standard deviation (n - 1).

    `reason` says why a mean is None. `standard_error` is the largest that a network's value has from sampling.
    `sub_samples` are the means over the seeds on each half of the examples and neurons, `per_tap` the mean at each tap
    and `per_tap_by_seed` its values.

    `error` is the standard error of the mean and `df` its degrees of freedom, None where it is known as well as that of
    many: the normal distribution then stands for t. `error_of` says what was drawn anew: "seeds and examples"; with one
    network "examples" alone; "seeds"; "reading", halves of the examples and neurons; or "sampled pairs".

    `by_example` has for each seed one number for each test example (n,), whose mean is the value; `examples` says which
    examples these are: numbers with the same `examples` were read on the same ones. `by_chance` is the mean over the
    seeds of what the number would be if groups meant nothing.
    """

    by_seed: tuple[float | None, ...]
    mean: float | None
    sd: float | None
    per_tap: Mapping[str, float | None]
    reason: str | None = None
    standard_error: float | None = None
    sub_samples: tuple[float | None, ...] = ()
    error: float | None = None
    per_tap_by_seed: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    df: float | None = None
    error_of: ErrorOf = ""
    by_example: tuple[Floats, ...] = ()
    examples: str | None = None
    by_chance: float | None = None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of some values, None where one is missing: a mean over a part of the seeds is no mean.

    >>> mean([1.0, 2.0]), mean([1.0, None]), mean([])
    (1.5, None, None)
    """
    listed = list(values)
    numbers = [value for value in listed if value is not None]
    return fsum(numbers) / len(numbers) if numbers and len(numbers) == len(listed) else None


def spread(values: Iterable[float | None]) -> float | None:
    """The standard deviation (n - 1) of the values that are not missing, None where there are fewer than two.

    >>> spread([1.0, None, 3.0])
    1.4142135623730951
    """
    numbers = [value for value in values if value is not None]
    if len(numbers) < 2:
        return None
    middle = fsum(numbers) / len(numbers)
    return sqrt(fsum((value - middle) ** 2 for value in numbers) / (len(numbers) - 1))
