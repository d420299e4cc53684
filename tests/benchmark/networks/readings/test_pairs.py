"""Pairs of examples that are labelled alike."""

import numpy as np

from benchmark.networks.readings._pairs import pairs_alike


def test_each_example_is_first_once_and_second_once_beside_another_of_its_label() -> None:
    labels = np.random.default_rng(1).choice(5, 200, p=[0.5, 0.3, 0.1, 0.08, 0.02])
    first, second = pairs_alike(labels)
    assert (labels[first] == labels[second]).all()
    assert (first != second).all()
    assert len(set(first.tolist())) == len(first)
    assert set(first.tolist()) == set(second.tolist())  # each class has one permutation
    assert len(first) > 190  # whom it leaves at their own place is left out: one a class on average


def test_who_is_alone_has_no_pair_and_who_are_two_have_each_other_or_none() -> None:
    first, second = pairs_alike(np.array([7, 3, 3, 1]))
    assert set(first.tolist()) <= {1, 2}
    assert [*zip(first.tolist(), second.tolist(), strict=True)] in ([], [(1, 2), (2, 1)])
    assert len(pairs_alike(np.arange(4))[0]) == 0


def test_the_pairs_hang_on_the_labels_alone() -> None:
    labels = np.random.default_rng(2).integers(0, 3, 50)
    one, again, other = pairs_alike(labels), pairs_alike(labels.copy()), pairs_alike(np.roll(labels, 1))
    assert all(np.array_equal(*both) for both in zip(one, again, strict=True))
    assert not np.array_equal(one[1], other[1])
