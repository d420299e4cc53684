"""The cheapest addition to a plan with which a claim could be shown that it cannot show.

In: the smallest p that a claim can reach as things are, how many tests it is corrected for, and what it rests on:
groups of data, or the units of one suite's conditions. Out: words. Pure functions, for what a plan shows before it runs
and for what a board could not show.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import ceil, factorial, log2

from benchmark.plain.words import counted
from benchmark.statistics import LEVEL

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FEWEST_RECIPES = 3  # that are ranked; of fewer the seeds are
SLACK = 1e-9


@dataclass(frozen=True)
class Units:
    """What is there to choose from in one suite: its conditions, with so many recipes and seeds in each.

    `grid` says that the recipes are a grid of several factors, whose levels are permuted, not the recipes, and `knob`
    that the suite has one, which can be turned to more conditions. An uneven grid, with a recipe too few or too many,
    can stand in so many `orders` only; None where it is even.
    """

    conditions: int
    recipes: int
    seeds: int
    grid: bool = False
    knob: bool = True
    orders: int | None = None

    @property
    def best(self) -> float:
        """The smallest one-sided p without ties, 1 where there is nothing to rank; of a grid as if it were none.

        >>> Units(conditions=5, recipes=1, seeds=2).best, Units(conditions=5, recipes=4, seeds=1).best
        (0.03125, 0.041666666666666664)
        """
        ranks = self.recipes >= FEWEST_RECIPES
        return 1 / (factorial(self.recipes) if ranks else factorial(self.seeds) ** self.conditions)


def cheapest_addition(best: float | None, tests: int, rests_on: int | Units) -> str | None:
    """What is needed before a claim can be shown, and the smallest addition that brings it.

    Args:
        best: The smallest one-sided p that the claim can reach, ties and undefined suites counted as they are, before
            any correction. None where nothing could be tested.
        tests: How many tests it is corrected for, itself among them.
        rests_on: How many groups of data the claim is over; or for "selects" the units within a suite's conditions.

    Returns:
        Words, or None where the claim can be shown as it is.

    >>> cheapest_addition(1 / 32, tests=4, rests_on=5)
    'needs 7 groups of data, here 5: two more suites on other data'
    >>> cheapest_addition(1 / 32, tests=16, rests_on=Units(conditions=5, recipes=1, seeds=2))
    'needs 3 seeds in each condition, here 2: one more'
    >>> cheapest_addition(1 / 8, tests=4, rests_on=Units(conditions=5, recipes=8, seeds=1, grid=True))
    'needs 5 unrelated recipes, here a grid of 8: five drawn ones instead'
    >>> cheapest_addition(1.0, tests=4, rests_on=Units(conditions=5, recipes=7, seeds=1, grid=True, orders=1))
    'needs 5 unrelated recipes, here an uneven grid of 7, whose levels allow one order: five drawn ones instead'
    """
    if best is not None and best * tests <= LEVEL + SLACK:
        return None
    if isinstance(rests_on, int):
        # by a group more in which the measure is perfect there are twice as many flips, and one of them is as good
        more = max(1, ceil(log2(tests * (1.0 if best is None else best) / LEVEL) - SLACK))
        suites = f"{_spelled(more)} more {'suite' if more == 1 else 'suites'} on other data"
        return f"needs {counted(rests_on + more, 'group', 'groups')} of data, here {rests_on}: {suites}"
    return _more_units(best, tests, rests_on)


def _more_units(best: float | None, tests: int, units: Units) -> str:
    """More seeds, conditions or recipes, whichever takes the fewest networks."""
    tied = 1.0 if best is None or units.grid else max(1.0, best / units.best)  # times as large as without ties

    def fewest(first: int, p: Callable[[int], float]) -> int:
        return next(number for number in count(first) if tests * tied * p(number) <= LEVEL + SLACK)

    recipes = fewest(
        FEWEST_RECIPES if units.grid else max(FEWEST_RECIPES, units.recipes + 1), lambda n: 1 / factorial(n)
    )
    if units.grid:
        drawn = f"{_spelled(recipes)} drawn ones instead"
        return f"needs {recipes} unrelated recipes, here {_grid(units)}: {drawn}"
    more_recipes = (recipes - units.recipes) * units.conditions * units.seeds
    said = f"needs {recipes} recipes, here {units.recipes}: {_spelled(recipes - units.recipes)} more"
    ways = [(more_recipes, 2, said)]
    if units.recipes < FEWEST_RECIPES:
        seeds = fewest(max(units.seeds + 1, 2), lambda n: factorial(n) ** -float(units.conditions))
        said = f"needs {seeds} seeds in each condition, here {units.seeds}: {_spelled(seeds - units.seeds)} more"
        ways.append(((seeds - units.seeds) * units.conditions * units.recipes, 0, said))
    if units.recipes < FEWEST_RECIPES and units.seeds > 1 and units.knob:
        conditions = fewest(units.conditions + 1, lambda n: factorial(units.seeds) ** -float(n))
        more = conditions - units.conditions
        ways.append(
            (
                more * units.seeds * units.recipes,
                1,
                f"needs {conditions} conditions, here {units.conditions}: {_spelled(more)} more",
            )
        )
    return min(ways)[2]


def _grid(units: Units) -> str:
    if units.orders is None:
        return f"a grid of {units.recipes}"
    allowed = f"{_spelled(units.orders)} {'order' if units.orders == 1 else 'orders'}"
    return f"an uneven grid of {units.recipes}, whose levels allow {allowed}"


def _spelled(number: int) -> str:
    """A small number as a word.

    >>> _spelled(2), _spelled(20)
    ('two', '20')
    """
    return SMALL[number] if number < len(SMALL) else str(number)
