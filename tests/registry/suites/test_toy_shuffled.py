"""The small suite of redrawn labels: its data are generated, and beta is a share of 120 labels."""

from pathlib import Path

import numpy as np

from registry import DATASETS, SUITES

SUITE = SUITES["toy-shuffled"]
DATA = DATASETS[SUITE.default_data].load(Path("unused: the data are generated"))


def test_at_most_a_share_beta_of_120_labels_changes_and_about_half_of_it_does() -> None:
    assert SUITE.conditions == (0.0, 0.5, 1.0)
    for beta, most in zip(SUITE.conditions, (0, 60, 120), strict=True):
        splits = SUITE.make(DATA, beta, 0)
        changed = int((splits.train.labels != DATA.train.labels).sum())
        assert abs(changed - most / 2) <= 2.5 * most**0.5  # five deviations of so many coins
        assert splits.train.inputs.shape == (120, *SUITE.input_shape)


def test_what_is_tested_on_is_the_same_for_every_network() -> None:
    first, other = SUITE.make(DATA, 0.0, 0).evaluation, SUITE.make(DATA, 1.0, 7).evaluation
    assert np.array_equal(first.inputs, other.inputs)
    assert np.array_equal(first.labels, DATA.held_out.labels)
    assert np.array_equal(other.labels, DATA.held_out.labels)
