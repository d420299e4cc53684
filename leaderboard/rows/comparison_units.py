"""What changes sides when two boards are compared: the networks of one seed on one group of data, together.

In: pairs of suites with their models. Out: units with the strata in which they are exchanged, and their numbers.

Suites draw examples by the seed alone, for all their conditions, and suites of one group of data draw from the same
examples. So do recipes, and all kinds of inputs are of one network. Hence a unit holds all networks of a seed and a
group. Where both sides have the same seed and drew the same examples, two units are a pair.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.exchange import Stratum
from leaderboard.rows.comparison_pairs import Pair
from leaderboard.rows.comparison_parts import Name, Read, Seen, Suite

Side = Literal["A", "B"]
Unit = tuple[Side, int, int]  # its side, the number of its group, its seed
Place = tuple[int, Read, float | str]  # the number of a pair of suites, recipe with inputs and scope of A, condition


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a comparison in their order; `stay` says which have nobody to change sides with and are of A.

    `group_of` has the group of data of each pair of suites, and `strata` those of each group.
    """

    names: tuple[Unit, ...]
    strata: tuple[tuple[Stratum, ...], ...]
    stay: NDArray[np.bool_]
    group_of: tuple[int, ...]

    def of_pair(self, pair: int) -> list[int]:
        """The places of the units in whose group a pair of suites is."""
        return [place for place, (_, group, _) in enumerate(self.names) if group == self.group_of[pair]]


def units_of(pairs: Sequence[Pair]) -> Units:
    """The units of all pairs of suites."""
    group_of = groups(pairs)
    has: dict[Unit, set[Place]] = {}
    shared: dict[int, bool] = {}
    for number, pair in enumerate(pairs):
        group = group_of[number]
        shared[group] = shared.get(group, False) or pair.shares_draws
        for side, place, seeds in _networks(number, pair):
            for seed in seeds:
                has.setdefault((side, group, seed), set()).add(place)
    names = tuple(has)
    strata = tuple(_strata(names, has, group, shared[group]) for group in sorted(set(group_of)))
    moving = {unit for own in strata for stratum in own for unit in (*stratum.a, *stratum.b)}
    stay = np.array([place not in moving and name[0] == "A" for place, name in enumerate(names)], dtype=np.bool_)
    return Units(names, strata, stay, group_of)


def groups(pairs: Sequence[Pair]) -> tuple[int, ...]:
    """The number of the group of data of each pair; pairs are of one group where A's are, or B's."""
    found: list[set[str]] = []
    for pair in pairs:
        own = {f"A {pair.a.group}", f"B {pair.b.group}"}
        apart = [group for group in found if not group & own]
        found = [*apart, own.union(*(group for group in found if group & own))]
    return tuple(next(n for n, group in enumerate(found) if f"A {pair.a.group}" in group) for pair in pairs)


def names_in(pair: Pair, read: tuple[Read, Read]) -> list[Name]:
    """The measures and metrics that all models of both sides have at one place, in the order of A."""
    ours, theirs = _seen(pair.a, read[0], pair.conditions), _seen(pair.b, read[1], pair.conditions)
    if not ours or not theirs:
        return []
    return [name for name in ours[0].numbers if all(name in one.numbers for one in (*ours, *theirs))]


def values_at(
    units: Units, number: int, pair: Pair, read: tuple[Read, Read], names: Sequence[Name]
) -> NDArray[np.float64]:
    """The numbers (units of the pair's group, conditions, names) of each network at one place.

    nan where a unit has no such network; and of all units where a network has no such number, since the mean of a part
    is no mean.
    """
    places = {units.names[place]: row for row, place in enumerate(units.of_pair(number))}
    found = np.full((len(places), len(pair.conditions), len(names)), np.nan)
    group = units.group_of[number]
    lacking = np.zeros(found.shape[1:], dtype=np.bool_)
    sides: tuple[tuple[Side, Suite, Read], ...] = (("A", pair.a, read[0]), ("B", pair.b, read[1]))
    for side, suite, at in sides:
        for column, condition in enumerate(pair.conditions):
            seen = suite.models.get((*at, condition))
            for order, name in enumerate(names):
                known = seen is not None and seen.numbers[name].mean is not None
                lacking[column, order] |= not known
                if seen is not None and known:
                    rows = [places[side, group, seed] for seed in seen.seeds]
                    found[rows, column, order] = np.array(seen.numbers[name].by_seed, dtype=np.float64)
    found[:, lacking] = np.nan
    return found


def _networks(number: int, pair: Pair) -> Iterator[tuple[Side, Place, tuple[int, ...]]]:
    for mine, theirs in pair.reads:
        for condition in pair.conditions:
            here, there = pair.a.models.get((*mine, condition)), pair.b.models.get((*theirs, condition))
            yield "A", (number, mine, condition), here.seeds if here else ()
            yield "B", (number, mine, condition), there.seeds if there else ()


def _strata(names: Sequence[Unit], has: Mapping[Unit, set[Place]], group: int, shared: bool) -> tuple[Stratum, ...]:
    """Who changes sides with whom in a group: those that have networks of the same suites, conditions and recipes."""
    alike: dict[frozenset[Place], tuple[list[int], list[int]]] = {}
    for place, name in enumerate(names):
        if name[1] == group:
            alike.setdefault(frozenset(has[name]), ([], []))[name[0] == "B"].append(place)
    strata = []
    for ours, theirs in alike.values():
        of_b = {names[place][2]: place for place in theirs}
        both = {place: of_b[names[place][2]] for place in ours if shared and names[place][2] in of_b}
        strata += [Stratum((mine,), (other,)) for mine, other in both.items()]
        rest = [place for place in ours if place not in both], [p for p in theirs if p not in both.values()]
        if all(rest):
            strata.append(Stratum(tuple(rest[0]), tuple(rest[1])))
    return tuple(strata)


def _seen(suite: Suite, at: Read, conditions: Sequence[float | str]) -> list[Seen]:
    return [suite.models[*at, condition] for condition in conditions if (*at, condition) in suite.models]
