"""What so many models can show is what the statistics give for perfect ones."""

import numpy as np
import pytest
from made_boards import entry

from benchmark.agreement import Column, kendall, pooled, within_conditions
from benchmark.power import power_lines, smallest_p_across, smallest_p_pooled, smallest_p_within


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
    assert any("within: nothing" in line for line in power_lines([entry("a", [0, 1])], placebos=0))


def test_pooled() -> None:
    found = pooled([[Column(range(n), range(n))] for n in (3, 4)]).p
    expected = smallest_p_pooled([3, 4])
    assert found == pytest.approx(expected, abs=4 * (expected / 100_000) ** 0.5)


def test_what_cannot_be_shown_is_said_before_anything_runs() -> None:
    lines = "\n".join(power_lines([entry(name, [0, 0.5, 1], seeds=[0, 1]) for name in "ab"], placebos=3))
    assert "a, b: n = 3: tau 1 has p 0.33; within, 2 seeds in 3 conditions: 0.25" in lines
    assert "pooled tau, corrected for 2 measures: 0.11: cannot be shown at 0.05" in lines
    assert "beats a placebo, corrected for 6 tests: 1: cannot be shown at 0.05" in lines
    assert "no interval of tau over 2 seeds: it takes 5" in lines
    entries = [entry(name, [0, 0.5, 1], seeds=range(5)) for name in "abcdefgh"]
    many = "\n".join(power_lines(entries, placebos=3))
    assert "cannot be shown" not in many
    assert "no interval" not in many
