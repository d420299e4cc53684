"""Shuffled table: the table is the same under every condition, and labels are redrawn in training alone."""

import numpy as np
import pytest
from made_data import random_emails

from registry import SUITES

SUITE = SUITES["shuffled-table"]


@pytest.mark.parametrize("seed", [0, 1])
def test_only_labels_depend_on_condition_and_seed(seed: int) -> None:
    data = random_emails(100)
    first = SUITE.make(data, 0.0, 0)
    assert first.train.inputs.shape == (50, *SUITE.input_shape)
    assert np.array_equal(first.train.labels, data.train.labels)
    for beta in SUITE.conditions:
        splits = SUITE.make(data, beta, seed)
        for name in ("train", "evaluation", "in_distribution"):
            assert np.array_equal(getattr(splits, name).inputs, getattr(first, name).inputs)
        assert np.array_equal(splits.evaluation.labels, data.held_out.labels)
        assert (splits.train.labels != data.train.labels).sum() <= round(50 * float(beta))
        assert (splits.in_distribution.labels != data.held_out.labels).sum() <= round(50 * float(beta))
    assert (splits.train.labels != data.train.labels).any()
