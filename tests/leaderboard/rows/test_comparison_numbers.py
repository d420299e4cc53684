"""The numbers of two boards side by side: differences with their errors, and orders with their swaps."""

from typing import Any

import numpy as np
import pytest
from made_comparisons import part, run
from scipy import stats

from leaderboard.rows.comparison_numbers import number_rows, order_rows
from leaderboard.rows.comparison_pairs import paired

SHORT = [0.0, 0.5, 1.0]


def numbers(a: Any, b: Any, name: str = "mean-mi") -> list[Any]:
    one, other = part(a), part(b)
    return [row for _, row in number_rows(one, other, paired(one, other)) if row["name"] == name]


def orders(a: Any, b: Any, name: str = "mean-mi") -> list[Any]:
    one, other = part(a), part(b)
    return [row for _, row in order_rows(one, other, paired(one, other)) if row["name"] == name]


def values(made: Any, condition: float) -> list[float]:
    return [
        made[1][cell["key"]]["measures"]["mean-mi"]["value"]
        for cell in made[0]["cells"]
        if cell["work"] == "score" and cell["condition"] == condition
    ]


def with_means(seeds: list[int], means: list[float], noise: float = 0.0) -> Any:
    """A run of one suite whose mean MI has these means, each network at most `noise` away."""
    made = run(seeds, ["colored"], SHORT)
    for cell in made[0]["cells"]:
        if cell["work"] == "score":
            away = noise * (-1) ** seeds.index(cell["seed"])
            made[1][cell["key"]]["measures"]["mean-mi"]["value"] = means[SHORT.index(cell["condition"])] + away
    return made


def test_of_other_seeds_it_is_welchs_difference() -> None:
    a, b = run(range(4), ["colored"], SHORT), run(range(4, 8), ["colored"], SHORT, noise=0.2)
    for row in numbers(a, b):
        one, other = values(a, row["condition"]), values(b, row["condition"])
        assert row["difference"] == pytest.approx(np.mean(one) - np.mean(other))
        assert row["error"] == pytest.approx(np.sqrt(np.var(one, ddof=1) / 4 + np.var(other, ddof=1) / 4))
        assert row["low"] < row["difference"] < row["high"]
        assert (row["paired"], row["seeds_a"], row["seeds_b"], row["about"]) == (False, 4, 4, "conditions")


def test_of_the_same_seeds_and_data_it_is_the_paired_t_test_in_whatever_order_they_are_listed() -> None:
    a, b = run([0, 1, 2], ["colored"], SHORT), run([2, 0, 1], ["colored"], SHORT, noise=0.2, draw=1)
    for row in numbers(a, b):
        one, (third, first, second) = values(a, row["condition"]), values(b, row["condition"])
        expected = stats.ttest_rel(one, [first, second, third]).confidence_interval()
        assert row["paired"]
        assert (row["low"], row["high"]) == pytest.approx(tuple(expected))


def test_with_fewer_than_three_seeds_it_is_about_these_networks() -> None:
    assert {row["about"] for row in numbers(run([0, 1], conditions=SHORT), run([2, 3, 4], conditions=SHORT))} == {
        "networks"
    }


def test_a_metric_stands_once_without_inputs_and_measures_once_for_each() -> None:
    reads = ("evaluation", "in-distribution")
    a, b = run([0], ["colored"], SHORT, inputs=reads), run([1], ["colored"], SHORT, inputs=reads)
    assert [row["inputs"] for row in numbers(a, b, "accuracy")] == [""] * 3
    assert [row["inputs"] for row in numbers(a, b)] == [inputs for inputs in reads for _ in range(3)]


def test_swaps_are_counted_and_those_beyond_noise() -> None:
    """0 1 2 against 1 0 2: one swap of neighbours. With little noise it is beyond that, with much it is not."""
    for noise, beyond in ((0.001, 1), (3.0, 0)):
        (row,) = orders(with_means([0, 1, 2, 3], [0, 1, 2], noise), with_means([4, 5, 6, 7], [1, 0, 2], noise))
        assert (row["n"], row["same_order"], row["swaps"], row["beyond_noise"]) == (3, False, 1, beyond)
        assert row["tau"] == pytest.approx(1 / 3)
        assert row["difference"] == pytest.approx(0.0)


def test_a_whole_reversal_takes_all_swaps_and_a_shift_none() -> None:
    (reversed_,) = orders(with_means([0, 1], [0, 1, 2]), with_means([2, 3], [2, 1, 0]))
    assert (reversed_["swaps"], reversed_["tau"], reversed_["same_order"]) == (3, -1.0, False)
    (shifted,) = orders(with_means([0, 1], [0, 1, 2]), with_means([2, 3], [5, 6, 7]))
    assert (shifted["swaps"], shifted["tau"], shifted["same_order"], shifted["difference"]) == (0, 1.0, True, -5.0)


def test_a_tie_on_one_side_is_another_order_and_no_swap() -> None:
    (row,) = orders(with_means([0, 1], [0, 1, 2]), with_means([2, 3], [0, 1, 1]))
    assert (row["swaps"], row["same_order"]) == (0, False)


def test_one_condition_has_no_order() -> None:
    a, b = run([0], ["colored"], [0.5]), run([1], ["colored"], [0.5])
    (row,) = orders(a, b)
    assert (row["n"], row["tau"], row["same_order"], row["swaps"]) == (1, None, None, None)
