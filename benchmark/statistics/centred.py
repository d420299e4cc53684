"""The doubly centred rule: the trivial way to order a crossed panel both across and within its conditions.

In: a measure and a confidence of a panel's networks as tables (conditions, recipes), both turned so that more is
better. Out: one score for each network. A pure function.

It is a rule and no discovery: it is right by algebra wherever the measure is right across and the confidence within.
With the recipe fixed, the first part is the measure but for a constant, and the second has lost what conditions do to
confidence. With the condition fixed it is the other way round. But it needs a crossed panel, every recipe trained under
every condition, and it needs to be told which networks share their training data, which is what a measure is asked to
find. So it is the baseline that a measure of single networks has to beat over all networks (`candidates.judge`).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.statistics.panels import tables
from benchmark.statistics.ranks import EQUAL

DIGITS = 12  # of a score: what lies behind them is rounding, and would break ties around 0

Array = NDArray[np.float64]


def doubly_centred(measure: ArrayLike, confidence: ArrayLike) -> Array:
    """z(measure less its recipe's mean) + z(confidence less its condition's mean), z over all networks of the table.

    Args:
        measure: (conditions, recipes), turned so that more is better; a number that is not finite is missing.
        confidence: (conditions, recipes), likewise.

    Returns:
        The score (conditions, recipes), more is better; nan where either number is missing. Such a network counts in no
        mean. A part without differences is 0.

    Raises:
        ValueError: If the two are not tables of one shape.

    >>> doubly_centred([[0, 5], [2, 7]], [[0.2, 0.6], [0.3, 0.7]]).tolist()  # the second recipe, the second condition
    [[-2.0, 0.0], [0.0, 2.0]]
    """
    own, sure = tables(measure, confidence)
    there = np.isfinite(own) & np.isfinite(sure)
    score = _standard(own, there, axis=0) + _standard(sure, there, axis=1)
    return np.where(there, score.round(DIGITS) + 0.0, np.nan)


def _standard(values: Array, there: NDArray[np.bool_], axis: int) -> Array:
    """The values less their mean along an axis, in standard deviations over the whole table; 0 where none is there."""
    known = np.where(there, values, 0.0)
    means = known.sum(axis=axis, keepdims=True) / np.maximum(there.sum(axis=axis, keepdims=True), 1)
    centred = np.where(there, known - means, 0.0)
    spread = np.sqrt((centred**2).sum() / max(int(there.sum()), 1))
    # what rounding leaves of equal numbers is no difference, and must not be blown up to one
    if spread <= EQUAL * np.abs(known).max(initial=0.0):
        return np.zeros_like(values)
    return np.asarray(centred / spread)
