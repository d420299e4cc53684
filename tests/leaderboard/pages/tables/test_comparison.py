"""The tables and sentences of a comparison, which screen, page and notebook share."""

from typing import Any

import pytest
from made_comparisons import compared, run

from leaderboard.pages.tables.comparison import (
    about_side,
    heading,
    number_table,
    order_table,
    pooled_table,
    setting_table,
    settings_said,
    tau_table,
)

CONTENT = compared(run(range(5), ["colored", "shuffled", "leaky"]), run(range(5, 10), family="cnn"))


def column(table: Any, name: str) -> list[str]:
    return [row[table.head.index(name)] for row in table.rows]


def test_every_row_is_as_long_as_the_head() -> None:
    rows = CONTENT["numbers"]
    tables = [tau_table(CONTENT["taus"]), pooled_table(CONTENT["pooled"]), order_table(CONTENT["orders"])]
    for table in [*tables, number_table(rows, "numbers"), setting_table(CONTENT)]:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}


def test_taus_have_their_signs_and_from_five_seeds_on_their_ends() -> None:
    table = tau_table(CONTENT["taus"])
    assert column(table, "measure")[:2] == ["mean-mi", "random (placebo)"]
    row = CONTENT["taus"][0]
    assert column(table, "A")[0] == f"+1.00 ({row['low_a']:+.2f} to +1.00)"
    unknown = dict.fromkeys(("low_a", "tau_b", "low_b", "difference", "same_sign", "p_corrected"))
    bare = tau_table([{**row, **unknown}])  # type: ignore[typeddict-item]
    assert bare.rows[0][5:] == ["+1.00", "-", "-", "-", bare.rows[0][9], "-"]


def test_what_is_shown_is_marked() -> None:
    row = CONTENT["orders"][0]
    table = order_table([{**row, "p_corrected": 0.05}, {**row, "p_corrected": 0.051}])
    assert column(table, "corrected") == [".050*", ".051"]


def test_a_difference_of_means_over_all_suites_is_in_standard_deviations() -> None:
    table = pooled_table(CONTENT["pooled"])
    cells = zip(column(table, "of"), column(table, "A - B"), strict=True)
    assert {(of, cell.endswith(" sd")) for of, cell in cells} == {("means", True), ("taus", False)}


def test_orders_are_the_same_other_or_unknown() -> None:
    row = CONTENT["orders"][0]
    rows: list[Any] = [{**row, "same_order": same, "swaps": None} for same in (True, False, None)]
    assert column(order_table(rows), "order") == ["same", "other", "-"]
    assert column(order_table(rows), "swaps") == ["-"] * 3


def test_numbers_have_error_interval_and_seeds() -> None:
    row = {**CONTENT["numbers"][0], "difference": -0.25, "error": 0.125, "low": -0.5, "high": 0.0, "paired": True}
    (cells,) = number_table([row], "x").rows  # type: ignore[list-item]
    assert cells[5:8] == ["-0.250 ±0.125", "-0.500 to 0", "5 and 5, paired"]


def test_heading_and_sides_say_what_is_compared() -> None:
    assert heading(CONTENT) == "one (A) against other (B): 2 suites in both"
    assert about_side(CONTENT["a"]) == "plan by-hand: 3 suites, 75 networks; known is every network"
    paper: Any = {**CONTENT["a"], "holds": "paper", "networks": None, "plan": "Table 2"}
    assert about_side(paper) == "Table 2: 3 suites; known is the taus alone"


@pytest.mark.parametrize("line", ["suite family: mlp in A, cnn in B", "only A has leaky with mlp"])
def test_settings_and_suites_of_one_side_are_said(line: str) -> None:
    assert line in settings_said(CONTENT)
