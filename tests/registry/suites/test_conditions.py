"""The two knobs: how many examples they touch, and which of them first."""

import numpy as np
import pytest
from made_data import random_digits

from registry import SUITES
from registry.suites._conditions import HELD_OUT_SEED, chosen_share, redrawn_labels


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.25, 250), (1 / 3, 333), (2 / 3, 667), (1.0, 1000)])
def test_exactly_so_many_are_chosen_and_at_a_higher_share_others_beside_them(share: float, count: int) -> None:
    chosen = chosen_share(1000, share, np.random.default_rng(3))
    assert (chosen.shape, chosen.dtype, chosen.sum()) == ((1000,), np.bool_, count)
    more = chosen_share(1000, min(1.0, share + 0.1), np.random.default_rng(3))
    assert not (chosen & ~more).any()


def test_redrawn_labels_are_uniform_over_all_classes_and_the_rest_stay() -> None:
    labels = np.full(40_000, 2)
    for share in (0.0, 0.5, 1.0):
        found = redrawn_labels(labels, share, 4, 0)
        expected = np.full(4, share / 4)
        expected[2] += 1 - share
        np.testing.assert_allclose(np.bincount(found, minlength=4) / 40_000, expected, atol=0.012)  # five deviations
    assert (labels == 2).all()


def test_labels_are_redrawn_alike_for_one_seed_and_otherwise_for_another() -> None:
    labels = np.zeros(200, np.int64)
    first, again, other = (redrawn_labels(labels, 1.0, 10, seed) for seed in (0, 0, 1))
    assert np.array_equal(first, again)
    assert (first != other).sum() > 150  # nine of ten
    assert HELD_OUT_SEED == 4_294_967_295  # plans name seeds below that


def test_the_same_examples_come_first_as_the_knob_turns() -> None:
    suite, data = SUITES["shuffled-mnist"], random_digits()
    changed = [set(np.flatnonzero(suite.make(data, b, 3).train.labels != data.train.labels)) for b in (0.25, 0.5, 1.0)]
    assert changed[0] < changed[1] < changed[2]
