"""The p's of `benchmark.statistics.claims` for many boards at once, which have the same suites.

In: the taus of the suites of each board. Out: one p for each board, the same as its own `orders` (the part by flips)
and `beats` give. For what a plan can be expected to show, and for simulated boards by the thousand.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.claims import at_their_best, flips
from benchmark.statistics.nulls import SAMPLED, shares_as_large

Array = NDArray[np.float64]
CHUNK = 2**22  # numbers looked at together


def flip_p(taus: Array, data: Sequence[str], drawn: int = SAMPLED) -> Array:
    """Of each board's mean tau, one-sided above 0: how often groups of data, flipped, give as much.

    Args:
        taus: (boards, suites), without missing ones.
        data: Of each suite; those that share data are flipped together.
        drawn: How many seeded flips are looked at where there are more.

    >>> flip_p(np.array([[1.0, 0.5, 0.2], [-1.0, 0.5, 0.2]]), ["a", "b", "c"]).tolist()
    [0.125, 0.625]
    """
    signs = flips(len(set(data)), drawn)
    return np.concatenate([shares_as_large(part @ signs) for part in _parts(_by_group(taus, data), signs.shape[1])])


def exchange_p(
    ours: Array, theirs: Array, data: Sequence[str], free: Sequence[str | None], drawn: int = SAMPLED, side: int = 1
) -> Array:
    """Of each board, one-sided: how often a measure and another, exchanged in groups of data, are as far apart.

    Args:
        ours: The taus (boards, suites) of the measure whose direction is declared.
        theirs: Those of the other one, likewise.
        data: Of each suite; in those that share data both are exchanged together.
        free: For each suite the name of those with which the other one shares its sign, as a placebo does; None where
            that one's direction is declared too.
        drawn: How many seeded exchanges are looked at where there are more.
        side: 1 where the measure is ahead, -1 where it is behind, as `beats` has it before it looks at flips too.

    >>> ours, theirs = np.array([[0.9, 0.8, 0.7]]), np.array([[0.1, 0.2, 0.3]])
    >>> exchange_p(ours, theirs, ["a", "b", "c"], [None] * 3).tolist()
    [0.125]
    """
    signs = flips(len(set(data)), drawn)
    signed = ours, at_their_best(theirs, free)
    middle, half = (signed[0] + signed[1]) / 2, (signed[0] - signed[1]) / 2
    shared = [(name, [one == name for one in free]) for name in dict.fromkeys(free)]
    found = []
    for start in range(0, len(ours), _boards(signs.shape[1])):
        part = slice(start, start + _boards(signs.shape[1]))
        total = middle[part].sum(axis=1, keepdims=True) + _by_group(half[part], data) @ signs
        for name, own in shared:
            kept = np.where(own, half[part], 0.0)
            second = middle[part][:, own].sum(axis=1, keepdims=True) - _by_group(kept, data) @ signs
            total = total - (second if name is None else np.abs(second))
        found.append(shares_as_large(side * total))
    return np.concatenate(found)


def _by_group(values: Array, data: Sequence[str]) -> Array:
    """The sums (boards, groups) of values (boards, suites) over the suites of each group of data."""
    names = list(dict.fromkeys(data))
    member = np.array([[one == name for name in names] for one in data], dtype=np.float64)
    return np.asarray(values @ member)


def _boards(flips: int) -> int:
    """How many boards are looked at together."""
    return max(1, CHUNK // flips)


def _parts(values: Array, flips: int) -> list[Array]:
    return [values[start : start + _boards(flips)] for start in range(0, len(values), _boards(flips))]
