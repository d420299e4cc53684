"""Sheets of models: every number in a row of its own, and the two ends of a suite."""

import pytest
from noisy_boards import noisy, rows


def test_models_are_in_long_form_in_the_order_of_the_conditions() -> None:
    found = rows(noisy(), "models", suite="colored", name="mean-mi")
    assert [(row["order"], row["condition"], row["mean"], row["role"]) for row in found] == [
        (1, 0.0, 0.0, "measure"),
        (2, 0.5, 0.5, "measure"),
        (3, 1.0, 1.0, "measure"),
    ]
    at_taps = rows(noisy(), "models_at_taps", suite="colored", name="mean-mi", condition=0.5)
    assert [(row["tap"], row["depth"], row["mean"]) for row in at_taps] == [("t", 1, 0.5)]


def test_a_condition_that_is_a_word_has_no_number() -> None:
    board = noisy()
    for row in board["models"]:
        row["condition"] = {0.0: "clean", 0.5: "mixed", 1.0: "spoilt"}[row["condition"]]
    found = rows(board, "models", suite="colored", name="mean-mi")
    assert [(row["condition"], row["condition_name"], row["order"]) for row in found] == [
        (None, "clean", 1),
        (None, "mixed", 2),
        (None, "spoilt", 3),
    ]


def test_an_interval_has_a_column_for_each_end() -> None:
    board = noisy(seeds=3)
    found = {row["order"]: row for row in rows(board, "models", suite="colored", name="accuracy", role="metric")}
    for model, row in zip((m for m in board["models"] if m["suite"] == "colored"), found.values(), strict=True):
        assert [row["low"], row["high"]] == model["metrics"]["accuracy"]["interval_95"]
    (none,) = {(row["low"], row["high"]) for row in rows(noisy(), "models", role="training")}
    assert none == (None, None)


def test_the_ends_of_a_suite_are_its_first_condition_against_its_last() -> None:
    (row,) = rows(noisy(seeds=3), "ends", suite="colored", name="accuracy")
    assert (row["least_value"], row["most_value"]) == pytest.approx((0.9 - 0.001, 0.5 - 0.001))  # means of three seeds
    assert row["difference"] == row["least_value"] - row["most_value"]
    assert (row["least"], row["most"], row["expected"], row["seen"]) == ("alpha 0", "alpha 1", "higher", "as expected")
