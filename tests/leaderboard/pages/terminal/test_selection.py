import re

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.formats import terminal
from leaderboard.pages.tables.table import Table
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.selection import WORDS, chosen_words, folded, selection
from leaderboard.rows.assembly import build_board
from registry import UserError


def test_words_are_separated_by_commas_and_an_unknown_one_gets_the_nearest() -> None:
    assert chosen_words("models,picks,models") == ["models", "picks"]
    assert chosen_words(" models, picks ,models") == ["models", "picks"]
    assert chosen_words(None) == []
    with pytest.raises(UserError, match=r"--show: unknown word 'pick'; did you mean 'picks'\?"):
        chosen_words("models,pick")


def test_each_word_shows_its_own_tables() -> None:
    board = build_board(resolved(), records(resolved()))
    shown = {word: selection(board, [word], Medium()) for word in WORDS}
    assert "what to pick: colored" in shown["picks"]
    assert "what to pick" not in shown["models"]
    assert "tap by tap" in shown["taps"]
    assert "how sure: colored" in shown["sure"]
    assert "least against most" in shown["ends"]
    assert shown["missing"] == "missing: this board has nothing of it\n"
    assert shown["warnings"] == "warnings: this board has nothing of it\n"
    assert shown["all"] == "\n".join(line.rstrip() for line in terminal(board).split("\n"))
    assert "memorank report DIR --sensitivity measures it" in shown["sensitivity"]
    both = selection(board, ["picks", "ends"], Medium())
    assert both.index("what to pick") < both.index("least against most")


def test_missing_and_warnings_are_told() -> None:
    plan = resolved()
    found = records(plan)
    gone = next(key for key in found if key.endswith(".0"))
    del found[gone]
    key = next(key for key in found if key.endswith(".evaluation"))
    found[key]["warnings"] = ["tap t: 1 of 2 neurons\x1b[2J are constant"]
    board = build_board(plan, found)
    assert "not trained" in selection(board, ["missing"], Medium())
    assert "neurons?[2J are constant" in selection(board, ["warnings"], Medium())


@pytest.mark.parametrize("width", [20, 60, 80])
def test_warnings_are_folded_to_the_width(width: int) -> None:
    told = "tap layer1: 90% of the values are tied, which biases kNN MI; use ties: jitter"
    keys = ["nico.resnet18-32.a0.25.s0.evaluation.tap-51986696", "nico.resnet18-32.a0.5.s0.evaluation.tap-51986696"]
    board = {"warnings": [{"key": key, "warning": f"{number} {told}"} for key in keys for number in range(2)]}
    text = selection(board, ["warnings"], Medium(width=width, folds=True))
    assert max(map(len, text.splitlines())) < width
    assert "".join(text.split()) == "".join(["Warnings", *(f"{key} 0{told} 1{told}" for key in keys)]).replace(" ", "")
    in_a_pipe = selection(board, ["warnings"], Medium(width=width))
    assert all(re.search(f"{key} +{number} {re.escape(told)}", in_a_pipe) for key in keys for number in range(2))


def test_a_narrow_table_of_two_columns_stays_a_table() -> None:
    board = {"warnings": [{"key": "a", "warning": "constant"}]}
    assert "\na       constant\n" in selection(board, ["warnings"], Medium(width=80, folds=True))


@pytest.mark.parametrize("width", [60, 80, 100])
def test_tables_are_folded_to_the_width(width: int) -> None:
    plan = resolved(recipes=3)
    board = build_board(plan, records(plan))
    text = selection(board, list(WORDS), Medium(width=width, folds=True))
    assert max(map(len, text.splitlines())) < width
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_in_a_pipe_tables_keep_their_lines() -> None:
    board = build_board(resolved(), records(resolved()))
    assert max(map(len, selection(board, ["all"], Medium()).splitlines())) > 150


def test_folding_loses_no_cell_and_repeats_what_tells_rows_apart() -> None:
    head = ("suite", "data", "measure", *(f"tap {number}" for number in range(9)))
    rows = [(suite, "digits", measure, *(f"{suite}{measure}{number}" for number in range(9)))
            for suite in "ab" for measure in "xy"]  # fmt: skip
    blocks = folded(Table("t", head, rows), 40)
    assert len(blocks) > 2
    assert all(list(block.head[:1]) == ["suite"] and "measure" in block.head for block in blocks)
    assert sum("data" in block.head for block in blocks) == 1
    found = {cell for block in blocks for row in block.rows for cell in row}
    assert found == {cell for row in rows for cell in row}


def test_a_wide_cell_is_wrapped() -> None:
    (block,) = folded(Table("t", ("measure", "pick"), [("m", "alpha 0, " * 20), ("n", "-")]), 40)
    assert max(len(line) for line in str(block.rows[0][1]).split("\n")) <= 31


def test_c_locale() -> None:
    board = build_board(resolved(seeds=3), records(resolved(seeds=3)))
    assert selection(board, ["all"], Medium(ascii_only=True)).isascii()
    assert "+-" in selection(board, ["models"], Medium(ascii_only=True))
