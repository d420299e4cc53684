"""Which models belong together, and what a row says of where it belongs.

In: the models. Out: groups of models, and the first columns of every row.
"""

from collections.abc import Sequence
from typing import Literal

from benchmark.plan.content import PlanEntry
from benchmark.results.models import Model
from leaderboard.content.taus import PlaceColumns
from registry.words import condition_text

SuiteKey = Literal["suite", "data", "family"]
SUITE: tuple[SuiteKey, ...] = ("suite", "data", "family")  # what tells the suites of a board apart


def place(model: Model) -> PlaceColumns:
    """The columns that say what a row is about."""
    entry = model.suite
    return {
        "suite": entry["suite"],
        "data": entry["data"],
        "origin": entry["origin"],
        "family": entry["family"],
        "kind": entry["kind"],
        "recipe": model.recipe,
        "inputs": model.inputs,
        "scope": model.scope,
    }


def named(entry: PlanEntry, condition: float | str) -> str:
    """The name of a condition; one without a name is called by its knob and value, as in alpha 0.25."""
    if isinstance(condition, str):
        return condition
    name = entry.get("condition_names", {}).get(str(condition))
    return name or f"{entry['knob']} {condition_text(condition)}"


def grouped(ranked: list[Model]) -> dict[tuple[int, str, str], list[Model]]:
    """The models by entry, kind of inputs and scope."""
    groups: dict[tuple[int, str, str], list[Model]] = {}
    for model in ranked:
        groups.setdefault((model.entry, model.inputs, model.scope), []).append(model)
    return groups


def by_suite(ranked: Sequence[Model]) -> list[list[Model]]:
    """The models of each entry of the plan."""
    groups: dict[int, list[Model]] = {}
    for model in ranked:
        groups.setdefault(model.entry, []).append(model)
    return list(groups.values())


def by_recipe(group: list[Model]) -> dict[str, list[Model]]:
    """The models by recipe."""
    recipes: dict[str, list[Model]] = {}
    for model in group:
        recipes.setdefault(model.recipe, []).append(model)
    return recipes
