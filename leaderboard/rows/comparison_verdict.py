"""What a comparison shows as a whole, in sentences that say no more than its test does.

In: the two sides, what was exchanged, and the rows with their p's. Out: the verdict.
"""

from collections.abc import Sequence
from typing import TypeVar

from benchmark.plain.words import counted
from benchmark.statistics import LEVEL
from leaderboard.content.comparison import NumberRow, OrderRow, PooledRow, TauRow, Verdict
from leaderboard.rows.comparison_exchange import Exchanged
from leaderboard.rows.comparison_parts import Part

Row = TypeVar("Row", TauRow, PooledRow, OrderRow, NumberRow)
MOST = 4  # rows that are named in a sentence

WHY = {
    "board": "of {} the board alone is at hand, and not its networks: give its run folder or pack",
    "paper": "of {} the taus alone are known, over all conditions of the paper, and no error of them",
}


def verdict(
    a: Part,
    b: Part,
    found: Exchanged | None,
    taus: Sequence[TauRow],
    pooled: Sequence[PooledRow],
    orders: Sequence[OrderRow],
    numbers: Sequence[NumberRow],
) -> Verdict:
    """What is shown: a difference, none, that all numbers are the same, or why nothing can be."""
    shown = _shown(taus, pooled, orders, numbers)
    same, beside = _same_networks(a, b), _signs(taus)
    base: Verdict = {
        "answer": "untested",
        "p": None,
        "best": None,
        "exchanges": 0,
        "exact": False,
        "pairs": 0,
        "pools": 0,
        "shown": shown,
        "sentences": [],
    }
    identical = _identical(numbers)
    if found is None:
        why = "; ".join(WHY[part.holds].format(one) for part, one in ((a, "A"), (b, "B")) if part.holds != "records")
        said = f"nothing is tested: {why}"
        if identical:
            said = f"A and B have the same means: every difference is exactly 0; {said}"
        base["answer"] = "identical" if identical else "untested"
        return {**base, "sentences": [said, *same, *beside]}
    base |= {
        "p": found.p,
        "best": found.best,
        "exchanges": found.exchanges,
        "exact": found.exact,
        "pairs": found.pairs,
        "pools": found.pools,
    }
    if identical:
        said = "A and B hold the same numbers: every difference is exactly 0"
        return {**base, "answer": "identical", "sentences": [said]}
    if found.best > LEVEL or found.p is None:
        base["answer"] = "cannot"
        return {**base, "sentences": [*same, _cannot(found), *beside]}
    if found.p <= LEVEL:
        base["answer"] = "difference"
        rows = counted(len(shown), "row", "rows")
        said = f"a difference is shown (p {_probability(found.p)}, {_how(found)}), in {rows}: {_some(shown)}"
        return {**base, "sentences": [said, *_alone(found), *same, *beside]}
    base["answer"] = "none"
    said = f"no difference is shown (p {_probability(found.p)}, {_how(found)}); that is no proof that there is none"
    return {**base, "sentences": [said, *_alone(found), *same, *beside]}


def _shown(
    taus: Sequence[TauRow], pooled: Sequence[PooledRow], orders: Sequence[OrderRow], numbers: Sequence[NumberRow]
) -> list[str]:
    """The rows with a corrected p of `LEVEL` or less, in words: all suites first, then taus, means and numbers."""
    of_all = [
        f"{row['of']} of {row['name']} over {row['suites']} suites{_read(row['inputs'])}" for row in _small(pooled)
    ]
    of_taus = [
        f"tau of {row['measure']} with {row['metric']} in {row['suite']}{_read(row['inputs'])}" for row in _small(taus)
    ]
    of_means = [f"mean of {row['name']} in {row['suite']}{_read(row['inputs'])}" for row in _small(orders)]
    of_numbers = [
        f"{row['name']} at {row['condition']} in {row['suite']}{_read(row['inputs'])}" for row in _small(numbers)
    ]
    return [*of_all, *of_taus, *of_means, *of_numbers]


def _small(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["p_corrected"] is not None and row["p_corrected"] <= LEVEL]


def _probability(p: float) -> str:
    return "<.001" if p < 0.0005 else f"{p:.3f}".removeprefix("0")


def _read(inputs: str) -> str:
    return f" ({inputs} inputs)" if inputs else ""


def _some(shown: Sequence[str]) -> str:
    more = f", and {len(shown) - MOST} more" if len(shown) > MOST else ""
    return ", ".join(shown[:MOST]) + more


def _how(found: Exchanged) -> str:
    if found.exact:
        return f"all {found.exchanges:,} exchanges of networks"
    return f"{found.exchanges - 1:,} drawn exchanges of networks"


def _cannot(found: Exchanged) -> str:
    few = f"{found.exchanges} exchanges of networks can have no p below {_probability(found.best)}"
    if found.exchanges == 1:
        few = "no network of A can change places with one of B"
    return f"a difference cannot be shown with so few seeds: {few}"


def _alone(found: Exchanged) -> list[str]:
    """Of how many suites by themselves a difference cannot be shown."""
    few = [found.best_of_group[group] > LEVEL for group in found.group_of]
    if not any(few):
        return []
    which = "each suite" if all(few) else f"{sum(few)} of {len(few)} suites"
    return [f"of {which} alone a difference cannot be shown with so few seeds, only of several suites together"]


def _same_networks(a: Part, b: Part) -> list[str]:
    """That networks of both sides are the same ones, where they are: no draw can have set these apart."""
    same = len(a.keys & b.keys)
    if not same:
        return []
    which = (
        "all networks" if same == len(a.keys) == len(b.keys) else f"{same} of {len(a.keys)} and {len(b.keys)} networks"
    )
    return [f"{which} have the same key on both sides: what differs in these is how they were measured or computed"]


def _identical(numbers: Sequence[NumberRow]) -> bool:
    """Whether both sides have the same numbers, of as many seeds."""
    sides = [((row["mean_a"], row["seeds_a"]), (row["mean_b"], row["seeds_b"])) for row in numbers]
    return any(row["difference"] is not None for row in numbers) and all(a == b for a, b in sides)


def _signs(taus: Sequence[TauRow]) -> list[str]:
    """In how many rows the tau of a measure has the same sign, for the hypotheses and for all."""
    known = [row for row in taus if row["same_sign"] is not None]
    own = [row for row in known if row["role"] == "hypothesis"]
    if not known:
        return []
    alike, every = (sum(bool(row["same_sign"]) for row in rows) for rows in (own, known))
    of_own = f"{alike} of {len(own)} taus of hypotheses, and " if own else ""
    return [f"of the same sign: {of_own}{every} of all {len(known)} taus"]
