"""The formats of every board and those on request: which there are, what they are called, what they write."""

import pytest
from made_boards import records, resolved

from leaderboard.exports import ON_REQUEST, chosen_formats, export
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.sheets import SHEETS
from leaderboard.rows.assembly import build_board
from registry import UserError

BOARD = build_board(resolved(), records(resolved()))


def test_a_list_of_formats_keeps_its_order_and_none_means_those_of_every_board() -> None:
    assert chosen_formats("tex,bib,md") == ["tex", "bib", "md"]
    assert chosen_formats(None) == chosen_formats("") == list(FORMATS) == ["md", "csv", "tex", "json", "html"]
    assert list(ON_REQUEST) == ["parquet", "card", "bib"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("md,htm", "unknown format 'htm'; did you mean 'html'?"),
        ("parket", "unknown format 'parket'; did you mean 'parquet'?"),
        ("md,", "unknown format ''; known: bib, card, csv, html, json, md, parquet, tex"),
        ("md, csv", "unknown format ' csv'; did you mean 'csv'?"),
    ],
)
def test_an_unknown_format_gets_the_nearest_name(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        chosen_formats(text)
    assert str(caught.value) == said


def test_what_is_on_request_is_written_beside_the_rest() -> None:
    files = export(BOARD, ["json", "parquet", "card", "bib"])
    assert list(files) == ["board.json", *(f"{name}.parquet" for name in SHEETS), "model-card.md", "board.bib"]
    assert {name for name, content in files.items() if content is None} == {"sensitivity.parquet", "measures.parquet"}
    assert files["board.json"] == FORMATS["json"](BOARD)["board.json"]
    assert export(BOARD, ["parquet", "card", "bib"]) == {name: files[name] for name in files if name != "board.json"}


def test_a_board_is_cited_by_the_references_of_the_entries_that_are_known() -> None:
    text = export(BOARD, ["bib"])["board.bib"]
    assert isinstance(text, str)
    assert "% Left out, as no entry of this name is known here: data set digits, suite colored, suite shuffled." in text
    assert "measure mean-mi (section 3.2)" in text
