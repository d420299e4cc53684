"""Numbers as texts, and the tables of taus and models in cells that are counted by hand."""

from typing import Any

import pytest
from made_boards import records, resolved

from leaderboard.pages.tables.table import (
    Cell,
    by,
    condition,
    duration,
    headline_cell,
    headline_tables,
    measure_name,
    missing_tables,
    model_tables,
    number,
    same_setup,
    seen,
    signed,
    spread_over,
    tap_model_tables,
    with_error,
)
from leaderboard.rows.assembly import build_board

ROW = {"tau": 0.5, "p": 1 / 60, "n": 5, "left_out": 0, "paper": None, "as_in_paper": True, "inputs": "evaluation"}


def board(recipes: int = 1) -> dict[str, Any]:
    return build_board(resolved(recipes), records(resolved(recipes)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (number(None), "-"),
        (number(0.125, 1), "0.1"),
        (signed(-0.004), "0.00"),
        (signed(-0.006), "-0.01"),
        (duration(59.4), "59 s"),
        (duration(59.6), "1 min 0 s"),
        (duration(3599.6), "1 h 0 min"),
        (duration(3600 + 59 * 60 + 59), "1 h 59 min"),
        (with_error({"mean": None, "sd": None, "error": 0.1}), "-"),
        (with_error({"mean": 0.5, "error": 0.0123}, 2), "0.50 ±0.01"),
        (seen("higher", None), "higher"),
        (spread_over([]), "-"),
        (spread_over([None, None]), "-"),
        (spread_over([0.25, 0.75, None]), "0.50 [0.25 to 0.75, 1 undefined]"),
        (str(Cell("0.80", grey=True)), "(0.80)"),
        (str(Cell("0.80")), "0.80"),
    ],
)
def test_a_number_as_text(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "0.50 p .017"),
        ({"left_out": 2, "n": 3}, "0.50 p .017 n=3"),
        ({"paper": 0.8}, "0.50 p .017 paper 0.80"),
        ({"paper": 0.8, "as_in_paper": False}, "0.50 p .017 (0.80)"),
        ({"paper": 0.8, "inputs": "in-distribution"}, "0.50 p .017 (0.80)"),
        ({"tau": None, "p": None, "paper": 0.8}, "- paper 0.80"),
    ],
)
def test_a_tau_has_its_p_what_it_leaves_out_and_the_papers_value(changes: dict[str, Any], said: str) -> None:
    assert headline_cell([{**ROW, **changes}]) == said
    assert same_setup({**ROW, **changes}) == ("(" not in said)


def test_over_recipes_a_tau_is_a_mean_from_the_lowest_to_the_highest() -> None:
    assert headline_cell([ROW, {**ROW, "tau": 1.0}, {**ROW, "tau": None}]) == "0.75 [0.50 to 1.00, 1 undefined]"


def test_rows_are_grouped_in_the_order_in_which_they_come() -> None:
    rows = [{"a": 2, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 2}]
    assert by(rows, "a") == {(2,): [rows[0], rows[2]], (1,): [rows[1]]}
    assert list(by(rows, "b", "a")) == [(1, 2), (1, 1), (2, 2)]


def test_a_measure_that_is_not_tested_is_marked() -> None:
    row = {"measure": "m", "placebo": False, "yardstick": False}
    assert measure_name(row) == "m"
    assert measure_name({**row, "placebo": True}) == "m (placebo)"
    assert measure_name({**row, "yardstick": True}) == "m (needs labels)"


def test_a_condition_has_its_name_behind_its_number() -> None:
    assert condition({"condition": 0.5, "condition_name": "half"}) == "0.5 (half)"
    assert condition({"condition": 1.0, "condition_name": None}) == "1"
    assert condition({"condition": "raw"}) == "raw"


def test_the_headline_is_a_table_for_each_kind_with_measures_as_rows_and_the_models_below() -> None:
    colored, shuffled = headline_tables(board())
    assert colored.title == "tau by suite, heuristic memorization: evaluation inputs, scope tap"
    assert colored.head == ["measure", "colored\naccuracy\ndigits, mlp"]
    assert [row[0] for row in colored.rows] == ["mean-mi", "steps (placebo)", "n"]
    assert colored.rows[-1][1] == "3"
    assert shuffled.rows[0][1].startswith("-1.00 p")


def test_models_have_a_row_each_without_placebos_and_with_recipes_where_there_are_several() -> None:
    colored, _ = model_tables(board())
    assert colored.head == ["alpha", "mean-mi", "training accuracy", "accuracy", "than before", "seeds"]
    assert [row[0] for row in colored.rows] == ["0", "0.5", "1"]
    assert [row[4] for row in colored.rows] == ["-", "lower (these networks)", "lower (these networks)"]
    several, _ = model_tables(board(3))
    assert several.head[:2] == ["alpha", "recipe"]
    assert len(several.rows) == 3 * 3


def test_at_each_tap_the_headlines_and_metrics_have_a_column() -> None:
    colored, _ = tap_model_tables(board())
    assert colored.title.startswith("at each tap: colored (heuristic)")
    assert colored.head == ["alpha", "mean-mi\nt", "accuracy\nt"]
    assert [row[0] for row in colored.rows] == ["0", "0.5", "1"]


def test_nothing_missing_is_no_table() -> None:
    assert missing_tables({"missing": []}) == []
    (table,) = missing_tables({"missing": [{"key": "a", "reason": "diverged"}]})
    assert [tuple(row) for row in table.rows] == [("a", "diverged")]
