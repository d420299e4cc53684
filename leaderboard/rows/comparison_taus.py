"""The taus of two boards side by side, over the conditions that both have.

In: two parts and their pairs of suites. Out: rows without p's yet, and the sign of each measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

from benchmark.statistics.noise import seed_interval
from benchmark.statistics.number import Number
from benchmark.statistics.ranks import or_nan, oriented
from leaderboard.content.comparison import Role, TauRow
from leaderboard.rows.agreement import agree
from leaderboard.rows.comparison_pairs import Pair
from leaderboard.rows.comparison_parts import Name, Part, Read, Stated, Suite

RANKS: tuple[Role, ...] = ("hypothesis", "measure", "yardstick", "placebo")
Signs = Mapping[tuple[str, str], int]
TauKey = tuple[int, int, str, str]  # the numbers of a pair of suites and of a read, metric, measure


@dataclass(frozen=True)
class _Both:
    """One tau on both sides, with the measure as it is."""

    key: TauKey
    kind: str
    read: Read
    a: Stated
    b: Stated


def tau_rows(
    a: Part, b: Part, pairs: Sequence[Pair], better: Mapping[str, bool]
) -> tuple[list[tuple[TauKey, TauRow]], Signs]:
    """The rows, hypotheses first and placebos last, each with its key; and the signs of measures with a direction.

    A measure has the sign of A's hypothesis. One that may have either, as a placebo, has the sign with which the taus
    of both sides have the larger sum over the suites of a kind.
    """
    found = [both for number, pair in enumerate(pairs) for both in _of_pair(a, b, number, pair, better)]
    signs = directions(a, b)
    free = {(both.kind, both.key[3]) for both in found} - set(signs)
    suits = {one: _suits([both for both in found if (both.kind, both.key[3]) == one]) for one in free}
    rows = [(both.key, _row(pairs[both.key[0]], both, {**signs, **suits}, a, b)) for both in found]
    order = list(dict.fromkeys(both.key[3] for both in found))
    rows.sort(key=lambda one: (one[0][0], one[0][1], RANKS.index(one[1]["role"]), order.index(one[1]["measure"])))
    return rows, signs


def directions(a: Part, b: Part) -> dict[tuple[str, str], int]:
    """The sign of each measure of both sides, by kind of memorization and name; of none that may have either."""
    return {
        (kind, name): 1 if direction == "high" else -1
        for name, facts in a.measures.items()
        if name in b.measures
        for kind, direction in facts["better"].items()
        if direction != "either"
    }


def role_of(a: Part, b: Part, name: str) -> Role:
    """What a measure is on these boards; a metric is a measure of its own kind here."""
    facts = a.measures.get(name)
    if name in (*a.hypotheses, *b.hypotheses):
        return "hypothesis"
    if facts is None:
        return "measure"
    return "placebo" if facts["placebo"] else "yardstick" if facts["yardstick"] else "measure"


def _of_pair(a: Part, b: Part, number: int, pair: Pair, better: Mapping[str, bool]) -> Iterator[_Both]:
    for at, (mine, theirs) in enumerate(pair.reads):
        measures, metrics = (
            [name for name in _named(pair.a, mine, what) if name in _named(pair.b, theirs, what)]
            for what in ("measure", "metric")
        )
        for metric, measure in product(metrics, measures):
            sides = [(suite, read) for suite, read in ((pair.a, mine), (pair.b, theirs)) if suite.models]
            known = [one for one in pair.conditions if all(_has(*side, one, metric, measure) for side in sides)]
            ours = _tau(pair.a, mine, metric, measure, known, better)
            other = _tau(pair.b, theirs, metric, measure, known, better)
            if ours is not None and other is not None:
                yield _Both((number, at, metric, measure), pair.a.kind, mine, ours, other)


def _tau(
    suite: Suite, read: Read, metric: str, measure: str, known: list[float | str], better: Mapping[str, bool]
) -> Stated | None:
    """The tau of one side: over the conditions that both have, or as the side states it, where that is all it has."""
    stated = suite.taus.get((*read, metric, measure))
    if not suite.models:
        return stated
    numbers = [[_number(suite, read, condition, name) for condition in known] for name in _two(metric, measure)]
    y, x = ([number.mean for number in side] for side in numbers)
    found = agree(list(zip(x, y, strict=True)), True, better[metric], with_p=False)
    if stated is not None:
        same = len(known) == stated.n
        return Stated(found.tau, found.n, *((stated.low, stated.high) if same else (None, None)))
    seeds_y, seeds_x = ([list(number.by_seed) for number in side] for side in numbers)
    even = len({len(row) for row in (*seeds_x, *seeds_y)}) == 1
    turned = [oriented(or_nan(row), better[metric]) for row in seeds_y]
    ends = seed_interval([or_nan(row) for row in seeds_x], turned) if even and len(known) > 1 else None
    return Stated(found.tau, found.n, *(ends or (None, None)))


def _row(pair: Pair, both: _Both, signs: Signs, a: Part, b: Part) -> TauRow:
    sign = signs[both.kind, both.key[3]]
    ours, theirs = _turned(both.a, sign), _turned(both.b, sign)
    known = ours.tau is not None and theirs.tau is not None
    away = ours.tau - theirs.tau if ours.tau is not None and theirs.tau is not None else None
    return {
        "suite": pair.a.suite,
        "data": pair.a.data,
        "family": pair.a.family,
        "recipe": both.read[0],
        "inputs": both.read[1],
        "scope": both.read[2],
        "metric": both.key[2],
        "measure": both.key[3],
        "role": role_of(a, b, both.key[3]),
        "n": min(both.a.n, both.b.n),  # of the paper it is not known how its tau is over fewer conditions
        "tau_a": ours.tau,
        "low_a": ours.low,
        "high_a": ours.high,
        "tau_b": theirs.tau,
        "low_b": theirs.low,
        "high_b": theirs.high,
        "difference": away,
        "same_sign": _sign(ours.tau) == _sign(theirs.tau) if known else None,
        "p": None,
        "p_corrected": None,
    }


def _suits(rows: Sequence[_Both]) -> int:
    known = [one.tau for both in rows for one in (both.a, both.b) if one.tau is not None]
    return -1 if known and fmean(known) < 0 else 1


def _turned(one: Stated, sign: int) -> Stated:
    tau = None if one.tau is None else sign * one.tau + 0.0  # + 0.0: no negative zero
    if one.low is None or one.high is None:
        return Stated(tau, one.n)
    low, high = sorted((sign * one.low + 0.0, sign * one.high + 0.0))
    return Stated(tau, one.n, low, high)


def _sign(tau: float | None) -> int:
    return 0 if not tau else 1 if tau > 0 else -1


def _two(metric: str, measure: str) -> tuple[Name, Name]:
    return ("metric", metric), ("measure", measure)


def _named(suite: Suite, read: Read, what: str) -> list[str]:
    """The measures or metrics that a suite has at one place."""
    named = [name for at, seen in suite.models.items() if at[:3] == read for kind, name in seen.numbers if kind == what]
    stated = [key[4 if what == "measure" else 3] for key in suite.taus if key[:3] == read] if not suite.models else []
    return list(dict.fromkeys((*named, *stated)))


def _number(suite: Suite, read: Read, condition: float | str, name: Name) -> Number:
    return suite.models[*read, condition].numbers[name]


def _has(suite: Suite, read: Read, condition: float | str, metric: str, measure: str) -> bool:
    """Whether a condition has both numbers."""
    seen = suite.models.get((*read, condition))
    return seen is not None and all(
        name in seen.numbers and seen.numbers[name].mean is not None for name in _two(metric, measure)
    )
