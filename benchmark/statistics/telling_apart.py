"""Which measures of a board cannot be told apart, as they would come out on other recipes.

In: the panels of several suites, on which every measure is scored. Out: for each pair of measures the difference of
their mean scores with its p, and the groups of a ranking in which no two differ. Pure functions.

What is drawn anew is the recipes (`resampling`), for all suites and measures together. Suites and conditions stay as
they are: nothing is said of other data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.ranks import or_nan
from benchmark.statistics.resampling import DIGITS, RESAMPLED, Panel, Statistic, counted, scores, weights
from benchmark.statistics.variances import two_sided

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Comparison:
    """The mean score of each measure over its suites (measures,), and what is known of the difference of each two.

    `difference` (measures, measures) is that of the first less the second over the suites that both have, `error` its
    standard error, `p` two-sided and `corrected` by Holm over all pairs. What is not known is nan.
    """

    score: Array
    difference: Array
    error: Array
    p: Array
    corrected: Array

    @property
    def differs(self) -> NDArray[np.bool_]:
        """Which two measures are told apart (measures, measures)."""
        return np.asarray(self.corrected <= LEVEL)


def compare(panels: Sequence[Panel], statistic: Statistic, draws: int = RESAMPLED) -> Comparison:
    """Compare measures by their mean over suites of across, within or all, with a paired bootstrap over recipes.

    Args:
        panels: One for each suite, with the same measures and the same recipes in the same places; nan where a suite
            does not have one.
        statistic: By what measures are scored.
        draws: How many seeded resamples are drawn.

    Returns:
        Scores and differences, see `compared`.

    Raises:
        ValueError: If there is no panel, panels do not have as many measures and recipes, or there is but one recipe.

    >>> table = np.arange(12.0).reshape(2, 6)
    >>> panel = Panel(np.array([table, -table]), table)
    >>> found = compare([panel], "within", draws=50)
    >>> found.score.tolist(), found.differs.tolist()
    ([1.0, -1.0], [[False, True], [True, False]])
    """
    shapes = {(len(panel.measures), panel.metric.shape[1]) for panel in panels}
    if len(shapes) != 1:
        raise ValueError(f"panels need as many measures and recipes each, not {sorted(shapes)}")
    recipes = shapes.pop()[1]
    if recipes < 2:
        raise ValueError("of a single recipe nothing can be drawn anew")
    drawn = weights(recipes, draws)
    known = np.any([counted(panel, statistic) for panel in panels], axis=0).astype(np.int64)
    return compared(np.stack([scores(panel, statistic, drawn) for panel in panels], axis=-1), known @ known.T)


def compared(resampled: Array, units: NDArray[np.int64]) -> Comparison:
    """Compare measures by scores that are resampled by independent units.

    The error of a difference is its standard deviation over the resamples, times sqrt(n / (n - 1)), which a bootstrap
    of n units is too small by, and Student's t with n - 1 degrees of freedom gives p: a share of 1,000 resamples could
    not stand a correction for all pairs. Units that happen to agree do not make it sure: the error is at least what it
    would be if one of them showed no difference, 1 / (n - 1) of the difference.

    Args:
        resampled: Scores (1 + draws, measures, suites), first as found; nan where there is none.
        units: How many units there are of which two measures both have scores (measures, measures).

    Returns:
        Scores of the measures and their differences.
    """
    measures = resampled.shape[1]
    difference, error = np.full((2, measures, measures), np.nan)
    for one in range(measures):
        gaps = _means(resampled[:, [one]] - resampled).round(DIGITS) + 0.0
        difference[one] = gaps[0]
        error[one] = _spread(gaps[1:])
    n = np.maximum(units, 2)
    error = np.maximum(error * np.sqrt(n / (n - 1)), np.abs(difference) / (n - 1))
    known = np.isfinite(difference) & np.isfinite(error) & (units > 1)
    p = np.where(known, two_sided(np.where(known, difference, 0.0), np.where(known, error, 1.0), n - 1.0), np.nan)
    corrected = np.full_like(p, np.nan)
    pairs = [pair for pair in combinations(range(measures), 2) if known[pair]]
    for (one, other), value in zip(pairs, or_nan(holm([float(p[pair]) for pair in pairs])), strict=True):
        corrected[one, other] = corrected[other, one] = value
    return Comparison(_means(resampled[0]), difference, error, p, corrected)


def groups(order: Sequence[int], differs: NDArray[np.bool_]) -> list[list[int]]:
    """The groups of a ranking in which no two measures differ: a compact letter display (Piepho 2004) of runs.

    A group is a run of neighbours in the ranking that holds no pair that differs and cannot be made longer. Measures
    may stand in several. Two that do not differ, with a pair between them that does, share none: as in `tie_groups`
    nothing is put together over the head of what lies between.

    Args:
        order: The places of the measures, the best first.
        differs: Which two measures are told apart (measures, measures), as `Comparison.differs`.

    Returns:
        The places of the measures in each group, the best group first.

    >>> groups([2, 0, 1], np.array([[0, 0, 0], [0, 0, 1], [0, 1, 0]], dtype=bool))
    [[2, 0], [0, 1]]
    """
    found: list[list[int]] = []
    end = 0
    for start in range(len(order)):
        stop = start + 1
        while stop < len(order) and not differs[order[stop], order[start:stop]].any():
            stop += 1
        if stop > end:  # else it lies in the run before
            found.append(list(order[start:stop]))
        end = stop
    return found


def _means(values: Array) -> Array:
    """Means over the last axis of what is there, nan where nothing is."""
    there = np.isfinite(values)
    count = there.sum(axis=-1)
    total = np.where(there, values, 0.0).sum(axis=-1)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))


def _spread(values: Array) -> Array:
    """The standard deviation over the draws (draws, measures) that have a value, nan where none has."""
    means = _means(values.T)
    return np.asarray(np.sqrt(_means((values - means).T ** 2)))
