"""How well functions of the recipe alone would select: the null of a measure that only reads the settings.

In: the settings of recipes, and a suite's metric as a table (conditions, recipes). Out: what *within*, the mean over
conditions of tau over recipes, is for many random functions of the settings, each growing or falling in every one.

A few settings carry most of what recipes do to a metric. A measure that follows one of them selects for nothing, and
the permutation test of `selection.selects` finds that it knows of the metric, as it does. This says what that is worth.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.statistics.nulls import FEWER, share_as_large
from benchmark.statistics.ranks import differ, pair_signs

STEEPEST = 3.0  # power of a rank, and 1 / STEEPEST the flattest
PART = 2_000_000  # numbers that are held at once

Array = NDArray[np.float64]


def recipe_null(settings: ArrayLike, y: ArrayLike, draws: int = FEWER) -> Array:
    """What within is for random functions of the recipe: sums over the settings j of w_j r_j^g_j.

    r_j is the rank of a recipe in setting j, from 0 to 1, equal ones in the middle of theirs. The sizes of w are
    Dirichlet(1), their signs are random, and the logarithm of each g is uniform between those of 1/3 and 3. A function
    says the same in every condition.

    Args:
        settings: Numbers (recipes, settings), as learning rate, batch size and weight decay. Only their ranks count. A
            factor without an order is a column of 0 and 1 for each of its levels but one.
        y: The metric (conditions, recipes), turned so that more is better; nan is missing. A condition with a missing
            number or without differences is left out, as in `selects`: set to nan where the measure has none.
        draws: How many functions are drawn, by a seed.

    Returns:
        within (draws,) of each function.

    Raises:
        ValueError: If the shapes do not fit, a setting is not finite, no setting differs between recipes, or no
            condition is left.

    >>> null = recipe_null([[1e-3], [1e-2], [1e-1]], [[0.1, 0.2, 0.4], [0.3, 0.2, 0.4]], draws=100)
    >>> np.unique(null.round(3)).tolist()
    [-0.667, 0.667]
    """
    ranks, metric = _ranks(np.asarray(settings, dtype=np.float64)), np.asarray(y, dtype=np.float64)
    recipes, factors = ranks.shape
    if metric.ndim != 2 or metric.shape[1] != recipes:
        raise ValueError(f"{recipes} recipes have settings, but the metric has the shape {metric.shape}")
    if not factors:
        raise ValueError("no setting differs between the recipes")
    first, second = np.triu_indices(recipes, 1)
    signs = pair_signs(metric[np.isfinite(metric).all(axis=1)])[:, first, second]
    signs = signs[signs.any(axis=1)]
    if not len(signs):
        raise ValueError("the metric orders the recipes in no condition")
    directions = (signs / np.sqrt(np.abs(signs).sum(axis=1, keepdims=True))).mean(axis=0)
    generator = np.random.default_rng(0)
    weights = generator.dirichlet(np.ones(factors), draws) * generator.choice([-1.0, 1.0], (draws, factors))
    powers = STEEPEST ** generator.uniform(-1.0, 1.0, (draws, factors))
    parts = draws * max(len(first), ranks.size) // PART + 1
    found = []
    for w, g in zip(np.array_split(weights, parts), np.array_split(powers, parts), strict=True):
        values = (w[:, None, :] * ranks ** g[:, None, :]).sum(axis=-1)
        a, b = values[:, first], values[:, second]
        own = np.where(differ(a, b), np.sign(a - b), 0.0)
        found.append(own @ directions / np.sqrt(np.abs(own).sum(axis=1)))
    return np.asarray(np.concatenate(found))


def share_at_least(found: float, null: Array) -> float:
    """The share of functions of the recipe that select as well as what was found, in either direction.

    What was found counts as one of them, so that the share is a p and never 0.

    Args:
        found: within of a measure.
        null: That of functions of the recipe (draws,), as `recipe_null` gives it for the same metric.

    Returns:
        (1 + b) / (1 + draws), where b of them have a tau at least as far from 0.

    >>> share_at_least(0.5, np.array([0.2, 0.6, -0.5, 0.1]))
    0.6
    """
    return share_as_large(np.abs(np.concatenate([[found], null])))


def best_of(null: Array) -> float:
    """The within, in either direction, of the best function of the recipe that was drawn: there may be better ones.

    >>> best_of(np.array([0.2, 0.6, -0.7]))
    0.7
    """
    return float(np.abs(null).max())


def _ranks(settings: Array) -> Array:
    """The rank of each recipe in each setting that differs (recipes, settings), from 0 to 1, of ties the middle one."""
    if settings.ndim != 2 or not np.isfinite(settings).all():
        raise ValueError("settings are a table (recipes, settings) of finite numbers")
    ahead = pair_signs(settings.T).sum(axis=-1).T
    ahead = ahead[:, np.ptp(ahead, axis=0) > 0]
    low, high = ahead.min(axis=0, initial=np.inf), ahead.max(axis=0, initial=-np.inf)
    return np.asarray((ahead - low) / (high - low))
