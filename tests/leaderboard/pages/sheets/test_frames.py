"""A sheet as a DataFrame: every column has the dtype of its kind, and texts are as they are asked for."""

import pytest
from made_boards import records, resolved

from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import DTYPES, frame
from leaderboard.rows.assembly import build_board

BOARD = build_board(resolved(), records(resolved()))


@pytest.mark.parametrize("name", sorted(SHEETS.keys() - {"sensitivity", "measures"}))
def test_each_column_has_the_dtype_of_its_kind_without_a_row_too(name: str) -> None:
    made = frame(BOARD, name)
    assert {column: str(dtype) for column, dtype in made.dtypes.items()} == {
        column.name: DTYPES[column.kind] for column in SHEETS[name].columns
    }
    assert len(made) == len(SHEETS[name].values(BOARD))


def test_texts_are_changed_and_numbers_and_missing_values_are_not() -> None:
    made = frame(BOARD, "agreement", str.upper)
    assert list(made["measure"]) == ["MEAN-MI", "STEPS"] * 2
    assert list(made["tau"]) == list(frame(BOARD, "agreement")["tau"])
    assert made["reason"].isna().all()
