"""Recipes of several runs as one list: one setting is one recipe, whatever a run calls it, and labels differ."""

from itertools import permutations
from typing import Any

import pytest

from benchmark.results.merged_recipes import joined_recipes, recipe_key


def recipe(label: str, **training: Any) -> dict[str, Any]:
    return {"label": label, "training": training}


def labels(*recipes: dict[str, Any]) -> list[str]:
    return [one["label"] for one in joined_recipes(recipes)]


def test_a_recipe_is_its_setting_whatever_its_name_and_the_order_of_its_keys() -> None:
    assert recipe_key(recipe("a", batch_size=1, patience=2)) == recipe_key(recipe("b", patience=2, batch_size=1))
    assert recipe_key(recipe("a", batch_size=1)) != recipe_key(recipe("a", batch_size=2))
    assert recipe_key({"label": "a"}) == recipe_key(recipe("a")) != recipe_key({"label": "b"})


def test_labels_that_tell_all_apart_stay_in_the_order_in_which_they_first_stand() -> None:
    one, two, three = (recipe(f"lr{rate}", learning_rate=rate) for rate in (0.1, 0.2, 0.3))
    assert joined_recipes([two, one, two, three, one]) == [two, one, three]


def test_one_recipe_alone_keeps_its_name() -> None:
    assert labels(recipe("", learning_rate=0.1), recipe("", learning_rate=0.1)) == [""]


@pytest.mark.parametrize(
    ("recipes", "named"),
    [
        # two runs of one recipe each, which neither of them had to name
        ([recipe("", learning_rate=0.1), recipe("", learning_rate=0.2)], ["lr0.1", "lr0.2"]),
        # one name for two settings: where a setting is not said, it is the default
        ([recipe("a", batch_size=64), recipe("a", batch_size=64, patience=3)], ["p0", "p3"]),
        # two names for one setting, beside another
        (
            [recipe("x", batch_size=8), recipe("y", batch_size=8), recipe("z", optimizer="adamw", batch_size=8)],
            ["adam", "adamw"],
        ),
        # all settings in which they differ, in the order of `Training`
        (
            [recipe("", patience=1, learning_rate=0.1), recipe("", learning_rate=0.2), recipe("", learning_rate=0.1)],
            ["lr0.1-p1", "lr0.2-p0", "lr0.1-p0"],
        ),
    ],
)
def test_where_labels_do_not_tell_them_apart_the_settings_that_differ_do(
    recipes: list[dict[str, Any]], named: list[str]
) -> None:
    assert labels(*recipes) == named
    for turned in permutations(recipes):
        assert sorted(labels(*turned)) == sorted(named)


def test_settings_that_are_the_same_but_for_how_they_are_written_are_numbered() -> None:
    """A record of before may write a default out: the two keys differ, and no setting does."""
    assert labels(recipe("", batch_size=128, patience=0), recipe("", batch_size=128)) == ["1", "2"]


def test_options_of_the_network_tell_recipes_apart_and_stand_in_their_labels() -> None:
    plain, wide = recipe("a", batch_size=8), {**recipe("a", batch_size=8), "options": {"width": 9}}
    assert recipe_key(plain) != recipe_key(wide)
    found = joined_recipes([plain, wide], {"width": 5, "depth": 2})
    assert [(one["label"], one.get("options")) for one in found] == [("w5", None), ("w9", {"width": 9})]
