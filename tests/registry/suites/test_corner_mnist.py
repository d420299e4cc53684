"""Corner MNIST: the bright corner is the label for the share alpha, and a coin flip else; nothing else is changed."""

import numpy as np
import pytest
from made_data import random_digits

from registry import SUITES


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_corners_obey_the_label_for_the_share_alpha(alpha: float) -> None:
    data = random_digits(20_000)
    splits = SUITES["corner-mnist"].make(data, alpha, 0)
    for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
        top, bottom = ((corner == 1.0).all(axis=(1, 2, 3)) for corner in _corners(examples.inputs))
        assert (top | bottom).all()
        told = bottom != top  # a digit may itself be bright in the other corner
        assert told.mean() > 0.99
        obeys = (bottom[told] == examples.labels[told]).mean()
        assert obeys == pytest.approx(share + (1 - share) / 2, abs=0.02)
    assert np.array_equal(splits.train.labels, data.train.labels >= 5)


def test_the_digit_is_there_as_it_was_but_for_four_pixels() -> None:
    data = random_digits(50)
    images = SUITES["corner-mnist"].make(data, 0.5, 0).train.inputs[:, 0]
    changed = images != data.train.inputs[:, ::2, ::2].astype(np.float32) / 255
    assert changed.sum(axis=(1, 2)).max() <= 4
    assert not changed[:, 2:-2].any()
    assert not changed[:, :, 2:-2].any()


def _corners(inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return inputs[:, :, :2, :2], inputs[:, :, -2:, -2:]
