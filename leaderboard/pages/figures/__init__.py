"""The figures of a board, drawn from board.json alone; matplotlib is imported when a figure is asked for, not before.

In: the content of board.json. Out: inline SVG for the page, and PDF, PNG and CSV files.
"""

from leaderboard.content.board import BoardContent
from leaderboard.pages.figures.drawing import Picture, place_id

__all__ = ["Picture", "figure_files", "figure_for_page", "place_id"]


def figure_for_page(board: BoardContent) -> dict[str, Picture]:
    """The pictures that stand in board.html.

    Args:
        board: The content of board.json.

    Returns:
        "strips", and one for each suite, data and family by its `place_id`. A picture without an SVG says in its
        caption why there is none.
    """
    from leaderboard.pages.figures.inline import pictures

    return pictures(board)


def figure_files(board: BoardContent) -> dict[str, bytes]:
    """Every figure of a board as a PDF and a PNG, each with the numbers drawn as a CSV.

    Args:
        board: The content of board.json.

    Returns:
        The content of each file, by its name.
    """
    from leaderboard.pages.figures.files import files

    return files(board)
