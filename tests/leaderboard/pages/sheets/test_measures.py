"""The sheet of the board of measures: a row for each measure and suite, with every number of the board."""

from made_panels import panel_board

from leaderboard.pages.sheets.measures import MEASURES


def test_each_measure_has_a_row_for_each_suite_with_its_numbers() -> None:
    board = panel_board()
    rows = [dict(zip(MEASURES.names, values, strict=True)) for values in MEASURES.values(board)]
    assert len(rows) == 2 * len(board["measures"])
    (mi,) = [row for row in rows if (row["measure"], row["suite"]) == ("mean-mi", "colored")]
    assert (mi["across"], mi["within"], mi["wrong"], mi["role"], mi["kind"]) == (
        1.0,
        -1.0,
        "within",
        "hypothesis",
        "heuristic",
    )
    assert mi["needs"] == "activations"
    assert MEASURES.values(panel_board(chosen=False)) == []
