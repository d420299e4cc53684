"""The cheapest addition: with it the claim can be shown, by the tests themselves, and with less it cannot."""

import re

import numpy as np
import pytest

from benchmark.statistics import LEVEL
from benchmark.statistics.additions import Units, cheapest_addition
from benchmark.statistics.claims import Column, Pair, Suite, beats, orders
from benchmark.statistics.selection import selects

PERFECT = Column([1, 2, 3, 4], [1, 2, 3, 4])


def best_of(claim: str, groups: int) -> float:
    """The smallest p over so many groups of data; against a placebo that is perfect in two of them."""
    if claim == "orders":
        found = orders([Suite((PERFECT,), str(group)) for group in range(groups)]).best
    else:
        found = beats([Pair(1.0, 1.0 if group < 2 else 0.2, str(group)) for group in range(groups)]).best
    assert found is not None
    return found


@pytest.mark.parametrize("tests", [1, 2, 4, 5, 12])
@pytest.mark.parametrize("claim", ["orders", "beats"])
def test_with_the_groups_that_are_needed_it_can_be_shown_and_with_one_less_it_cannot(claim: str, tests: int) -> None:
    said = cheapest_addition(best_of(claim, 3), tests, 3)
    assert said is not None
    needed = int(re.findall(r"needs (\d+) groups", said)[0])
    assert best_of(claim, needed) * tests <= LEVEL < best_of(claim, needed - 1) * tests
    assert cheapest_addition(best_of(claim, needed), tests, needed) is None


def rising(conditions: int, units: int) -> np.ndarray:
    return np.tile(np.arange(units, dtype=float), (conditions, 1))


@pytest.mark.parametrize("tests", [1, 4, 16, 40])
@pytest.mark.parametrize("conditions", [1, 2, 5])
@pytest.mark.parametrize("seeds", [1, 2, 3])
def test_with_the_seeds_or_conditions_that_are_needed_it_can_be_shown(tests: int, conditions: int, seeds: int) -> None:
    best = selects(rising(conditions, seeds), rising(conditions, seeds), "seeds").best
    said = cheapest_addition(best, tests, Units(conditions, 1, seeds))
    if said is None:
        assert best is not None
        assert best * tests <= LEVEL
        return
    number = int(re.findall(r"needs (\d+)", said)[0])
    shapes = {
        "seeds": ("seeds", (conditions, number), (conditions, number - 1)),
        "conditions": ("seeds", (number, seeds), (number - 1, seeds)),
        "recipes": ("recipes", (conditions, number), (conditions, number - 1)),
    }
    unit, enough, less = next(shape for word, shape in shapes.items() if f"needs {number} {word}" in said)
    smallest = [selects(rising(*shape), rising(*shape), unit).best for shape in (enough, less)]  # type: ignore[arg-type]
    assert smallest[0] is not None
    assert smallest[0] * tests <= LEVEL
    assert smallest[1] is None or smallest[1] * tests > LEVEL


def test_it_is_the_addition_of_the_fewest_networks() -> None:
    # a seed more in five conditions is five networks, five conditions more with two seeds are ten
    assert cheapest_addition(1 / 32, 16, Units(5, 1, 2)) == "needs 3 seeds in each condition, here 2: one more"
    # one condition more with three seeds is three networks, a seed more in six conditions six
    assert cheapest_addition(6.0**-6, 6_000, Units(6, 1, 3)) == "needs 7 conditions, here 6: one more"
    assert cheapest_addition(6.0**-6, 6_000, Units(6, 1, 3, knob=False)) == (
        "needs 4 seeds in each condition, here 3: one more"
    )
    # seeds do not help where recipes are ranked
    assert cheapest_addition(1 / 24, 4, Units(5, 4, 2)) == "needs 5 recipes, here 4: one more"


def test_ties_of_the_metric_count() -> None:
    tied = np.array([[1.0, 1.0, 2.0, 3.0]])
    best = selects(tied, tied, "recipes").best
    assert best == pytest.approx(2 / 24)
    assert cheapest_addition(best, 4, Units(1, 4, 1)) == "needs 6 recipes, here 4: two more"
    assert cheapest_addition(1 / 24, 4, Units(1, 4, 1)) == "needs 5 recipes, here 4: one more"


def test_nothing_to_test_needs_the_most() -> None:
    assert cheapest_addition(None, 2, 0) == "needs 6 groups of data, here 0: six more suites on other data"
    assert cheapest_addition(None, 4, Units(5, 1, 1)) == "needs 3 seeds in each condition, here 1: two more"
    assert cheapest_addition(0.05, 1, 4) is None
    assert cheapest_addition(0.051, 1, 4) == "needs 5 groups of data, here 4: one more suite on other data"
