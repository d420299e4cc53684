"""Kendall's tau and its p against scipy and brute force over all permutations."""

from itertools import permutations, product
from math import factorial, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, kendalltau

from benchmark.agreement import Column, holm, kendall, pooled, sign_test, within_conditions


def brute_tau(x, y) -> float:
    pairs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i in range(len(x)) for j in range(i)]
    untied = [sum(s[side] != 0 for s in pairs) for side in (0, 1)]
    return sum(a * b for a, b in pairs) / sqrt(untied[0] * untied[1])


def brute_p(x, y) -> float:
    observed = abs(brute_tau(x, y))
    taus = [abs(brute_tau(x, order)) for order in permutations(y)]
    return sum(tau >= observed - 1e-9 for tau in taus) / len(taus)


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 20).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 5), min_size=n, max_size=n)] * 2)))
def test_tau_b_equals_scipy_with_ties(columns: tuple[list[int], list[int]]) -> None:
    x, y = columns
    found = kendall(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found.tau is None
        assert found.p is None
        assert found.reason == f"all {len(x)} numbers on one side are equal"
    else:
        assert found.tau == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 6).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 9), min_size=n, max_size=n)] * 2)))
def test_p_equals_brute_force_over_all_permutations(columns: tuple[list[int], list[int]]) -> None:
    x, y = columns
    if len(set(x)) > 1 and len(set(y)) > 1:
        assert kendall(x, y).p == pytest.approx(brute_p(x, y), abs=1e-12)


def test_p_without_ties_equals_scipy_exact() -> None:
    generator = np.random.default_rng(0)
    for n in (5, 8, 11, 30):
        x, y = generator.normal(size=(2, n))
        assert kendall(x, y).p == pytest.approx(kendalltau(x, y, method="exact").pvalue, abs=1e-12)


def test_sampled_p_of_many_tied_numbers_is_near_the_enumeration() -> None:
    x, y = [1, 1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 1, 5, 3, 4, 8, 9, 6]
    count = sum(abs(brute_tau(x, order)) >= abs(brute_tau(x, y)) - 1e-9 for order in _sampled_orders(y, 4000))
    assert kendall(x, y).p == pytest.approx(count / 4000, abs=0.01)
    assert kendall(x, y) == kendall(x, y)


def _sampled_orders(y: list[int], count: int):
    generator = np.random.default_rng(9)
    return (generator.permutation(y) for _ in range(count))


def test_without_p_the_rest_is_the_same() -> None:
    x, y = [1, 1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 1, 5, 3, 4, 8, 9, 6]
    whole, bare = kendall(x, y), kendall(x, y, with_p=False)
    assert bare.p is None
    assert (bare.tau, bare.n, bare.ties, bare.p_min) == (whole.tau, whole.n, whole.ties, whole.p_min)


def test_p_min_and_ties() -> None:
    assert [round(kendall(range(n), range(n)).p_min, 4) for n in (2, 3, 4, 5, 6)] == [
        1.0,
        0.3333,
        0.0833,
        0.0167,
        0.0028,
    ]
    for n in (3, 4, 5, 6):
        assert kendall(range(n), range(n)).p == pytest.approx(2 / factorial(n))
    assert kendall([1, 1, 2, 3], [1, 2, 3, 3]).ties == 2


def test_a_difference_of_rounding_alone_is_a_tie() -> None:
    found = kendall([1, 2, 3], [0.5583333333333333, 0.5583333333333332, 0.5])
    assert (found.tau, found.ties) == (pytest.approx(-0.8164965809), 1)


@pytest.mark.parametrize("values", [[], [1.0]])
def test_too_few_numbers(values: list[float]) -> None:
    assert kendall(values, values).tau is None
    assert "at least 2" in kendall(values, values).reason


@pytest.mark.parametrize(("x", "y"), [([1, 2, np.nan], [1, 2, 3]), ([[1, 2]], [[1, 2]]), ([1, 2, 3], [1, 2])])
def test_refusals(x: list, y: list) -> None:
    with pytest.raises(ValueError, match=r"finite numbers|cannot agree"):
        kendall(x, y)


def brute_within(x, y, joint: bool) -> tuple[float, float]:
    """Mean tau over conditions and the share of permutations at least as far from 0."""
    observed = np.mean([brute_tau(a, b) for a, b in zip(x, y, strict=True)])
    orders = list(permutations(range(len(x[0]))))
    chosen = [[order] * len(x) for order in orders] if joint else list(product(orders, repeat=len(x)))
    null = [np.mean([brute_tau(a, [b[i] for i in order]) for a, b, order in zip(x, y, c, strict=True)]) for c in chosen]
    return observed, np.mean([abs(value) >= abs(observed) - 1e-9 for value in null])


def test_within_conditions_equals_brute_force() -> None:
    generator = np.random.default_rng(1)
    for unit, shape in (("recipes", (3, 4)), ("seeds", (3, 3)), ("seeds", (4, 2))):
        x, y = generator.integers(0, 6, size=(2, *shape)).astype(float)
        y += np.linspace(0, 0.5, shape[1])
        x += np.linspace(0.5, 0, shape[1])
        tau, p = brute_within(x.tolist(), y.tolist(), joint=unit == "recipes")
        found = within_conditions(x, y, unit)
        assert (found.tau, found.p) == (pytest.approx(tau, abs=1e-12), pytest.approx(p, abs=1e-12))
        assert (found.conditions, found.left_out) == (shape[0], 0)


def test_within_samples_where_it_cannot_enumerate() -> None:
    generator = np.random.default_rng(2)
    x = generator.normal(size=(11, 3))
    found = within_conditions(x, x, "seeds")
    assert found.tau == 1
    assert found.p == pytest.approx(1 / 100_000)


def test_conditions_without_a_tau_are_left_out_and_counted() -> None:
    x = [[1.0, 2, 3], [1, 1, 1], [1, np.nan, 2], [3, 2, 1]]
    found = within_conditions(x, [[1.0, 2, 3]] * 4, "seeds")
    assert (found.tau, found.conditions, found.left_out) == (0.0, 2, 2)
    assert within_conditions([[1.0, 1, 1]], [[1.0, 2, 3]], "seeds").reason == "tau is undefined in every condition"
    assert within_conditions([[1.0]], [[1.0]], "seeds").reason == "1 seeds in a condition are too few"
    assert within_conditions([[1.0, 2]], [[1.0, 2]], "recipes").tau is None


def test_recipe_effects_common_to_conditions_do_not_raise_false_alarms() -> None:
    """PROTOCOL section 5: the joint permutation keeps its level where independent ones would not."""
    generator = np.random.default_rng(3)
    alarms = {"recipes": 0, "seeds": 0}
    for _ in range(200):
        x, y = (generator.normal(size=(1, 5)) + 0.3 * generator.normal(size=(4, 5)) for _ in range(2))
        for unit in ("recipes", "seeds"):
            alarms[unit] += within_conditions(x, y, unit).p <= 0.05
    assert alarms["recipes"] <= 0.08 * 200
    assert alarms["seeds"] > 0.2 * 200


@pytest.mark.parametrize("placebo", [False, True])
def test_pooled_tau_equals_brute_force_over_all_orders(placebo: bool) -> None:
    """A placebo's sign is chosen for each group of columns, in every order anew."""
    generator = np.random.default_rng(5)
    suites = [[(generator.normal(size=n), generator.normal(size=n)) for _ in range(c)] for n, c in ((3, 1), (4, 2))]
    suites[1][1] = (suites[1][0][0], suites[1][1][1])  # one measure, two metrics
    groups = [["a"], ["a", "b"]] if placebo else [[None], [None, None]]
    parts = [
        [
            [brute_tau(x, np.asarray(y)[list(order)]) / len(columns) / 2 for x, y in columns]
            for order in permutations(range(n))
        ]
        for n, columns in ((3, suites[0]), (4, suites[1]))
    ]
    totals = [(first[0] + second[0], second[1]) for first, second in product(*parts)]
    null = np.array([abs(a) + abs(b) if placebo else a + b for a, b in totals])
    columns = [[Column(*c, g) for c, g in zip(s, gs, strict=True)] for s, gs in zip(suites, groups, strict=True)]
    found = pooled(columns)
    assert found.tau == pytest.approx(null[0], abs=1e-12)
    expected = (np.abs(null) >= abs(null[0]) - 1e-9).mean()
    assert found.p == pytest.approx(expected, abs=4 * sqrt(expected * (1 - expected) / 100_000) + 1e-5)
    assert (found.suites, found.left_out) == (2, 0)


def test_pooled_leaves_out_what_has_no_tau_and_counts_it() -> None:
    good, flat, missing = (Column(x, [1, 2, 3]) for x in ([1, 2, 3], [1, 1, 1], [1, np.nan, 3]))
    assert pooled([[good, flat, missing], [flat], []]).tau == 1.0
    assert pooled([[good], [flat], []]).left_out == 2
    assert pooled([[flat]]).tau is None
    assert pooled([]).p is None


def test_measures_without_effect_reach_a_small_pooled_p_as_seldom_as_it_says() -> None:
    """A placebo too, whose sign is chosen: each by itself."""
    generator = np.random.default_rng(6)
    alarms = {"two measures": 0, "placebo": 0}
    y = np.arange(5.0)
    for _ in range(150):
        drawn = generator.normal(size=(4, 5))
        both = [pooled([[Column(sign * x, y)] for x in drawn]).p for sign in (1, -1)]
        alarms["two measures"] += min(holm(both)) <= 0.05
        alarms["placebo"] += pooled([[Column(x, y, "heuristic")] for x in drawn]).p <= 0.05
    assert max(alarms.values()) / 150 <= 0.09
    strong = [[Column(y + 0.5 * generator.normal(size=5), y)] for _ in range(4)]
    assert pooled(strong).p < 0.01


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=6))
def test_holm_equals_its_definition(p: list[float | None]) -> None:
    found = holm(p)
    known = sorted(value for value in p if value is not None)
    for value, corrected in zip(p, found, strict=True):
        if value is None:
            assert corrected is None
            continue
        below = [min(1.0, q * (len(known) - rank)) for rank, q in enumerate(known) if q <= value]
        assert value <= corrected <= 1
        assert corrected >= max(below[: known.index(value) + 1]) - 1e-15


def test_sign_test_is_both_tails_of_coin_flips() -> None:
    for won, lost in ((0, 3), (3, 0), (4, 2), (10, 1), (2, 2)):
        tail = binom.sf(max(won, lost) - 1, won + lost, 0.5)
        assert sign_test(won, lost) == pytest.approx(min(1.0, 2 * tail), abs=1e-12)
    assert sign_test(0, 0) is None
