"""What a board of so many models, recipes, seeds and suites can show at best, known before anything is spent.

In: the plan's entries. Out: lines of text with the smallest p that each row of the board can reach.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import factorial, prod
from typing import Any

from benchmark.noise import SEEDS as SEEDS_OF_AN_INTERVAL
from benchmark.nulls import SAMPLED, draws_of

LEVEL = 0.05
HEADLINE_MEASURES = 2


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


def power_lines(entries: Sequence[Mapping[str, Any]], placebos: int) -> list[str]:
    """One line for each kind of row, alike suites together."""
    alike: dict[tuple[int, int, int], list[str]] = {}
    for entry in entries:
        size = (len(entry["conditions"]), len(entry["recipes"]), len(entry["seeds"]))
        alike.setdefault(size, []).append(entry["suite"])
    lines = ["what it can show (smallest p):"]
    for (conditions, recipes, seeds), suites in sorted(alike.items()):
        within = smallest_p_within(conditions, recipes, seeds)
        units = f"{recipes} recipes" if recipes > 2 else f"{seeds} seeds in {conditions} conditions"
        choice = f"within, {units}: {within:.2g}" if within is not None else "within: nothing (one network a condition)"
        lines.append(
            f"  {', '.join(suites)}: n = {conditions}: tau 1 has p {smallest_p_across(conditions):.2g}; {choice}"
        )
    pooled = smallest_p_pooled(len(entry["conditions"]) for entry in entries) * HEADLINE_MEASURES
    lines.append(f"  pooled tau, corrected for {HEADLINE_MEASURES} measures: {min(1.0, pooled):.2g}{_enough(pooled)}")
    if placebos:
        tests = placebos * HEADLINE_MEASURES
        beats = min(1.0, 2 * tests / 2 ** len(entries))  # two-sided
        lines.append(f"  beats a placebo, corrected for {tests} tests: {beats:.2g}{_enough(beats)}")
    few = [str(seeds) for seeds in sorted({seeds for *_, seeds in alike}) if seeds < SEEDS_OF_AN_INTERVAL]
    if few:
        lines.append(f"  no interval of tau over {' or '.join(few)} seeds: it takes {SEEDS_OF_AN_INTERVAL}")
    return lines


def _enough(p: float) -> str:
    return "" if p <= LEVEL else f": cannot be shown at {LEVEL:g}"
