"""Boards of measures of made networks: what each measure says is known, so that its taus are."""

from collections.abc import Callable
from typing import Any

from made_boards import EITHER, entry, measure, plan, value

from leaderboard.rows.assembly import build_board

BOTH = {"heuristic": "high", "example-level": "high"}
CONDITIONS = [0.0, 0.25, 0.5, 0.75, 1.0]
RECIPES = 8


def accuracy(condition: float, recipe: int, seed: int) -> float:
    """Conditions move it twice as far as recipes do; seeds hardly."""
    return 0.9 - 0.4 * condition + 0.02 * recipe + 0.001 * seed


Says = Callable[[float, float, int], float | None]
# What each measure says of a network, from its accuracy and its place.
SAYS: dict[str, Says] = {
    "mean-entropy": lambda good, condition, recipe: good - condition,
    "mean-mi": lambda good, condition, recipe: 2.0 - condition - 0.01 * recipe,  # right across, wrong within
    "right": lambda good, condition, recipe: good,
    "recipe-alone": lambda good, condition, recipe: float(recipe),
    "mean-confidence": lambda good, condition, recipe: 0.5 + 0.02 * recipe + 0.3 * condition,  # the other way round
    "steps": lambda good, condition, recipe: -condition,
}


def panel_plan(chosen: bool = True, recipes: int = RECIPES) -> dict[str, Any]:
    """A plan of two suites of both kinds, whose recipes are unrelated."""
    training = [{"label": f"r{n}", "training": {"learning_rate": 0.1 + n}} for n in range(recipes)]
    suites = [
        entry("colored", CONDITIONS) | {"recipes": training},
        entry("shuffled", CONDITIONS) | {"recipes": training, "kind": "example-level"},
    ]
    facts = {name: measure(EITHER if name == "steps" else BOTH, needs=["activations"]) for name in SAYS}
    made = plan(suites, facts, 2)
    if chosen:
        made["plan"]["measures"] = ["*"]
    return made


def panel_board(
    chosen: bool = True, recipes: int = RECIPES, **says: Callable[[float, float, int], float | None]
) -> Any:
    """Its board; `says` stands in place of what a measure says, by its name with underscores."""
    made = panel_plan(chosen, recipes)
    speaking = SAYS | {name.replace("_", "-"): what for name, what in says.items()}
    found: dict[str, Any] = {}
    for cell in made["cells"]:
        found[cell["key"]] = {"outcome": "done"}
        if cell["work"] == "score":
            condition, recipe = cell["condition"], int(cell["recipe"][1:])
            good = accuracy(condition, recipe, cell["seed"])
            numbers = {name: value(what(good, condition, recipe)) for name, what in speaking.items()}
            found[cell["key"]] |= {"measures": numbers, "metrics": {"accuracy": value(good)}}
    return build_board(made, found)


def rows_by_name(board: Any) -> dict[str, Any]:
    """The rows of the board of measures by measure."""
    return {row["measure"]: row for row in board["measures"]}
