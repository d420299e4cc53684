"""The tests behind the board's claims, against brute force and on boards without an effect."""

from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from benchmark.plain.keeping import keeping
from benchmark.statistics.claims import Column, Pair, Suite, beats, orders

DATA = ("digits", "reviews", "animals", "table", "circles", "names", "waves", "biographies")


def test_orders_is_the_larger_of_the_permutation_p_and_the_flip_p() -> None:
    generator = np.random.default_rng(3)
    suites = [(generator.normal(size=4), generator.normal(size=4) + np.arange(4)) for _ in range(3)]
    taus = [[stats.kendalltau(np.array(order), y).statistic for order in permutations(x)] for x, y in suites]
    seen = np.mean([own[0] for own in taus])
    shuffled = np.array([np.mean(combined) for combined in product(*taus)])
    flipped = np.array([np.dot(signs, [own[0] for own in taus]) / 3 for signs in product((1, -1), repeat=3)])

    found = orders([Suite((Column(x, y),), data) for (x, y), data in zip(suites, DATA, strict=False)])

    assert found.tau == pytest.approx(seen)
    for p, side in ((found.p_above, 1), (found.p_below, -1)):
        exact = max(np.mean(side * null >= side * seen - 1e-9) for null in (shuffled, flipped))
        assert p == pytest.approx(exact, abs=0.006)
    assert found.p == pytest.approx(
        max(np.mean(abs(null) >= abs(seen) - 1e-9) for null in (shuffled, flipped)), abs=0.006
    )


def test_suites_that_share_data_are_flipped_together() -> None:
    alike = Column(np.arange(5), np.arange(5))

    found = orders([Suite((alike,), data) for data in ("digits", "digits", "reviews", "reviews", "digits")])

    assert (found.suites, found.groups, found.p_above, found.best) == (5, 2, 0.25, 0.25)


def test_the_best_p_is_that_of_a_perfect_measure_with_the_metrics_ties() -> None:
    tied = [0.5, 0.5, 0.6, 0.7]
    perfect = orders([Suite((Column(tied, tied),), "digits")])

    assert perfect.best == pytest.approx(0.5)  # one group of data
    many = [Suite((Column([1, 2, 3], [1, 1, 2]),), data) for data in DATA[:2]]
    assert orders(many).best == pytest.approx(1 / 4)
    assert orders([Suite((Column([1, 2], [1, 2]),), data) for data in DATA]).best == pytest.approx(1 / 2**8)


def test_a_suite_without_a_tau_is_left_out_and_its_group_does_not_count() -> None:
    found = orders(
        [Suite((Column([1, 2, 3], [1, 2, 3]),), "digits"), Suite((Column([1, 2, 3], [5, 5, 5]),), "reviews")]
    )

    assert (found.suites, found.groups, found.left_out) == (1, 1, 1)
    assert orders([]).tau is None


def test_recipes_with_other_numbers_of_models_are_averaged() -> None:
    found = orders([Suite((Column([1, 2, 3], [1, 2, 3]), Column([1, 2, 3, 4], [4, 3, 2, 1])), "digits")])

    assert found.tau == pytest.approx(0.0)


def test_a_free_sign_is_chosen_anew_in_each_draw() -> None:
    """Of two suites that share a sign, the one that points back counts against the other; alone it is turned."""
    forth, back = Column([1, 2, 3, 4], [1, 2, 3, 4]), Column([4, 3, 2, 1], [1, 2, 3, 4])

    together = orders([Suite((forth,), "digits", "heuristic"), Suite((back,), "reviews", "heuristic")])
    apart = orders([Suite((forth,), "digits", "heuristic"), Suite((back,), "reviews", "example-level")])

    assert (together.tau, apart.tau) == (0.0, 1.0)
    assert apart.p == 1.0  # every flip is turned back
    assert apart.p_above is None


def test_beats_is_the_flip_of_differences_where_signs_are_declared() -> None:
    generator = np.random.default_rng(5)
    ours, theirs = generator.normal(size=(2, 6))
    null = [np.dot(signs, ours - theirs) for signs in product((1, -1), repeat=6)]

    found = beats([Pair(a, b, data) for a, b, data in zip(ours, theirs, DATA, strict=False)])

    assert found.difference == pytest.approx(np.mean(ours - theirs))
    assert found.p_above == np.mean(np.array(null) >= null[0] - 1e-9)
    assert found.p_below == np.mean(np.array(null) <= null[0] + 1e-9)


def test_a_placebo_has_one_sign_for_each_kind_and_gets_it_in_each_exchange() -> None:
    pairs = [Pair(0.8, -0.4, data, "heuristic") for data in DATA[:4]]

    assert beats(pairs).difference == pytest.approx(0.4)
    mixed = [Pair(0.8, 0.4 * sign, data, "heuristic") for sign, data in zip((1, 1, 1, -1), DATA, strict=False)]
    assert beats(mixed).difference == pytest.approx(0.8 - 0.2)
    assert (beats(mixed).ahead, beats(mixed).behind) == (4, 0)


def test_more_groups_than_can_be_enumerated_are_sampled() -> None:
    many = [Pair(1.0, 0.0, f"data {number}") for number in range(40)]

    assert beats(many).p_above == pytest.approx(1 / 100_001)


@pytest.mark.parametrize("claim", ["above", "below"])
@keeping()
def test_trends_of_random_sign_are_not_claimed(claim: str) -> None:
    """A measure that follows the knob in each suite, up or down as it happens, has no effect; permutations see one."""
    generator = np.random.default_rng(7)
    claimed = 0
    for _ in range(200):
        signs = generator.choice([-1, 1], size=8)
        suites = [
            Suite((Column(sign * np.arange(4), np.arange(4)),), data) for sign, data in zip(signs, DATA, strict=True)
        ]
        found = orders(suites)
        p = found.p_above if claim == "above" else found.p_below
        claimed += p is not None and p <= 0.05

    assert claimed / 200 <= 0.08


def test_a_direction_declared_for_one_kind_alone_is_free_in_the_other_alone() -> None:
    against = (Column([1, 2, 3], [3, 2, 1]),)
    mixed = orders([Suite(against, data, free) for data, free in zip("abcdef", 3 * [None] + 3 * ["x"], strict=True)])
    assert mixed.tau == pytest.approx(0.0)  # -1 in three suites, 1 at its best in the other three
    pairs = [Pair(0.5, -0.5, data, free) for data, free in zip("abcd", (None, None, "x", "x"), strict=True)]
    assert beats(pairs).difference == pytest.approx(0.5)
    assert beats(pairs).p_above == pytest.approx(
        1 / 4
    )  # by hand: exchanges of a or b alone lose, of c and d together not


@pytest.mark.parametrize("free", [False, True])
def test_orders_equals_brute_force_where_a_suite_has_two_metrics_and_where_signs_are_free(free: bool) -> None:
    """A placebo's sign is chosen for each kind of memorization, in every order and flip anew."""
    generator = np.random.default_rng(5)
    columns = [[(generator.normal(size=n), generator.normal(size=n)) for _ in range(c)] for n, c in ((3, 1), (4, 2))]
    columns[1][1] = (columns[1][0][0], columns[1][1][1])  # one measure, two metrics
    parts = [
        [
            np.mean([stats.kendalltau(np.array(x)[list(order)], y).statistic for x, y in own])
            for order in permutations(range(len(own[0][0])))
        ]
        for own in columns
    ]
    flips = [(a * parts[0][0], b * parts[1][0]) for a, b in product((1, -1), repeat=2)]
    nulls = [np.array([abs(a) + abs(b) if free else a + b for a, b in null]) for null in (list(product(*parts)), flips)]

    found = orders(
        [
            Suite(tuple(Column(*one) for one in own), data, kind if free else None)
            for own, data, kind in zip(columns, DATA, ("heuristic", "example-level"), strict=False)
        ]
    )

    assert found.tau == pytest.approx(nulls[0][0] / 2)
    assert found.p == pytest.approx(max(np.mean(abs(n) >= abs(n[0]) - 1e-9) for n in nulls), abs=0.006)
