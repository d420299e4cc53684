"""The p of every difference: against exchanges that are carried out by hand, on whole runs."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from made_comparisons import part, run
from scipy import stats

from leaderboard.rows.comparison_exchange import Exchanged, exchange, taus
from leaderboard.rows.comparison_pairs import Pair, paired
from leaderboard.rows.comparison_taus import directions

SHORT = [0.0, 0.5, 1.0]
BETTER = {"accuracy": True}


def found_of(a: Any, b: Any, drawn: int = 2000) -> Exchanged:
    one, other = part(a), part(b)
    return exchange(paired(one, other), directions(one, other), BETTER, drawn)


def values(made: Any, name: str, condition: float, suite: str = "colored") -> list[float]:
    """A number of each network of a condition, by seed."""
    cells = [cell for cell in made[0]["cells"] if cell["work"] == "score" and cell["condition"] == condition]
    kind = "metrics" if name == "accuracy" else "measures"
    return [made[1][cell["key"]][kind][name]["value"] for cell in cells if cell["key"].startswith(f"{suite}.")]


def table(a: Any, b: Any, name: str) -> np.ndarray:
    """A number of all networks (units, conditions), those of A first."""
    return np.array([[*values(a, name, one), *values(b, name, one)] for one in SHORT]).T


def splits(units: int, of_a: int) -> list[list[int]]:
    return [list(chosen) for chosen in combinations(range(units), of_a)]


def test_the_p_of_a_number_is_that_of_all_splits_by_hand() -> None:
    a, b = run(range(3), ["colored"], SHORT, shift=0.05), run(range(3, 6), ["colored"], SHORT)
    networks = table(a, b, "mean-mi")[:, 1]
    gaps = [networks[one].mean() - np.delete(networks, one).mean() for one in splits(6, 3)]
    expected = np.mean(np.abs(gaps) >= abs(gaps[0]) - 1e-12)
    assert found_of(a, b).found["number", 0, 0, 0.5, ("measure", "mean-mi")][0] == pytest.approx(expected)


def test_the_p_of_a_mean_over_the_conditions_moves_all_networks_of_a_seed_together() -> None:
    a, b = run(range(2), ["colored"], SHORT), run(range(2, 5), ["colored"], SHORT)
    networks = table(a, b, "accuracy").mean(axis=1)
    gaps = np.array([networks[one].mean() - np.delete(networks, one).mean() for one in splits(5, 2)])
    away = np.abs(gaps - gaps.mean())
    expected = np.mean(away >= away[0] - 1e-12)
    assert found_of(a, b).found["mean", 0, 0, ("metric", "accuracy")][0] == pytest.approx(expected)


def test_the_p_of_a_tau_moves_measure_and_metric_together() -> None:
    a, b = run(range(3), ["colored"], SHORT, noise=0.3), run(range(3, 6), ["colored"], SHORT, noise=0.3, draw=6)
    x, y = table(a, b, "mean-mi"), table(a, b, "accuracy")

    def tau(units: list[int]) -> float:
        return float(stats.kendalltau(x[units].mean(axis=0), y[units].mean(axis=0)).statistic)

    gaps = np.array([tau(one) - tau([u for u in range(6) if u not in one]) for one in splits(6, 3)])
    expected = np.mean(np.abs(gaps) >= abs(gaps[0]) - 1e-12)
    assert gaps[0] != 0
    assert found_of(a, b).found["tau", 0, 0, "accuracy", "mean-mi"][0] == pytest.approx(expected)


def test_pairs_change_sides_by_themselves() -> None:
    a, b = run(range(3), ["colored"], SHORT), run(range(3), ["colored"], SHORT, noise=0.2, draw=1)
    found = found_of(a, b)
    away = np.array(values(a, "mean-mi", 0.5)) - np.array(values(b, "mean-mi", 0.5))
    signs = np.array(np.meshgrid(*[[1, -1]] * 3)).reshape(3, -1)
    means = away @ signs / 3
    assert (found.exchanges, found.exact, found.pairs, found.pools) == (8, True, 3, 0)
    expected = np.mean(np.abs(means) >= abs(away.mean()) - 1e-12)
    assert found.found["number", 0, 0, 0.5, ("measure", "mean-mi")][0] == pytest.approx(expected)


def test_all_suites_together_can_show_what_none_can_alone() -> None:
    """Two and two seeds of eight suites: each alone has six exchanges, together they have a million."""
    suites = [f"colored-{number}" for number in range(8)]
    a, b = run([0, 1], suites, SHORT), run([2, 3], suites, SHORT)
    for record in a[1].values():
        if "measures" in record:
            record["measures"]["mean-mi"]["value"] += 0.3
    found = found_of(a, b)
    assert set(found.best_of_group) == {2 / 6}
    assert not found.exact
    assert found.exchanges == 2001
    assert found.p is not None
    assert found.p <= 0.01
    assert found.found["means", "evaluation", "tap", ("measure", "mean-mi")][1] == found.p
    assert found.found["mean", 0, 0, ("measure", "mean-mi")][0] == pytest.approx(1 / 3, abs=0.05)
    value, count = found.of_all["means", "evaluation", "tap", ("measure", "mean-mi")]
    assert count == 8
    assert value > 1


def test_of_all_suites_each_counts_as_much_however_many_recipes_it_has() -> None:
    """The p of the pooled tau is that of the mean over two suites, where the first has the mean over two recipes."""
    a, b = (
        run(seeds, ["colored", "leaky"], SHORT, noise=0.3, recipes={"slow": {}, "fast": {}})
        for seeds in ([0, 1], [2, 3])
    )
    for made in (a, b):
        made[0]["entries"][1]["recipes"] = [{"label": "slow", "training": {}}]
        made[0]["cells"] = [one for one in made[0]["cells"] if not (one["entry"] == 1 and one["recipe"] == "fast")]

    def tau(suite: str, recipe: str, units: list[int]) -> float:
        x, y = (
            [
                np.mean(
                    [
                        m[1][f"{suite}.{c}{recipe}.s{s}-00.0.evaluation"][kind][name]["value"]
                        for s, m in every
                        if s in units
                    ]
                )
                for c in SHORT
            ]
            for kind, name in (("measures", "mean-mi"), ("metrics", "accuracy"))
        )
        return -float(stats.kendalltau(x, y).statistic)

    every = [(0, a), (1, a), (2, b), (3, b)]
    ways = splits(4, 2)

    def gap(suite: str, recipe: str, one: list[int]) -> float:
        return tau(suite, recipe, one) - tau(suite, recipe, [unit for unit in range(4) if unit not in one])

    gaps = np.array(
        [
            [
                ((gap("colored", "slow", one) + gap("colored", "fast", one)) / 2 + gap("leaky", "slow", other)) / 2
                for other in ways
            ]
            for one in ways
        ]
    )
    assert gaps[0, 0] != 0
    expected = np.mean(np.abs(gaps) >= abs(gaps[0, 0]) - 1e-12)
    found = found_of(a, b).found["taus", "evaluation", "tap", ("measure", "mean-mi")]
    assert found[0] == pytest.approx(expected)


def test_a_metric_counts_once_whatever_the_inputs() -> None:
    reads = ("evaluation", "in-distribution")
    a, b = run(range(2), ["colored"], SHORT, inputs=reads), run(range(2, 4), ["colored"], SHORT, inputs=reads)
    keys = found_of(a, b).found
    assert ("number", 0, 0, 0.5, ("metric", "accuracy")) in keys
    assert ("number", 0, 1, 0.5, ("metric", "accuracy")) not in keys
    assert ("number", 0, 1, 0.5, ("measure", "mean-mi")) in keys
    assert ("tau", 0, 1, "accuracy", "mean-mi") in keys


def test_a_placebo_has_no_direction_and_so_no_tau_of_all_suites() -> None:
    keys = found_of(run(range(2), conditions=SHORT), run(range(2, 4), conditions=SHORT)).found
    assert ("taus", "evaluation", "tap", ("measure", "mean-mi")) in keys
    assert ("taus", "evaluation", "tap", ("measure", "random")) not in keys


def test_networks_that_cannot_change_sides_show_nothing() -> None:
    resolved, records = run([0], ["colored"], SHORT)
    resolved["cells"] = [cell for cell in resolved["cells"] if cell["condition"] != 1.0]
    found = found_of(run([1], ["colored"], SHORT), (resolved, records))
    assert (found.exchanges, found.best, found.p) == (1, 1.0, 1.0)


def test_taus_are_those_of_scipy_with_ties_and_over_the_conditions_that_both_have() -> None:
    generator = np.random.default_rng(0)
    x, y = (
        generator.integers(0, 4, size=(6, 5, 3)).astype(float),
        generator.integers(0, 4, size=(6, 5, 2)).astype(float),
    )
    x[:, 2, 1] = np.nan
    y[:, 4, 0] = np.nan
    found = taus(x, y)
    for draw in range(6):
        for i in range(3):
            for j in range(2):
                there = np.isfinite(x[draw, :, i]) & np.isfinite(y[draw, :, j])
                expected = stats.kendalltau(x[draw, there, i], y[draw, there, j]).statistic
                assert found[draw, i, j] == pytest.approx(expected, nan_ok=True)


def test_one_suite_has_no_row_of_all_suites() -> None:
    found = found_of(run(range(2), ["colored"], SHORT), run(range(2, 4), ["colored"], SHORT))
    assert not {key[0] for key in found.found} & {"taus", "means"}
    assert found.of_all == {}


def test_no_pairs_of_suites_have_no_p() -> None:
    pairs: list[Pair] = []
    assert exchange(pairs, {}, BETTER).p is None
