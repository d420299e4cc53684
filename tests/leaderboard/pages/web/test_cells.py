"""Ids, letters for reasons, and tables of other formats as tables of the page."""

from leaderboard.pages.tables.table import Cell, Table
from leaderboard.pages.web.cells import Ids, Reasons, sheet_of


def test_an_id_is_given_once() -> None:
    unique = Ids()
    assert [unique(name) for name in ("a", "a", "a", "a.2")] == ["a", "a.2", "a.3", "a.2.2"]


def test_a_reason_has_one_letter_in_a_table_and_numbers_come_after_z() -> None:
    reasons = Reasons()
    letters = [reasons.missing(reason).parts[0].shown for reason in ("x", "y", "x")]
    assert letters == ["(a)", "(b)", "(a)"]
    for number in range(30):
        reasons.missing(str(number))
    assert len(set(reasons.notes())) == 32
    assert reasons.missing(None).parts == ()


def test_numbers_are_sorted_as_numbers_and_grey_ones_too() -> None:
    table = Table("t", ["measure", "tau"], [["steps (placebo)", Cell("0.80", grey=True)], ["mean-mi", "-"]])
    sheet = sheet_of(table, "id", {}, {"measure steps (placebo)": {"measure": "steps"}})
    assert [line.cells[1].order for line in sheet.lines] == [0.8, None]
    assert sheet.lines[0].cells[1].mark == "grey"
    assert [line.keys for line in sheet.lines] == [{"measure": "steps"}, {}]
