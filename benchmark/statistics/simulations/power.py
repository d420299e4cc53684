"""How likely an effect is shown, for plans of many sizes: the table from which to choose one.

In: how large a plan is. Out: its `Chances`.
"""

from collections.abc import Mapping

from benchmark.statistics.chances import Chances, chances
from benchmark.statistics.simulations.conditions import HYPOTHESES, KINDS
from benchmark.statistics.simulations.selection import INPUTS
from benchmark.statistics.stakes import Entry, stakes_of

# Suites, groups of data they rest on, conditions in each.
ORDERED = ((8, 5, 5), (8, 5, 11), (7, 7, 5), (8, 8, 5), (8, 8, 7), (8, 8, 11), (12, 8, 5), (12, 8, 11), (12, 12, 5))
# What is ranked within a condition.
RANKED: Mapping[str, dict[str, list[int]]] = {
    "8 recipes": {"recipes": list(range(8)), "seeds": [0]},
    "16 recipes": {"recipes": list(range(16)), "seeds": [0]},
    "24 recipes": {"recipes": list(range(24)), "seeds": [0]},
    "3 seeds": {"recipes": [0], "seeds": list(range(3))},
    "5 seeds": {"recipes": [0], "seeds": list(range(5))},
    "10 seeds": {"recipes": [0], "seeds": list(range(10))},
}
SUITES = (1, 2, 8)


def of_size(suites: int, groups: int, conditions: int, boards: int, **ranked: list[int]) -> Chances:
    """The chances of a plan with two hypotheses on two kinds of inputs, and one placebo.

    Args:
        suites: How many suites it has.
        groups: On how many groups of data these rest.
        conditions: How many conditions each suite has.
        boards: How many boards are simulated.
        ranked: `recipes` and `seeds` of each condition, [0] for one.
    """
    entries = [_entry(number, groups, conditions, **ranked) for number in range(suites)]
    return chances(stakes_of(entries, HYPOTHESES, INPUTS, 1, 1), boards)


def _entry(number: int, groups: int, conditions: int, **ranked: list[int]) -> Entry:
    recipes, seeds = ranked.get("recipes", [0]), ranked.get("seeds", [0])
    return {
        "suite": f"suite {number}",
        "data": f"data {number % groups}",
        "kind": KINDS[number % 2],
        "conditions": list(range(conditions)),
        "recipes": [{"label": str(recipe), "training": {"batch_size": 1 + recipe}} for recipe in recipes],
        "seeds": seeds,
        "metrics": ["accuracy"],
    }
