"""Every head of the page says what its number is, unless it is a name that says it."""

from page_boards import whole_board

from leaderboard.pages.web.cells import Ids
from leaderboard.pages.web.folds import folds
from leaderboard.pages.web.headline import headline_sheets
from leaderboard.pages.web.suites import suite_sections


def test_every_column_explains_itself() -> None:
    board = whole_board()
    readings = [reading for section in suite_sections(board, Ids()) for reading in section.readings]
    sheets = [
        *headline_sheets(board),
        *(reading.models for reading in readings),
        *(reading.pick.ranks for reading in readings if reading.pick),
        *(sheet for fold in folds(board, Ids()) for sheet in fold.sheets),
    ]
    silent = {head.label for sheet in sheets for head in sheet.heads if not head.hint}
    taps = {"alpha", "beta"} | {head for head in silent if head.endswith(" t")}  # a knob, and a number at a tap
    assert silent <= taps
