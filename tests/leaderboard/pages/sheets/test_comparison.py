"""The sheets of a comparison: each column is in each row, holds what it says, and is described where users look."""

import re
import textwrap
from pathlib import Path
from typing import get_type_hints

import pytest
from made_comparisons import compared, run

from leaderboard.content import comparison as content
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS, Name

PAGE = (Path(__file__).parents[4] / "docs" / "comparing.md").read_text(encoding="utf-8")
COMPARED = compared(run(range(2), ["colored", "shuffled", "leaky"]), run(range(2, 4), family="cnn"))
ROWS = {
    "taus": content.TauRow,
    "pooled": content.PooledRow,
    "orders": content.OrderRow,
    "numbers": content.NumberRow,
    "settings": content.SettingRow,
    "only": content.OnlyRow,
}
HOLDS = {"text": (str, float), "number": (float,), "count": (int,), "yes or no": (bool,)}


@pytest.mark.parametrize("name", COMPARISON_SHEETS)
def test_a_sheet_has_every_part_of_its_rows_and_nothing_else(name: Name) -> None:
    assert set(COMPARISON_SHEETS[name].names) == set(get_type_hints(ROWS[name]))


@pytest.mark.parametrize("name", COMPARISON_SHEETS)
def test_columns_hold_what_they_say_and_an_empty_text_is_missing(name: Name) -> None:
    sheet = COMPARISON_SHEETS[name]
    rows = sheet.values(COMPARED)
    assert rows
    for row in rows:
        for column, value in zip(sheet.columns, row, strict=True):
            assert value is None or type(value) in HOLDS[column.kind], column
            assert value != ""


@pytest.mark.parametrize("name", COMPARISON_SHEETS)
def test_every_column_is_described_in_the_words_of_the_code(name: Name) -> None:
    sheet = COMPARISON_SHEETS[name]
    lines = [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in sheet.columns]
    about = textwrap.fill(sheet.about, 118, break_on_hyphens=False)
    head = [f"### comparison_{name}.csv", "", about, "", "| column | holds | meaning |", "|---|---|---|"]
    assert "\n".join([*head, *lines]) in PAGE
    assert re.findall(r"^### comparison_(.*)\.csv$", PAGE, flags=re.MULTILINE) == list(COMPARISON_SHEETS)
