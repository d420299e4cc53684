"""The board in Markdown: tables that no name breaks, what made the board, and the conventions said once."""

import re

import pytest
from made_boards import CHOSEN, entry, measure, plan, records, resolved

from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.files.markdown import tabulated
from leaderboard.pages.tables.table import Table
from leaderboard.rows.assembly import build_board


def test_a_style_that_tabulate_does_not_know_is_an_error() -> None:
    table = Table("t", ["a"], [["b"]])
    assert "---" in tabulated(table, "github")
    with pytest.raises(ValueError, match="no style 'latex_booktabs_raw'"):
        tabulated(table, "latex_booktabs_raw")


def test_a_bar_or_a_new_line_ends_no_cell_in_markdown() -> None:
    made = resolved()
    made["entries"][0]["family"] = "a|b\nc"
    lines = FORMATS["md"](build_board(made, records(made)))["board.md"].splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\|[-|]+$", line):
            cells = {
                len(re.findall(r"(?<!\\)\|", row)) for row in lines[number - 1 : number + 3] if row.startswith("|")
            }
            assert len(cells) == 1
    assert any(r"a\|b" in line for line in lines)


def test_no_name_makes_a_tag_a_link_or_a_hidden_character() -> None:
    name = "<script>alert(1)</script>[x](javascript:y)\u202e\u200b\x1b[31m\ud800"
    made = plan([entry(name, [0.0, 0.5, 1.0], data=name, family=name, knob=name)], {"mean-mi": measure(CHOSEN)})
    made["plan"]["name"] = name
    board = build_board(made, records(made))
    board["made"]["plan"] = f"name: {name}\n```\n"
    text = FORMATS["md"](board)["board.md"] or ""
    text.encode()
    above = text[: text.index("\n## plan\n")]
    assert "<script" not in above
    assert "](" not in above
    assert not [c for c in text if c in "\u202e\u200b\x1b"]
    assert all(line.startswith("    ") for line in text[text.index("\n## plan\n") + 10 :].splitlines() if line)


def test_what_made_the_board_and_the_conventions_stand_in_it() -> None:
    board = build_board(resolved(), records(resolved()))
    text = FORMATS["md"](board)["board.md"] or ""
    for said in (board["digest"], board["plan_digest"], *board["made"]["commits"], *board["made"]["versions"]):
        assert said in text
    for one in board["made"]["data"]:
        assert all(said in text for said in (one["data"], one["licence"], *one["fingerprints"]))
    for convention in ("p: two-sided", "±: the standard error everywhere", "Estimator, by its settings"):
        assert text.count(convention) == 1
    assert "p=" not in text
    assert all(f"    {line}" in text for line in board["made"]["plan"].splitlines())
