"""How far a number of a pack was checked: to the bit, from the weights, against a training of our own, or not at all.

In: what a record says, what has been computed now, and the records beside it. Out: the level reached, or the places
that differ; and how likely forged cells would have been found. Pure functions.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import comb, sqrt
from typing import Literal

import numpy as np
from scipy.stats import t as t_distribution

from benchmark.plan.content import CellPart, CellRow
from benchmark.record import Record, ScoreRecord, of_score

Level = Literal["bitwise", "rescored", "reproduced", "claimed"]
LEVELS: tuple[Level, ...] = ("bitwise", "rescored", "reproduced", "claimed")  # the strongest first
MEANS: dict[Level, str] = {
    "bitwise": "computed again on the same kind of machine and versions, and equal to the bit",
    "rescored": "computed again from the weights that the pack carries, and equal to a thousandth",
    "reproduced": "the network was trained again, and its numbers differ by no more than those of seeds do",
    "claimed": "not computed again",
}
FINDS: dict[Level, str] = {  # by how much a number has to be off
    "bitwise": "however little",
    "rescored": "more than a thousandth",
    "reproduced": "more than what is said of each cell",
}
_ALIKE: tuple[CellPart, ...] = ("entry", "inputs", "scope", "anchor")
FALSE_ALARMS = 0.05  # of a score whose network is trained again, over all its numbers


@dataclass(frozen=True)
class Spread:
    """How far the numbers of networks differ that have all in common but the seed, with degrees of freedom."""

    deviation: float
    df: int

    def smallest_forgery(self, numbers: int) -> float:
        """By how much a number must be off to be found, where so many numbers are compared.

        Two networks differ by the square root of two of what one of them is off by; t by the degrees of freedom, with
        5 % of false alarms over all the numbers (Bonferroni).
        """
        quantile = t_distribution.ppf(1 - FALSE_ALARMS / (2 * numbers), self.df)
        return float(quantile) * self.deviation * sqrt(2)


def numbers_of(record: ScoreRecord) -> dict[str, float]:
    """Every number of a score that is there, by its name."""
    values = {**record["measures"], **record["metrics"]}
    return {name: value["value"] for name, value in values.items() if value["value"] is not None}


def spreads(cell: CellRow, cells: Collection[CellRow], records: Mapping[str, Record]) -> dict[str, Spread]:
    """The spread of each number over the seeds, within the settings of a score cell's suite, pooled over these.

    Args:
        cell: A score cell.
        cells: All cells of its plan.
        records: Their records.

    Returns:
        By the name of the number; nothing for one of which no setting has two seeds. The cell itself does not count: a
        forged number would hide behind its own spread.
    """
    settings: dict[tuple[object, ...], list[dict[str, float]]] = defaultdict(list)
    for one in cells:
        if one["key"] != cell["key"] and all(one[part] == cell[part] for part in _ALIKE):
            score = of_score(records.get(one["key"]))
            if score is not None and score["outcome"] == "done":
                settings[one["recipe"], one["condition"], one["read_on"]].append(numbers_of(score))
    squares: dict[str, float] = defaultdict(float)
    df: dict[str, int] = defaultdict(int)
    for networks in settings.values():
        for name in {name for numbers in networks for name in numbers}:
            values = np.array([numbers[name] for numbers in networks if name in numbers])
            if len(values) > 1:
                squares[name] += float(((values - values.mean()) ** 2).sum())
                df[name] += len(values) - 1
    return {name: Spread(sqrt(squares[name] / df[name]), df[name]) for name in df}


def weakest(levels: Collection[Level]) -> Level:
    """The weakest of some levels.

    >>> weakest(["bitwise", "rescored"])
    'rescored'
    """
    return LEVELS[max(map(LEVELS.index, levels))]


def probability(drawn: int, cells: int, forged: int) -> float:
    """The probability that at least one of so many forged cells is among those that are drawn.

    >>> round(probability(3, 60, 1), 3)
    0.05
    >>> round(probability(10, 100, 20), 3)
    0.905
    """
    return 1 - comb(cells - forged, drawn) / comb(cells, drawn)
