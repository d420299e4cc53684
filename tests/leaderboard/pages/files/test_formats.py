"""The formats by their names, and the board as plain text."""

import json

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.formats import FORMATS, chosen_formats, json_text, terminal
from leaderboard.rows.assembly import build_board
from registry import UserError

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


def test_a_list_of_formats_keeps_its_order_and_none_means_all() -> None:
    assert chosen_formats("tex,md") == ["tex", "md"]
    assert chosen_formats(None) == chosen_formats("") == list(FORMATS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("md,htm", "unknown format 'htm'; did you mean 'html'?"),
        ("md,", "unknown format ''; known: csv, html, json, md, tex"),
        ("md, csv", "unknown format ' csv'; did you mean 'csv'?"),
    ],
)
def test_an_unknown_format_gets_the_nearest_name(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        chosen_formats(text)
    assert str(caught.value) == said


def test_plain_text_has_every_table_and_footnote_and_moves_no_cursor() -> None:
    hostile = {**BOARD, "plan": "a\x1b[2Jb\rc"}
    text = terminal(hostile)
    assert text.startswith("Board of plan a")
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert "what made this board" in text
    assert "beyond noise: tau over the pairs" in text
    assert "|" not in text.split("\n\n")[1]  # no marks of Markdown
