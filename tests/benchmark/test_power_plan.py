"""The plan `power` reaches what it says: simulated boards, by the tests behind the claims themselves."""

import numpy as np
import pytest
from scipy.stats import kendalltau

from benchmark.inspection.outlook import stakes_in
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.chances import BOARDS, PLACEBO, SELECTION, TAU, chances, design_of
from benchmark.statistics.claims import Column, Pair, Suite, beats, orders
from benchmark.statistics.power import power
from benchmark.statistics.simulated_boards import board_taus, correlated, taus_of
from benchmark.statistics.stakes import Stakes
from registry import data_folder

ENOUGH = 0.8


@pytest.fixture(scope="module")
def planned() -> Stakes:
    return stakes_in(resolve(read_plan("power"), data_folder()))


def corrected(p: list[float], tests: int) -> float:
    """The first of these p's, where the other tests show nothing."""
    return holm([*p, *[1.0] * (tests - len(p))])[0]


def test_every_claim_can_be_shown_and_is_about_other_networks(planned: Stakes) -> None:
    found = power(planned)
    assert max(found.orders.p, found.beats.p, found.selects.p) <= LEVEL
    assert planned.groups >= 7
    assert all(choice.units.seeds >= 3 for choice in planned.choices)


def test_it_beats_a_placebo_as_often_as_it_says(planned: Stakes) -> None:
    said = chances(planned)
    design, generator = design_of(planned), np.random.default_rng(11)
    ours = board_taus(design, TAU, BOARDS, generator)
    theirs = board_taus(design, PLACEBO, BOARDS, generator)[:, 0]
    shown = 0
    for board in range(BOARDS):
        p = [
            beats([Pair(*row) for row in zip(own, theirs[board], design.data, design.kinds, strict=True)]).p_above
            for own in ours[board]
        ]
        shown += corrected(p, planned.tests) <= LEVEL
    assert shown / BOARDS >= ENOUGH
    assert shown / BOARDS == pytest.approx(said.beats, abs=0.05)
    assert said.orders >= 0.99


def test_it_shows_that_the_conditions_are_ordered(planned: Stakes) -> None:
    generator = np.random.default_rng(12)
    shown = 0
    for _ in range(20):
        suites = []
        for entry in planned.ranked:
            x, y = correlated((1, len(entry["conditions"])), 1, np.sin(np.pi * TAU / 2), generator)
            suites.append(Suite((Column(x[0, 0], y[0, 0]),), entry.get("data_group") or entry["data"]))
        shown += corrected([orders(suites).p_above], planned.tests) <= LEVEL
    assert shown >= 19


def test_it_selects_as_often_as_it_says(planned: Stakes) -> None:
    said = chances(planned).selects
    several = [choice for choice in planned.choices if choice.units.recipes > 2]
    assert len(several) == 2
    for choice in several:
        assert said[choice.suite] >= ENOUGH
        x, y = correlated((BOARDS, choice.units.recipes), 1, SELECTION, np.random.default_rng(13))
        by_board = zip(x[:, 0], y[:, 0], strict=True)
        p = [kendalltau(a, b, method="exact", alternative="greater").pvalue for a, b in by_board]
        shown = np.mean(np.array(p) * planned.selections <= LEVEL)
        assert shown >= ENOUGH
        assert shown == pytest.approx(said[choice.suite], abs=0.05)
    assert taus_of(x, y).mean() == pytest.approx(2 / np.pi * np.arcsin(SELECTION), abs=0.02)
