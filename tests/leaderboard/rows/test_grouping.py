"""Which models belong together, and the names of conditions."""

from made_boards import entry
from made_models import model

from leaderboard.rows.grouping import SUITE, by_recipe, grouped, named, place


def test_models_are_grouped_by_entry_inputs_and_scope_and_then_by_recipe_in_their_order() -> None:
    several = [
        model(0.5, [1.0], [1.0], recipe="b"),
        model(0.0, [1.0], [1.0], recipe="a"),
        model(1.0, [1.0], [1.0], recipe="b"),
        model(0.0, [1.0], [1.0], recipe="a", inputs="in-distribution"),
        model(0.0, [1.0], [1.0], recipe="a", scope="network"),
        model(0.0, [1.0], [1.0], recipe="a", entry=1),
    ]
    groups = grouped(several)
    assert list(groups) == [
        (0, "evaluation", "tap"),
        (0, "in-distribution", "tap"),
        (0, "evaluation", "network"),
        (1, "evaluation", "tap"),
    ]
    recipes = by_recipe(groups[0, "evaluation", "tap"])
    assert {name: [one.condition for one in own] for name, own in recipes.items()} == {"b": [0.5, 1.0], "a": [0.0]}
    assert list(recipes) == ["b", "a"]


def test_a_row_says_of_its_suite_what_the_entry_says_and_of_its_model_the_rest() -> None:
    two = entry("two", [0.0], kind="example-level", data="letters")
    said = place(model(0.0, [1.0], [1.0], entry=1, suite=two, recipe="r", inputs="in-distribution", scope="network"))
    assert said == {
        "suite": "two", "data": "letters", "origin": "stand-in", "family": "mlp", "kind": "example-level",
        "recipe": "r", "inputs": "in-distribution", "scope": "network",
    }  # fmt: skip
    assert set(SUITE) <= set(said)


def test_a_condition_has_its_own_name_or_that_of_its_knob_with_the_number() -> None:
    suite = entry("one", [0.0], condition_names={"0.5": "half"})
    assert named(suite, "balanced") == "balanced"
    assert named(suite, 0.5) == "half"
    assert (named(suite, 0.25), named(suite, 1.0)) == ("alpha 0.25", "alpha 1")
