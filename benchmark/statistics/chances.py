"""How likely a plan shows an effect that is there: by simulated boards.

In: what the plan's claims rest on. Out: probabilities. The p's are those of `benchmark.statistics.claims` and
`benchmark.statistics.selection` on boards without ties, for which the null is known without shuffling.

What is assumed: one hypothesis has the effect and the others show nothing. A suite's metrics and recipes are one
ranking of its conditions, and the effects of recipes are the same in every condition: with less in common there is more
to see. So these are lower bounds, as far as boards are like a Gaussian copula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.keeping import keeping, kept
from benchmark.statistics import LEVEL
from benchmark.statistics.additions import FEWEST_RECIPES
from benchmark.statistics.claims_in_bulk import exchange_p, flip_p
from benchmark.statistics.selection import selects
from benchmark.statistics.simulated_boards import Design, board_taus, correlated, taus_of
from benchmark.statistics.stakes import Choice, Stakes, data_group

BOARDS = 500
TAU, PLACEBO, SELECTION = (
    0.8,
    0.4,
    0.8,
)  # of the measure, of the placebo, and r of measure and metric within a condition
DRAWS = 50_000  # of the null of the pooled tau
FLIPS = 4096  # of groups of data, where there are more

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Chances:
    """The probability that each claim is shown on a given kind of inputs, None where nothing can be tested.

    `orders`: a measure of tau .8 orders the conditions. `beats`: it beats a placebo of tau .4. `selects`: a measure of
    r = .8 in every suite selects, by suite; `selects_once`: in at least one of them.
    """

    orders: float | None
    beats: float | None
    selects: dict[str, float]
    selects_once: float | None


@keeping()
def chances(stakes: Stakes, boards: int = BOARDS) -> Chances:
    """The chances of a plan, by seeded simulated boards.

    Args:
        stakes: What the claims of its board rest on.
        boards: How many boards are simulated.
    """
    orders = beats = None
    if stakes.ranked:
        design = design_of(stakes)
        ours = board_taus(design, TAU, boards, np.random.default_rng(1))
        orders = float(ordering_shown(design, ours, stakes.tests).mean())
        if stakes.placebos:
            theirs = board_taus(design, PLACEBO, boards, np.random.default_rng(2))[:, 0]
            beats = float(lead_shown(design, ours, theirs, stakes.tests).mean())
    open_choices = [choice for choice in stakes.choices if choice.best is not None]
    if not open_choices:
        return Chances(orders, beats, {}, None)
    shown = selection_shown(open_choices, stakes, boards, np.random.default_rng(3))
    by_suite = {choice.suite: float(own) for choice, own in zip(open_choices, shown.mean(axis=0), strict=True)}
    return Chances(orders, beats, by_suite, float(shown.any(axis=1).mean()))


def design_of(stakes: Stakes) -> Design:
    """The suites of simulated boards, as those of the plan."""
    return Design(
        tuple(len(entry["conditions"]) for entry in stakes.ranked),
        tuple(data_group(entry) for entry in stakes.ranked),
        tuple(entry["kind"] for entry in stakes.ranked),
        stakes.inputs,
    )


def ordering_shown(design: Design, taus: Array, tests: int) -> NDArray[np.bool_]:
    """Of each board whether "orders the conditions" is shown on the first kind of inputs.

    Args:
        design: The suites.
        taus: As `board_taus` gives them (boards, inputs, suites).
        tests: For how many tests a claim is corrected.
    """
    null = np.sort(sum(_null_taus(number, n) for number, n in enumerate(design.conditions)))
    by_inputs = []
    for own in np.moveaxis(taus, 1, 0):
        shuffled = 1 - np.searchsorted(null, own.sum(axis=1) - 1e-9) / len(null)
        by_inputs.append(np.maximum(flip_p(own, design.data, FLIPS), np.maximum(shuffled, 1 / DRAWS)))
    return _first_is_shown(np.stack(by_inputs, axis=1), tests)


def lead_shown(design: Design, ours: Array, placebo: Array, tests: int) -> NDArray[np.bool_]:
    """Of each board whether "beats" is shown on the first kind of inputs.

    Args:
        design: The suites.
        ours: The taus of the measure (boards, inputs, suites).
        placebo: Those of the placebo (boards, suites).
        tests: For how many tests a claim is corrected.
    """
    p = [exchange_p(own, placebo, design.data, design.kinds, FLIPS) for own in np.moveaxis(ours, 1, 0)]
    return _first_is_shown(np.stack(p, axis=1), tests)


def selection_shown(
    choices: Sequence[Choice], stakes: Stakes, boards: int, generator: np.random.Generator
) -> NDArray[np.bool_]:
    """Whether a selection is shown on the first kind of inputs, in each of the choices (boards, choices)."""
    p = np.stack([_selection_p(choice, stakes.inputs, boards, generator) for choice in choices], axis=1)
    corrected = _holm(p.reshape(boards, -1), stakes.selections).reshape(p.shape)
    return np.asarray(corrected[:, :, 0] <= LEVEL)


def _selection_p(choice: Choice, inputs: int, boards: int, generator: np.random.Generator) -> Array:
    """One-sided p (boards, inputs) of choosing by a measure of r = .8."""
    units = choice.units
    if choice.levels is not None:
        x, y = correlated((boards, units.recipes), inputs, SELECTION, generator)
        found = [
            [selects(own[None], board[1], "levels", choice.levels).p_above for own in board[0]]
            for board in zip(x, y, strict=True)
        ]
        return np.array(found, dtype=np.float64)
    together = units.recipes >= FEWEST_RECIPES
    ranked, conditions = (units.recipes, 1) if together else (units.seeds, units.conditions)
    drawn = [correlated((boards, ranked), inputs, SELECTION, generator) for _ in range(conditions)]
    concordant = sum(np.rint((taus_of(x, y) + 1) / 2 * comb(ranked, 2)).astype(int) for x, y in drawn)
    return np.asarray(_upper_tail(ranked, conditions)[concordant])


@kept(most=64)
def _orders_by_concordance(n: int) -> Array:
    """Of all orders of n numbers the share that has 0, 1, ... concordant pairs (Kendall 1938)."""
    shares = np.ones(1)
    for more in range(2, n + 1):
        shares = np.convolve(shares, np.full(more, 1 / more))
    return shares


@kept(most=64)
def _upper_tail(n: int, conditions: int) -> Array:
    """The one-sided p of 0, 1, ... concordant pairs in so many conditions of n units each, shuffled independently."""
    shares = np.ones(1)
    for _ in range(conditions):
        shares = np.convolve(shares, _orders_by_concordance(n))
    return np.minimum(1.0, np.cumsum(shares[::-1])[::-1])


@kept(most=64)
def _null_taus(suite: int, n: int) -> Array:
    """Seeded taus (DRAWS,) of the shuffled models of a suite."""
    shares = _orders_by_concordance(n)
    concordant = np.random.default_rng((0, suite)).choice(len(shares), DRAWS, p=shares / shares.sum())
    return 2 * concordant / comb(n, 2) - 1


def _first_is_shown(p: Array, tests: int) -> NDArray[np.bool_]:
    """Of p's (boards, inputs) of one measure whether the first is up to .05, corrected for so many tests."""
    return np.asarray(_holm(p, tests)[:, 0] <= LEVEL)


def _holm(p: Array, tests: int) -> Array:
    """p's (boards, own) corrected for so many tests, of which the others have a p of 1 (Holm 1979).

    >>> _holm(np.array([[0.01, 0.04]]), 4).tolist()
    [[0.04, 0.12]]
    """
    order = np.argsort(p, axis=1)
    factors = tests - np.arange(p.shape[1])
    highest = np.maximum.accumulate(np.take_along_axis(p, order, axis=1) * factors, axis=1)
    corrected = np.empty_like(p)
    np.put_along_axis(corrected, order, np.minimum(1.0, highest), axis=1)
    return corrected
