"""What a board's claims rest on, counted by hand from entries of a plan.json."""

from math import factorial
from typing import Any

import numpy as np
import pytest

from benchmark.statistics.stakes import choices_of, data_group, stakes_of


def entry(conditions: int, seeds: int, recipes: list[dict[str, Any]], metrics: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "suite": f"s{conditions}{seeds}{len(recipes)}", "data": "d", "conditions": list(range(conditions)),
        "seeds": list(range(seeds)), "recipes": [{"label": str(n), "training": r} for n, r in enumerate(recipes)],
        "metrics": list(map(str, range(metrics))), **more,
    }  # fmt: skip


ONE: list[dict[str, Any]] = [{}]
UNRELATED = [{"learning_rate": rate} for rate in (0.1, 0.2, 0.3, 0.4, 0.5)]
GRID = [{"learning_rate": rate, "batch_size": size} for rate in (0.1, 0.2, 0.3) for size in (8, 16)]


def test_tests_are_hypotheses_times_inputs_times_scopes() -> None:
    found = stakes_of([entry(3, 3, ONE)], hypotheses=2, inputs=3, scopes=5, placebos=4)
    assert (found.tests, found.inputs, found.placebos) == (30, 3, 4)


def test_suites_of_one_condition_cannot_be_ordered_and_those_that_share_data_count_once() -> None:
    entries = [entry(1, 3, ONE), entry(3, 3, ONE), entry(4, 3, ONE), entry(3, 3, ONE, data_group="other")]
    found = stakes_of(entries, 1, 1, 1, 0)
    assert [len(one["conditions"]) for one in found.ranked] == [3, 4, 3]
    assert found.groups == 2
    assert len(found.choices) == 4


def test_a_plan_of_before_has_the_data_as_its_group() -> None:
    assert data_group({"data": "d"}) == data_group({"data": "d", "data_group": ""}) == "d"
    assert data_group({"data": "d", "data_group": "g"}) == "g"


def test_seeds_of_one_recipe_are_permuted_within_each_condition() -> None:
    (choice,) = choices_of([entry(2, 3, ONE, metrics=2)])
    assert choice.levels is None
    assert choice.best == pytest.approx(1 / factorial(3) ** 2)
    assert choice.columns == 2  # each metric is a test of its own
    assert choices_of([entry(2, 1, ONE)])[0].best is None  # one seed cannot be ranked


def test_unrelated_recipes_are_permuted_in_all_conditions_at_once() -> None:
    (choice,) = choices_of([entry(3, 4, UNRELATED, metrics=2)])
    assert choice.levels is None
    assert choice.best == pytest.approx(1 / factorial(5))
    assert choice.columns == 2


def test_of_a_grid_the_levels_of_each_factor_are_permuted() -> None:
    (choice,) = choices_of([entry(3, 1, GRID)])
    assert choice.levels is not None
    assert choice.levels.shape == (6, 2)
    assert sorted(len(np.unique(column)) for column in choice.levels.T) == [2, 3]
    assert choice.best == pytest.approx(1 / (factorial(3) * factorial(2)))


def test_few_recipes_are_tests_of_their_own_seeds() -> None:
    """Two recipes have two orders, which can show nothing: the seeds of each are ranked."""
    (choice,) = choices_of([entry(2, 4, UNRELATED[:2], metrics=3)])
    assert choice.columns == 3 * 2


def test_a_selection_is_corrected_for_the_columns_of_all_suites_where_there_is_a_choice() -> None:
    entries = [entry(2, 3, ONE, metrics=2), entry(3, 3, UNRELATED, metrics=1), entry(2, 1, ONE, metrics=5)]
    found = stakes_of(entries, hypotheses=2, inputs=1, scopes=1, placebos=0)
    assert found.selections == 2 * (2 + 1)  # with one seed of one recipe there is nothing to choose
