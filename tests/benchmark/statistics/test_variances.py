"""Standard errors of sums of parts: closed forms of one part, of two equal ones, and t's own quantiles and p's."""

import numpy as np
import pytest
from scipy.stats import norm, t, ttest_1samp, ttest_ind

from benchmark.statistics.variances import LEAST, Parts, quantiles, side_by_side, summed, two_sided


def parts(*variances: float, df: list[float], both: list[float] | None = None) -> Parts:
    return Parts(np.array(variances), np.array(df), np.array(both or [0.0] * len(variances)))


NONE = parts(0.0, df=[np.inf])


def of(read: Parts, seeds: Parts) -> tuple[float, float]:
    error, df = summed(read, seeds)
    return float(error), float(df)


def test_quantiles_are_those_of_t_and_of_the_normal_distribution_in_the_end() -> None:
    df = np.array([1.0, 2.5, 30.0, np.inf])
    assert quantiles(df) == pytest.approx([*t.ppf(0.975, df[:3]), norm.ppf(0.975)])


def test_p_is_that_of_a_t_test_and_0_or_1_where_nothing_errs() -> None:
    sample = np.array([0.2, 0.5, -0.1, 0.7])
    error = sample.std(ddof=1) / 2
    found = two_sided(np.array(sample.mean()), np.array(error), np.array(3.0))
    assert found == pytest.approx(ttest_1samp(sample, 0.0).pvalue)
    values, none, df = np.array([1.0, 0.0, -1.0]), np.zeros(3), np.full(3, 4.0)
    assert two_sided(values, none, df).tolist() == [0.0, 1.0, 0.0]
    assert np.array_equal(two_sided(values, none + 1, df), two_sided(-values, none + 1, df))


def test_one_part_alone_keeps_its_degrees_of_freedom() -> None:
    assert of(parts(4.0, df=[7.0]), NONE) == pytest.approx((2.0, 7.0))
    assert of(NONE, parts(9.0, df=[2.0])) == pytest.approx((3.0, 2.0))


def test_two_models_of_as_many_seeds_are_the_test_that_welch_gave() -> None:
    """Welch's degrees of freedom of 1938, for equal numbers: scipy has those of 1947, which Satterthwaite's are."""
    one, other = np.array([0.1, 0.4, 0.2, 0.9]), np.array([0.5, 0.6, 0.3, 0.4])
    first, second = one.var(ddof=1) / 4, other.var(ddof=1) / 4
    error, df = of(NONE, parts(first, second, df=[3.0, 3.0]))
    assert error == pytest.approx(np.sqrt(first + second))
    welch = (first + second) ** 2 / (first**2 / 5 + second**2 / 5) - 2
    assert df == pytest.approx(min(welch, 7.0))
    satterthwaite = ttest_ind(one, other, equal_var=False).df
    assert satterthwaite == pytest.approx((first + second) ** 2 / (first**2 / 3 + second**2 / 3))
    assert satterthwaite < df


def test_equal_parts_have_at_most_one_degree_more_than_all_together() -> None:
    assert of(NONE, parts(1.0, 1.0, df=[4.0, 4.0]))[1] == pytest.approx(9.0)
    assert of(parts(1.0, 1.0, df=[4.0, 4.0]), NONE)[1] == pytest.approx(8.0)  # of examples nothing is added


def test_what_belongs_to_a_seed_and_an_example_counts_once() -> None:
    read, seeds = parts(5.0, df=[99.0]), parts(3.0, df=[4.0], both=[2.0])
    assert of(read, seeds)[0] == pytest.approx(np.sqrt(5.0 - 2.0 + 3.0))


def test_seeds_that_agree_leave_a_third_of_the_error_of_the_examples() -> None:
    error, _ = of(parts(9.0, df=[99.0]), parts(0.0, df=[2.0], both=[9.0]))
    assert error == pytest.approx(3.0 / 3)
    assert pytest.approx(1 / 9) == LEAST


def test_of_two_kinds_of_error_t_lies_between_those_of_each() -> None:
    alone, between = quantiles(np.array([99.0])), quantiles(np.array([2.0]))
    found = [of(parts(share, df=[99.0]), parts(1 - share, df=[2.0]))[1] for share in (0.99, 0.5, 0.01)]
    assert found == sorted(found, reverse=True)
    middle = np.sqrt((alone**2 + between**2) / 2)  # of equal parts their squares weigh alike
    assert quantiles(np.array(found[1:2])) == pytest.approx(middle)


def test_many_numbers_at_once_are_each_alone_at_any_scale() -> None:
    each = [(parts(2.0, 1.0, df=[5.0, 9.0]), parts(1.0, 3.0, df=[2.0, 2.0])), (parts(0.0, 0.0, df=[9.0, 9.0]),) * 2]
    read, seeds = (side_by_side(side) for side in zip(*each, strict=True))
    assert read.variance.shape == (2, 2)
    errors, df = summed(read, seeds)
    assert [(float(error), float(free)) for error, free in zip(errors, df, strict=True)] == [of(*one) for one in each]
    small, large = (
        of(parts(2.0 * scale, df=[5.0]), parts(1.0 * scale, df=[2.0])) for scale in (1e-200, 1e200)
    )  # no square beyond all floats
    assert small[0] / large[0] == pytest.approx(1e-200)
    assert small[1] == pytest.approx(large[1])


def test_parts_that_are_not_kept_are_as_if_they_were_not_there() -> None:
    kept = parts(2.0, 1.0, df=[5.0, 9.0], both=[1.0, 1.0]).where(np.array([True, False]))
    assert (kept.variance.tolist(), kept.df.tolist(), kept.both.tolist()) == ([2, 0], [5, np.inf], [1, 0])
