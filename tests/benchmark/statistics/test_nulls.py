"""Shuffled taus and counted inversions against brute force and scipy, and what they cost: work and memory, not time."""

import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, permutations
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from benchmark.statistics import nulls
from benchmark.statistics.agreement import kendall
from benchmark.statistics.noise import seed_interval
from benchmark.statistics.nulls import counted_p, draws_of, inversions, orders_of, taus_in
from benchmark.statistics.ranks import pair_signs
from benchmark.statistics.selection import selects

SHAPES = st.lists(st.integers(1, 4), min_size=1, max_size=4).filter(lambda sizes: sum(sizes) <= 7)


def scipys_tau(x: np.ndarray, y: np.ndarray) -> float:
    return float(kendalltau(x, y).statistic)


@settings(max_examples=30, deadline=None)
@given(SHAPES)
def test_shares_of_inversions_are_those_of_all_orders(sizes: list[int]) -> None:
    numbers = [level for level, size in enumerate(sizes) for _ in range(size)]
    orders = list(permutations(numbers))
    counted = Counter(sum(a > b for a, b in combinations(order, 2)) for order in orders)
    found = inversions(len(numbers), tuple(size for size in sizes if size > 1))
    assert found == pytest.approx([counted[k] / len(orders) for k in range(len(found))], abs=1e-15)
    assert sum(counted.values()) == sum(counted[k] for k in range(len(found)))


@pytest.mark.parametrize("n", [9, 40, 171])
def test_counted_p_without_ties_is_scipys(n: int) -> None:
    generator = np.random.default_rng(n)
    x = np.arange(n)
    for noise in (0.3, 1, 3):
        y = x + noise * n * generator.normal(size=n)
        concordance = round(float((pair_signs(x.astype(float)) * pair_signs(y)).sum() / 2))
        expected = kendalltau(x, y, method="exact").pvalue
        assert counted_p(concordance, (), n) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("tied", [(2,), (5, 3, 3), (30, 20)])
def test_the_spread_of_shuffled_concordance_with_ties_is_the_known_one(tied: tuple[int, ...]) -> None:
    """Kendall 1970, chapter 4; far beyond what can be enumerated."""
    n, shares = 60, inversions(60, tied)
    s = len(shares) - 1 - 2 * np.arange(len(shares))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in tied)) / 18
    assert shares @ s**2 == pytest.approx(variance, rel=1e-10)
    assert shares.sum() == pytest.approx(1, abs=1e-13)


@pytest.mark.parametrize("turned", [False, True])
def test_ties_on_one_side_have_the_exact_p_that_permutations_come_near(turned: bool) -> None:
    generator = np.random.default_rng(3)
    for n, digits in ((9, 0), (12, 1), (30, 1)):
        x, y = generator.normal(size=n), generator.normal(size=n).round(digits)
        y[1] = y[0]
        found = kendall(y, x) if turned else kendall(x, y)
        null = np.abs(taus_in(pair_signs(x), pair_signs(y), orders_of(n)))
        sampled = float((null >= abs(found.tau) - 1e-9).mean())
        assert found.p_kind == "exact"
        assert found.p == pytest.approx(sampled, abs=4 * np.sqrt(sampled * (1 - sampled) / len(null)))


def test_taus_of_many_orders_are_scipys() -> None:
    generator = np.random.default_rng(4)
    for n in (5, 9, 40):
        x, y = generator.integers(0, 4, (2, n)).astype(float)
        orders = orders_of(n)
        found = taus_in(pair_signs(x), pair_signs(y), orders)
        assert len(found) == len(orders)
        for place in (0, 1, len(orders) // 2, len(orders) - 1):
            assert sorted(orders[place]) == list(range(n))
            assert found[place] == pytest.approx(scipys_tau(x, y[orders[place]]), abs=1e-12)


@pytest.mark.parametrize(
    ("n", "x_tied", "y_tied", "kind", "off"),
    [
        (8, True, True, "exact", 0.15),
        (9, False, False, "exact", 0.15),
        (9, True, False, "exact", 0.15),
        (200, False, True, "exact", 0.02),
        (9, True, True, "permutations", 0.15),
        (200, True, True, "permutations", 0.02),
        (201, False, True, "asymptotic", 1e-12),
        (300, False, False, "exact", 0.02),
    ],
)
def test_how_p_is_known_is_said(n: int, x_tied: bool, y_tied: bool, kind: str, off: float) -> None:
    """And p is at most so far off the normal distribution's, which holds where n is large."""
    generator = np.random.default_rng(5)
    x, y = generator.normal(size=(2, n))
    if x_tied:
        x[0] = x[1]
    if y_tied:
        y[0] = y[1]
    found = kendall(x, y)
    assert found.p_kind == kind
    assert found.tau == pytest.approx(scipys_tau(x, y), abs=1e-12)
    assert found.p == pytest.approx(kendalltau(x, y, method="asymptotic").pvalue, abs=off)
    assert kendall(x, y, with_p=False).p_kind is None
    assert kendall(x, np.ones(n)).p_kind is None


@pytest.mark.parametrize(
    ("units", "unit", "kind"),
    [
        (1, "seeds", None),
        (3, "seeds", "exact"),
        (5, "seeds", "permutations"),
        (9, "seeds", "permutations"),
        (8, "recipes", "exact"),
        (9, "recipes", "permutations"),
    ],
)
def test_a_selection_says_how_p_is_known(units: int, unit: Literal["seeds", "recipes"], kind: str | None) -> None:
    x, y = np.random.default_rng(6).normal(size=(2, 3, units))
    assert selects(x, y, unit).p_kind == kind


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How many pairs are looked at, over all orders."""
    done: Counter[str] = Counter()
    own: Callable[..., np.ndarray] = nulls._concordance

    def counting(larger: list[tuple[int, int]], y_levels: np.ndarray) -> np.ndarray:
        done["orders"] += y_levels.shape[1]
        done["pairs"] += len(larger) * y_levels.shape[1]
        return own(larger, y_levels)

    monkeypatch.setattr(nulls, "_concordance", counting)
    return done


def tied(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).random(shape).round(1)


def test_ties_on_one_side_cost_no_permutation(work: Counter[str]) -> None:
    x = np.random.default_rng(8).normal(size=150)
    kendall(x, tied(150))
    kendall(x, x[::-1])
    kendall(tied(300), tied(300))
    assert not work


def test_ties_on_both_sides_cost_fewer_orders_the_more_numbers_there_are(work: Counter[str]) -> None:
    for n, most in ((20, 2e7), (32, 5e7), (33, 6e6), (150, 1.2e8), (200, 2e8)):
        work.clear()
        kendall(tied(n), tied(n))
        assert work["orders"] == draws_of(n) + 1
        assert work["pairs"] <= most


def peak(work: Callable[[], object]) -> int:
    """The most bytes that are held at once meanwhile."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_pairs_of_all_orders() -> None:
    """150 seeds of five conditions held 3.7 GB."""
    assert peak(lambda: selects(tied(5, 150), tied(5, 150), "seeds")) < 60e6
    assert peak(lambda: kendall(tied(32), tied(32))) < 60e6
    assert peak(lambda: seed_interval(tied(150, 5), tied(150, 5))) < 120e6
