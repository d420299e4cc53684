"""Table 2 on the page: signs, p, the paper's values, and cells that can show nothing."""

from typing import Any

from page_boards import whole_board

from leaderboard.pages.web.cells import Entry, Sheet
from leaderboard.pages.web.headline import headline_sheets


def cell(sheet: Sheet, suite: str, measure: str) -> Entry:
    place = [head.label for head in sheet.heads].index(measure)
    return next(line for line in sheet.lines if line.cells[0].text == suite).cells[place]


def first(board: dict[str, Any]) -> Sheet:
    return headline_sheets(board)[0]


def test_suites_are_rows_by_kind_and_placebos_stand_beside_the_headline_measures() -> None:
    sheets = headline_sheets(whole_board())
    assert [sheet.keys["inputs"] for sheet in sheets] == ["evaluation", "in-distribution"]
    assert [head.label for head in sheets[0].heads] == ["suite", "metric", "n", "mean-entropy", "mean-mi", "steps"]
    assert [line.cells[0].text for line in sheets[0].lines] == ["colored", "bios", "bios", "tuned", "shuffled"]


def test_a_tau_has_its_sign_its_p_and_the_paper_s_value_in_brackets_for_other_data() -> None:
    found = cell(first(whole_board()), "colored", "mean-mi")
    assert (found.text, found.tau, found.mark) == ("+1.00", 1.0, "")
    assert [part.shown for part in found.parts] == ["p .017", "(+0.80)"]  # one suite alone: no star, not corrected


def test_the_paper_s_value_for_the_same_is_said_to_be_that() -> None:
    board = whole_board()
    for row in board["agreement"]:
        row["as_in_paper"] = row["paper"] is not None
    shown, elsewhere = (cell(sheet, "colored", "mean-mi").parts[-1].shown for sheet in headline_sheets(board))
    assert (shown, elsewhere) == ("paper +0.80", "(+0.80)")


def test_what_can_show_nothing_is_marked_in_words_too() -> None:
    sheet = first(whole_board())
    assert cell(sheet, "bios", "mean-mi").mark == "nothing"
    assert [part.shown for part in cell(sheet, "bios", "n").parts] == ["? too few"]
    assert cell(sheet, "colored", "n").parts == ()
    assert any(note.startswith("? No tau of so few") for note in sheet.notes)


def test_a_missing_tau_has_a_letter_and_the_note_its_reason() -> None:
    board = whole_board()
    for row in board["agreement"]:
        if row["measure"] == "steps":
            row |= {"tau": None, "p": None, "reason": "made so"}
    sheet = first(board)
    found = cell(sheet, "colored", "steps")
    assert (found.text, found.order, found.parts[0].shown, found.parts[0].value) == ("-", None, "(a)", "made so")
    assert "– (a): made so" in sheet.notes


def test_several_recipes_are_their_mean_from_the_lowest_to_the_highest() -> None:
    board = whole_board()
    rows = [r for r in board["agreement"] if (r["suite"], r["measure"]) == ("tuned", "mean-mi")]
    for row, tau in zip(rows[:3], (0.5, -0.5, None), strict=True):
        row["tau"] = tau
    found = cell(first(board), "tuned", "mean-mi")
    assert found.text == "0.00"
    assert [part.shown for part in found.parts] == ["-0.50 to", "+0.50", "1 undefined"]


def test_the_last_row_is_all_suites_together() -> None:
    sheet = first(whole_board())
    (line,) = sheet.last
    assert line.cells[0].text == "all suites together"
    assert [part.name for part in line.cells[4].parts] == ["p", "suites"]


def test_a_p_over_all_suites_that_is_not_corrected_is_said_not_to_be() -> None:
    board = whole_board()
    for row in board["pooled"]:
        row |= {"p": 0.003, "suites": 1} | ({"p_holm": 0.006} if row["measure"] == "mean-mi" else {})
    (line,) = first(board).last
    entropy, mi, steps = line.cells[3:]
    assert [part.shown for part in mi.parts] == ["p\u00a0.006*", "1 suite"]
    assert [part.shown for part in steps.parts] == ["p\u00a0.003, not\u00a0corrected", "1 suite"]
    assert steps.parts[0].value == ".003"
    assert "corrected" not in entropy.parts[0].shown
