"""How often a measure without an effect is claimed to order the conditions, or to beat a placebo that is as good.

In: a board's suites and the shape of the measures. Out: the share of boards that claim anything, in each direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.keeping import keeping
from benchmark.statistics import LEVEL
from benchmark.statistics.claims import Column, Duel, Ordering, Pair, Suite, beats, orders
from benchmark.statistics.claims_in_bulk import exchange_p, flip_p
from benchmark.statistics.ranks import pair_signs, taus_b
from benchmark.statistics.simulations.shapes import SHAPES, Array
from registry import Kind

HYPOTHESES = 2
ALIKE = 0.9  # correlation of a measure on two kinds of inputs, and in suites that share data
METRICS_ALIKE = 0.7  # of the metrics of one suite
EFFECT = 0.6  # tau of a measure and of a placebo that are as good as each other
KINDS: tuple[Kind, ...] = ("heuristic", "example-level")


@dataclass(frozen=True)
class Board:
    """The suites of a board, and what is odd about them.

    Of each suite the number of conditions, the group of data and the kind of memorization; `metrics` in each suite,
    each rounded so that `levels` values are left (0: not rounded), and the suites that are `undefined` since their
    metric is constant. `tests` are hypotheses x kinds of inputs x scopes.
    """

    conditions: tuple[int, ...] = (5,) * 8
    data: tuple[str, ...] = tuple("abcdefgh")
    kinds: tuple[str, ...] = KINDS * 4
    metrics: int = 1
    levels: int = 0
    undefined: tuple[int, ...] = ()
    alike: float = ALIKE
    inputs: int = 2
    scopes: int = 1
    hypotheses: int = HYPOTHESES

    @property
    def reads(self) -> int:
        """In how many ways each hypothesis is computed: kinds of inputs x scopes."""
        return self.inputs * self.scopes

    @property
    def tests(self) -> int:
        """For how many tests a claim is corrected."""
        return self.hypotheses * self.reads


@dataclass(frozen=True)
class Rates:
    """The share of boards with a false claim, of the direction that is declared and of the other."""

    above: float
    below: float


@dataclass(frozen=True)
class Numbers:
    """What stands on simulated boards: for each suite its metrics (boards, metrics, n), turned so that more is better.

    `measures` has each hypothesis, and for each suite its values (boards, reads, n); `placebo` those of a placebo.
    """

    metrics: list[Array]
    measures: list[list[Array]]
    placebo: list[Array]


def simulated(board: Board, shape: str, boards: int, effect: float = 0.0, seed: int = 0) -> Numbers:
    """Boards on which the measures and the placebo have this shape, and follow the metric by a tau of about `effect`.

    Args:
        board: The suites.
        shape: A name of `shapes.SHAPES`.
        boards: How many.
        effect: 0 for measures that know nothing of the metric.
        seed: Of the random numbers.
    """
    generator = np.random.default_rng(seed)
    metrics = _metrics(board, boards, generator)
    *measures, placebo = (_measure(board, shape, boards, generator, effect) for _ in range(board.hypotheses + 1))
    return Numbers(metrics, measures, [values[:, :1] for values in placebo])


def false_orders(board: Board, shape: str, boards: int, seed: int = 0) -> Rates:
    """How often measures without an effect are claimed to order the conditions, or to point the other way.

    Args:
        board: The suites.
        shape: How the measures run along the knob: a name of `shapes.SHAPES`.
        boards: How many are simulated.
        seed: Of the random numbers.
    """
    numbers = simulated(board, shape, boards, seed=seed)
    return Rates(*(float(orders_claimed(board, numbers, side).mean()) for side in (1, -1)))


def false_leads(board: Board, shape: str, boards: int, effect: float = EFFECT, seed: int = 0) -> Rates:
    """How often a measure is claimed to beat a placebo that is as good as it is, or to be beaten by it.

    Args:
        board: The suites.
        shape: How measures and placebo run along the knob: a name of `shapes.SHAPES`.
        boards: How many are simulated.
        effect: The tau with which measures and placebo follow the metric.
        seed: Of the random numbers.
    """
    numbers = simulated(board, shape, boards, effect, seed)
    return Rates(*(float(leads_claimed(board, numbers, side).mean()) for side in (1, -1)))


@keeping()
def orders_claimed(board: Board, numbers: Numbers, side: int) -> NDArray[np.bool_]:
    """Of each board whether any measure is claimed to order its conditions; the other way where `side` is -1."""
    taus = _all_taus(board, numbers)
    limit = LEVEL / board.tests
    passed = (flip_p(side * taus.reshape(-1, taus.shape[-1]), board.data) <= limit).reshape(taus.shape[:-1])
    for place in map(tuple, np.argwhere(passed)):
        one, which, read = place
        x, y = [values[one, read] for values in numbers.measures[which]], [values[one] for values in numbers.metrics]
        passed[place] = _of_side(orders(_suites(board, x, y)), side) <= limit
    return np.asarray(passed.any(axis=(1, 2)))


@keeping()
def leads_claimed(board: Board, numbers: Numbers, side: int) -> NDArray[np.bool_]:
    """Of each board whether any measure is claimed to beat the placebo; to be beaten by it where `side` is -1."""
    taus = _all_taus(board, numbers)
    theirs = np.broadcast_to(_taus(numbers.placebo, numbers.metrics)[:, None], taus.shape)
    limit = LEVEL / board.tests
    ours, other = (one.reshape(-1, taus.shape[-1]) for one in (taus, theirs))
    passed = (exchange_p(ours, other, board.data, board.kinds, side=side) <= limit).reshape(taus.shape[:-1])
    for place in map(tuple, np.argwhere(passed)):
        pairs = [Pair(*row) for row in zip(taus[place], theirs[place], board.data, board.kinds, strict=True)]
        defined = [pair for number, pair in enumerate(pairs) if number not in board.undefined]
        passed[place] = _of_side(beats(defined), side) <= limit
    return np.asarray(passed.any(axis=(1, 2)))


def _all_taus(board: Board, numbers: Numbers) -> Array:
    """The taus (boards, hypotheses, reads, suites)."""
    return np.stack([_taus(measure, numbers.metrics) for measure in numbers.measures], axis=1)


def _of_side(found: Ordering | Duel, side: int) -> float:
    """The p of one direction."""
    p = found.p_above if side > 0 else found.p_below
    return 1.0 if p is None else p


def _metrics(board: Board, boards: int, generator: np.random.Generator) -> list[Array]:
    """For each suite its metrics (boards, metrics, n): they fall along the knob."""
    found = []
    for suite, n in enumerate(board.conditions):
        common, own = (generator.normal(size=(boards, number, n)) for number in (1, board.metrics))
        alike = METRICS_ALIKE if board.metrics > 1 else 1.0
        falling = _mixed(-np.sort(common), own, alike)
        if board.levels:
            low, high = falling.min(axis=-1, keepdims=True), falling.max(axis=-1, keepdims=True)
            falling = np.rint((falling - low) / (high - low) * (board.levels - 1))
        found.append(np.zeros_like(falling) if suite in board.undefined else falling)
    return found


def _measure(board: Board, shape: str, boards: int, generator: np.random.Generator, effect: float = 0.0) -> list[Array]:
    """For each suite a measure (boards, reads, n), alike in suites that share data and however it is read."""
    longest = max(board.conditions)
    groups = {name: _read(board, shape, (boards, longest), generator) for name in dict.fromkeys(board.data)}
    rho = sin(pi * effect / 2)
    found = []
    for n, name in zip(board.conditions, board.data, strict=True):
        at = np.rint(np.linspace(0, longest - 1, n)).astype(int)
        noise = groups[name][..., at]
        if board.data.count(name) > 1 and board.alike < 1:
            noise = _mixed(noise, _read(board, shape, (boards, n), generator), board.alike)
        found.append(sqrt(1 - rho**2) * noise - rho * np.linspace(-1.5, 1.5, n) if effect else noise)
    return found


def _read(board: Board, shape: str, size: tuple[int, int], generator: np.random.Generator) -> Array:
    """A series (boards, reads, n) for each way in which a measure is read."""
    boards, n = size
    common = SHAPES[shape]((boards, 1, n), generator)
    return _mixed(common, SHAPES[shape]((boards, board.reads, n), generator), ALIKE)


def _mixed(common: Array, own: Array, alike: float) -> Array:
    return np.asarray(sqrt(alike) * common + sqrt(1 - alike) * own)


def _taus(measure: Sequence[Array], metrics: Sequence[Array]) -> Array:
    """The mean tau (boards, reads, suites) over a suite's metrics; 0 where it is undefined, which changes no flip."""
    columns = []
    for x, y in zip(measure, metrics, strict=True):
        taus = taus_b(pair_signs(x)[:, :, None], pair_signs(y)[:, None])  # (boards, reads, metrics)
        known = np.isfinite(taus)
        total, count = np.where(known, taus, 0.0).sum(axis=-1), known.sum(axis=-1)
        columns.append(np.divide(total, count, out=np.zeros_like(total), where=count > 0))
    return np.stack(columns, axis=-1)


def _suites(board: Board, measure: Sequence[Array], metrics: Sequence[Array]) -> list[Suite]:
    """One board as the core reads it: measure (n,) and metrics (metrics, n) of each suite."""
    return [
        Suite(tuple(Column(x, one) for one in y), data) for x, y, data in zip(measure, metrics, board.data, strict=True)
    ]
