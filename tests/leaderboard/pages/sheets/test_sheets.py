"""All sheets of a board: every row has every column, of the kind it is said to be."""

import re

import pytest
from noisy_boards import noisy

from leaderboard.pages.sheets import SHEETS

KINDS: dict[str, tuple[type, ...]] = {"text": (str,), "number": (float, int), "count": (int,), "yes or no": (bool,)}


@pytest.mark.parametrize("recipes", [1, 3])
@pytest.mark.parametrize("name", SHEETS)
def test_cells_are_of_the_kind_of_their_column(name: str, recipes: int) -> None:
    sheet = SHEETS[name]
    for row in sheet.values(noisy(recipes)):
        assert len(row) == len(sheet.columns)
        for column, cell in zip(sheet.columns, row, strict=True):
            assert cell is None or (isinstance(cell, KINDS[column.kind]) and cell != ""), column
            assert column.kind in ("yes or no", "text") or not isinstance(cell, bool), column


@pytest.mark.parametrize("name", SHEETS)
def test_columns_can_be_typed_and_say_what_they_mean(name: str) -> None:
    names = SHEETS[name].names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", column) for column in names)
    assert all(len(column.meaning) > 8 and "|" not in column.meaning for column in SHEETS[name].columns)
