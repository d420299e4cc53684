"""Groups permuted inside labels: as many of each as before, and each order as likely as any other."""

from collections import Counter

import numpy as np

from benchmark.metrics._permuted import permuted_within


def test_permuting_keeps_how_many_of_each_group_a_label_has() -> None:
    generator = np.random.default_rng(0)
    labels, groups = generator.integers(0, 4, 500), generator.integers(0, 2, 500)
    moved = permuted_within(labels, groups, 3)
    assert (moved != groups).any()
    for label in range(4):
        assert sorted(moved[labels == label]) == sorted(groups[labels == label])
    assert np.array_equal(permuted_within(np.arange(500), groups, 3), groups)


def test_each_order_inside_a_label_is_as_likely_as_any_other() -> None:
    labels, groups = np.array([0, 1, 0, 1, 0]), np.array([1, 7, 2, 8, 3])
    drawn = Counter(tuple(permuted_within(labels, groups, seed).tolist()) for seed in range(2400))
    assert len(drawn) == 3 * 2 * 1 * 2
    assert all(abs(count - 200) < 5 * 200**0.5 for count in drawn.values())


def test_a_seed_gives_the_same_order_each_time_and_the_given_groups_stay() -> None:
    labels, groups = np.arange(300) % 3, np.arange(300)
    one, again, other = (permuted_within(labels, groups, seed) for seed in (0, 0, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert np.array_equal(groups, np.arange(300))
