"""docs/results.md lists every file and every column that a board has, in the words of the code."""

import re
import textwrap
from pathlib import Path

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import DTYPES
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.rows.assembly import build_board

PAGE = (Path(__file__).parents[1] / "docs" / "results.md").read_text()


def section(name: str) -> str:
    """What the page has to say of a CSV file."""
    columns = [
        f"| `{column.name}` | {column.kind}{', ' + column.unit if column.unit else ''} | {column.meaning} |"
        for column in SHEETS[name].columns
    ]
    about = textwrap.fill(SHEETS[name].about, 118, break_on_hyphens=False)
    head = [f"### {name}.csv", "", about, "", "| column | holds | meaning |", "|---|---|---|"]
    return "\n".join([*head, *columns])


@pytest.mark.parametrize("name", SHEETS)
def test_every_column_is_described_in_the_words_of_the_code(name: str) -> None:
    sections = re.split(r"\n\n(?=### )", PAGE)
    (found,) = [text.strip() for text in sections if text.startswith(f"### {name}.csv")]
    assert found == section(name)


def test_every_file_of_a_board_is_named() -> None:
    assert re.findall(r"^### (.*)\.csv$", PAGE, flags=re.MULTILINE) == list(SHEETS)
    board = build_board(resolved(), records(resolved()))
    files = {file for write in FORMATS.values() for file in write(board) if not file.endswith(".csv")}
    assert all(f"`{file}`" in PAGE for file in files | {f"{name}.tex" for name in CHAPTERS})
    assert all(f"`{dtype}`" in PAGE for dtype in DTYPES.values())
