"""The schema of a board: that of the boards that are built, and the one whose CSV files and fields are documented."""

from made_boards import records, resolved

from leaderboard.rows import assembly
from leaderboard.rows.schema import SCHEMA


def test_the_schema_is_that_of_the_boards_that_are_built() -> None:
    assert assembly.SCHEMA == SCHEMA
    assert assembly.build_board(resolved(), records(resolved()))["schema"] == SCHEMA
