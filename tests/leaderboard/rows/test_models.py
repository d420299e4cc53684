"""The row of a model: its numbers with what is known of them, and how a metric stands to the condition before."""

import pytest
from made_boards import entry
from made_models import model, number, of_suites
from scipy.stats import t

from leaderboard.rows.models import model_rows

SUITE = entry("colored", [0.0, 0.5], condition_names={"0.5": "half"})


def test_a_row_has_every_number_and_says_only_what_is_known() -> None:
    (row,) = model_rows(of_suites([model(0.5, [1.0, 2.0, 3.0], [0.5, 0.6, 0.7])], SUITE))
    assert (row["condition"], row["condition_name"], row["knob"], row["seeds"]) == (0.5, "half", "alpha", [0, 1, 2])
    mi = row["measures"]["mean-mi"]
    error = 1 / 3**0.5
    assert (mi["mean"], mi["sd"], mi["error"], mi["df"], mi["error_of"]) == (
        2.0,
        1.0,
        pytest.approx(error),
        2.0,
        "seeds",
    )
    margin = t.ppf(0.975, 2) * error
    assert mi["interval_95"] == pytest.approx([2.0 - margin, 2.0 + margin])
    assert not {"reason", "standard_error", "by_chance"} & set(mi)
    assert row["training_accuracy"]["mean"] == 1.0


def test_one_network_has_no_spread_and_an_undefined_number_its_reason() -> None:
    undefined = number(None, reason="one neuron")
    (row,) = model_rows([model(0.0, [1.0], [0.5], metrics={"accuracy": undefined})])
    assert row["measures"]["mean-mi"] == {"mean": 1.0, "sd": None, "per_tap": {}}
    assert row["metrics"]["accuracy"] == {"mean": None, "sd": None, "reason": "one neuron", "than_before": None}


def test_a_metric_is_compared_with_that_of_the_condition_before_in_its_own_recipe_and_inputs() -> None:
    def of(condition: float, accuracy: list[float | None], **more: str):
        return model(condition, [1.0] * 3, accuracy, **more)

    high, low = [0.9, 0.91, 0.92], [0.1, 0.11, 0.12]
    models = [
        of(0.0, high),
        of(0.0, low, recipe="b"),
        of(0.0, low, inputs="in-distribution"),
        of(0.5, low),
        of(0.5, high, recipe="b"),
        of(0.5, low, inputs="in-distribution"),
    ]
    said = [(row["metrics"]["accuracy"]["than_before"]) for row in model_rows(models)]
    assert said == [None, None, None, "lower", "higher", "undecided"]


def test_values_at_taps_stand_beside_a_metric_that_has_them() -> None:
    at_taps = number(0.5, 0.5, per_tap={"first": 0.4})
    (row,) = model_rows([model(0.0, [1.0, 1.0], [0.5, 0.5], metrics={"accuracy": at_taps})])
    assert row["metrics"]["accuracy"]["per_tap"] == {"first": 0.4}
    assert "per_tap" in row["measures"]["mean-mi"]
