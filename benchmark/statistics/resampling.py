"""Scores of many measures on panels whose recipes are drawn anew: a bootstrap by weights, without a table being copied.

In: for each suite the tables of all measures and of the metric, (conditions, recipes), turned so that more is better,
and how often each recipe is drawn. Out: across, within or all of each measure on each suite, in every resample. Pure
functions.

Recipes are what is drawn independently: the networks of one recipe share it, and the suites share the recipes. Two
copies of a recipe in one resample are never compared with each other. They would be tied in measure and metric, and so
count in no tau-b of one condition; but over all networks they would stand for pairs of conditions, and weigh these up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.ranks import pair_signs, taus_b

RESAMPLED = 1000
DIGITS = 12  # of a score: what lies behind them is rounding

Statistic = Literal["across", "within", "all"]
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Panel:
    """One suite: measures (measures, conditions, recipes) and metric (conditions, recipes); nan is missing.

    Raises:
        ValueError: If the shapes do not fit.
    """

    measures: Array
    metric: Array

    def __post_init__(self) -> None:
        if self.measures.ndim != 3 or self.measures.shape[1:] != self.metric.shape:
            raise ValueError(f"measures {self.measures.shape} do not fit a metric {self.metric.shape}")

    def there(self) -> NDArray[np.bool_]:
        """Where both a measure and the metric have a number (measures, conditions, recipes)."""
        return np.isfinite(self.measures) & np.isfinite(self.metric)


def weights(recipes: int, draws: int = RESAMPLED) -> Array:
    """How often each recipe is drawn (1 + draws, recipes), as many in all as there are; first as found, once each.

    >>> weights(3, draws=2).sum(axis=1).tolist(), weights(3, draws=2)[0].tolist()
    ([3.0, 3.0, 3.0], [1.0, 1.0, 1.0])
    """
    drawn = np.random.default_rng(0).multinomial(recipes, np.full(recipes, 1 / recipes), draws)
    return np.vstack([np.ones(recipes), drawn])


def scores(panel: Panel, statistic: Statistic, drawn: Array) -> Array:
    """One statistic of each measure, with recipes drawn so often.

    Args:
        panel: A suite.
        statistic: "across", the mean over recipes of tau over conditions; "within", the mean over conditions of tau
            over recipes; or "all", tau over all networks.
        drawn: How often each recipe is drawn (draws, recipes), as `weights` gives it.

    Returns:
        (draws, measures), nan where there is no tau. A recipe with a missing number is left out, for "within" a
        condition with one, as in `panels` and `selection`, each for that measure alone.

    >>> two = Panel(np.array([[[1.0, 2], [3, 4]], [[4, 3], [3, 4]]]), np.array([[0.1, 0.2], [0.3, 0.4]]))
    >>> scores(two, "across", np.array([[1.0, 1], [0, 2]])).tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """
    return _SCORES[statistic](panel, drawn).round(DIGITS) + 0.0


def counted(panel: Panel, statistic: Statistic) -> NDArray[np.bool_]:
    """Which recipes count in a statistic of each measure (measures, recipes)."""
    there = panel.there()
    if statistic == "within":
        return np.repeat(there.all(axis=2).max(axis=1, keepdims=True), there.shape[2], axis=1)
    return np.asarray(there.all(axis=1))


def _across(panel: Panel, drawn: Array) -> Array:
    taus = taus_b(pair_signs(panel.measures.transpose(0, 2, 1)), pair_signs(panel.metric.T))
    taus = np.where(counted(panel, "across"), taus, np.nan)
    defined = np.isfinite(taus)
    return _over(drawn @ np.where(defined, taus, 0.0).T, drawn @ defined.T)


def _within(panel: Panel, drawn: Array) -> Array:
    first, second = np.triu_indices(panel.metric.shape[1], 1)
    together = drawn[:, first] * drawn[:, second]
    x, y = pair_signs(panel.measures)[..., first, second], pair_signs(panel.metric)[..., first, second]
    both, own, other = (together @ part.reshape(-1, len(first)).T for part in (x * y, np.abs(x), np.abs(y)))
    measures, conditions, _ = panel.measures.shape
    shape = (len(drawn), measures, conditions)
    taus = _over(both.reshape(shape), np.sqrt(own.reshape(shape) * other[:, None, :]))
    defined = np.isfinite(taus) & panel.there().all(axis=2)
    return _over(np.where(defined, taus, 0.0).sum(axis=2), defined.sum(axis=2))


def _all(panel: Panel, drawn: Array) -> Array:
    """tau over all networks: pairs of two recipes count as often as both are drawn, pairs inside a recipe as it is.

    Pairs of two recipes are rarer among resampled recipes than among those found, by the pairs of copies: they are
    weighed up to the share that they have of as many recipes without copies.
    """
    kept = counted(panel, "all")
    recipes = kept.shape[1]
    first, second = np.triu_indices(recipes, 1)
    y = pair_signs(panel.metric.ravel())
    inside, between = [], []  # (measures, 3, ...): agreement, pairs that x does not tie, pairs that y does not tie
    for values, own in zip(panel.measures, kept, strict=True):
        x = pair_signs(values.ravel())
        blocks = np.stack([_by_recipe(part, recipes) for part in (x * y, np.abs(x), np.abs(y))]) * np.outer(own, own)
        inside.append(np.einsum("krr->kr", blocks) / 2)  # a block inside a recipe holds each pair twice
        between.append(blocks[:, first, second])
    size, squares, there = drawn @ kept.T, drawn**2 @ kept.T, kept.sum(axis=1)
    scale = np.nan_to_num(_over(size * (there - 1), size**2 - squares))
    of_two = np.einsum("dp,mkp->kdm", drawn[:, first] * drawn[:, second], np.array(between), optimize=True)
    both, own_pairs, other_pairs = scale * of_two + np.einsum("dr,mkr->kdm", drawn, np.array(inside), optimize=True)
    return _over(both, np.sqrt(own_pairs * other_pairs))


def _by_recipe(pairs: Array, recipes: int) -> Array:
    """Sums (recipes, recipes) over the conditions of what pairs of networks (n, n) have."""
    conditions = len(pairs) // recipes
    return np.asarray(pairs.reshape(conditions, recipes, conditions, recipes).sum(axis=(0, 2)))


def _over(part: Array, whole: Array | NDArray[np.int64]) -> Array:
    """A quotient, nan where the denominator is 0."""
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))


_SCORES: dict[Statistic, Callable[[Panel, Array], Array]] = {"across": _across, "within": _within, "all": _all}
