"""What metrics that compare groups are by chance.

In: the content of board.json. Out: texts.
"""

from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.forms import headed
from leaderboard.pages.tables.table import number

BY_CHANCE = "by chance"


def chance_note(board: BoardContent) -> str | None:
    """A sentence on what each metric is by chance, from the lowest to the highest model; None where no metric has it.

    Args:
        board: The content of board.json.
    """
    found: dict[str, list[float]] = {}
    for row in board["models"]:
        for name, value in row["metrics"].items():
            if "by_chance" in value:
                found.setdefault(name, []).append(value["by_chance"])
    if not found:
        return None
    said = [f"{headed(board, name)} {_span(values)}" for name, values in found.items()]
    return f"By chance, which is expected with groups permuted inside labels: {'; '.join(said)}."


def _span(values: list[float]) -> str:
    ends = [number(end, 3) for end in (min(values), max(values))]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)
