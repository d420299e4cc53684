"""The tables of the board of measures: every measure in each, marked for what it is."""

from made_panels import panel_board

from leaderboard.pages.tables.measures import measure_tables, narrow_tables

BOARD = panel_board()


def test_no_measure_placebo_or_baseline_is_left_out_of_any_table() -> None:
    means, *suites, needs = measure_tables(BOARD)
    names = {row["measure"] for row in BOARD["measures"]}
    assert {str(row[0]).rstrip("~").split(" (")[0] for row in means.rows} == names
    assert len(suites) == 2
    for table in (*suites, needs):
        assert len(table.rows) == len(names)
    marked = {str(row[0]) for row in means.rows}
    assert {"steps (placebo)~", "doubly-centred (baseline)", "right"} <= marked


def test_a_direction_that_is_surely_wrong_is_marked_and_no_other() -> None:
    means = measure_tables(BOARD)[0]
    cells = {str(row[0]): [str(cell) for cell in row[1:7]] for row in means.rows}
    assert [cell.endswith("!") for cell in cells["mean-mi"]] == [False, True, False, False, True, False]
    assert not any("!" in cell for cell in cells["right"])


def test_a_board_without_such_rows_has_no_such_table() -> None:
    assert measure_tables(panel_board(chosen=False)) == []


def test_on_a_narrow_screen_the_first_table_says_the_same_in_less_than_80_columns() -> None:
    wide, narrow = measure_tables(BOARD), narrow_tables(BOARD)
    assert narrow[1:] == wide[1:]
    rows = [[str(cell) for cell in row] for row in narrow[0].rows]
    assert len(rows) == len(BOARD["measures"])
    assert max(sum(map(len, row)) for row in rows) + 8 < 80
    (mi,) = [row for row in rows if row[0] == "mean-mi"]
    assert mi[1].split()[:2] == ["+1.00", "-1.00!"]
    (placebo,) = [row for row in rows if row[0].startswith("steps")]
    assert placebo[0] == "steps°~"  # it is the same for all recipes
