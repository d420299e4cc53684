"""What a board of so many models, recipes, seeds and suites can show at best, known before anything is spent.

In: the plan's entries. Out: lines of text with the smallest p that each row of the board can reach.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial, prod
from typing import Any

from benchmark.measures import HEADLINES, LEVEL
from benchmark.noise import SEEDS as SEEDS_OF_AN_INTERVAL
from benchmark.nulls import SAMPLED, draws_of

HEADLINE_MEASURES = len(HEADLINES)


def smallest_p_across(conditions: int) -> float:
    """Of tau over the conditions, two-sided.

    >>> smallest_p_across(5)
    0.016666666666666666
    """
    return min(1.0, 2 / factorial(conditions))


def smallest_p_within(conditions: int, recipes: int, seeds: int) -> float | None:
    """Of the row within conditions: one order of the recipes, or one of the seeds in each condition, and its reverse.

    None where a condition holds too little to rank.

    >>> smallest_p_within(5, 1, 2)
    0.0625
    """
    if recipes > 2:
        return max(2 / factorial(recipes), 1 / (1 + draws_of(recipes)))
    drawn = min(SAMPLED, draws_of(seeds) ** conditions)
    return max(2 / factorial(seeds) ** conditions, 1 / (1 + drawn)) if seeds > 1 else None


def smallest_p_pooled(conditions: Iterable[int]) -> float:
    """Of the pooled tau over suites with so many conditions, two-sided, before Holm.

    >>> round(smallest_p_pooled([3, 3]), 4)
    0.0556
    """
    return min(1.0, max(2 / prod(factorial(n) for n in conditions), 1 / (1 + SAMPLED)))


@dataclass(frozen=True)
class Power:
    """The smallest p, two-sided and after Holm as on the board, of each claim; None where nothing can be tested.

    `orders`: a headline measure orders the conditions. `beats`: it beats a placebo. `selects`: it tells which of two
    networks of one condition is better.
    """

    orders: float | None
    beats: float | None
    selects: float | None


def power(entries: Sequence[Mapping[str, Any]], placebos: int) -> Power:
    """What the claims of a plan's board can reach at best, if every tau in it is 1."""
    ranked = [len(entry["conditions"]) for entry in entries if len(entry["conditions"]) > 1]
    orders = smallest_p_pooled(ranked) * HEADLINE_MEASURES if ranked else None
    beats = 2 / 2 ** len(ranked) * placebos * HEADLINE_MEASURES if ranked and placebos else None
    within = [(_within(entry), _columns(entry)) for entry in entries]
    known = [(p, columns) for p, columns in within if p is not None]
    tests = sum(columns for _, columns in known) * HEADLINE_MEASURES
    selects = min(p for p, _ in known) * tests if known else None
    return Power(*(None if p is None else min(1.0, p) for p in (orders, beats, selects)))


def power_in_words(entries: Sequence[Mapping[str, Any]], placebos: int) -> list[str]:
    """What the plan's board can show at best, and what it cannot, in two sentences."""
    found = power(entries, placebos)
    either = " or ".join(HEADLINES)
    claims = [
        (f"that {either} orders the conditions", found.orders, "one condition in each suite"),
        ("that it beats a placebo", found.beats, "no placebo"),
        ("which of two networks trained alike is better", found.selects, "one network a condition"),
    ]
    can = [f"{claim} ({short_p(p)})" for claim, p, _ in claims if p is not None and p <= LEVEL]
    cannot = [
        f"{claim} ({reason if p is None else short_p(p)})" for claim, p, reason in claims if p is None or p > LEVEL
    ]
    few = sorted({len(entry["seeds"]) for entry in entries if len(entry["seeds"]) < SEEDS_OF_AN_INTERVAL})
    if few:
        seeds = " or ".join(map(str, few))
        cannot.append(f"how far tau varies over seeds (that takes {SEEDS_OF_AN_INTERVAL}, here {seeds})")
    lines = [f"At best this plan can show: {'; '.join(can) or f'nothing at p {short_p(LEVEL)}'}."]
    lines += [f"It cannot show: {'; '.join(cannot)}."] if cannot else []
    return [*lines, "In brackets: the smallest p that can be reached, two-sided, after Holm."]


def power_by_suite(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line for each suite: the smallest p of its tau, and of choosing within a condition, as single tests."""
    longest = max(len(entry["suite"]) for entry in entries)
    lines = ["smallest p of a single test, two-sided:"]
    for entry in entries:
        n = len(entry["conditions"])
        tau = f"tau {short_p(smallest_p_across(n)):5}" if n > 1 else "no tau    "
        lines.append(f"  {entry['suite']:{longest}}  n = {n}, {tau}  {_within_text(entry)}")
    return lines


def short_p(p: float) -> str:
    """A p as on a board.

    >>> short_p(0.0167), short_p(0.00002), short_p(1.0)
    ('.017', '<.001', '1')
    """
    return "<.001" if p < 0.0005 else f"{p:.3f}".lstrip("0") if p < 0.9995 else "1"


def _within_text(entry: Mapping[str, Any]) -> str:
    p, recipes = _within(entry), len(entry["recipes"])
    if p is None:
        return "within a condition: nothing"
    units = f"{recipes} recipes" if recipes > 2 else f"{len(entry['seeds'])} seeds"
    return f"within a condition, {units}: {short_p(p)}"


def _within(entry: Mapping[str, Any]) -> float | None:
    return smallest_p_within(len(entry["conditions"]), len(entry["recipes"]), len(entry["seeds"]))


def _columns(entry: Mapping[str, Any]) -> int:
    """How many tests within conditions a suite has for a measure: recipes are tested together, seeds one by one."""
    recipes = len(entry["recipes"])
    return len(entry["metrics"]) * (1 if recipes > 2 else recipes)
