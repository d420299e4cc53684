"""The numbers of two boards side by side: each condition by itself, and the order of the conditions.

In: two parts and their pairs of suites. Out: rows without p's yet, each with its key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from benchmark.statistics.agreement import kendall
from benchmark.statistics.errors import Difference, apart, difference
from benchmark.statistics.number import Number
from benchmark.statistics.paired import paired_difference
from benchmark.statistics.ranks import pair_signs
from benchmark.statistics.variances import SEEDS
from leaderboard.content.comparison import NumberRow, OrderColumns, OrderRow, ReadColumns
from leaderboard.rows.comparison_pairs import Pair
from leaderboard.rows.comparison_parts import Name, Part, Read, Seen
from leaderboard.rows.comparison_taus import RANKS, role_of
from leaderboard.rows.comparison_units import names_in

NumberKey = tuple[int, int, float | str, Name]
OrderKey = tuple[int, int, Name]


def number_rows(a: Part, b: Part, pairs: Sequence[Pair]) -> list[tuple[NumberKey, NumberRow]]:
    """Every number of every condition that both sides have; a metric once for each recipe, whatever the inputs."""
    rows = []
    for number, at, name in _places(a, b, pairs):
        pair = pairs[number]
        mine, theirs = pair.reads[at]
        for condition in pair.conditions:
            ours, other = pair.a.models.get((*mine, condition)), pair.b.models.get((*theirs, condition))
            if ours is not None and other is not None:
                about = _about(pair, mine, name)
                row = _number_row(about, condition, name, ours, other, pair.shares_draws)
                row["role"] = role_of(a, b, name[1]) if name[0] == "measure" else "measure"
                rows.append(((number, at, condition, name), row))
    return rows


def order_rows(a: Part, b: Part, pairs: Sequence[Pair]) -> list[tuple[OrderKey, OrderRow]]:
    """How both sides order the conditions of each suite by each number."""
    rows: list[tuple[OrderKey, OrderRow]] = []
    for number, at, name in _places(a, b, pairs):
        pair = pairs[number]
        mine, theirs = pair.reads[at]
        both = [
            (pair.a.models[*mine, one].numbers[name], pair.b.models[*theirs, one].numbers[name])
            for one in pair.conditions
            if (*mine, one) in pair.a.models and (*theirs, one) in pair.b.models
        ]
        known = [(ours, other) for ours, other in both if ours.mean is not None and other.mean is not None]
        row: OrderRow = {
            **_about(pair, mine, name),
            "is": name[0],
            "name": name[1],
            "role": role_of(a, b, name[1]) if name[0] == "measure" else "measure",
            **_order([ours for ours, _ in known], [other for _, other in known]),
            "p": None,
            "p_corrected": None,
        }
        rows.append(((number, at, name), row))
    return rows


def _places(a: Part, b: Part, pairs: Sequence[Pair]) -> Iterator[tuple[int, int, Name]]:
    """The places of numbers: measures at each read, hypotheses first, then metrics, once for each recipe."""
    for number, pair in enumerate(pairs):
        once: set[str] = set()
        for at, read in enumerate(pair.reads):
            names = names_in(pair, read)
            measures = [name for name in names if name[0] == "measure"]
            yield from (
                (number, at, name) for name in sorted(measures, key=lambda one: RANKS.index(role_of(a, b, one[1])))
            )
            if read[0][0] not in once:
                yield from ((number, at, name) for name in names if name[0] == "metric")
            once.add(read[0][0])


def _about(pair: Pair, read: Read, name: Name) -> ReadColumns:
    recipe, inputs, scope = read
    inputs, scope = (inputs, scope) if name[0] == "measure" else ("", "")
    suite = pair.a
    return {
        "suite": suite.suite,
        "data": suite.data,
        "family": suite.family,
        "recipe": recipe,
        "inputs": inputs,
        "scope": scope,
    }


def _number_row(
    about: ReadColumns, condition: float | str, name: Name, ours: Seen, theirs: Seen, shares: bool
) -> NumberRow:
    a, b = ours.numbers[name], theirs.numbers[name]
    pairs = shares and bool(a.by_seed and b.by_seed) and sorted(ours.seeds) == sorted(theirs.seeds)
    found = paired_difference(a, _aligned(b, theirs.seeds, ours.seeds)) if pairs else difference(a, b)
    ends = _interval(found)
    return {
        **about,
        "is": name[0],
        "condition": condition,
        "name": name[1],
        "role": "measure",
        "seeds_a": len(ours.seeds),
        "seeds_b": len(theirs.seeds),
        "mean_a": a.mean,
        "mean_b": b.mean,
        "difference": found.value,
        "error": found.error,
        "df": found.df,
        "low": ends[0],
        "high": ends[1],
        "paired": pairs,
        "about": _whom(found, min(len(ours.seeds), len(theirs.seeds))),
        "p": None,
        "p_corrected": None,
    }


def _interval(found: Difference) -> tuple[float, float] | tuple[None, None]:
    return found.interval or (None, None)


def _whom(found: Difference, seeds: int) -> str | None:
    """Of whom a difference holds: of other networks too only where each side has three seeds or more."""
    return None if found.error is None else "conditions" if seeds >= SEEDS else "networks"


def _aligned(number: Number, seeds: Sequence[int], wanted: Sequence[int]) -> Number:
    """A number with its networks in the order of other seeds."""
    places = [list(seeds).index(seed) for seed in wanted]
    examples = tuple(number.by_example[place] for place in places) if number.by_example else ()
    return replace(number, by_seed=tuple(number.by_seed[place] for place in places), by_example=examples)


def _order(a: Sequence[Number], b: Sequence[Number]) -> OrderColumns:
    """Kendall's tau between the means of both sides, and by how many swaps of neighbours their orders differ."""
    n = len(a)
    x, y = (np.array([number.mean for number in side], dtype=np.float64) for side in (a, b))
    away = float((x - y).mean()) if n else None
    if n < 2:
        return {"n": n, "tau": None, "same_order": None, "swaps": None, "beyond_noise": None, "difference": away}
    one, other = pair_signs(x), pair_signs(y)
    swapped = one * other < 0
    differ = apart(a), apart(b)
    beyond = None if differ[0] is None or differ[1] is None else int((swapped & differ[0] & differ[1]).sum()) // 2
    return {
        "n": n,
        "tau": kendall(x, y, with_p=False).tau,
        "same_order": bool((one == other).all()),
        "swaps": int(swapped.sum()) // 2,
        "beyond_noise": beyond,
        "difference": away,
    }
