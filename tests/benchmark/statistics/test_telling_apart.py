"""Measures told apart: against the paired t test, on measures that are equally good, and the groups of a ranking."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from benchmark.statistics.agreement import holm
from benchmark.statistics.resampling import Panel, Statistic, weights
from benchmark.statistics.telling_apart import Comparison, compare, compared, groups

STATISTICS: tuple[Statistic, ...] = ("across", "within", "all")


def panels(
    generator: np.random.Generator, measures: int, suites: int, signal: float = 0.7, recipes: int = 16
) -> list[Panel]:
    """Measures that follow the metric equally well, each with recipes' effects of its own; conditions are the same."""
    conditions = np.linspace(0, 2, 4)[:, None]
    made = []
    for _ in range(suites):
        effects = generator.normal(size=recipes)
        y = conditions + effects + 0.3 * generator.normal(size=(4, recipes))
        own = generator.normal(size=(measures, 1, recipes))
        made.append(Panel(conditions + signal * effects + own + 0.8 * generator.normal(size=(measures, 4, recipes)), y))
    return made


def of_means(contributions: np.ndarray, draws: int = 4000) -> Comparison:
    """Measures compared by the means of what each unit contributes (measures, units)."""
    measures, units = contributions.shape
    resampled = weights(units, draws) @ contributions.T / units
    return compared(resampled[:, :, None], np.full((measures, measures), units))


def test_of_means_over_units_it_is_the_paired_t_test() -> None:
    generator = np.random.default_rng(1)
    contributions = generator.normal(size=(3, 12)) + generator.normal(size=12) + [[0.0], [0.5], [1.0]]

    found = of_means(contributions)

    for one, other in combinations(range(3), 2):
        test = stats.ttest_rel(contributions[one], contributions[other])
        assert found.difference[one, other] == pytest.approx(np.mean(contributions[one] - contributions[other]))
        expected = found.difference[one, other] / test.statistic
        assert found.error[one, other] == pytest.approx(expected, rel=0.05)
        assert np.log(found.p[one, other]) == pytest.approx(np.log(test.pvalue), rel=0.1)
    assert found.score == pytest.approx(contributions.mean(axis=1))


def test_every_pair_counts_once_in_the_correction() -> None:
    ahead = np.array([[0], [0.5], [1], [3]])
    found = of_means(np.random.default_rng(2).normal(size=(4, 9)) + ahead)
    pairs = list(combinations(range(4), 2))
    assert [found.corrected[pair] for pair in pairs] == holm([float(found.p[pair]) for pair in pairs])
    assert (found.corrected == found.corrected.T)[~np.eye(4, dtype=bool)].all()
    assert (found.difference == -found.difference.T).all()
    assert np.isnan(found.corrected.diagonal()).all()
    assert (found.differs == (found.corrected <= 0.05)).all()


def test_units_that_all_agree_make_no_difference_sure() -> None:
    """Five units with one difference of .5: the error is .5 / 4, so that t is 4 with 4 degrees of freedom."""
    found = of_means(np.array([[0.1, 0.2, 0.3, 0.4, 0.5], [0.6, 0.7, 0.8, 0.9, 1.0]]), draws=100)
    assert found.error[0, 1] == pytest.approx(0.125)
    assert found.p[0, 1] == pytest.approx(2 * stats.t.sf(4, 4))
    twice = of_means(np.array([[0.1, 0.2, 0.3]] * 2), draws=100)
    assert (twice.difference[0, 1], twice.p[0, 1]) == (0, 1)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_the_same_measure_in_other_units_does_not_differ(statistic: Statistic) -> None:
    (own,) = panels(np.random.default_rng(3), 2, 1)
    found = compare([Panel(np.concatenate([own.measures, np.exp(own.measures)]), own.metric)], statistic, draws=100)
    assert found.score[2:] == pytest.approx(found.score[:2])
    assert (found.p[0, 2], found.p[1, 3], found.corrected[0, 2]) == (1, 1, 1)
    assert found.p[0, 3] == pytest.approx(found.p[0, 1])


@pytest.mark.parametrize("statistic", STATISTICS)
def test_suites_share_the_recipes_that_are_drawn(statistic: Statistic) -> None:
    """The same suite twice is no more sure than once."""
    own = panels(np.random.default_rng(4), 3, 1)
    once, twice = compare(own, statistic, draws=200), compare(own * 2, statistic, draws=200)
    assert twice.error == pytest.approx(once.error)
    assert twice.p == pytest.approx(once.p)


def test_two_measures_are_compared_on_the_suites_that_both_have() -> None:
    first, second = panels(np.random.default_rng(5), 3, 2)
    without = second.measures.copy()
    without[2] = np.nan

    found = compare([first, Panel(without, second.metric)], "within", draws=200)

    alone, both = compare([first], "within", draws=200), compare([first, second], "within", draws=200)
    assert found.p[0, 2] == pytest.approx(alone.p[0, 2])
    assert found.p[0, 1] == pytest.approx(both.p[0, 1])
    assert found.score == pytest.approx([*both.score[:2], alone.score[2]])


def test_measures_without_a_suite_in_common_are_not_compared_and_count_in_no_correction() -> None:
    first, second = panels(np.random.default_rng(6), 3, 2)
    one, other = first.measures.copy(), second.measures.copy()
    one[2], other[:2] = np.nan, np.nan
    found = compare([Panel(one, first.metric), Panel(other, second.metric)], "across", draws=100)
    assert np.isnan(found.p[0, 2])
    assert not found.differs[0, 2]
    assert found.corrected[0, 1] == found.p[0, 1]


def test_fewer_recipes_of_a_measure_are_fewer_units() -> None:
    (own,) = panels(np.random.default_rng(7), 2, 1)
    few = own.measures.copy()
    few[1, 0, 5:] = np.nan
    found = compare([Panel(few, own.metric)], "across")
    assert found.p[0, 1] == pytest.approx(2 * stats.t.sf(abs(found.difference[0, 1]) / found.error[0, 1], 4))


def test_equally_good_measures_are_told_apart_no_more_often_than_said() -> None:
    generator = np.random.default_rng(8)
    sets = [panels(generator, 2, 2) for _ in range(250)]
    for statistic in STATISTICS:
        small = np.mean([compare(own, statistic, draws=200).p[0, 1] <= 0.05 for own in sets])
        assert small <= 0.05 + 3 * sqrt(0.05 * 0.95 / 250)


def test_among_many_equally_good_measures_few_boards_tell_any_apart() -> None:
    generator = np.random.default_rng(9)
    boards = [compare(panels(generator, 12, 1), "across", draws=200).differs.any() for _ in range(120)]
    assert np.mean(boards) <= 0.05 + 3 * sqrt(0.05 * 0.95 / 120)


def test_a_better_measure_is_told_apart() -> None:
    generator = np.random.default_rng(10)
    found = 0
    for _ in range(20):
        own = panels(generator, 5, 2)
        better = [Panel(np.concatenate([one.measures, 0.4 * one.measures[:1] + one.metric]), one.metric) for one in own]
        found += int(compare(better, "within", draws=200).differs[5, :5].sum())
    assert found >= 80


@pytest.mark.parametrize("seed", range(20))
def test_groups_are_all_runs_without_a_difference_that_cannot_be_longer(seed: int) -> None:
    generator = np.random.default_rng(seed)
    count = int(generator.integers(1, 9))
    upper = np.triu(generator.random((count, count)) < 0.25, 1)
    differs, order = upper | upper.T, generator.permutation(count).tolist()
    runs = [(a, b) for a in range(count) for b in range(a + 1, count + 1)]
    free = [(a, b) for a, b in runs if not any(differs[order[i], order[j]] for i, j in combinations(range(a, b), 2))]
    longest = [(a, b) for a, b in free if not {(a - 1, b), (a, b + 1)} & set(free)]
    assert groups(order, differs) == [order[a:b] for a, b in longest]


def test_groups_by_hand() -> None:
    differs = np.zeros((4, 4), dtype=bool)
    assert groups([], differs[:0, :0]) == []
    assert groups([3, 2, 1, 0], differs) == [[3, 2, 1, 0]]
    assert groups([3, 2, 1, 0], ~differs) == [[3], [2], [1], [0]]
    differs[1, 2] = differs[2, 1] = True
    assert groups([0, 1, 3, 2], differs) == [[0, 1, 3], [3, 2]]


def test_panels_that_do_not_belong_together_are_refused() -> None:
    generator = np.random.default_rng(11)
    with pytest.raises(ValueError, match=r"as many measures and recipes each, not \[\(2, 16\), \(3, 16\)\]"):
        compare(panels(generator, 2, 1) + panels(generator, 3, 1), "all")
    with pytest.raises(ValueError, match=r"not \[\]"):
        compare([], "all")
    with pytest.raises(ValueError, match="a single recipe"):
        compare(panels(generator, 2, 1, recipes=1), "across")
