"""What a metric is by chance stands beside it in every format, and columns say which form of a metric they hold."""

from typing import Any

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.latex import table2
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.tables.chance import chance_note
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.forms import headed
from leaderboard.pages.tables.table import model_tables
from leaderboard.pages.web.cells import Ids
from leaderboard.pages.web.heads import metric_hint
from leaderboard.pages.web.suites import suite_sections
from leaderboard.rows.assembly import build_board


def board(chance: bool = True, form: str = "last tap") -> dict[str, Any]:
    """In the suite "colored" the metric has .1 by chance in the first condition, .2 in the others, in both seeds."""
    plan = resolved()
    plan["metrics"]["accuracy"] |= {"form": form} if form else {}
    found = records(plan)
    for cell in plan["cells"]:
        if cell["work"] == "score" and cell["entry"] == 0 and chance:
            by_chance = 0.2 if cell["condition"] else 0.1
            found[cell["key"]]["metrics"]["accuracy"]["by_chance"] = by_chance + 0.02 * cell["seed"]
    return build_board(plan, found)


NOTE = "By chance, which is expected with groups permuted inside labels: accuracy (last tap) 0.110 to 0.210."


def test_it_stands_in_a_column_behind_its_metric() -> None:
    colored, shuffled = model_tables(board())
    place = colored.head.index("accuracy (last tap)")
    assert colored.head[place + 1] == "by chance"
    assert [row[place + 1] for row in colored.rows] == ["0.110", "0.210", "0.210"]
    assert "by chance" not in shuffled.head
    assert len(colored.rows[0]) == len(colored.head)


def test_it_stands_below_the_tables_and_in_the_caption_of_table_2() -> None:
    assert chance_note(board()) == NOTE
    assert NOTE in footnotes(board())
    assert NOTE in table2(board())


def test_it_stands_on_the_page_and_in_the_sheet_of_models() -> None:
    section = next(section for section in suite_sections(board(), Ids()) if section.title == "colored")
    entries = [line.cells[1] for line in section.readings[0].models.lines]
    assert [part.shown for entry in entries for part in entry.parts if part.name == "by chance"] == [
        "by chance 0.110", "by chance 0.210", "by chance 0.210",
    ]  # fmt: skip
    assert any(note.startswith("By chance") for note in section.readings[0].models.notes)
    rows = [row for row in SHEETS["models"].rows(board()) if row["suite"] == "colored" and row["role"] == "metric"]
    assert [row["by_chance"] for row in rows] == pytest.approx([0.11, 0.21, 0.21])


def test_heads_say_which_form_of_a_metric_they_are_of() -> None:
    assert headed(board(), "accuracy") == "accuracy (last tap)"
    assert metric_hint("accuracy", board()) == "metric, last tap; good: high"
    assert headed(board(form=""), "accuracy") == "accuracy"
    assert metric_hint("accuracy", board(form="")) == "metric; good: high"


def test_where_nothing_is_by_chance_nothing_is_said_of_it() -> None:
    plain = board(chance=False)
    assert chance_note(plain) is None
    assert "By chance" not in "".join([*footnotes(plain), table2(plain)])
    assert all("by chance" not in table.head for table in model_tables(plain))
    assert all(row["by_chance"] is None for row in SHEETS["models"].rows(plain))
