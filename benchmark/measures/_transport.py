"""The best assignment of examples to classes in which every class gets an equal share of all examples, exactly.

In: how well each example suits each class (S, K). Out: how much of each example goes to each class. It begins with the
best class of each example, and moves examples out of classes that have too many along the path of classes that costs
least (successive shortest paths). So it takes about as many steps as examples must move, each on a graph of K classes.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-12  # a path that is better by less is no better


def equal_shares(suits: NDArray[np.float64]) -> NDArray[np.int64]:
    """The assignment with the largest sum of what is assigned, each example having K units and each class S of them.

    Args:
        suits: How well each example suits each class (S, K), between 0 and 1.

    Returns:
        Units (S, K). Rows sum up to K, columns to S.

    >>> equal_shares(np.array([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]])).tolist()
    [[2, 0], [1, 1], [0, 2]]
    """
    samples, classes = suits.shape
    units = np.zeros((samples, classes), dtype=np.int64)
    units[np.arange(samples), suits.argmax(axis=1)] = classes
    over = units.sum(axis=0) - samples
    gain, mover = (np.stack(part) for part in zip(*(_moves(suits, units, k) for k in range(classes)), strict=True))
    while over.any():
        path = _best_path(gain, over)
        steps = list(pairwise(path))
        amount = min(over[path[0]], -over[path[-1]], *(units[mover[a, b], a] for a, b in steps))
        for a, b in steps:
            units[mover[a, b], a] -= amount
            units[mover[a, b], b] += amount
        over[path[0]] -= amount
        over[path[-1]] += amount
        for k in path:
            gain[k], mover[k] = _moves(suits, units, k)
    return units


def _moves(
    suits: NDArray[np.float64], units: NDArray[np.int64], class_: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """What is gained at best by moving an example out of a class to each other one (K,), and which example (K,)."""
    classes = suits.shape[1]
    members = np.flatnonzero(units[:, class_])
    if not len(members):
        return np.full(classes, -np.inf), np.zeros(classes, dtype=np.int64)
    gained = suits[members] - suits[members, class_, None]
    best = gained.argmax(axis=0)
    gain = gained[best, np.arange(classes)]
    gain[class_] = -np.inf
    return gain, members[best]


def _best_path(gain: NDArray[np.float64], over: NDArray[np.int64]) -> list[int]:
    """The classes from one with too many examples to one with too few by which most is gained (Bellman, Ford)."""
    gained = np.where(over > 0, 0.0, -np.inf)
    before = np.full(len(over), -1)
    for _ in over:
        through = gained[:, None] + gain
        better = through.max(axis=0) > gained + ROUNDING
        if not better.any():
            break
        before[better] = through.argmax(axis=0)[better]
        gained = np.where(better, through.max(axis=0), gained)
    path = [int(np.where(over < 0, gained, -np.inf).argmax())]
    while before[path[0]] >= 0:
        path.insert(0, int(before[path[0]]))
    return path
