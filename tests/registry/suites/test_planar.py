"""Points in the plane: what the third feature says, and how much of it."""

import numpy as np
import pytest
from made_data import random_points

from registry import SUITES


@pytest.mark.parametrize("name", ["circles-spurious", "toy-spurious"])
def test_the_third_feature_gives_the_label_away_for_the_share_alpha(name: str) -> None:
    for alpha in (0.5, 0.9, 1.0):
        splits = SUITES[name].make(random_points(20_000), alpha, 0)
        for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
            third = examples.inputs[:, 2]
            telling = np.abs(third) > 2
            assert telling.mean() == pytest.approx(share, abs=0.001)
            assert ((third[telling] > 0) == (examples.labels[telling] == 1)).all()
            assert ((third[~telling] >= 0) & (third[~telling] <= 1)).all()


def test_redrawn_labels_do_not_follow_the_silent_feature() -> None:
    splits = SUITES["circles-shuffled"].make(random_points(40_000), 1.0, 0)
    assert abs(np.corrcoef(splits.train.inputs[:, 2], splits.train.labels)[0, 1]) < 0.03
