"""The power that a plan says is the one that the tests behind the claims have on simulated boards."""

from typing import Any

import numpy as np
import pytest
from made_boards import entry

from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.chances import (
    PLACEBO,
    SELECTION,
    TAU,
    chances,
    design_of,
    lead_shown,
    ordering_shown,
    selection_shown,
)
from benchmark.statistics.claims import Column, Pair, Suite, beats, orders
from benchmark.statistics.selection import selects
from benchmark.statistics.simulated_boards import board_taus, correlated
from benchmark.statistics.stakes import stakes_of

KINDS = ("heuristic", "example-level")


def plan(suites: int, conditions: int, groups: int, inputs: int = 1, hypotheses: int = 1, **other: Any):
    knob = np.linspace(0, 1, conditions).tolist()
    entries = [entry(f"s{n}", knob, data=f"d{n % groups}", kind=KINDS[n % 2], **other) for n in range(suites)]
    return stakes_of(entries, hypotheses, inputs, 1, 3)


def test_a_measure_is_shown_to_order_where_the_core_shows_it() -> None:
    stakes = plan(6, 4, 5)
    design = design_of(stakes)
    taus = board_taus(design, 0.5, 60, np.random.default_rng(0))
    shown = ordering_shown(design, taus, 1)
    half_steps = np.rint((1 - taus[:, 0]) / 2 * 6).astype(int)  # discordant pairs of 4 models

    def as_found(swaps: int) -> list[int]:
        """An order of four with so many discordant pairs."""
        order: list[int] = []
        for number in range(4):
            back = min(swaps, number)
            order.insert(len(order) - back, number)
            swaps -= back
        return [order.index(number) for number in range(4)]

    alone = [
        orders(
            [Suite((Column(as_found(n), range(4)),), data) for n, data in zip(row, design.data, strict=True)]
        ).p_above
        for row in half_steps
    ]
    assert 0 < shown.sum() < 60
    assert sum(shown != (np.array(alone) <= LEVEL)) <= 1  # a p at .05 by draws may fall on either side


def test_a_measure_is_shown_to_beat_a_placebo_where_the_core_shows_it() -> None:
    design = design_of(plan(7, 5, 7, inputs=2))
    ours = board_taus(design, TAU, 80, np.random.default_rng(0))
    theirs = board_taus(design, PLACEBO, 80, np.random.default_rng(1))[:, 0]
    shown = lead_shown(design, ours, theirs, tests=3)
    for board in range(80):
        p = [
            beats([Pair(*row) for row in zip(own, theirs[board], design.data, design.kinds, strict=True)]).p_above
            for own in ours[board]
        ]
        assert shown[board] == (holm([*p, 1.0])[0] <= LEVEL)
    assert 0 < shown.sum() < 80


@pytest.mark.parametrize(
    ("unit", "other"), [("recipes", {"recipes": "abcdefg"}), ("seeds", {"seeds": [0, 1, 2, 3], "conditions": 3})]
)
def test_a_selection_is_shown_as_often_as_by_the_core(unit: str, other: dict[str, Any]) -> None:
    conditions = other.pop("conditions", 1)
    stakes = plan(1, conditions, 1, **other)
    fast = selection_shown(stakes.choices, stakes, 4000, np.random.default_rng(0)).mean()
    generator, number = np.random.default_rng(1), len(next(iter(other.values())))
    drawn = [correlated((300, number), 1, SELECTION, generator) for _ in range(conditions)]
    slow = np.mean(
        [
            selects([x[board, 0] for x, _ in drawn], [y[board, 0] for _, y in drawn], unit).p_above <= LEVEL
            for board in range(300)
        ]
    )
    assert 0.3 < fast < 0.9
    assert fast == pytest.approx(slow, abs=0.09)  # three standard errors


def test_more_suites_conditions_and_recipes_show_more() -> None:
    few = chances(plan(8, 5, 8, 2, 2, recipes="abcdefgh"))
    longer = chances(plan(8, 11, 8, 2, 2, recipes="abcdefgh"))
    more = chances(plan(12, 5, 12, 2, 2, recipes="abcdefghijklmnop"))
    assert few.beats < longer.beats
    assert few.beats < more.beats
    assert few.selects["s0"] < more.selects["s0"] <= more.selects_once
    shared = chances(plan(8, 5, 5, 2, 2))
    assert (shared.orders, shared.beats, shared.selects) == (0.0, 0.0, {})


def test_what_the_independent_check_found() -> None:
    # sixteen recipes at r = .8 in one and in two suites, two measures and two kinds of inputs
    assert chances(plan(1, 5, 1, 2, 2, recipes="abcdefghijklmnop"), 4000).selects["s0"] == pytest.approx(0.91, abs=0.02)
    two = chances(plan(2, 5, 2, 2, 2, recipes="abcdefghijklmnop"), 4000)
    assert 0.78 < min(two.selects.values()) < 0.9


def test_of_a_grid_the_levels_are_permuted() -> None:
    def found(levels: int) -> float:
        pairs = [(rate, size) for rate in range(levels) for size in range(levels)]
        grid = entry("a", [0.0, 1.0])
        grid["recipes"] = [
            {"label": str(pair), "training": {"learning_rate": pair[0], "batch_size": pair[1]}} for pair in pairs
        ]
        return chances(stakes_of([grid], 2, 2, 1, 3), 40).selects["a"]

    assert found(3) == 0.0  # the best of 36 orders, of four tests
    assert 0.5 < found(4) <= 1.0
