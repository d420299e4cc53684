"""Whether a cell at work takes far longer than others of its kind took.

In: the cells of a plan, how long some took, and how long one is at work. Out: a remark, where there is one to make.
"""

from collections.abc import Sequence
from statistics import median

from benchmark.plan.content import CellRow

Kind = tuple[int, str, str | None, str | None]
FACTOR = 10  # times as long as the median of its kind
LEAST = 60.0  # seconds, before which nothing is said
CURE = "seconds_per_cell in the plan stops such a cell"


def kind_of(cell: CellRow) -> Kind:
    """The kind of a cell, as a row of plan.json: cells of one kind take about equally long."""
    return cell["entry"], cell["work"], cell["inputs"], cell["scope"]


def slowness(seconds: float, like: Sequence[float]) -> str | None:
    """The remark on a slow cell: at work for 60 seconds or more, and ten times as long as the median of its kind.

    Args:
        seconds: For how long the cell has been at work.
        like: How many seconds each finished cell of its kind took.

    Returns:
        One line, None where there is nothing to remark or nothing to compare with.

    >>> slowness(600, [4, 5, 6])
    'at work for 10 min, 120 times as long as others of its kind; seconds_per_cell in the plan stops such a cell'
    >>> slowness(600, [100]), slowness(50, [1]), slowness(600, [])
    (None, None, None)
    """
    if not like or seconds < max(LEAST, FACTOR * median(like)):
        return None
    times = seconds / max(median(like), 0.01)
    return f"at work for {seconds / 60:.0f} min, {times:.0f} times as long as others of its kind; {CURE}"
