"""Where a number of a model, or the difference of two, lies with 95 % confidence.

In: a number with its standard error and degrees of freedom. Out: the two ends. Pure functions.
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from scipy.special import expit, logit

from benchmark.statistics import LEVEL
from benchmark.statistics.number import Floats, Number
from benchmark.statistics.variances import quantiles


def interval(value: float, error: float, df: float | None) -> tuple[float, float]:
    """The 95 % confidence interval of a value, by Student's t.

    Args:
        value: The value.
        error: Its standard error.
        df: The degrees of freedom of the error; None for the normal distribution.

    Returns:
        The lower and the upper end.

    >>> [round(end, 4) for end in interval(0.5, 0.01, None)]
    [0.4804, 0.5196]
    """
    margin = float(quantiles(np.asarray(inf if df is None else df))) * error
    return value - margin, value + margin


def of_number(number: Number) -> tuple[float, float] | None:
    """The 95 % confidence interval of a number of a model; None where its mean or its error is not known.

    A share of examples, such as an accuracy, is skewed where it is near to 0 or 1: its interval is t's on the scale of
    log-odds, with the error that the delta method gives it there (Agresti 2013, section 16.1). Where no example counts,
    or every one does, the interval is the exact one of Clopper and Pearson (1934) for that number of examples.

    >>> right = np.array([1.0] * 97 + [0.0] * 3)
    >>> share = Number((0.97,), 0.97, None, {}, error=0.0171, error_of="examples", by_example=(right,))
    >>> [round(end, 3) for end in of_number(share)]
    [0.911, 0.99]
    """
    if number.mean is None or number.error is None:
        return None
    if not _is_share(number.mean, number.by_example):
        return interval(number.mean, number.error, number.df)
    if number.mean in (0, 1):
        least = (LEVEL / 2) ** (1 / len(number.by_example[0]))
        return (least, 1.0) if number.mean == 1 else (0.0, 1 - least)
    low, high = interval(float(logit(number.mean)), number.error / (number.mean * (1 - number.mean)), number.df)
    return float(expit(low)), float(expit(high))


def _is_share(mean: float, by_example: Sequence[Floats]) -> bool:
    """Whether each example counts as 0 or as 1, as the mean of a record that was made by hand need not say."""
    counted = bool(by_example) and all(bool(np.isin(each, (0.0, 1.0)).all()) for each in by_example)
    return counted and 0 <= mean <= 1
