"""Wrong settings and recipes of an entry that is made by hand: the path of the key inside it, and what is wrong."""

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from benchmark.plan.reading import SuiteEntry
from benchmark.plan.setting_problems import key_problems, repeated, setting_problems
from registry import FAMILIES, Tap


def entry(**parts: Any) -> SuiteEntry:
    return SuiteEntry.model_validate({"suite": "toy-spurious", "family": "toy-mlp", **parts})


def of(**parts: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return list(setting_problems(entry(**parts), FAMILIES["toy-mlp"]))


def test_every_value_that_stands_twice_is_named_by_its_place() -> None:
    assert list(repeated(("seeds",), [1, 2, 1, 1])) == [(("seeds", n), "1 stands twice") for n in (2, 3)]
    assert list(repeated((), "abc")) == []


def test_words_that_are_no_keys_are_found_at_each_place_where_keys_stand() -> None:
    listed = entry(training={"lerning_rate": 1}, recipes=[{"batch_size": 1}, {"bach_size": 2, "draw": 3}])
    assert [path for path, _ in key_problems(listed)] == [
        ("training", "lerning_rate"),
        ("recipes", 1, "bach_size"),
        ("recipes", 1, "draw"),
    ]
    drawn = entry(recipes={"draw": 3, "seed": 1, "sead": 2})
    assert list(key_problems(drawn)) == [(("recipes", "sead"), "unknown key; did you mean 'seed'?")]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"training": {"learning_rate": [0.1, 0.2], "batch_size": 8}},
        {"recipes": [{"batch_size": 8}, {"batch_size": 16}]},
        {"recipes": {"draw": 3, "batch_size": [8, 16]}},
    ],
)
def test_what_may_stand_has_no_problems(parts: dict[str, Any]) -> None:
    assert of(**parts) == []


@pytest.mark.parametrize(
    ("parts", "path", "message"),
    [
        ({"training": {"learning_rate": []}}, ("training", "learning_rate"), "the list is empty"),
        ({"training": {"learning_rate": [0.1, 0.1]}}, ("training", "learning_rate", 1), "0.1 stands twice"),
        ({"training": {"freeze_layers": 1}}, ("training", "freeze_layers"), "is for families that read texts"),
        ({"training": {"batch_size": 2.5}}, ("training", "batch_size"), "got 2.5"),
        ({"training": {"weight_decay": float("inf")}}, ("training", "weight_decay"), "finite number"),
        ({"recipes": []}, ("recipes",), "the list is empty"),
        ({"recipes": [{"batch_size": 8}, {"batch_size": 8}]}, ("recipes", 1), "the same recipe as recipes.0"),
        (
            {"recipes": [{"batch_size": 8}], "training": {"max_epochs": [1, 2]}},
            ("training", "max_epochs"),
            "a list makes a grid",
        ),
        ({"recipes": {"batch_size": [8, 9]}}, ("recipes",), "the key draw is missing"),
        ({"recipes": {"draw": 2}}, ("recipes",), "there is nothing to draw"),
        ({"recipes": {"draw": 2, "batch_size": 8}}, ("recipes", "batch_size"), "a range or a list of values"),
        ({"recipes": {"draw": 2, "batch_size": [9, 8]}}, ("recipes", "batch_size"), "the wrong way round: [8, 9]"),
        ({"recipes": {"draw": 3, "batch_size": [8, 9]}}, ("recipes", "draw"), "3 distinct recipes are asked for"),
    ],
)
def test_the_first_problem_names_the_place_and_what_is_wrong(
    parts: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    first, said = next(setting_problems(entry(**parts), FAMILIES["toy-mlp"]))
    assert first == path
    assert message in said


def of_mlp(**parts: Any) -> list[tuple[tuple[str | int, ...], str]]:
    given = entry(**parts, family="mlp")
    return list(key_problems(given)) or list(islice(setting_problems(given, FAMILIES["mlp"]), 1))


@pytest.mark.parametrize(
    "parts",
    [
        {"training": {"width": [32, 64], "depth": 2}},
        {"recipes": [{"drop_out": 0.5}, {"width": 3}]},
        {"recipes": {"draw": 3, "width": [32, 1024], "depth": [1, 2, 3], "drop_out": [0.0, 0.5]}},
    ],
)
def test_options_of_the_family_may_stand_wherever_settings_do(parts: dict[str, Any]) -> None:
    assert of_mlp(**parts) == []


@pytest.mark.parametrize(
    ("parts", "path", "message"),
    [
        ({"training": {"wdth": 3}}, ("training", "wdth"), "did you mean 'width'? (options of family 'mlp': width, de"),
        ({"recipes": {"draw": 2, "dept": [1, 2]}}, ("recipes", "dept"), "unknown key; did you mean 'depth'?"),
        ({"recipes": [{"drop_outs": 0.1}]}, ("recipes", 0, "drop_outs"), "unknown key; did you mean 'drop_out'?"),
        ({"training": {"width": 0}}, ("training", "width"), "width is 0, not from 1 to 65536"),
        ({"training": {"width": [8, 2.5]}}, ("training", "width"), "is 2.5 (float), not a whole number"),
        ({"training": {"drop_out": "much"}}, ("training", "drop_out"), "is 'much' (str), not a number"),
        ({"recipes": {"draw": 2, "depth": [0, 4]}}, ("recipes", "depth"), "depth is 0, not from 1 to 1000"),
        ({"recipes": {"draw": 3, "depth": [1, 2]}}, ("recipes", "draw"), "3 distinct recipes are asked for"),
        ({"recipes": [{"width": 256}, {}]}, ("recipes", 1), "the same recipe as recipes.0"),
    ],
)
def test_a_wrong_option_is_named_with_what_the_family_has(
    parts: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    first, said = of_mlp(**parts)[0]
    assert first == path
    assert message in said


def test_a_family_without_options_says_so_of_a_word_that_is_near_nothing() -> None:
    assert "(family 'toy-mlp' has no options)" in next(key_problems(entry(training={"width": 3})))[1]


def test_options_that_only_together_make_no_network_are_refused_at_the_recipes() -> None:
    def taps_of(width: int, depth: int, drop_out: float) -> tuple[Tap, ...]:
        if width < depth:
            raise ValueError("narrower than deep")
        return (Tap("hidden1"),)

    family = replace(FAMILIES["mlp"], taps_of=taps_of)
    narrow = entry(recipes=[{"width": 9, "depth": 9}, {"width": 8, "depth": 9}], family="mlp")
    assert list(setting_problems(narrow, family)) == [(("recipes",), "narrower than deep")]
