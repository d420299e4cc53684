"""What stands folded, and what filters find it by."""

from page_boards import whole_board

from leaderboard.pages.web.cells import Ids
from leaderboard.pages.web.folds import folds


def test_everything_that_other_formats_say_is_there() -> None:
    board = {**whole_board(), "missing": [{"key": "colored.1", "reason": "diverged"}]}
    found = {fold.id: fold for fold in folds(board, Ids())}
    assert list(found) == ["sure", "taps", "ends", "sensitivity", "warnings", "missing"]
    assert [bool(fold.sheets) for fold in found.values()] == [True, True, True, False, True, True]
    assert found["missing"].title == "Missing (1)"
    assert found["missing"].sheets[0].lines[0].cells[0].text == "colored.1"
    assert found["warnings"].title == f"Warnings ({len(board['warnings'])})"


def test_filters_find_tables_and_rows() -> None:
    found = {fold.id: fold for fold in folds(whole_board(), Ids())}
    one = next(sheet for sheet in found["sure"].sheets if sheet.caption.startswith("how sure: shuffled"))
    assert one.keys == {"suite": "shuffled", "kind": "example-level", "inputs": "evaluation", "scope": "tap"}
    assert {line.keys["measure"] for line in one.lines} == {"mean-entropy", "mean-mi", "steps"}
    taps = found["taps"].sheets[0]
    assert {"suite": "colored", "kind": "heuristic", "measure": "mean-mi"} in [line.keys for line in taps.lines]
