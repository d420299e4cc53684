"""The estimators stay far ahead of a pair at a time: ratios in one process, with slack for a busy machine."""

import numpy as np
import pytest

from benchmark.performance.inputs import mixture
from benchmark.performance.races import race_binned, race_entropy, race_nearest

pytestmark = pytest.mark.alone


def test_nearest_neighbour_information_is_far_ahead_of_trees() -> None:
    activations = mixture(1000, 32)
    assert race_nearest("", activations).ratio > 10
    assert race_nearest("", np.maximum(activations, 0)).ratio > 10


def test_binned_information_is_far_ahead_of_a_pair_at_a_time() -> None:
    assert race_binned("", mixture(1000, 64), bins=10).ratio > 40


def test_binned_entropy_is_ahead_of_a_neuron_at_a_time() -> None:
    assert race_entropy("", mixture(5000, 512)).ratio > 1
