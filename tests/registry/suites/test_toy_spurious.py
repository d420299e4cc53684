"""The small suite of a shortcut: alpha is the share of 120 points whose third feature gives the label away."""

from pathlib import Path

import numpy as np

from registry import DATASETS, SUITES

SUITE = SUITES["toy-spurious"]
DATA = DATASETS[SUITE.default_data].load(Path("unused: the data are generated"))


def telling(third: np.ndarray, labels: np.ndarray) -> int:
    """How many give their label away: far from 0, on its side."""
    return int(((third > 2) & (labels == 1) | (third < -2) & (labels == 0)).sum())


def test_none_half_or_all_of_120_points_give_their_label_away() -> None:
    assert SUITE.conditions == (0.0, 0.5, 1.0)
    for alpha, told in zip(SUITE.conditions, (0, 60, 120), strict=True):
        splits = SUITE.make(DATA, alpha, 0)
        for part, count in (("train", told), ("in_distribution", told), ("evaluation", 0)):
            examples = getattr(splits, part)
            assert telling(examples.inputs[:, 2], examples.labels) == count
            assert (np.abs(examples.inputs[:, 2]) > 2).sum() == count


def test_points_and_labels_stay_as_they_are() -> None:
    splits = SUITE.make(DATA, 1.0, 0)
    for examples, points in ((splits.train, DATA.train), (splits.evaluation, DATA.held_out)):
        assert np.array_equal(examples.inputs[:, :2], points.inputs)
        assert np.array_equal(examples.labels, points.labels)
