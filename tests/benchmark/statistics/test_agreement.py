"""Kendall's tau and its p against scipy and brute force over all permutations."""

from itertools import permutations
from math import factorial, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from benchmark.plain.keeping import keeping
from benchmark.statistics.agreement import holm, kendall


def brute_tau(x, y) -> float:
    pairs = [(np.sign(x[i] - x[j]), np.sign(y[i] - y[j])) for i in range(len(x)) for j in range(i)]
    untied = [sum(s[side] != 0 for s in pairs) for side in (0, 1)]
    return sum(a * b for a, b in pairs) / sqrt(untied[0] * untied[1])


def brute_p(x, y) -> float:
    observed = abs(brute_tau(x, y))
    taus = [abs(brute_tau(x, order)) for order in permutations(y)]
    return sum(tau >= observed - 1e-9 for tau in taus) / len(taus)


@keeping()
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
