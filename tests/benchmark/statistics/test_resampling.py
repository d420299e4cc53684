"""Scores on resampled recipes against tables that are really copied, and against the scores that are tested."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from benchmark.statistics.panels import across, overall
from benchmark.statistics.ranks import or_nan
from benchmark.statistics.resampling import Panel, Statistic, counted, scores, weights
from benchmark.statistics.selection import selects

STATISTICS: tuple[Statistic, ...] = ("across", "within", "all")


def panel(seed: int, measures: int = 3, conditions: int = 4, recipes: int = 5) -> Panel:
    """Measures and a metric of few values, so that there are ties."""
    generator = np.random.default_rng(seed)
    y = generator.normal(size=(conditions, 1)) + generator.normal(size=recipes)
    x = y + generator.normal(size=(measures, conditions, recipes))
    return Panel((1.5 * x).round(), (2 * y).round())


def shown(own: Panel, statistic: Statistic) -> list[float]:
    """The scores by the functions that test a single measure."""
    functions = {
        "across": lambda x: across(x, own.metric).tau,
        "within": lambda x: selects(x, own.metric, "recipes").tau,
        "all": lambda x: overall(x, own.metric, draws=10).tau,
    }
    return or_nan(functions[statistic](x) for x in own.measures)


def tau_of_copies(x: np.ndarray, y: np.ndarray, drawn: list[int]) -> float:
    """tau over all networks of resampled recipes, pair by pair; no copy is compared with another of its recipe."""
    recipes = x.shape[1]
    copies = [(c, copy, r) for copy, r in enumerate(drawn) for c in range(len(x))]
    pairs = [(a, b) for a, b in combinations(copies, 2) if a[1] == b[1] or a[2] != b[2]]
    crossing = sum(a[2] != b[2] for a, b in pairs)
    scale = recipes * (recipes - 1) / 2 * len(x) ** 2 / crossing if crossing else 0.0
    both = one = other = 0.0
    for a, b in pairs:
        weight = scale if a[2] != b[2] else 1.0
        u, v = (np.sign(side[a[0], a[2]] - side[b[0], b[2]]) for side in (x, y))
        both, one, other = both + weight * u * v, one + weight * abs(u), other + weight * abs(v)
    return float(both / sqrt(one * other))


@pytest.mark.parametrize("statistic", STATISTICS)
def test_as_found_they_are_the_scores_that_are_tested(statistic: Statistic) -> None:
    own = panel(1)
    found = scores(own, statistic, weights(5, draws=3))
    assert found.shape == (4, 3)
    assert found[0] == pytest.approx(shown(own, statistic))
    assert scores(own, statistic, 3 * np.ones((1, 5)))[0] == pytest.approx(found[0])


def test_within_is_that_of_a_table_with_the_recipes_copied() -> None:
    own, drawn = panel(2), [0, 4, 3, 0, 1]
    x, y = own.measures[..., drawn], own.metric[:, drawn]
    expected = [np.mean([stats.kendalltau(*rows).statistic for rows in zip(one, y, strict=True)]) for one in x]
    assert scores(own, "within", np.array([[2.0, 1, 0, 1, 1]]))[0] == pytest.approx(expected)


def test_across_is_the_mean_over_the_recipes_drawn() -> None:
    own = panel(3)
    taus = [[stats.kendalltau(x[:, r], own.metric[:, r]).statistic for r in (0, 0, 3, 4, 3)] for x in own.measures]
    assert scores(own, "across", np.array([[2.0, 0, 0, 2, 1]]))[0] == pytest.approx(np.mean(taus, axis=1))


def test_over_all_networks_copies_of_a_recipe_are_not_compared_with_each_other() -> None:
    own = panel(4)
    for counts in ([2.0, 0, 0, 2, 1], [0, 1, 1, 1, 2], [5, 0, 0, 0, 0]):
        drawn = np.repeat(range(5), np.array(counts, dtype=int)).tolist()
        expected = [tau_of_copies(x, own.metric, drawn) for x in own.measures]
        assert scores(own, "all", np.array([counts]))[0] == pytest.approx(expected)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_resamples_lie_around_what_was_found(statistic: Statistic) -> None:
    """Copies that were compared would pull tau over all networks towards across: here from -.81 to -.63."""
    conditions, recipes = np.arange(4.0)[:, None], np.random.default_rng(5).permutation(8) * 10.0
    y = conditions + recipes
    x = np.stack([conditions - recipes, y + np.random.default_rng(6).normal(0, 20, size=y.shape)])
    found = scores(Panel(x, y), statistic, weights(8))
    assert found[1:].mean(axis=0) == pytest.approx(found[0], abs=0.04)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_what_is_missing_of_one_measure_is_left_out_for_it_alone(statistic: Statistic) -> None:
    own = panel(7)
    holed = own.measures.copy()
    holed[1, 2, 3] = np.nan
    drawn = np.array([[1.0, 1, 1, 1, 1], [2, 0, 1, 1, 1]])

    found = scores(Panel(holed, own.metric), statistic, drawn)

    assert found[:, [0, 2]] == pytest.approx(scores(own, statistic, drawn)[:, [0, 2]])
    assert found[0, 1] == pytest.approx(shown(Panel(holed, own.metric), statistic)[1])
    places = [0, 1, 3] if statistic == "within" else slice(None)
    kept = [0, 1, 2, 3, 4] if statistic == "within" else [0, 1, 2, 4]
    left = Panel(own.measures[:, places][..., kept], own.metric[places][:, kept])
    assert found[1, 1] == pytest.approx(scores(left, statistic, drawn[1:, kept])[0, 1])
    assert counted(Panel(holed, own.metric), statistic).sum(axis=1).tolist() == [5, len(kept), 5]


@pytest.mark.parametrize("statistic", STATISTICS)
def test_a_measure_that_has_no_tau_has_no_score(statistic: Statistic) -> None:
    own = panel(8, measures=2)
    without = Panel(np.stack([own.measures[0], np.ones((4, 5)), np.full((4, 5), np.nan)]), own.metric)
    found = scores(without, statistic, weights(5, draws=20))
    assert np.isfinite(found[0, 0])
    assert np.isnan(found[:, 1:]).all()


def test_a_drawn_recipe_stands_for_one_that_there_is() -> None:
    drawn = weights(16)
    assert drawn.shape == (1001, 16)
    assert (drawn[0] == 1).all()
    assert (drawn.sum(axis=1) == 16).all()
    assert drawn[1:].mean(axis=0) == pytest.approx(np.ones(16), abs=0.12)
    assert drawn[1:].var() == pytest.approx(15 / 16, abs=0.05)


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"measures \(2, 3, 4\) do not fit a metric \(4, 3\)"):
        Panel(np.ones((2, 3, 4)), np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"measures \(3, 4\) do not fit"):
        Panel(np.ones((3, 4)), np.ones((3, 4)))
