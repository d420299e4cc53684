"""Circles with redrawn labels (Figure 1c): labels change for the share beta, and the third feature never tells."""

import numpy as np

from registry import SUITES, Data, Examples

SUITE = SUITES["circles-shuffled"]
POINTS = np.zeros((1000, 2), np.float32)
DATA = Data(Examples(POINTS, np.ones(1000, int)), Examples(POINTS[:400] + 1, np.ones(400, int)))


def test_half_of_a_share_beta_of_the_labels_is_another_one() -> None:
    for beta in SUITE.conditions:
        splits = SUITE.make(DATA, beta, 0)
        for examples in (splits.train, splits.in_distribution):
            redrawn = round(float(beta) * len(examples))
            changed = int((examples.labels == 0).sum())
            assert abs(changed - redrawn / 2) <= 2.5 * redrawn**0.5  # five deviations of so many coins
        assert (splits.evaluation.labels == 1).all()


def test_the_third_feature_says_nothing_under_any_condition() -> None:
    for beta in (0.0, 1.0):
        splits = SUITE.make(DATA, beta, 0)
        for examples, points in ((splits.train, DATA.train), (splits.evaluation, DATA.held_out)):
            assert examples.inputs.shape == (len(points), 3)
            assert np.array_equal(examples.inputs[:, :2], points.inputs)
            third = examples.inputs[:, 2]
            assert third.min() >= 0
            assert third.max() <= 1
            assert abs(third.mean() - 0.5) < 5 / (12 * len(third)) ** 0.5


def test_networks_are_read_on_a_square_around_both_rings_with_the_third_feature_in_its_middle() -> None:
    plane = SUITE.plane
    assert plane is not None
    found = plane.inputs()
    assert (found.shape, found.dtype) == ((plane.side**2, 3), np.float32)
    assert (found[:, 2] == 0.5).all()
    assert found[0, :2].tolist() == [plane.low, plane.low]
    assert found[plane.side - 1, :2].tolist() == [plane.high, plane.low]  # row by row
    assert found[-1, :2].tolist() == [plane.high, plane.high]
