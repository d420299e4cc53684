"""Which form of a metric a column holds, where it has several.

In: the content of board.json and a metric's name. Out: texts.
"""

from leaderboard.content.board import BoardContent


def form_of(board: BoardContent, metric: str) -> str:
    """The form of a metric, as "mean absolute"; "" where the metric has only one."""
    return str(board["directions"]["metrics"][metric].get("form", ""))


def headed(board: BoardContent, metric: str) -> str:
    """The head of its column, as "compression (last tap)"."""
    form = form_of(board, metric)
    return f"{metric} ({form})" if form else metric
