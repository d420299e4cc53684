"""Exchanges of networks between two sides: their number, p's written out and against scipy, and simulated sides."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from scipy import stats

from benchmark.statistics import LEVEL
from benchmark.statistics.exchange import (
    ENUMERATED,
    Stratum,
    corrected,
    exchanges,
    gaps,
    joined,
    means,
    sides,
    sized,
    smallest_p,
    standardized,
)
from benchmark.statistics.ranks import pair_signs, taus_b

POOL = Stratum((0, 1, 2), (3, 4, 5))
PAIRS = [Stratum((0,), (3,)), Stratum((1,), (4,)), Stratum((2,), (5,))]
NOBODY = np.zeros(6, dtype=bool)


def found_gaps(
    values: np.ndarray, strata: list[Stratum], stay: np.ndarray | None = None, drawn: int = 2000
) -> np.ndarray:
    a, b = means(values, sides(strata, len(values), drawn), np.zeros(len(values), bool) if stay is None else stay)
    return gaps(a, b)


def test_every_split_is_there_once_and_the_first_is_as_they_are() -> None:
    found = sides([POOL], 6)
    assert found[0].tolist() == [True] * 3 + [False] * 3
    assert {tuple(np.flatnonzero(row)) for row in found} == set(combinations(range(6), 3))
    assert len(found) == exchanges([POOL]) == comb(6, 3)


def test_of_a_pair_both_change_sides_or_none_does() -> None:
    found = sides(PAIRS, 6)
    assert len(found) == 8
    assert (found[:, :3] != found[:, 3:]).all()


def test_more_than_can_be_enumerated_are_drawn_the_same_each_time_and_keep_the_sizes_of_each_stratum() -> None:
    strata = [Stratum(tuple(range(10)), tuple(range(10, 14))), Stratum((14,), (15,))]
    strata.append(Stratum((16, 17, 18), (19, 20, 21)))
    found = sides(strata, 22)
    assert len(found) == exchanges(strata) == 2001
    assert 2 * comb(14, 4) * 20 > ENUMERATED
    assert (found[:, :14].sum(axis=1) == 10).all()
    assert (found[:, 14:16].sum(axis=1) == 1).all()
    assert found[1:, :10].mean() == pytest.approx(10 / 14, abs=0.01)
    assert (found == sides(strata, 22)).all()


def test_the_p_of_a_difference_of_means_is_that_of_scipys_permutation_test() -> None:
    values = np.random.default_rng(3).normal(size=(6, 4)) + np.array([0, 1, 2, 5]) * np.repeat([1, 0], 3)[:, None]
    found = sized(found_gaps(values, [POOL]))

    def statistic(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
        return np.abs(x.mean(axis=axis) - y.mean(axis=axis))

    expected = stats.permutation_test((values[:3], values[3:]), statistic, n_resamples=np.inf, alternative="greater")
    assert found.p == pytest.approx(expected.pvalue)
    assert found.p[3] == smallest_p([POOL]) == 2 / 20


def test_the_p_of_pairs_is_that_of_sign_flips() -> None:
    values = np.array([[3.0], [2.0], [1.0], [0.0], [0.5], [1.4]])  # gaps 3, 1.5 and -0.4: only one flip is as far
    assert sized(found_gaps(values, PAIRS)).p.tolist() == [4 / 8]
    values[5] = 0.0
    assert sized(found_gaps(values, PAIRS)).p.tolist() == [smallest_p(PAIRS)] == [2 / 8]


def test_unequal_sides_have_no_exchange_that_turns_everything_over() -> None:
    strata = [Stratum((0,), (1, 2, 3))]
    assert smallest_p(strata) == 1 / 4
    assert sized(found_gaps(np.array([[9.0], [1.0], [2.0], [3.0]]), strata)).p.tolist() == [1 / 4]


def test_sides_that_are_equal_differ_by_exactly_nothing() -> None:
    half = np.random.default_rng(0).normal(size=(3, 5)) * 1000
    found = found_gaps(np.vstack([half, half]), PAIRS)
    assert (found == 0).all()
    assert sized(found).p.tolist() == [1.0] * 5
    assert corrected([sized(found)])[1] == 1.0


def test_a_unit_that_stays_counts_on_its_side_and_one_without_a_value_nowhere() -> None:
    values = np.array([[1.0, 1.0], [3.0, np.nan], [10.0, 5.0], [20.0, 7.0]])
    a, b = means(values, sides([Stratum((0,), (2,))], 4), np.array([False, True, False, False]))
    assert a.tolist() == [[2.0, 1.0], [6.5, 5.0]]
    assert b.tolist() == [[15.0, 6.0], [10.5, 4.0]]


def test_corrected_ps_are_those_of_the_largest_statistic_and_the_smallest_is_that_of_all() -> None:
    values = np.random.default_rng(1).normal(size=(6, 7))
    values[:3, 2] += 8
    own = sized(found_gaps(values, [POOL]))
    sizes = np.abs(standardized(found_gaps(values, [POOL])))
    written_out = [(sizes.max(axis=1) >= size - 1e-9).mean() for size in sizes[0]]
    (found,), overall = corrected([own])
    assert found == pytest.approx(np.array(written_out))
    assert overall == found.min()
    assert found[2] == overall <= 4 / 20
    assert (found >= own.p - 1e-12).all()


def test_parts_of_a_family_are_corrected_as_one() -> None:
    values = np.random.default_rng(2).normal(size=(6, 7))
    statistics = found_gaps(values, [POOL])
    whole, parts = sized(statistics), joined([sized(statistics[:, :3]), sized(statistics[:, 3:])])
    assert (whole.size == parts.size).all()
    assert (whole.p == parts.p).all()
    assert (whole.largest == parts.largest).all()


def test_a_family_of_noise_does_not_drown_another_one() -> None:
    """The second family has a heavy tail; compared by sizes it would stand above the first in most exchanges."""
    generator = np.random.default_rng(4)
    values = np.vstack([generator.normal(size=(5, 1)) + 9, generator.normal(size=(5, 1))])
    clear = sized(found_gaps(values, [Stratum(tuple(range(5)), tuple(range(5, 10)))]))
    heavy = generator.standard_cauchy(size=(252, 40))
    heavy[0] = 0.0
    noise = sized(heavy)
    assert (noise.largest > clear.size[0]).mean() > 0.2
    _, overall = corrected([clear, noise])
    assert overall <= 2 * (2 / 252) + 1e-9


def test_a_statistic_that_is_missing_has_no_p_and_takes_none_away() -> None:
    values = np.random.default_rng(5).normal(size=(6, 2))
    values[:3, 0] += 7
    statistics = found_gaps(values, [POOL])
    holed = np.column_stack([statistics, np.full(20, np.nan)])
    (found,), overall = corrected([sized(holed)])
    (alone,), without = corrected([sized(statistics)])
    assert np.isnan(found[2])
    assert (found[:2] == alone).all()
    assert overall == without


def test_a_rare_difference_is_measured_by_the_least_spread() -> None:
    rare = np.zeros((100, 1))
    rare[0] = 0.2
    assert sized(rare).size[0] > 9
    assert sized(rare, least=0.2).size[0] < 1


SUITES, CONDITIONS, MEASURES = 3, 5, 4


def halves(generator: np.random.Generator, seeds: int, shift: float = 0.0) -> np.ndarray:
    """Networks (suites, 2 seeds, conditions, measures and a metric) of two halves: trends, and noise of seeds.

    A third of the variance of a seed is common to its conditions, as data that the seed draws are. In one suite all
    measures of the second half are shifted by so many standard deviations.
    """
    trends = generator.normal(size=(SUITES, 1, 1, MEASURES + 1)) * np.linspace(-1, 1, CONDITIONS)[:, None]
    own = generator.normal(size=(SUITES, 2 * seeds, CONDITIONS, MEASURES + 1)) * np.sqrt(2 / 3)
    common = generator.normal(size=(SUITES, 2 * seeds, 1, MEASURES + 1)) * np.sqrt(1 / 3)
    networks = trends + own + common
    networks[0, seeds:, :, :MEASURES] += shift
    return networks


def overall(networks: np.ndarray, drawn: int) -> float:
    """The p of all: taus of each suite and measure, means over the conditions, and means of each condition."""
    suites, units, conditions, numbers = networks.shape
    strata = [
        Stratum(tuple(range(n * units, n * units + units // 2)), tuple(range(n * units + units // 2, (n + 1) * units)))
        for n in range(suites)
    ]
    on_a = sides(strata, suites * units, drawn)
    parts = []
    for suite, values in enumerate(networks):
        own = on_a[:, suite * units : (suite + 1) * units]
        a, b = (side.reshape(-1, conditions, numbers) for side in means(values.reshape(units, -1), own, own[0] & False))
        taus = [taus_b(pair_signs(x[..., :-1].swapaxes(1, 2)), pair_signs(x[..., -1])[:, None]) for x in (a, b)]
        each = (a - b).reshape(len(a), -1)
        parts.append((sized(taus[0] - taus[1], 0.2), sized((a - b).mean(axis=1)), sized(each)))
    return corrected([joined(family) for family in zip(*parts, strict=True)])[1]


@pytest.mark.long
@pytest.mark.parametrize("seeds", [2, 3, 5])
def test_halves_of_one_run_show_no_difference_in_19_of_20(seeds: int) -> None:
    """500 pairs: up to 8 % would be allowed, and 7 % is two standard errors above 5 %."""
    generator = np.random.default_rng(seeds)
    found = [overall(halves(generator, seeds), drawn=99) for _ in range(500)]
    shown = np.mean(np.array(found) <= LEVEL)
    assert shown <= 0.07


def test_a_shift_of_the_measures_of_one_suite_is_found_in_most_pairs_of_five_seeds() -> None:
    generator = np.random.default_rng(0)
    found = [overall(halves(generator, 5, shift=2.5), drawn=199) for _ in range(100)]
    assert np.mean(np.array(found) <= LEVEL) >= 0.8
