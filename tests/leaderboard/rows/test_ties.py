"""Ties: models that do not differ share a group, and nothing is trusted that is not shown or is here below 0."""

from typing import Any

import pytest
from made_boards import entry
from made_models import facts, model, of_suites

from leaderboard.rows.ties import tie_rows

PLACE = {"suite": "colored", "data": "digits", "family": "mlp", "inputs": "evaluation", "scope": "tap"}
SHOWN = {"inputs": "evaluation", "scope": "tap", "measure": "mean-mi", "orders": "yes", "exploratory": False}


def agreed(*taus: float | None, **more: str) -> list[dict[str, Any]]:
    return [{**PLACE, "measure": "mean-mi", "tau": tau, **more} for tau in taus]


def near(middle: float) -> list[float]:
    return [middle - 0.01, middle, middle + 0.01]


def test_models_that_do_not_differ_share_a_group_and_the_best_come_first() -> None:
    models = [model(c, near(mi), [0.5] * 3) for c, mi in ((0.0, 1.0), (0.5, 3.0), (1.0, 3.001))]
    (row,) = tie_rows(facts(), models, agreed(1.0), [SHOWN])
    assert row["groups"] == [["alpha 1", "alpha 0.5"], ["alpha 0"]]
    assert (row["condition"], row["measure"], row["reason"], row["left_out"]) == ("", "mean-mi", None, [])
    assert row["about"] == "conditions"  # three seeds say something of others


def test_a_placebo_ranks_nothing_and_a_model_without_an_error_is_left_out() -> None:
    models = [model(0.0, near(1.0), [0.5] * 3), model(0.5, [2.0], [0.5]), model(1.0, [None] * 3, [0.5] * 3)]
    (row,) = tie_rows(facts(), models, agreed(1.0), [SHOWN])
    assert (row["groups"], row["left_out"]) == ([["alpha 0"]], ["alpha 0.5", "alpha 1"])
    (row,) = tie_rows(facts(), models[1:], agreed(1.0), [SHOWN])
    assert (row["groups"], row["reason"]) == ([], "no value with a standard error")


def test_with_recipes_each_condition_is_a_choice_among_them() -> None:
    labels = ("a", "b")
    suite = entry("colored", [0.0, 0.5], labels, condition_names={"0.5": "half"})
    models = [model(c, near(c + 5 * n), [0.5] * 3, recipe=name) for c in (0.0, 0.5) for n, name in enumerate(labels)]
    rows = tie_rows(facts(), of_suites(models, suite), agreed(1.0, 1.0), [SHOWN])
    assert [(row["condition"], row["recipe"], row["groups"]) for row in rows] == [
        ("alpha 0", "", [["b"], ["a"]]),
        ("half", "", [["b"], ["a"]]),
    ]


@pytest.mark.parametrize(
    ("taus", "claim", "here", "trusted"),
    [
        ([0.5, 0.1, None], SHOWN, 0.3, True),
        ([0.5], {**SHOWN, "orders": "not shown"}, 0.5, False),
        ([0.5], {**SHOWN, "exploratory": True}, 0.5, False),
        ([0.5], {**SHOWN, "inputs": "in-distribution"}, 0.5, False),
        ([0.5, -0.5], SHOWN, 0.0, False),
        ([None], SHOWN, None, False),
    ],
)
def test_a_measure_is_trusted_where_it_is_shown_to_order_and_its_own_tau_here_is_above_0(
    taus: list[float | None], claim: dict[str, Any], here: float | None, trusted: bool
) -> None:
    models = [model(c, near(c), [0.5] * 3) for c in (0.0, 0.5)]
    (row,) = tie_rows(facts(), models, agreed(*taus), [claim])
    assert row["here"] == pytest.approx(here)
    assert row["trusted"] is trusted
