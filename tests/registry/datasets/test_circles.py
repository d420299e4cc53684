"""Circles: two rings of the radii and the noise that the paper's Figure 1 has."""

from pathlib import Path

import numpy as np
import pytest

from registry import DATASETS, Data


@pytest.fixture(scope="module")
def data() -> Data:
    return DATASETS["circles"].load(Path("unused: the data are generated"))


def test_half_of_two_thousand_points_are_to_train_on(data: Data) -> None:
    for part in (data.train, data.held_out):
        assert (part.inputs.shape, part.inputs.dtype) == ((1000, 2), np.float32)
    labels = np.concatenate([data.train.labels, data.held_out.labels])
    assert np.bincount(labels).tolist() == [1000, 1000]
    assert len(np.unique(np.concatenate([data.train.inputs, data.held_out.inputs]), axis=0)) == 2000


def test_the_inner_ring_has_the_label_1_and_both_have_their_radius_and_noise(data: Data) -> None:
    """The mean square of a point's distance is r^2 + 2 s^2, here for s = 0.2 and r = 1 or 0.4."""
    points = np.concatenate([part.inputs for part in (data.train, data.held_out)]).astype(np.float64)
    labels = np.concatenate([part.labels for part in (data.train, data.held_out)])
    for label, radius in ((0, 1.0), (1, 0.4)):
        squares = (points[labels == label] ** 2).sum(axis=1)
        assert squares.mean() == pytest.approx(radius**2 + 2 * 0.2**2, abs=3 * squares.std() / len(squares) ** 0.5)
