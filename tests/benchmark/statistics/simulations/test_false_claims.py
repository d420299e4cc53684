"""Small seeded versions of the tables of false claims, and that they would see a rule that claims too much."""

from dataclasses import replace

import numpy as np
import pytest

from benchmark.statistics.claims import Column, Suite, orders
from benchmark.statistics.simulations.__main__ import main
from benchmark.statistics.simulations.cases import BOARDS, FIELDS
from benchmark.statistics.simulations.conditions import (
    KINDS,
    Board,
    false_leads,
    false_orders,
    leads_claimed,
    orders_claimed,
    simulated,
)
from benchmark.statistics.simulations.selection import Field, false_selections

FEW = 250
# A rate of .06 comes out above it in one of 1,000 runs of so many boards.
MOST = 0.06 + 3.1 * (0.06 * 0.94 / FEW) ** 0.5
BRIEF = (
    "eight suites: trends of random sign",
    "eight suites: smooth humps",
    "pairs of suites that share data (correlation .9): AR(1)",
    "each suite twice: trends",
    "metrics with three values: humps",
    "a suite without a tau: trends",
)
CHEAP = {
    "eight unrelated recipes",
    "a grid of 2 x 2 x 2",
    "three seeds in each condition",
    *(name for name, field in FIELDS.items() if field.there or field.tied),
}


@pytest.mark.parametrize("name", BRIEF)
def test_no_order_and_no_lead_is_claimed_where_there_is_none(name: str) -> None:
    for rates in (
        false_orders(*BOARDS[name], FEW),
        false_leads(*BOARDS[name], FEW),
        false_leads(*BOARDS[name], FEW, 0.0),
    ):
        assert max(rates.above, rates.below) <= MOST


@pytest.mark.parametrize("name", sorted(CHEAP))
def test_no_selection_is_claimed_where_there_is_none(name: str) -> None:
    rates = false_selections(FIELDS[name], FEW)
    assert max(rates.above, rates.below) <= MOST


def test_a_grid_taken_for_unrelated_recipes_claims_too_much() -> None:
    levels = FIELDS["a grid of 2 x 2 x 2"]
    as_recipes = false_selections(Field("recipes", 8, grid=levels.grid), 120)
    assert as_recipes.above > 0.08


def test_an_uneven_grid_can_claim_and_does_so_seldom() -> None:
    field = replace(FIELDS["4 x 4 and one that shares nothing"], hypotheses=1, inputs=1)
    rates = false_selections(field, FEW)
    assert 0 < max(rates.above, rates.below) <= MOST


def test_what_follows_one_setting_smoothly_is_claimed_often_as_the_docs_say() -> None:
    rates = false_selections(FIELDS["a list of eight values of one setting, smooth effects"], 80)
    assert rates.above + rates.below == pytest.approx(0.74, abs=0.16)


def test_suites_that_share_data_taken_for_others_claim_too_much() -> None:
    alike = {"conditions": (5,) * 10, "kinds": KINDS * 5, "alike": 1.0, "inputs": 1, "hypotheses": 1}
    board, apart = Board(data=tuple("aabbccddee"), **alike), Board(data=tuple("abcdefghij"), **alike)
    numbers = simulated(board, "trends of random sign", 400)
    assert orders_claimed(board, numbers, 1).mean() < 0.06 + 3.1 * 0.012
    assert orders_claimed(apart, numbers, 1).mean() > 0.1


def test_suites_on_one_group_of_data_show_nothing() -> None:
    board, shape = BOARDS["eight suites: trends of random sign"]
    numbers = simulated(board, shape, 30)
    found = []
    for one in range(30):
        x, y = [values[one, 0] for values in numbers.measures[0]], [values[one, 0] for values in numbers.metrics]
        # one suite for each group of data that is flipped: none is, but for all of them together
        found.append(orders([Suite((Column(a, b),), "one") for a, b in zip(x, y, strict=True)]))
        assert found[-1].p_above >= 0.5 or found[-1].p_below >= 0.5
    assert orders_claimed(board, numbers, 1).sum() + orders_claimed(board, numbers, -1).sum() <= 4


def test_an_effect_is_claimed() -> None:
    board = Board()
    numbers = simulated(board, "independent", 20, effect=0.7)
    assert orders_claimed(board, numbers, 1).mean() > 0.8
    assert not orders_claimed(board, numbers, -1).any()
    better = simulated(board, "independent", 20, effect=0.9)
    no_placebo = type(better)(better.metrics, better.measures, simulated(board, "independent", 20).placebo)
    assert leads_claimed(board, no_placebo, 1).mean() > 0.5
    turned = type(better)(better.metrics, [[-x for x in one] for one in better.measures], better.placebo)
    assert leads_claimed(board, turned, -1).mean() > 0.8


def test_the_module_prints_its_tables(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmark.statistics.simulations.__main__.ORDERED", ((7, 7, 3),))
    monkeypatch.setattr("benchmark.statistics.simulations.__main__.RANKED", {"5 seeds": {"seeds": list(range(5))}})
    monkeypatch.setattr("benchmark.statistics.simulations.__main__.BOARDS", dict(list(BOARDS.items())[:1]))
    monkeypatch.setattr("benchmark.statistics.simulations.__main__.FIELDS", {"few": Field("seeds", 3, common=0.0)})
    main(20)
    printed = capsys.readouterr().out
    assert printed.count("### ") == 6
    assert "| eight suites: independent " in printed
    assert np.all([f"| 5 seeds  | {suites} " in printed for suites in (1, 2, 8)])
