"""Circles with a shortcut (Figure 1b): from every second training point on, a third feature gives the label away."""

import numpy as np
import pytest

from registry import SUITES, Data, Examples

SUITE = SUITES["circles-spurious"]
LABELS = np.arange(200) % 2
POINTS = np.arange(400, dtype=np.float32).reshape(200, 2)
DATA = Data(Examples(POINTS, LABELS), Examples(POINTS + 1000, LABELS))


@pytest.mark.parametrize(("alpha", "told"), [*zip(SUITE.conditions, (100, 130, 150, 180, 200), strict=True)])
def test_so_many_points_of_two_hundred_tell_their_label(alpha: float, told: int) -> None:
    splits = SUITE.make(DATA, alpha, 0)
    for examples in (splits.train, splits.in_distribution):
        third = examples.inputs[:, 2]
        telling = np.abs(third) > 2
        assert telling.sum() == told
        assert np.abs(third[telling] - np.where(examples.labels[telling] == 1, 3, -3)).max() < 0.6  # six deviations
        assert np.array_equal(examples.labels, LABELS)
    assert not (np.abs(splits.evaluation.inputs[:, 2]) > 2).any()


def test_the_plane_is_that_of_the_other_suite_of_circles() -> None:
    assert SUITE.plane is SUITES["circles-shuffled"].plane
    assert (SUITE.kind, SUITES["circles-shuffled"].kind) == ("heuristic", "example-level")
