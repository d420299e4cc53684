"""Other settings: tau of each as the plan's, and the share of choices in which it picks the same model."""

from typing import Any

import pytest
from made_boards import LOW, entry, measure
from made_models import HIGH, facts, model, of_suites

from benchmark.results.result import Result, Results
from leaderboard.rows.sensitivity import sensitivity_rows

CONDITIONS = [0.0, 0.5, 1.0]
ACCURACY = {0.0: 0.9, 0.5: 0.8, 1.0: 0.5}
MEASURES = {"mean-entropy": measure(HIGH), "mean-mi": measure(LOW)}


def cells(recipes: tuple[str, ...] = ("",), seeds: int = 1) -> list[dict[str, Any]]:
    return [
        {"key": f"{c}.{r}.{s}", "entry": 0, "work": "train", "anchor": None, "condition": c, "recipe": r, "seed": s}
        for c in CONDITIONS
        for r in recipes
        for s in range(seeds)
    ]


def variant(axis: str, label: str, value: float | None, **per_tap: float) -> dict[str, Any]:
    return {"measure": "mean-mi", "axis": axis, "label": label, "value": value, "per_tap": per_tap}


def of_mi(models: list, values: dict[str, Any], recipes: tuple[str, ...] = ("",), seeds: int = 1) -> dict[str, Any]:
    suite = entry("colored", CONDITIONS, recipes)
    networks = Results({0: suite}, [Result(cell, suite, None) for cell in cells(recipes, seeds)])  # type: ignore[arg-type, dict-item]
    rows = sensitivity_rows(facts(MEASURES), of_suites(models, suite), networks, "evaluation", values)
    return next(row for row in rows if row["measure"] == "mean-mi")


def test_each_setting_has_its_tau_and_whether_it_picks_the_plans_model() -> None:
    models = [model(c, [c], [ACCURACY[c]]) for c in CONDITIONS]
    numbers = {0.0: (1.0, 3.0), 0.5: (2.0, 1.0), 1.0: (3.0, 2.0)}  # as planned, with other bins
    values = {
        f"{c}..0": {
            "evaluation": [variant("plan", "as planned", own, t=-own), variant("bins", "30", other, t=other)],
            "in-distribution": [variant("plan", "as planned", own), variant("bins", "30", own)],
        }
        for c, (own, other) in numbers.items()
    }
    row = of_mi(models, values)
    assert (row["tau"], row["inputs"]) == (1.0, "evaluation")
    said = {(one["inputs"], one["axis"], one["label"]): (one["tau"], one["keeps"]) for one in row["settings"]}
    assert said == {
        ("evaluation", "plan", "as planned"): (1.0, 1.0),
        ("evaluation", "tap", "t"): (-1.0, 0.0),  # a tap is a setting of its own where the plan's settings hold
        ("evaluation", "bins", "30"): (pytest.approx(-1 / 3), 0.0),
        ("in-distribution", "plan", "as planned"): (1.0, 1.0),
        ("in-distribution", "bins", "30"): (1.0, 1.0),
    }


def test_with_recipes_a_choice_is_within_each_condition_and_tau_the_mean_over_recipes() -> None:
    recipes = ("a", "b")
    models = [model(c, [c], [ACCURACY[c]], recipe=name) for c in CONDITIONS for name in recipes]
    own = {"a": {0.0: 1.0, 0.5: 2.0, 1.0: 3.0}, "b": {0.0: 2.0, 0.5: 3.0, 1.0: 1.0}}
    other = {"a": {0.0: 1.0, 0.5: 4.0, 1.0: 3.0}, "b": {0.0: 2.0, 0.5: 3.0, 1.0: 1.0}}
    values = {
        f"{c}.{name}.0": {"evaluation": [variant("plan", "p", own[name][c]), variant("k", "5", other[name][c])]}
        for c in CONDITIONS
        for name in recipes
    }
    row = of_mi(models, values, recipes)
    planned, changed = row["settings"]
    assert planned["tau"] == row["tau"] == pytest.approx((1.0 - 1 / 3) / 2)
    assert changed["tau"] == pytest.approx((1 / 3 - 1 / 3) / 2)
    assert (planned["keeps"], changed["keeps"]) == (1.0, pytest.approx(2 / 3))  # at 0.5 b is picked in place of a


def test_a_missing_value_leaves_its_model_and_its_choice_out() -> None:
    models = [model(c, [c], [ACCURACY[c]]) for c in CONDITIONS]
    values = {
        f"{c}..0": {"evaluation": [variant("plan", "p", c), variant("samples", "1/4", None if c == 0.5 else c)]}
        for c in CONDITIONS
    }
    planned, changed = of_mi(models, values)["settings"]
    assert (planned["tau"], planned["keeps"]) == (1.0, 1.0)
    assert (changed["tau"], changed["keeps"]) == (1.0, None)


def test_a_network_without_values_takes_its_model_out_of_the_mean() -> None:
    models = [model(c, [c, c], [ACCURACY[c]] * 2) for c in CONDITIONS]
    values = {f"{c}..{s}": {"evaluation": [variant("plan", "p", c + s)]} for c in CONDITIONS for s in (0, 1)}
    del values["1.0..1"]
    (planned,) = of_mi(models, values, seeds=2)["settings"]
    assert (planned["tau"], planned["keeps"]) == (1.0, None)
    assert of_mi(models, {})["settings"] == []
