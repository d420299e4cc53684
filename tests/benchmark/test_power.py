"""What so many models can show is what the statistics give for perfect ones."""

from typing import Any

import numpy as np
import pytest
from made_boards import CONDITIONS, entry

from benchmark.agreement import Column, holm, kendall, pooled, sign_test, within_conditions
from benchmark.power import (
    Power,
    power,
    power_by_suite,
    power_in_words,
    smallest_p_across,
    smallest_p_pooled,
    smallest_p_within,
)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8])
def test_across(n: int) -> None:
    assert smallest_p_across(n) == pytest.approx(kendall(range(n), range(n)).p, abs=1e-12)


@pytest.mark.parametrize(("conditions", "recipes", "seeds"), [(3, 4, 1), (5, 8, 2), (5, 1, 2), (2, 2, 3), (1, 1, 5)])
def test_within(conditions: int, recipes: int, seeds: int) -> None:
    unit, units = ("recipes", recipes) if recipes > 2 else ("seeds", seeds)
    perfect = np.tile(np.arange(units, dtype=float), (conditions, 1))
    found = within_conditions(perfect, perfect, unit).p
    assert smallest_p_within(conditions, recipes, seeds) == pytest.approx(found, abs=1e-12)


def test_within_one_network_there_is_nothing_to_rank() -> None:
    assert smallest_p_within(5, 1, 1) is None
    said = words([entry("a", [0, 1])], placebos=0)
    assert "which of two networks trained alike is better (one network a condition)" in said
    assert "that it beats a placebo (no placebo)" in said
    assert "  a  n = 2, tau 1      within a condition: nothing" in said


def test_pooled() -> None:
    found = pooled([[Column(range(n), range(n))] for n in (3, 4)]).p
    expected = smallest_p_pooled([3, 4])
    assert found == pytest.approx(expected, abs=4 * (expected / 100_000) ** 0.5)


def words(entries: list[dict[str, Any]], placebos: int) -> str:
    return "\n".join([*power_in_words(entries, placebos), *power_by_suite(entries)])


def test_the_claims_of_a_board_are_corrected_as_there() -> None:
    entries = [entry(name, CONDITIONS, metrics=["accuracy", "tpr-gap"], seeds=[0, 1]) for name in "abcdefgh"]
    found = power(entries, placebos=3)
    assert found.orders == pytest.approx(2 * smallest_p_pooled([3] * 8))
    assert found.beats == pytest.approx(max(holm([sign_test(8, 0)] * 6)))
    assert found.selects == pytest.approx(max(holm([smallest_p_within(3, 1, 2)] * 32)))
    assert power([entry("a", [0.0])], placebos=3) == Power(None, None, None)
    assert power(entries, placebos=0).beats is None


def test_recipes_are_tested_together_and_seeds_for_each_recipe() -> None:
    together = power([entry("a", CONDITIONS, recipes="pqrs")], placebos=0).selects
    assert together == pytest.approx(2 * smallest_p_within(3, 4, 1))
    alone = power([entry("a", CONDITIONS, recipes="pq", seeds=[0, 1, 2])], placebos=0).selects
    assert alone == pytest.approx(4 * smallest_p_within(3, 2, 3))


def test_what_cannot_be_shown_is_said_before_anything_runs() -> None:
    few = words([entry(name, CONDITIONS, seeds=[0, 1]) for name in "ab"], placebos=3)
    assert few.startswith("At best this plan can show: nothing at p .050.\nIt cannot show: that mean-entropy or ")
    assert "mean-mi orders the conditions (.111); that it beats a placebo (1); which of two networks" in few
    assert "trained alike is better (1); how far tau varies over seeds (that takes 5, here 2)." in few
    assert "  a  n = 3, tau .333   within a condition, 2 seeds: .250" in few
    many = words([entry(name, CONDITIONS, seeds=range(5)) for name in "abcdefghi"], placebos=3)
    assert "cannot show" not in many
    assert "(<.001); that it beats a placebo (.023); which of two networks trained alike is better (<.001)." in many
