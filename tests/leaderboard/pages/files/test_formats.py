"""The formats by their names, and the board as plain text."""

import json

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.formats import FORMATS, json_text, terminal
from leaderboard.rows.assembly import build_board

BOARD = build_board(resolved(), records(resolved()))


def test_every_format_gives_files_of_its_own_ending() -> None:
    for name, write in FORMATS.items():
        files = write(BOARD)
        assert files
        assert {file.rpartition(".")[2] for file in files} <= {name, "txt"}, name


def test_json_is_everything_unrounded_and_refuses_what_is_no_number() -> None:
    text = json_text(BOARD)["board.json"]
    assert json.loads(str(text)) == json.loads(json.dumps(BOARD))
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"tau": float("nan")})


def test_plain_text_has_every_table_and_footnote_and_moves_no_cursor() -> None:
    hostile = {**BOARD, "plan": "a\x1b[2Jb\rc"}
    text = terminal(hostile)
    assert text.startswith("Board of plan a")
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert "what made this board" in text
    assert "beyond noise: tau over the pairs" in text
    assert "|" not in text.split("\n\n")[1]  # no marks of Markdown
