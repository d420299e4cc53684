"""The chapters of a board: each by its short name, all of them behind the headline tables."""

from made_boards import records, resolved

from leaderboard.pages.tables.chapters import CHAPTERS, all_tables
from leaderboard.pages.tables.table import headline_tables
from leaderboard.rows.assembly import build_board


def test_all_tables_are_the_headlines_and_then_each_chapter_in_its_order() -> None:
    board = build_board(resolved(3), records(resolved(3)))
    expected = [*headline_tables(board)]
    for tables in CHAPTERS.values():
        expected += tables(board)
    assert all_tables(board) == expected
    assert len({table.title for table in expected}) == len(expected)  # each has a name of its own


def test_every_row_of_every_table_is_as_long_as_its_head() -> None:
    plan, found = resolved(3), records(resolved(3))
    del found["colored.0.5.lr1.1.evaluation"]
    for table in all_tables(build_board(plan, found)):
        assert {len(row) for row in table.rows} <= {len(table.head)}, table.title


def test_a_chapter_with_nothing_to_say_has_no_table() -> None:
    board = build_board(resolved(), records(resolved()))
    empty = {name for name, tables in CHAPTERS.items() if not tables(board)}
    assert {"missing", "sensitivity", "metrics"} <= empty
    assert not {"claims", "pooled", "sure", "models", "provenance"} & empty
