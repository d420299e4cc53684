"""Selecting within a condition: what was permuted, how many tests there are, and what a suite lacks for one."""

from typing import Any

import pytest
from made_boards import EITHER, entry, measure, plan, value

from leaderboard.rows.assembly import build_board

DIRECTION = {"heuristic": "low", "example-level": "low"}
CONDITIONS = [0.0, 0.25, 0.5, 0.75, 1.0]


def board_of(*entries: dict[str, Any], seeds: int = 1) -> dict[str, Any]:
    """A board whose one hypothesis puts the networks of a condition in the order of their accuracy."""
    made = plan(list(entries), {"mean-mi": measure(DIRECTION), "steps": measure(EITHER)}, seeds)
    found: dict[str, Any] = {}
    for cell in made["cells"]:
        labels = [recipe["label"] for recipe in made["entries"][cell["entry"]]["recipes"]]
        better = labels.index(cell["recipe"]) + 0.1 * cell["seed"]
        found[cell["key"]] = {"outcome": "done"}
        if cell["work"] == "score":
            numbers = {"mean-mi": value(cell["condition"] - better), "steps": value(cell["condition"])}
            found[cell["key"]] |= {"measures": numbers, "metrics": {"accuracy": value(better - cell["condition"])}}
    return build_board(made, found)


def rows_of(board: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for claim in board["claims"] for row in claim["within"]]


def grid(*factors: tuple[str, list[float]]) -> list[dict[str, Any]]:
    recipes: list[dict[str, Any]] = [{}]
    for name, levels in factors:
        recipes = [{**recipe, name: level} for recipe in recipes for level in levels]
    return [{"label": f"r{number}", "training": training} for number, training in enumerate(recipes)]


def test_of_a_grid_of_recipes_levels_are_permuted_and_eight_cannot_show_a_selection() -> None:
    two = [("learning_rate", [0.1, 0.2]), ("weight_decay", [0.0, 0.3]), ("batch_size", [8.0, 16.0])]
    board = board_of(entry("a", CONDITIONS) | {"recipes": grid(*two)})
    (row,) = rows_of(board)
    assert (row["tau"], row["shown"], row["p"], row["best"]) == (1.0, "cannot", 0.125, 0.125)
    assert row["needs"] == "needs 4 unrelated recipes, here a grid of 8: four drawn ones instead"
    (sure,) = [row for row in board["agreement"] if row["measure"] == "mean-mi"][:1]
    assert (sure["within_condition"]["unit"], sure["within_condition"]["permuted"]) == ("recipes", "levels")


def test_an_uneven_grid_is_no_list_of_unrelated_recipes_and_says_what_it_lacks() -> None:
    cube = grid(("learning_rate", [0.1, 0.2]), ("weight_decay", [0.0, 0.3]), ("batch_size", [8.0, 16.0]))
    default = {"label": "default", "training": {"learning_rate": 0.3, "weight_decay": 0.6, "batch_size": 32.0}}
    for recipes, allowed, best in ((cube[:7], "one order", 1.0), ([*cube, default], "eight orders", 0.125)):
        board = board_of(entry("a", CONDITIONS) | {"recipes": recipes})
        (row,) = rows_of(board)
        assert (row["tau"], row["shown"], row["p"]) == (1.0, "cannot", best)
        assert row["needs"] == (
            f"needs 4 unrelated recipes, here an uneven grid of {len(recipes)}, whose levels allow {allowed}: "
            "four drawn ones instead"
        )
        assert board["agreement"][0]["within_condition"]["permuted"] == "some levels"
        assert row["needs"] in board["verdict"][0]


def test_settings_that_go_together_make_no_recipe_unrelated() -> None:
    rows = [
        {"label": f"{rate} {size}", "training": {"learning_rate": rate, "weight_decay": 10 * rate, "batch_size": size}}
        for rate in (0.1, 0.2, 0.3)
        for size in (8, 16)
    ]
    board = board_of(entry("a", CONDITIONS) | {"recipes": rows})
    within = board["agreement"][0]["within_condition"]
    assert (within["permuted"], within["p_above"]) == ("levels", pytest.approx(1 / 12))


def test_one_more_seed_in_one_condition_takes_none_of_the_others_out() -> None:
    made = plan([entry("a", CONDITIONS)], {"mean-mi": measure(DIRECTION)}, 4)
    made["cells"] = [cell for cell in made["cells"] if cell["condition"] == 0.0 or cell["seed"] < 3]
    found = {}
    for cell in made["cells"]:
        numbers = {"measures": {"mean-mi": value(-cell["seed"])}, "metrics": {"accuracy": value(cell["seed"])}}
        found[cell["key"]] = {"outcome": "done", **(numbers if cell["work"] == "score" else {})}
    within = build_board(made, found)["agreement"][0]["within_condition"]
    assert (within["tau"], within["conditions"], within["left_out"]) == (1.0, 5, 0)
    assert within["p_above"] == pytest.approx(1 / (24 * 6**4))


def test_unrelated_recipes_are_permuted_as_they_are() -> None:
    rates = [{"label": f"r{n}", "training": {"learning_rate": 0.1 * n}} for n in range(5)]
    board = board_of(entry("a", CONDITIONS) | {"recipes": rates})
    (row,) = rows_of(board)
    assert ", among recipes of this space on these data)" in board["verdict"][0]
    assert (row["shown"], row["p"], row["about"]) == ("selects", pytest.approx(1 / 120), "these networks")


def test_a_recipe_that_is_missing_in_one_condition_leaves_that_condition_out() -> None:
    rates = [{"label": f"r{n}", "training": {"learning_rate": 0.1 * n}} for n in range(4)]
    made = plan([entry("a", CONDITIONS) | {"recipes": rates}], {"mean-mi": measure(DIRECTION)})
    made["cells"] = [c for c in made["cells"] if (c["condition"], c["recipe"]) != (0.5, "r1")]
    found = {}
    for cell in made["cells"]:
        number = int(cell["recipe"][1:])
        numbers = {"measures": {"mean-mi": value(-number)}, "metrics": {"accuracy": value(number)}}
        found[cell["key"]] = {"outcome": "done", **(numbers if cell["work"] == "score" else {})}
    within = build_board(made, found)["agreement"][0]["within_condition"]
    assert (within["tau"], within["conditions"], within["left_out"]) == (1.0, 4, 1)


def test_suites_that_have_nothing_to_rank_do_not_count_as_tests_but_would_if_they_had() -> None:
    one = board_of(entry("a", CONDITIONS), seeds=1)
    assert [row["needs"] for row in rows_of(one)] == ["needs 2 seeds in each condition, here 1: one more"]
    four = board_of(*(entry(suite, CONDITIONS) for suite in "abcd"), seeds=1)
    assert {row["needs"] for row in rows_of(four)} == {"needs 3 seeds in each condition, here 1: two more"}


def test_a_suite_of_named_conditions_is_not_told_to_have_more_of_them() -> None:
    for knob, needs in (
        ("alpha", "needs 5 conditions, here 4: one more"),
        (None, "needs 3 seeds in each condition, here 2: one more"),
    ):
        names = {str(condition): f"set {condition}" for condition in CONDITIONS[:4]}
        board = board_of(entry("a", CONDITIONS[:4], knob=knob, condition_names=names), seeds=2)
        assert [row["needs"] for row in rows_of(board)] == [needs]


def test_recipes_whose_settings_a_plan_does_not_say_are_unrelated() -> None:
    drawn = entry("a", CONDITIONS) | {"recipes": grid(("learning_rate", [0.1, 0.2, 0.3, 0.4]))}
    unsaid = drawn | {"recipes": [{"label": recipe["label"]} for recipe in drawn["recipes"]]}
    assert rows_of(board_of(unsaid)) == rows_of(board_of(drawn))
    assert {row["within_condition"]["permuted"] for row in board_of(unsaid)["agreement"]} == {"recipes"}
