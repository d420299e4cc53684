"""From the numbers of several networks to an order: which are apart, which are tied, and which come first.

In: each network's numbers for one measure, with those on halves of the examples. Out: groups of names, best first.

Two networks are apart where their difference is more than reading other examples would move it. On a random half of
the examples, drawn without replacement, a difference spreads about as far around the whole's as the whole's does around
that of all examples there could be (the delete-d jackknife with d = S / 2; Shao and Wu 1989). Both networks are read on
the same halves, so what is easy or hard about an example for both is in neither's error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmark.ranking.measuring import Measured
from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.noise import tie_groups
from benchmark.statistics.number import spread
from benchmark.statistics.ranks import oriented
from benchmark.statistics.variances import two_sided


@dataclass(frozen=True)
class Order:
    """Networks in groups that are tied, best first; `left_out` have no value, for the reasons that stand with them."""

    groups: tuple[tuple[str, ...], ...]
    left_out: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """Best first; inside a group by their values."""
        return [name for group in self.groups for name in group]

    def ranks(self) -> dict[str, tuple[int, int]]:
        """The first and the last place that each network may have.

        >>> Order((("a", "b"), ("c",)), {}).ranks()
        {'a': (1, 2), 'b': (1, 2), 'c': (3, 3)}
        """
        found: dict[str, tuple[int, int]] = {}
        before = 0
        for group in self.groups:
            found |= dict.fromkeys(group, (before + 1, before + len(group)))
            before += len(group)
        return found


def order_of(numbers: Mapping[str, Measured], high_is_better: bool) -> Order:
    """The order of the networks by one measure.

    Args:
        numbers: The measure of each network.
        high_is_better: Which way is good.

    >>> halves = {"a": (1.0, 1.2, 1.1), "b": (1.1, 1.1, 1.1), "c": (5.0, 5.1, 5.0)}
    >>> order_of({name: Measured(own[0], halves=own) for name, own in halves.items()}, True).groups
    (('c',), ('b', 'a'))
    """
    known = {name: one for name, one in numbers.items() if one.value is not None}
    left_out = {name: one.reason or "undefined" for name, one in numbers.items() if one.value is None}
    names = list(known)
    values = oriented([one.value for one in known.values() if one.value is not None], high_is_better)
    groups = tie_groups(values, apart(list(known.values()))) if names else []
    return Order(tuple(tuple(names[place] for place in group) for group in groups), left_out)


def apart(numbers: Sequence[Measured]) -> NDArray[np.bool_]:
    """(n, n): which two networks differ by more than reading other examples would move the difference.

    The chance that any two are wrongly told apart is .05 at most: all pairs are corrected together (Holm 1979).
    """
    pairs = list(combinations(range(len(numbers)), 2))
    corrected = holm([_p(numbers[i], numbers[j]) for i, j in pairs])
    found = np.zeros((len(numbers), len(numbers)), dtype=np.bool_)
    for (i, j), p in zip(pairs, corrected, strict=True):
        found[i, j] = found[j, i] = p is not None and p <= LEVEL
    return found


def error_of(number: Measured) -> float | None:
    """The standard error of one network's value over the examples and the sampled pairs; None where it is unknown."""
    own = spread(number.halves)
    return None if own is None else float(np.hypot(own, number.standard_error or 0.0))


def _p(a: Measured, b: Measured) -> float:
    """The two-sided p of a difference; 1 where it is not known how far it errs."""
    both = [(x, y) for x, y in zip(a.halves, b.halves, strict=True) if x is not None and y is not None]
    if a.value is None or b.value is None or len(both) < 2:
        return 1.0
    reading = np.std([x - y for x, y in both], ddof=1)
    error = np.sqrt(reading**2 + (a.standard_error or 0.0) ** 2 + (b.standard_error or 0.0) ** 2)
    value = np.array([a.value - b.value])
    return float(two_sided(value, np.array([error]), np.array([len(both) - 1.0]))[0])
