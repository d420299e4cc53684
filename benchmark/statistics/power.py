"""What a plan's board can show at best, what it cannot, and how likely it shows what is there, before it runs.

In: what the plan's claims rest on. Out: the smallest p that each claim can reach, the cheapest addition where that is
not enough, and lines of text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial, prod

from benchmark.plain.words import counted
from benchmark.statistics import LEVEL
from benchmark.statistics.additions import FEWEST_RECIPES, cheapest_addition
from benchmark.statistics.chances import BOARDS, PLACEBO, SELECTION, TAU, Chances, chances
from benchmark.statistics.noise import SEEDS as SEEDS_OF_AN_INTERVAL
from benchmark.statistics.nulls import SAMPLED
from benchmark.statistics.stakes import Choice, Stakes


def smallest_p_across(conditions: int) -> float:
    """The smallest two-sided p of tau over so many conditions.

    >>> smallest_p_across(5)
    0.016666666666666666
    """
    return min(1.0, 2 / factorial(conditions))


def smallest_p_pooled(conditions: Iterable[int], groups: int) -> float:
    """The smallest one-sided p of the pooled tau: by permutations inside suites, and by flips of groups of data.

    >>> smallest_p_pooled([5, 5, 5], groups=2)
    0.25
    """
    shuffled = 1 / prod(factorial(n) for n in conditions)
    return max(shuffled, 1 / (1 + SAMPLED), 0.5**groups)


@dataclass(frozen=True)
class Best:
    """The smallest p of a claim, one-sided and corrected as on the board; None where nothing can be tested.

    `needs` says what would have to be added before the claim can be shown, None where it can be.
    """

    p: float | None
    needs: str | None


@dataclass(frozen=True)
class Power:
    """What each claim can reach, if every tau is 1.

    `orders`: a hypothesis orders the conditions. `beats`: it beats a placebo. `selects`: it tells which of several
    networks of one condition generalizes best, in the suite in which that is shown most easily.
    """

    orders: Best
    beats: Best
    selects: Best


def power(stakes: Stakes) -> Power:
    """What the claims of a plan's board can reach at best, and what is missing."""
    pooled = smallest_p_pooled((len(entry["conditions"]) for entry in stakes.ranked), stakes.groups)
    orders = _best(pooled if stakes.ranked else None, stakes.tests, stakes.groups)
    beats = _best(0.5**stakes.groups, stakes.tests, stakes.groups) if stakes.ranked and stakes.placebos else None
    return Power(orders, beats or Best(None, None), _selection(stakes))


def power_in_words(stakes: Stakes, hypotheses: Sequence[str]) -> list[str]:
    """What can be shown and what cannot, with what would have to be added, and how likely an effect is shown."""
    found = power(stakes)
    either = " or ".join(hypotheses)
    claims = [
        (f"that {either} orders the conditions", found.orders, "one condition in each suite"),
        ("that it beats a placebo", found.beats, "no placebo"),
        ("which of several networks of one condition generalizes best", found.selects, "one network a condition"),
    ]
    shown = [f"  {claim} ({short_p(best.p)})" for claim, best, _ in claims if best.p is not None and best.p <= LEVEL]
    missing = [
        f"  {claim} ({reason if best.p is None else short_p(best.p)}){f': {best.needs}' if best.needs else ''}"
        for claim, best, reason in claims
        if best.p is None or best.p > LEVEL
    ]
    few = sorted({len(entry["seeds"]) for entry in stakes.ranked if len(entry["seeds"]) < SEEDS_OF_AN_INTERVAL})
    if few:
        seeds = " or ".join(map(str, few))
        missing.append(f"  how far tau varies over seeds: that takes {SEEDS_OF_AN_INTERVAL} seeds, here {seeds}")
    nothing = "" if shown else f" nothing at p {short_p(LEVEL)}"
    return [
        f"Can be shown by this plan, unless numbers are tied or missing:{nothing}",
        *shown,
        *(["Cannot be shown by this plan:"] if missing else []),
        *missing,
        f"In brackets: the smallest p that can be reached, one-sided, corrected for "
        f"{counted(stakes.tests, 'test', 'tests')} (hypotheses x kinds of inputs x scopes), selections also for suites",
        *chances_in_words(found, chances(stakes)),
    ]


def chances_in_words(possible: Power, found: Chances) -> list[str]:
    """How likely an effect is shown, for the claims that can be shown at all."""
    lines = []
    if found.orders is not None and _reached(possible.orders):
        lines.append(f"  {share(found.orders)} that a measure of tau {share(TAU)} is shown to order the conditions")
    if found.beats is not None and _reached(possible.beats):
        lines.append(
            f"  {share(found.beats)} that a measure of tau {share(TAU)} is shown to beat a placebo of {share(PLACEBO)}"
        )
    if found.selects_once is not None and _reached(possible.selects):
        each = ", ".join(f"{share(chance)} in {suite}" for suite, chance in found.selects.items())
        once = f", {share(found.selects_once)} in at least one of them" if len(found.selects) > 1 else ""
        lines.append(f"  that a selection at r = {share(SELECTION)} is shown: {each}{once}")
    if not lines:
        return []
    return [f"Power, by {BOARDS} simulated boards (one hypothesis, a given kind of inputs, all corrections):", *lines]


def power_by_suite(stakes: Stakes) -> list[str]:
    """One line for each suite: the smallest p of its tau, and of choosing within a condition, as single tests."""
    longest = max(len(choice.suite) for choice in stakes.choices)
    lines = ["smallest p of a single test (of tau two-sided, within a condition one-sided):"]
    for choice in stakes.choices:
        n = choice.units.conditions
        tau = f"tau {short_p(smallest_p_across(n)):5}" if n > 1 else "no tau    "
        lines.append(f"  {choice.suite:{longest}}  n = {n}, {tau}  {_within_text(choice)}")
    return lines


def short_p(p: float) -> str:
    """A p as on a board.

    >>> short_p(0.0167), short_p(0.00002), short_p(1.0)
    ('.017', '<.001', '1')
    """
    return "<.001" if p < 0.0005 else f"{p:.3f}".lstrip("0") if p < 0.9995 else "1"


def share(value: float) -> str:
    """A probability or a tau in two digits, without a 0 before the point or behind it.

    >>> share(0.8), share(0.914), share(0.998)
    ('.8', '.91', '1')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".").lstrip("0") or "0"


def _reached(best: Best) -> bool:
    return best.p is not None and best.p <= LEVEL


def _best(p: float | None, tests: int, groups: int) -> Best:
    return Best(None if p is None else min(1.0, p * tests), cheapest_addition(p, tests, groups))


def _selection(stakes: Stakes) -> Best:
    """Of the suite in which a selection is shown most easily; where there is nothing to rank, of the first one."""
    known = [(choice.best, choice) for choice in stakes.choices if choice.best is not None]
    if not known:
        first = stakes.choices[0]
        needs = cheapest_addition(None, stakes.tests * first.columns, first.units)
        return Best(None, f"in {first.suite} it {needs}")
    best, choice = min(known, key=lambda one: one[0])
    needs = cheapest_addition(best, stakes.selections, choice.units)
    return Best(min(1.0, best * stakes.selections), f"in {choice.suite} it {needs}" if needs else None)


def _within_text(choice: Choice) -> str:
    if choice.best is None:
        return "within a condition: nothing"
    units = choice.units
    named = f"{units.recipes} recipes" if units.recipes >= FEWEST_RECIPES else f"{units.seeds} seeds"
    grid = (" of a grid" if units.orders is None else " of an uneven grid") if units.grid else ""
    return f"within a condition, {named}{grid}: {short_p(choice.best)}"
