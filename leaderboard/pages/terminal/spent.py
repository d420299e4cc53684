"""What the time of a command went to, in one sentence.

In: the seconds of the cells that it computed, by what each did, and those before the first and after the last of them.
Out: a text.
"""

from collections.abc import Mapping

from leaderboard.pages.tables.table import duration

MOST = 4  # kinds of work with a share of their own


def spent(seconds: Mapping[str, float], around: float) -> str:
    """The shares of the cells' time, the greatest first, and what came before and after all cells.

    Args:
        seconds: Of all cells together, by what they did: "scoring", or "training" and the name of a family. Cells of
            several workers run beside each other.
        around: Seconds until the first cell began and since the last one ended.

    >>> spent({"training mlp": 10, "training minilm": 61, "scoring": 29}, 9)
    'training minilm 61%, scoring 29%, training mlp 10%; start and board 9 s'
    >>> spent({"training a": 50, "training b": 40, "training c": 4, "training d": 3, "scoring": 3}, 75)
    'training a 50%, training b 40%, training c 4%, other 6%; start and board 1 min 15 s'
    """
    order = sorted(seconds, key=lambda kind: -seconds[kind])
    named = order if len(order) <= MOST else order[: MOST - 1]
    parts = [(kind, seconds[kind]) for kind in named]
    if len(named) < len(order):
        parts.append(("other", sum(seconds[kind] for kind in order[len(named) :])))
    whole = sum(seconds.values()) or 1.0
    shares = ", ".join(f"{kind} {part / whole:.0%}" for kind, part in parts)
    return f"{shares}; start and board {duration(around)}"
