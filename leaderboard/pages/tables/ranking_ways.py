"""How the networks of a ranking were read, in the same words on every view.

In: the content of ranking.json. Out: sentences.
"""

from typing import TYPE_CHECKING

from leaderboard.pages.tables.ranking import PLUS_MINUS, value

if TYPE_CHECKING:
    from benchmark.ranking.assembly import RankingContent

BOTH = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}


def ways_of_reading(content: "RankingContent") -> list[str]:
    """What was read of the networks, and how the numbers would move if fewer examples were read."""
    return [*_alike(content), *fewer(content), PLUS_MINUS, *_corrected(content)]


def _alike(content: "RankingContent") -> list[str]:
    """How the networks were read: once for those that were read alike; nothing where activations were given."""
    by_way: dict[str, list[str]] = {}
    for row in content["networks"]:
        by_way.setdefault(row["how"], []).append(row["network"])
    ways = {way: names for way, names in by_way.items() if way}
    return [way if len(ways) == 1 else f"{', '.join(names)}: {way}" for way, names in ways.items()]


def _corrected(content: "RankingContent") -> list[str]:
    """Mean MI less that of permuted neurons, where it was asked for."""
    found = [row for row in content["numbers"] if row["measure"] == "mean-mi-corrected"]
    numbers = ", ".join(f"{row['network']} {value(row)}" for row in found)
    return [f"mean MI less that of permuted neurons: {numbers}"] if found else []


def fewer(content: "RankingContent") -> list[str]:
    """How the numbers would move if fewer examples were read: they hang on how many there are."""
    words = [f"{word} {_signed(content['fewer'][name])}" for name, word in BOTH.items() if name in content["fewer"]]
    return (
        [f"with half as many examples the numbers would move: {', '.join(words)} (mean of the networks)"]
        if words
        else []
    )


def _signed(value: float) -> str:
    """A difference with its sign.

    >>> _signed(0.01234), _signed(-0.5)
    ('+0.0123', '-0.500')
    """
    return f"{value:+.{3 if abs(value) >= 0.1 else 4}f}"
