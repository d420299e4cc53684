"""How far a number errs: against variances written out, against brute force, and on networks made up."""

from dataclasses import replace
from math import sqrt
from statistics import fmean, stdev, variance

import made_networks
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_networks import Setting, model, rates
from scipy import stats

from benchmark.statistics.errors import apart, at_tap, difference, of_seeds, of_seeds_and_examples
from benchmark.statistics.intervals import of_number
from benchmark.statistics.number import Number, spread
from benchmark.statistics.variances import Parts, summed, two_sided


def measured(by_seed: list[float], error: float | None = None, df: float | None = None, of: str = "seeds") -> Number:
    """A number of which no examples are known."""
    found = of_seeds(by_seed)
    if error is None and found:
        error, df = found.error, found.df
    return Number(tuple(by_seed), fmean(by_seed), spread(by_seed), {}, error=error, df=df, error_of=of)  # type: ignore[arg-type]


def drawn(seeds: int, examples: int, seed: int, skill: float = 0.3, both: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of two models (seeds, examples) from the two-way model: common difficulty, own skills and rest."""
    generator = np.random.default_rng(seed)
    difficulty = generator.normal(size=examples)
    one, other = (
        difficulty * share + skill * generator.normal(size=(seeds, 1)) + both * generator.normal(size=(seeds, examples))
        for share in (1.0, 0.5)
    )
    return one, other


@pytest.mark.long
@pytest.mark.parametrize(("seeds", "skill"), [(2, 0.3), (3, 0.3), (5, 0.1)])
def test_the_variance_of_a_difference_is_on_average_the_true_one(seeds: int, skill: float) -> None:
    """Brute force: half of the difficulty is the first model's alone; skills and rest are drawn anew in each."""
    examples, boards = 40, 3000
    found = [difference(model(a), model(b)) for a, b in (drawn(seeds, examples, n, skill) for n in range(boards))]
    truth = 0.25 / examples + 2 * skill**2 / seeds + 2 / examples / seeds
    values = np.array([one.value for one in found])
    assert values.var() == pytest.approx(truth, rel=3 * sqrt(2 / boards))
    variances = np.array([one.error for one in found], dtype=np.float64) ** 2
    margin = 3 * variances.std() / sqrt(boards)
    clipped = 0.04 * truth  # where the parts of the seeds come out below nothing they count as nothing
    assert truth - margin < variances.mean() < truth + margin + clipped


def test_what_belongs_to_a_seed_and_an_example_counts_once() -> None:
    a, b = drawn(3, 30, 0, skill=1.0)
    k, n = a.shape
    seeds, both = [], []
    for each in (a, b):
        left = each - each.mean(axis=0) - each.mean(axis=1, keepdims=True) + each.mean()
        both.append((left**2).sum() / (k - 1) / (n - 1) / n / k)
        seeds.append(variance(each.mean(axis=1)) / k)
    examples = variance((a - b).mean(axis=0)) / n
    found = difference(model(a), model(b))
    assert found.error == pytest.approx(sqrt(examples + sum(seeds) - sum(both)))
    assert found.value == pytest.approx(a.mean() - b.mean())
    alone, between = examples - sum(both), sum(seeds)
    of_seeds = stats.t.ppf(0.975, min(5, between**2 / (sum(one**2 for one in seeds) / (k + 1)) - 2))
    squares = (alone * stats.t.ppf(0.975, n - 1)) ** 2 + (between * of_seeds) ** 2
    assert found.df is not None
    assert stats.t.ppf(0.975, found.df) == pytest.approx(sqrt(squares / (alone**2 + between**2)))
    assert found.p == pytest.approx(2 * stats.t.sf(abs(a.mean() - b.mean()) / found.error, found.df))
    assert found.interval is not None
    margin = stats.t.ppf(0.975, found.df) * found.error
    assert found.interval == pytest.approx((found.value - margin, found.value + margin))


def test_seeds_that_agree_by_chance_leave_a_third_of_the_error_of_the_examples() -> None:
    """All seeds are equally often right, on other examples each: what is both's is more than the examples' own."""
    right = np.array([np.roll([1.0, 1.0, 0.0, 0.0], shift) for shift in (0, 2)] * 2)
    right[3] = np.roll(right[0], 1)
    found = of_seeds_and_examples([0.5] * 4, list(right))
    assert found is not None
    third = sqrt(variance(right.mean(axis=0)) / 4) / 3
    assert (found.error, found.df, found.of) == (pytest.approx(third), 3, "seeds and examples")


def test_with_one_seed_it_is_the_paired_t_test_over_examples() -> None:
    a, b = (each[:1] for each in drawn(2, 50, 3))
    found, truth = difference(model(a), model(b)), stats.ttest_rel(a[0], b[0])
    assert (found.p, found.df, found.about) == (pytest.approx(truth.pvalue), 49, "networks")
    assert found.interval == pytest.approx(tuple(truth.confidence_interval()))
    assert found.value == pytest.approx(-difference(model(b), model(a)).value)


def test_of_seeds_alone_it_is_welchs_t_test() -> None:
    """The test that Welch published in 1938; of unequal numbers of seeds it has Satterthwaite's degrees of freedom."""
    a, b = [1.0, 2.0, 4.0, 3.0, 2.0], [2.5, 9.0, 4.0, 5.0, 7.5]
    wide = [1.0, 4.0, 14.0]  # fewer seeds, which spread farther: nothing is to be believed that is not seen
    found, truth = difference(measured(wide), measured(b)), stats.ttest_ind(wide, b, equal_var=False)
    assert (found.p, found.df) == (pytest.approx(truth.pvalue), pytest.approx(truth.df))
    found, truth = difference(measured(a), measured(b)), stats.ttest_ind(a, b, equal_var=False)
    df = truth.df / 4 * 6 - 2  # as of four degrees more than there are, two for each
    assert (found.df, found.p) == (pytest.approx(df), pytest.approx(2 * stats.t.sf(abs(truth.statistic), df)))
    assert found.about == "conditions"
    assert difference(measured(a[:2]), measured(b)).about == "networks"


def test_fewer_seeds_spread_at_least_as_far_as_both_do_on_average() -> None:
    few, many = [1.0, 1.1, 0.9], [2.5, 9.0, 4.0, 5.0, 7.5]
    found = difference(measured(few), measured(many))
    average = (2 * variance(few) + 4 * variance(many)) / 6
    assert found.error == pytest.approx(sqrt(average / 3 + variance(many) / 5))
    assert found.df == pytest.approx(
        (average / 3 + variance(many) / 5) ** 2 / ((average / 3) ** 2 / 2 + (variance(many) / 5) ** 2 / 4)
    )
    back = difference(measured(many), measured(few))
    assert (back.value, back.p) == (pytest.approx(-found.value), pytest.approx(found.p))


@pytest.mark.parametrize("counts", [(2, 3), (2, 10), (2, 30), (3, 12), (3, 30), (5, 8)])
@pytest.mark.parametrize("wider", [0.5, 1.0, 2.0])
def test_equal_measures_of_unequal_numbers_of_seeds_are_rarely_called_different(
    counts: tuple[int, int], wider: float
) -> None:
    generator, boards = np.random.default_rng(0), 20_000
    drawn = [generator.normal(size=(k, boards)) * scale for k, scale in zip(counts, (wider, 1.0), strict=True)]
    none = np.zeros((2, boards))
    variances = np.stack([each.var(axis=0, ddof=1) / len(each) for each in drawn])
    df = np.stack([np.full(boards, len(each) - 1.0) for each in drawn])
    error, of_error = summed(Parts(none, none + np.inf, none), Parts(variances, df, none))
    p = two_sided(drawn[0].mean(axis=0) - drawn[1].mean(axis=0), error, of_error)
    assert (p <= 0.05).mean() <= 0.06


def test_a_difference_is_about_conditions_from_three_seeds_in_both_on() -> None:
    a, b = drawn(5, 60, 4)
    about = {k: difference(model(a[:k]), model(b[:k])).about for k in (1, 2, 3, 5)}
    assert about == {1: "networks", 2: "networks", 3: "conditions", 5: "conditions"}
    mixed = difference(model(a[:1]), model(b))
    assert mixed.about == "networks"
    assert mixed.error == pytest.approx(sqrt(variance(a[0] - b.mean(axis=0)) / 60))
    assert (mixed.df, difference(model(b), model(a[:2])).about) == (59, "networks")


def test_on_other_examples_the_errors_of_both_are_added() -> None:
    a, b = drawn(3, 60, 5)
    one, other = model(a), model(b)
    paired = difference(one, other)
    for elsewhere in (replace(other, examples="other"), replace(other, examples=None), model(b[:, :59])):
        apart_from = difference(one, elsewhere)
        assert apart_from.error == pytest.approx(sqrt(one.error**2 + elsewhere.error**2), rel=0.05)
        assert apart_from.error > 1.1 * paired.error
    assert difference(model(a[:1]), replace(model(b[:1]), examples="other")).error == pytest.approx(
        sqrt(variance(a[0]) / 60 + variance(b[0]) / 60)
    )


def test_numbers_without_examples_stand_beside_those_with() -> None:
    a, _ = drawn(3, 60, 6)
    old = measured([0.5, 0.7], error=0.2, df=30.0, of="seeds and examples")
    found = difference(model(a), old)
    assert found.error == pytest.approx(sqrt(model(a).error ** 2 + 0.04), rel=0.05)
    read = [measured([0.5], error=0.1, df=9.0, of="reading"), measured([0.9], error=0.1, of="sampled pairs")]
    both = difference(*read)
    assert (both.error, both.about) == (pytest.approx(0.1 * sqrt(2)), "networks")
    assert both.df == pytest.approx(4 * 9.0)
    many = measured([0.5, 0.7, 0.6], error=0.1, of="reading")  # three seeds, whose spread is not in the error
    assert difference(many, many).about == "networks"
    assert difference(read[1], read[1]).df is None
    assert difference(read[1], read[1]).seen == "undecided"


def test_identical_networks_differ_in_nothing_and_equal_seeds_are_sure() -> None:
    right = (np.random.default_rng(0).random((3, 50)) < 0.8).astype(np.float64)
    same = difference(model(right), model(right))
    assert (same.value, same.p, same.seen) == (0.0, 1.0, "undecided")
    sure = difference(measured([3.0, 3.0]), measured([2.0, 2.0]))
    assert (sure.error, sure.p, sure.seen) == (0.0, 0.0, "higher")
    rounded = difference(measured([0.1 + 0.2] * 2), measured([0.3] * 2))
    assert (rounded.p, rounded.seen) == (1.0, "undecided")
    perfect = of_seeds_and_examples([1.0, 1.0], [np.ones(9)] * 2)
    assert perfect is not None
    assert (perfect.error, perfect.df) == (0.0, 1.0)


def test_what_is_not_known_is_not_said() -> None:
    gone = Number((None, 0.5), None, None, {}, reason="1 of 2 networks missing")
    bare = Number((0.5,), 0.5, None, {})
    assert difference(gone, bare).value is None
    found = difference(bare, Number((0.7,), 0.7, None, {}))
    assert (found.value, found.error, found.p, found.seen, found.about) == (pytest.approx(-0.2), None, None, None, None)
    assert found.interval is None
    assert of_seeds([0.5]) is None
    assert of_seeds_and_examples([0.5], [np.array([0.5])]) is None
    assert of_seeds_and_examples([0.5, 0.7], [np.array([0.5]), np.array([0.7])]) is None


def test_at_a_tap_seeds_decide() -> None:
    one = replace(measured([1.0, 2.0, 3.0]), per_tap={"t": 2.5}, per_tap_by_seed={"t": (2.0, 2.5, 3.0)})
    found = at_tap(one, "t")
    assert (found.mean, found.error, found.df) == (2.5, pytest.approx(stdev([2.0, 2.5, 3.0]) / sqrt(3)), 2.0)
    part = at_tap(replace(one, per_tap={"t": None}, per_tap_by_seed={"t": (2.0, None, 3.0)}), "t")
    assert (part.mean, part.error) == (None, None)
    assert at_tap(one, "elsewhere").mean is None


def test_apart_is_every_difference_and_unknown_where_one_is() -> None:
    numbers = [measured([x, x + 0.1, x - 0.1]) for x in (0.0, 0.2, 5.0)]
    found = apart(numbers)
    assert found is not None
    assert found.tolist() == [[False, False, True], [False, False, True], [True, True, False]]
    for number, one in enumerate(numbers):
        for place, other in enumerate(numbers):
            assert found[number, place] == (difference(one, other).seen != "undecided")
    assert apart([*numbers, Number((1.0,), 1.0, None, {})]) is None
    assert apart([Number((None,), None, None, {})]) is None
    assert apart([]) is not None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 1), min_size=6, max_size=6), min_size=1, max_size=4),
    st.lists(st.lists(st.integers(0, 1), min_size=6, max_size=6), min_size=1, max_size=4),
)
def test_a_difference_turns_with_its_sides_and_is_never_more_sure_than_its_parts(
    a: list[list[int]], b: list[list[int]]
) -> None:
    one, other = (model(np.array(each, dtype=np.float64)) for each in (a, b))
    there, back = difference(one, other), difference(other, one)
    assert there.value == pytest.approx(-back.value, abs=1e-12)
    assert (there.error, there.p) == (pytest.approx(back.error, abs=1e-12), pytest.approx(back.p, abs=1e-9))
    assert there.df is not None
    assert 1 - 1e-9 <= there.df <= 2 * 5 + len(a) + len(b)
    interval = of_number(one)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= one.mean <= high <= 1


# Of 1,500 boards: three standard errors of a rate of .05 are .017. The whole table is printed by made_networks.py.
BOARDS = 1500
MADE = [
    pytest.param(Setting(accuracy, examples, (seeds, seeds), shared, skill if seeds > 1 else 0.0, 0.3), id=name)
    for name, accuracy, examples, seeds, shared, skill in (
        ("1 seed, same examples", 0.9, 400, 1, 1.0, 0.0),
        ("1 seed, other examples", 0.97, 400, 1, 0.0, 0.0),
        ("2 seeds, same examples", 0.97, 400, 2, 1.0, 0.03),
        ("2 seeds, other examples", 0.7, 400, 2, 0.0, 0.01),
        ("3 seeds, same examples", 0.7, 400, 3, 1.0, 0.01),
        ("3 seeds, other examples", 0.9, 400, 3, 0.0, 0.02),
        ("5 seeds, same examples", 0.5, 400, 5, 1.0, 0.005),
        ("5 seeds, other examples", 0.97, 400, 5, 0.0, 0.02),
    )
]


@pytest.mark.long
@pytest.mark.parametrize("setting", MADE)
def test_two_equal_accuracies_are_rarely_called_different(setting: Setting) -> None:
    found = rates(setting, BOARDS)
    assert found.called_different <= 0.06 + 0.006
    assert 0.92 - 0.01 <= found.difference_covered <= 0.975
    assert 0.92 - 0.01 <= found.single_covered <= 0.975


@pytest.mark.parametrize("seeds", [(2, 10), (3, 12)])
def test_two_equal_accuracies_of_unequal_numbers_of_seeds_are_rarely_called_different(seeds: tuple[int, int]) -> None:
    assert rates(Setting(0.8, 400, seeds, 1.0, 0.1, 0.3), 400).called_different <= 0.06


def test_errors_of_seeds_alone_would_call_them_different_far_more_often() -> None:
    """What the examples do: without them, twice the error is passed on three boards of ten, where t has one of 25."""
    setting = Setting(0.9, 400, (3, 3), 0.0, 0.003, 0.3)
    alone = []
    for answers, _ in made_networks.boards(setting, 600):
        means = [right.mean(axis=1) for right in answers]
        noise = sqrt(sum(variance(one) / 3 for one in means))
        alone.append(abs(means[0].mean() - means[1].mean()) > 2 * noise)
    assert fmean(alone) > 0.2
    assert rates(setting, 600).called_different < 0.08


@pytest.mark.long
@pytest.mark.parametrize("seeds", [2, 3, 5])
def test_intervals_of_skewed_accuracies_hold_the_truth(seeds: int) -> None:
    """Accuracies of .97 whose seeds spread by .02; of 1,500 boards three standard errors of .05 are .017."""
    found = rates(Setting(0.97, 400, (seeds, seeds), 1.0, 0.1, 0.3), 1500)
    assert 0.92 - 0.017 <= found.single_covered <= 0.97 + 0.017
    assert 0.92 - 0.017 <= found.difference_covered <= 0.97 + 0.017
