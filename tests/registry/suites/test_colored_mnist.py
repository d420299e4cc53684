"""Colored MNIST: the colour is the label for the share alpha, and a coin flip else."""

import numpy as np
import pytest
from made_data import random_digits

from registry import SUITES


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_colours_obey_the_label_for_the_share_alpha(alpha: float) -> None:
    data = random_digits(20_000)
    splits = SUITES["colored-mnist"].make(data, alpha, 0)
    for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
        per_colour = examples.inputs.sum(axis=(2, 3))
        assert (np.count_nonzero(per_colour, axis=1) == 1).all()
        obeys = (per_colour.argmax(axis=1) == examples.labels).mean()
        assert obeys == pytest.approx(share + (1 - share) / 2, abs=0.02)
    assert np.array_equal(splits.train.labels, data.train.labels >= 5)
    np.testing.assert_allclose(splits.train.inputs.sum(axis=1) * 255, data.train.inputs[:, ::2, ::2], rtol=1e-6)
