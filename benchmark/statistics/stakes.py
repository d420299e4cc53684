"""What the claims of a plan's board rest on, and for how many tests each kind of claim is corrected.

In: the entries of a plan, and what else it asks for. Out: `Stakes`, known before anything runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired

import numpy as np
from numpy.typing import NDArray
from typing_extensions import TypedDict

from benchmark.identity import RecipeSettings
from benchmark.plain.shapes import Number
from benchmark.statistics.additions import FEWEST_RECIPES, Units
from benchmark.statistics.factors import count_orders, count_uneven, factor_levels, settings_of
from benchmark.statistics.nulls import SAMPLED, draws_of
from registry import Kind

FEWEST_SEEDS = 2  # that can be ranked


class Entry(TypedDict):
    """The parts of an entry of plan.json that are read here."""

    suite: str
    data: str
    data_group: NotRequired[str]
    kind: Kind
    conditions: list[float | str]
    seeds: list[int]
    recipes: list[RecipeSettings]
    options: NotRequired[dict[str, Number]]
    metrics: list[str]


@dataclass(frozen=True)
class Choice:
    """What there is to choose from within the conditions of one suite.

    `columns` is the number of tests for each measure: one for each metric, and where seeds are ranked for each recipe.
    `levels` (recipes, factors) are those of a grid, None where recipes are unrelated or seeds are ranked.
    """

    suite: str
    units: Units
    columns: int
    levels: NDArray[np.int64] | None = None

    @property
    def best(self) -> float | None:
        """The smallest one-sided p that a measure can reach, None where there is nothing to rank."""
        units = self.units
        if self.levels is not None:
            return 1 / count_orders(self.levels)
        if units.recipes >= FEWEST_RECIPES:
            return max(units.best, 1 / (1 + draws_of(units.recipes)))
        return max(units.best, 1 / SAMPLED) if units.seeds >= FEWEST_SEEDS else None


@dataclass(frozen=True)
class Stakes:
    """What the claims of a board rest on.

    `ranked` are the entries whose conditions can be ordered, `choices` what there is to choose from in each entry.
    `tests` is the number of hypotheses x kinds of inputs x scopes, for which every claim is corrected (Holm). `inputs`
    and `placebos` are how many of these there are.
    """

    ranked: tuple[Entry, ...]
    choices: tuple[Choice, ...]
    tests: int
    inputs: int
    placebos: int

    @property
    def groups(self) -> int:
        """How many groups of data the ordered suites rest on."""
        return len({data_group(entry) for entry in self.ranked})

    @property
    def selections(self) -> int:
        """For how many tests a selection is corrected."""
        return self.tests * sum(choice.columns for choice in self.choices if choice.best is not None)


def stakes_of(entries: Sequence[Entry], hypotheses: int, inputs: int, scopes: int, placebos: int) -> Stakes:
    """What the claims of a board rest on.

    Args:
        entries: Those of plan.json.
        hypotheses: How many hypotheses the plan declares.
        inputs: On how many kinds of inputs measures are computed.
        scopes: In how many scopes.
        placebos: How many placebos are on the board.
    """
    ranked = tuple(entry for entry in entries if len(entry["conditions"]) > 1)
    return Stakes(ranked, choices_of(entries), hypotheses * inputs * scopes, inputs, placebos)


def choices_of(entries: Sequence[Entry]) -> tuple[Choice, ...]:
    """What there is to choose from in each entry of plan.json."""
    return tuple(_choice(entry) for entry in entries)


def data_group(entry: Entry) -> str:
    """The group of data of an entry: suites of one group share examples. In an older plan.json it is the data set."""
    return str(entry.get("data_group") or entry["data"])


def _choice(entry: Entry) -> Choice:
    recipes, seeds, metrics = len(entry["recipes"]), len(entry["seeds"]), len(entry["metrics"])
    levels = factor_levels(settings_of(entry))
    units = Units(len(entry["conditions"]), recipes, seeds, grid=levels is not None, orders=count_uneven(levels))
    return Choice(entry["suite"], units, metrics * (1 if recipes >= FEWEST_RECIPES else recipes), levels)
