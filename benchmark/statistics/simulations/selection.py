"""How often a measure without an effect is claimed to select models within a condition.

In: what there is to choose from, and what the effects of recipes or seeds are like. Out: the share of boards that claim
anything, in each direction.
"""

from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.keeping import keeping
from benchmark.statistics import LEVEL
from benchmark.statistics.factors import factor_levels, orders_of_levels
from benchmark.statistics.ranks import pair_signs
from benchmark.statistics.selection import Unit, selects
from benchmark.statistics.simulations.conditions import ALIKE, HYPOTHESES, Rates
from benchmark.statistics.simulations.shapes import Array

SCREENED = 200  # orders looked at first, so that the core looks only at what may be claimed
INPUTS = 2
MAIN = 0.95  # share of the variance that the main effects of a grid have
FALLING = 0.5  # size of the effects of a factor, compared with those of the factor before it
BEND = 0.5  # how curved a smooth effect is, compared with how steep


@dataclass(frozen=True)
class Field:
    """What there is to choose from in each of so many suites.

    `grid` has the number of levels of each factor whose main effects make up most of what a recipe does, () for
    unrelated recipes and for seeds; `there` has the places of those recipes of it that are there, where not all are.
    With the unit "recipes" a grid is taken for unrelated ones. `tied` settings go with the first factor. `common` is
    the share of the variance that a recipe or seed has in all conditions alike. Of so many `smooth` settings recipes
    are drawn, or where it is one, listed: measure and metric then follow the settings, each in its own smooth way.
    """

    unit: Unit
    units: int
    conditions: int = 5
    suites: int = 1
    grid: tuple[int, ...] = ()
    common: float = 0.8
    there: tuple[int, ...] = ()
    tied: int = 0
    smooth: int = 0
    hypotheses: int = HYPOTHESES
    inputs: int = INPUTS

    @property
    def tests(self) -> int:
        """For how many tests a selection is corrected."""
        return self.hypotheses * self.inputs * self.suites


@keeping()
def false_selections(field: Field, boards: int, seed: int = 0) -> Rates:
    """How often measures without an effect are claimed to select models, or to point the other way.

    Args:
        field: What there is to choose from.
        boards: How many are simulated.
        seed: Of the random numbers.
    """
    generator = np.random.default_rng([3, seed])
    settings = _settings(field, boards, generator) if field.smooth else None
    metrics = _numbers(field, (boards, 1, 1, field.suites), generator, settings)
    common = _numbers(field, (boards, field.hypotheses, 1, field.suites), generator, settings)
    own = _numbers(field, (boards, field.hypotheses, field.inputs, field.suites), generator, settings)
    measures = sqrt(ALIKE) * common + sqrt(1 - ALIKE) * own
    metrics = np.broadcast_to(metrics, measures.shape)
    levels = _levels(field)
    orders = _orders(field, levels, generator)
    limit = LEVEL / field.tests
    above, below = _screened(measures, metrics, orders)
    claimed = np.zeros((2, boards), dtype=bool)
    for place in map(tuple, np.argwhere(np.minimum(above, below) <= 3 * limit + 0.01)):
        found = selects(measures[place], metrics[place], field.unit, levels)
        for side, p in enumerate((found.p_above, found.p_below)):
            claimed[side, place[0]] |= (1.0 if p is None else p) <= limit
    return Rates(float(claimed[0].mean()), float(claimed[1].mean()))


def _numbers(
    field: Field, size: tuple[int, ...], generator: np.random.Generator, settings: Array | None = None
) -> Array:
    """A number (*size, conditions, units) for each network; it follows `settings` (boards, factors, units), if any."""
    own = generator.normal(size=(*size, field.conditions, field.units))
    if field.grid:
        recipes = sqrt(MAIN) * _main_effects(field.grid, size, generator)[..., list(field.there) or slice(None)]
        recipes += sqrt(1 - MAIN) * generator.normal(size=(*size, field.units))
    elif settings is not None:
        recipes = sqrt(MAIN) * _smooth_effects(settings[:, None, None, None], size, generator)
        recipes += sqrt(1 - MAIN) * generator.normal(size=(*size, field.units))
    else:
        recipes = generator.normal(size=(*size, field.units))
    return sqrt(field.common) * recipes[..., None, :] + sqrt(1 - field.common) * own


def _settings(field: Field, boards: int, generator: np.random.Generator) -> Array:
    """The settings (boards, factors, units) of recipes, from 0 to 1: of one factor a list, of several drawn."""
    if field.smooth == 1:
        return np.broadcast_to(np.linspace(0, 1, field.units), (boards, 1, field.units))
    return generator.uniform(size=(boards, field.smooth, field.units))


def _smooth_effects(settings: Array, size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """The sum (*size, units) of a slope and a bend along each setting (..., factors, units), of variance 1."""
    factors = settings.shape[-2]
    strengths = FALLING ** generator.permuted(np.broadcast_to(np.arange(factors), (*size, factors)), axis=-1)
    slope, bend = generator.normal(size=(2, *size, factors, 1))
    middle = settings - 0.5
    along = slope * sqrt(12) * middle + BEND * bend * sqrt(180) * (middle**2 - 1 / 12)
    total = (strengths[..., None] * along).sum(axis=-2)
    return np.asarray((total - total.mean(axis=-1, keepdims=True)) / total.std(axis=-1, keepdims=True))


def _main_effects(grid: tuple[int, ...], size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """The sum (*size, recipes) of what the levels of each factor bring; which one brings the most is drawn."""
    strengths = FALLING ** generator.permuted(np.broadcast_to(np.arange(len(grid)), (*size, len(grid))), axis=-1)
    total = np.zeros((*size, *grid))
    for factor, count in enumerate(grid):
        effects = strengths[..., factor, None] * generator.normal(size=(*size, count))
        shape = [1] * len(grid)
        shape[factor] = count
        total = total + effects.reshape(*size, *shape)
    return np.asarray(total.reshape(*size, -1) / np.sqrt((strengths**2).sum(axis=-1, keepdims=True)))


def _levels(field: Field) -> NDArray[np.int64] | None:
    """The levels that the core reads off the training settings."""
    if field.unit != "levels":
        return None
    rows = list(product(*(range(count) for count in field.grid)))
    there = [rows[place] for place in field.there] or rows
    return factor_levels([dict(enumerate((*row, *row[:1] * field.tied))) for row in there])


def _orders(field: Field, levels: NDArray[np.int64] | None, generator: np.random.Generator) -> NDArray[np.int64]:
    """Drawn orders (SCREENED, conditions, units), as the core has them: the same in all conditions, but for seeds."""
    if field.unit == "seeds":
        start = np.broadcast_to(np.arange(field.units), (SCREENED, field.conditions, field.units))
        return generator.permuted(start, axis=-1)
    if levels is None:
        one = generator.permuted(np.broadcast_to(np.arange(field.units), (SCREENED, field.units)), axis=-1)
    else:
        every = orders_of_levels(levels).astype(np.int64)
        one = every[generator.integers(0, len(every), SCREENED)]
    return np.repeat(one[:, None], field.conditions, axis=1)


def _screened(x: Array, y: Array, orders: NDArray[np.int64]) -> tuple[Array, Array]:
    """The share of the drawn orders in which x agrees at least as well with y as it does, and at least as badly."""
    first, second = np.triu_indices(x.shape[-1], 1)
    ours, theirs = pair_signs(x)[..., first, second].astype(np.float32), pair_signs(y).astype(np.float32)
    rows = np.arange(x.shape[-2])[:, None]
    found = (ours * theirs[..., first, second]).sum(axis=(-2, -1))
    above = below = np.zeros(found.shape)
    for order in orders:
        moved = (ours * theirs[..., rows, order[:, first], order[:, second]]).sum(axis=(-2, -1))
        above, below = above + (moved >= found), below + (moved <= found)
    return above / len(orders), below / len(orders)
