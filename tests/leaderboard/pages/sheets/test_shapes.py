"""A sheet: its rows as lists in the order of its columns, an empty text as a missing value."""

import pytest

from leaderboard.pages.sheets.shapes import Column, Sheet, chosen

COLUMNS = (Column("tau", "number", "Kendall's tau-b"), Column("recipe", "text", "the recipe"))


def sheet(*rows: dict) -> Sheet:
    return Sheet("one row for each of them", COLUMNS, lambda board: rows)


def test_cells_stand_in_the_order_of_the_columns_whatever_that_of_the_row() -> None:
    two = sheet({"recipe": "a", "tau": 0.5, "more": 1}, {"tau": None, "recipe": ""})
    assert two.names == ["tau", "recipe"]
    assert two.values({}) == [[0.5, "a"], [None, None]]


def test_a_zero_or_false_is_a_value() -> None:
    assert sheet({"tau": 0.0, "recipe": False}).values({}) == [[0.0, False]]


def test_rows_are_made_from_the_board() -> None:
    rows = Sheet("", COLUMNS, lambda board: board["rows"])
    assert rows.values({"rows": [{"tau": 1, "recipe": "a"}]}) == [[1, "a"]]


def test_a_row_that_lacks_a_column_is_an_error_and_no_empty_cell() -> None:
    with pytest.raises(KeyError, match="recipe"):
        sheet({"tau": 0.5}).values({})
    with pytest.raises(KeyError, match="recipe"):
        chosen(COLUMNS, {"tau": 0.5})
    assert chosen(COLUMNS, {"tau": 0.5, "recipe": "a", "more": 1}) == {"tau": 0.5, "recipe": "a"}
