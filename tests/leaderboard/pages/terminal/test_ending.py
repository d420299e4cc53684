import io

from made_screens import made_board

from leaderboard.pages.terminal.ending import ending, file_to_read
from leaderboard.pages.terminal.screen import Around


class Pipe(io.StringIO):
    encoding = "utf-8"


def test_the_screen_comes_first() -> None:
    alone = ending(made_board(), Around(), [], Pipe(), {})
    more = ending(made_board(), Around(), ["warnings"], Pipe(), {})
    assert more.startswith(f"{alone}\nWarnings\n")
    assert more.count("constant neurons") == 10


def test_the_file_to_read_is_one_that_is_written() -> None:
    assert file_to_read(["csv"]) == "agreement.csv"
    assert file_to_read(["json", "tex"]) == "board.tex"
    assert file_to_read() in ("board.html", "board.md")
