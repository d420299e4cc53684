"""What a plan can show is what the tests behind the claims give for perfect measures."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from made_boards import CONDITIONS, entry

from benchmark.statistics.agreement import holm, kendall
from benchmark.statistics.chances import BOARDS, Chances
from benchmark.statistics.claims import Column, Pair, Suite, beats, orders
from benchmark.statistics.power import (
    Best,
    chances_in_words,
    power,
    power_by_suite,
    power_in_words,
    share,
    smallest_p_across,
    smallest_p_pooled,
)
from benchmark.statistics.selection import selects
from benchmark.statistics.stakes import stakes_of

NAMES = ("mean-entropy", "mean-mi")
GRID = [{"learning_rate": rate, "batch_size": size} for rate, size in product((1e-3, 2e-3, 3e-3, 4e-3), (8, 16, 32))]


def made(entries: Sequence[dict[str, Any]], inputs: int = 1, placebos: int = 3):
    return stakes_of(entries, len(NAMES), inputs, 1, placebos)


def words(entries: Sequence[dict[str, Any]], placebos: int = 3, inputs: int = 1) -> str:
    stakes = made(entries, inputs, placebos)
    return "\n".join([*power_in_words(stakes, NAMES), *power_by_suite(stakes)])


def on_other_data(number: int, conditions: Sequence[float] = CONDITIONS, **other: Any) -> list[dict[str, Any]]:
    return [entry(name, conditions, data=name, **other) for name in "abcdefghijklmnop"[:number]]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8])
def test_across(n: int) -> None:
    assert smallest_p_across(n) == pytest.approx(kendall(range(n), range(n)).p, abs=1e-12)


@pytest.mark.parametrize(("conditions", "groups"), [([3, 4], 2), ([2, 2], 2), ([5] * 8, 8), ([5] * 8, 5), ([5], 1)])
def test_pooled(conditions: list[int], groups: int) -> None:
    suites = [Suite((Column(range(n), range(n)),), str(number % groups)) for number, n in enumerate(conditions)]
    assert smallest_p_pooled(conditions, groups) == pytest.approx(orders(suites).best, abs=1e-12)


def test_the_claims_of_a_board_are_corrected_as_there() -> None:
    entries = on_other_data(8, metrics=["accuracy", "tpr-gap"], seeds=[0, 1, 2])
    found = power(made(entries, inputs=2))
    up = Column(range(3), range(3))
    ordered = orders([Suite((up, up), name) for name in "abcdefgh"]).best
    assert found.orders == Best(pytest.approx(max(holm([ordered] * 4))), None)
    ahead = beats([Pair(1.0, 0.0, name, "heuristic") for name in "abcdefgh"]).p_above
    assert found.beats == Best(pytest.approx(max(holm([ahead] * 4))), None)
    perfect = np.tile(np.arange(3.0), (3, 1))
    own = selects(perfect, perfect, "seeds").best
    assert found.selects.p == pytest.approx(max(holm([own] * (8 * 2 * 4))))
    assert found.selects.needs == "in a it needs 4 seeds in each condition, here 3: one more"


def test_suites_that_share_data_count_once() -> None:
    entries = [entry(name, CONDITIONS, data=name[0], data_group="digits" if name < "c" else None) for name in "abcdef"]
    found = power(made(entries))
    assert found.orders == Best(pytest.approx(2 / 2**5), "needs 6 groups of data, here 5: one more suite on other data")
    assert power(made([*entries, entry("g", CONDITIONS, data="g")])).orders == Best(pytest.approx(2 / 2**6), None)


def test_what_cannot_be_tested_has_no_p() -> None:
    found = power(made([entry("a", [0.0])]))
    assert (found.orders.p, found.beats.p, found.selects.p) == (None, None, None)
    assert power(made(on_other_data(3), placebos=0)).beats == Best(None, None)
    assert "that it beats a placebo (no placebo)\n" in words(on_other_data(3), placebos=0)
    said = words([entry("a", [0, 1])])
    assert "generalizes best (one network a condition): in a it needs" in said
    assert "  a  n = 2, tau 1      within a condition: nothing" in said
    assert "Power" not in said


def test_recipes_are_tested_together_and_seeds_for_each_recipe() -> None:
    together = power(made([entry("a", CONDITIONS, recipes="pqrs")])).selects.p
    assert together == pytest.approx(2 / 24)
    alone = power(made([entry("a", CONDITIONS, recipes="pq", seeds=[0, 1, 2])])).selects.p
    assert alone == pytest.approx(4 / 6**3)


def test_of_a_grid_the_levels_count() -> None:
    rows = [{"label": str(number), "training": training} for number, training in enumerate(GRID)]
    grid = entry("a", CONDITIONS)
    grid["recipes"] = rows
    perfect = np.arange(12.0)[None]
    stakes = made([grid])
    assert stakes.choices[0].best == pytest.approx(selects(perfect, perfect, "levels", stakes.choices[0].levels).best)
    assert power(stakes).selects == Best(pytest.approx(2 / (24 * 6)), None)
    assert "within a condition, 12 recipes of a grid: .007" in words([grid])
    small = {**grid, "recipes": [row for row in rows if row["training"]["batch_size"] < 32][:4]}
    assert (
        power(made([small])).selects.needs
        == "in a it needs 5 unrelated recipes, here a grid of 4: five drawn ones instead"
    )


def test_an_uneven_grid_says_why_it_can_show_nothing() -> None:
    uneven = entry("a", CONDITIONS) | {
        "recipes": [{"label": str(number), "training": training} for number, training in enumerate(GRID[:11])]
    }
    found = power(made([uneven])).selects
    assert found.p == pytest.approx(2 / (6 * 2))
    assert found.needs == (
        "in a it needs 5 unrelated recipes, here an uneven grid of 11, whose levels allow twelve orders: "
        "five drawn ones instead"
    )
    assert "within a condition, 11 recipes of an uneven grid: .083" in words([uneven])


def test_what_cannot_be_shown_is_said_with_what_is_missing() -> None:
    few = words([entry(name, CONDITIONS, seeds=[0, 1]) for name in "ab"])
    assert few.startswith(
        "Can be shown by this plan, unless numbers are tied or missing: nothing at p .050\n"
        "Cannot be shown by this plan:\n"
        "  that mean-entropy or mean-mi orders the conditions (1): "
        "needs 6 groups of data, here 1: five more suites on other data\n"
        "  that it beats a placebo (1): needs 6 groups of data, here 1: five more suites on other data\n"
        "  which of several networks of one condition generalizes best (.500): "
        "in a it needs 3 seeds in each condition, here 2: one more\n"
        "  how far tau varies over seeds: that takes 5 seeds, here 2\n"
    )
    assert "  a  n = 3, tau .333   within a condition, 2 seeds: .125" in few
    many = words(on_other_data(9, seeds=range(5)))
    assert "Cannot" not in many
    assert "  that mean-entropy or mean-mi orders the conditions (.004)\n  that it beats a placebo (.004)\n" in many
    assert f"Power, by {BOARDS} simulated boards" in many


def test_power_is_said_of_what_can_be_shown_alone() -> None:
    found = Chances(0.991, 0.42, {"a": 0.9, "b": 0.8}, 0.95)
    everything = power(made(on_other_data(8, seeds=range(5))))
    assert chances_in_words(everything, found)[1:] == [
        "  .99 that a measure of tau .8 is shown to order the conditions",
        "  .42 that a measure of tau .8 is shown to beat a placebo of .4",
        "  that a selection at r = .8 is shown: .9 in a, .8 in b, .95 in at least one of them",
    ]
    nothing = power(made(on_other_data(3)))
    assert chances_in_words(nothing, found) == []
    assert (share(1.0), share(0.0), share(0.05)) == ("1", "0", ".05")
