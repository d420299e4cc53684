"""Recipes: a grid, a list of unrelated ones, or drawn ones; each label says what sets a recipe apart."""

from math import log
from pathlib import Path

import pytest

from benchmark.plan.cells import resolve
from benchmark.plan.reading import PlanError, read_plan
from benchmark.plan.recipes import drawn, recipes_of
from registry import Training

TEXT = """\
name: mine
seeds: [0]
suites:
  - suite: toy-spurious
    family: toy-mlp
    training: {max_epochs: 9}
"""
SPACES = {"learning_rate": [1e-4, 3e-3], "weight_decay": [0.0, 0.3], "batch_size": [32, 512], "optimizer": ["a", "b"]}


def read(tmp_path: Path, text: str, *overrides: str):
    (tmp_path / "mine.yaml").write_text(TEXT + text)
    return read_plan(str(tmp_path / "mine.yaml"), overrides)


def test_a_grid_is_crossed_with_readable_labels() -> None:
    said = {"learning_rate": [1e-3, 3e-4], "max_epochs": 9, "weight_decay": [0, 0.3]}
    found = recipes_of(said, None, Training())
    assert [recipe.label for recipe in found] == ["lr0.001-wd0", "lr0.001-wd0.3", "lr0.0003-wd0", "lr0.0003-wd0.3"]
    assert found[2].training == Training(learning_rate=3e-4, max_epochs=9)
    assert [recipe.label for recipe in recipes_of({}, None, Training())] == [""]
    near = recipes_of({"learning_rate": [0.01, 0.010000001]}, None, Training())
    assert [recipe.label for recipe in near] == ["lr0.01", "lr0.010000001"]


def test_unrelated_recipes_stand_over_the_training_of_the_entry_and_that_of_the_family() -> None:
    rows = [{"learning_rate": 1e-3, "weight_decay": 0.1}, {"optimizer": "adamw"}, {"learning_rate": 1e-3}]
    found = recipes_of({"max_epochs": 9, "weight_decay": 0.2}, rows, Training(learning_rate=5e-5))
    assert found[0].training == Training(learning_rate=1e-3, weight_decay=0.1, max_epochs=9)
    assert found[1].training == Training(learning_rate=5e-5, weight_decay=0.2, max_epochs=9, optimizer="adamw")
    assert [recipe.label for recipe in found] == ["lr0.001-wd0.1-adam", "lr5e-05-wd0.2-adamw", "lr0.001-wd0.2-adam"]


def test_drawn_recipes_fill_their_ranges_and_are_short_and_distinct() -> None:
    found = drawn({"draw": 400, **SPACES})
    assert len({tuple(row.values()) for row in found}) == len(found) == 400
    for key, (low, high) in list(SPACES.items())[:3]:
        values = [row[key] for row in found]
        assert all(low <= value <= high for value in values), key
        assert all(float(f"{value:.3g}") == value for value in values), key
    assert all(type(row["batch_size"]) is int for row in found)

    def below(key: str, middle: float) -> float:
        return sum(row[key] < middle for row in found) / len(found)

    # Half of the draws are below the middle, which is that of the logarithms where both ends are above 0.
    assert below("learning_rate", (1e-4 * 3e-3) ** 0.5) == pytest.approx(0.5, abs=0.075)
    assert below("batch_size", 128) == pytest.approx(log(4) / log(16), abs=0.075)
    assert below("weight_decay", 0.15) == pytest.approx(0.5, abs=0.075)
    assert sum(row["optimizer"] == "a" for row in found) / 400 == pytest.approx(0.5, abs=0.075)


def test_what_is_drawn_depends_on_the_seed_and_on_nothing_else() -> None:
    first = drawn({"draw": 8, **SPACES})
    assert first == drawn({"draw": 8, "seed": 0, **SPACES})
    assert first != drawn({"draw": 8, "seed": 1, **SPACES})
    assert drawn({"draw": 20, **SPACES})[:8] == first  # networks that are trained are not trained again
    assert drawn({"draw": 8, **dict(reversed(SPACES.items()))}) == first
    assert drawn({"draw": 8, **SPACES, "max_epochs": [5, 500]}) == [
        {**row, "max_epochs": more["max_epochs"]}
        for row, more in zip(first, drawn({"draw": 8, "max_epochs": [5, 500]}), strict=True)
    ]


def test_three_numbers_are_a_choice_and_whole_numbers_stay_whole() -> None:
    found = drawn({"draw": 6, "batch_size": [32, 64, 128], "weight_decay": [0, 1, 2]})
    assert {row["batch_size"] for row in found} == {32, 64, 128}
    assert {row["weight_decay"] for row in drawn({"draw": 30, "weight_decay": [0, 1]})} - {0.0, 1.0}
    assert sorted(row["patience"] for row in drawn({"draw": 3, "patience": [1, 3]})) == [1, 2, 3]


def test_all_that_there_are_can_be_drawn() -> None:
    found = drawn({"draw": 24, "batch_size": [1, 12], "optimizer": ["adam", "adamw"]})
    assert len(found) == 24


@pytest.mark.parametrize("seed", range(5))
def test_labels_of_drawn_recipes_are_unique_and_parts_of_a_path(seed: int) -> None:
    spaces = {**SPACES, "optimizer": ["adam", "adamw", "rmsprop"], "stop_loss": [0.0, 0.1], "max_epochs": [10, 500]}
    labels = [recipe.label for recipe in recipes_of({}, {"draw": 50, "seed": seed, **spaces}, Training())]
    assert len(set(labels)) == 50
    assert all(len(label) < 60 and set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-") for label in labels)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("    recipes: 16\n", 7, "recipes: a list of recipes is needed, as in .*, got 16"),
        ("    recipes: []\n", 7, "recipes: the list is empty"),
        ("    recipes: [16]\n", 7, "recipes.0: a mapping is needed, as in {key: value}, got 16"),
        ("    recipes: {}\n", 7, "recipes: the key draw is missing"),
        (
            "    recipes:\n      - {batch_size: 32}\n      - {bach_size: 64}\n",
            9,
            "recipes.1.bach_size: unknown key; did you mean 'batch_size'?",
        ),
        (
            "    recipes:\n      - {batch_size: 32}\n      - {learning_rate: -1}\n",
            9,
            "recipes.1.learning_rate: Input should be greater than 0, got -1",
        ),
        ("    recipes: [{batch_size: [32, 64]}]\n", 7, "recipes.0.batch_size: .*, got \\[32, 64\\]"),
        ("    recipes: [{weight_decay: .nan}]\n", 7, "weight_decay: .*got nan"),
        (
            "    recipes: [{augmentation: mirror-and-crop}]\n",
            7,
            "'mirror-and-crop' is for families that read images, not 'toy-mlp'",
        ),
        (
            "    recipes:\n      - {batch_size: 64}\n      - {}\n      - {batch_size: 64, max_epochs: 9}\n",
            10,
            "recipes.2: the same recipe as recipes.0: each one is needed once",
        ),
        ("    recipes: {draw: 0, batch_size: [32, 64]}\n", 7, "recipes.draw: .*greater than or equal to 1, got 0"),
        ("    recipes: {draw: true, batch_size: [32, 64]}\n", 7, "recipes.draw: .*got True"),
        ("    recipes: {draw: 1001, batch_size: [1, 9999]}\n", 7, "recipes.draw: .*less than or equal to 1000"),
        ("    recipes: {draw: 4, seed: -1, batch_size: [32, 64]}\n", 7, "recipes.seed: .*equal to 0, got -1"),
        ("    recipes: {draw: 4, seeds: 1, batch_size: [32, 64]}\n", 7, "recipes.seeds: unknown key.*'seed'"),
        ("    recipes: {draw: 4, batch_sizes: [32, 64]}\n", 7, "recipes.batch_sizes: unknown key; did you mean"),
        ("    recipes: {draw: 4}\n", 7, "recipes: there is nothing to draw"),
        ("    recipes: {draw: 4, batch_size: 32}\n", 7, "batch_size: a range or a list .*, got 32; what is fixed"),
        ("    recipes: {draw: 4, batch_size: [32]}\n", 7, "batch_size: a range or a list of values"),
        ("    recipes: {draw: 4, batch_size: []}\n", 7, "recipes.batch_size: the list is empty"),
        ("    recipes: {draw: 4, batch_size: [64, 32]}\n", 7, "the range is the wrong way round: \\[32, 64\\]"),
        ("    recipes: {draw: 4, batch_size: [64, 64]}\n", 7, "recipes.batch_size.1: 64 stands twice"),
        ("    recipes: {draw: 4, batch_size: [0, 64]}\n", 7, "recipes.batch_size: .*greater than 0, got 0"),
        ("    recipes: {draw: 4, batch_size: [1.5, 64]}\n", 7, "recipes.batch_size: .*got 1.5"),
        ("    recipes: {draw: 4, optimizer: [adam, sgd]}\n", 7, "recipes.optimizer: .*got 'sgd'"),
        (
            "    recipes: {draw: 7, batch_size: [1, 3], optimizer: [adam, adamw]}\n",
            7,
            "recipes.draw: 7 distinct recipes are asked for, and there are 6",
        ),
    ],
)
def test_wrong_recipes_are_one_line_that_says_where(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(PlanError, match=message) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mine.yaml'}:{line}: suites.0.recipes"), caught.value
    assert "\n" not in str(caught.value)


def test_a_grid_and_a_list_of_recipes_exclude_each_other(tmp_path: Path) -> None:
    text = "    recipes: [{batch_size: 32}]\n"
    with pytest.raises(
        PlanError, match="a list makes a grid, and `recipes` name others: only one of the two may stand"
    ):
        read(tmp_path, text, "suites.0.training.learning_rate=[0.1, 0.2]")


def test_recipes_can_be_set_and_are_named_in_an_error(tmp_path: Path) -> None:
    plan = read(tmp_path, "", "suites.0.recipes={draw: 3, batch_size: [8, 64]}")
    assert plan.suites[0].recipes == {"draw": 3, "batch_size": [8, 64]}
    more = read(tmp_path, "    recipes: {draw: 3, batch_size: [8, 64]}\n", "suites.0.recipes.draw=5")
    assert more.suites[0].recipes["draw"] == 5
    with pytest.raises(PlanError, match=r"--set suites.0.recipes.draw=99: 99 distinct recipes are asked for"):
        read(tmp_path, "    recipes: {draw: 3, batch_size: [8, 64]}\n", "suites.0.recipes.draw=99")


def test_each_recipe_is_a_network_of_its_own(tmp_path: Path) -> None:
    plan = read(tmp_path, "    recipes: {draw: 3, batch_size: [8, 64], learning_rate: [1e-3, 1e-2]}\n")
    resolved = resolve(plan, tmp_path)
    rows = resolved.as_json()["entries"][0]["recipes"]
    assert [set(row) for row in rows] == [{"label", "training"}] * 3
    assert all(row["training"]["max_epochs"] == 9 for row in rows)
    keys = [cell.key for cell in resolved.cells if cell.work == "train"]
    assert len(set(keys)) == len(keys) == 3 * len(resolved.entries[0]["conditions"])
    assert all(any(f".{row['label']}." in key for row in rows) for key in keys)


OPTIONS = {"width": 16, "drop_out": 0.0}


def test_options_of_the_network_stand_beside_settings_and_keep_what_differs_from_the_default() -> None:
    found = recipes_of({"width": [16, 64], "max_epochs": 9}, None, Training(), OPTIONS)
    assert [(recipe.label, recipe.options) for recipe in found] == [("w16", {}), ("w64", {"width": 64})]
    assert all(recipe.training == Training(max_epochs=9) for recipe in found)
    listed = recipes_of({"drop_out": 0.5}, [{"width": 4}, {"drop_out": 0, "batch_size": 8}], Training(), OPTIONS)
    assert [recipe.label for recipe in listed] == ["w4-do0.5-bs128", "w16-do0-bs8"]
    assert [recipe.options for recipe in listed] == [{"width": 4, "drop_out": 0.5}, {}]


def test_drawn_options_are_whole_where_their_default_is_and_log_uniform() -> None:
    spaces = {"width": [32, 1024], "drop_out": [0.0, 0.5]}
    found = [recipe.options for recipe in recipes_of({}, {"draw": 400, **spaces}, Training(), OPTIONS)]
    widths = [options["width"] for options in found]
    assert all(type(width) is int and 32 <= width <= 1024 for width in widths)
    assert sum(width < (32 * 1024) ** 0.5 for width in widths) / 400 == pytest.approx(0.5, abs=0.075)
    assert sum(options["drop_out"] < 0.25 for options in found) / 400 == pytest.approx(0.5, abs=0.075)
    # a setting draws the same whatever is drawn beside it
    rates = {"draw": 9, "learning_rate": [1e-4, 1e-2]}
    beside = recipes_of({}, {**rates, **spaces}, Training(), OPTIONS)
    assert [recipe.training for recipe in beside] == [one.training for one in recipes_of({}, rates, Training())]
