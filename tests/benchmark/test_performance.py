"""Estimators, probe and training on texts and images stay ahead of plain ones: ratios in one process, with slack."""

import numpy as np
import pytest

from benchmark.performance.images import race_images
from benchmark.performance.inputs import mixture
from benchmark.performance.probe import race_probe
from benchmark.performance.races import race_binned, race_entropy, race_nearest
from benchmark.performance.text import race_text

pytestmark = pytest.mark.alone


def test_nearest_neighbour_information_is_far_ahead_of_trees() -> None:
    activations = mixture(1000, 32)
    assert race_nearest("", activations).ratio > 10
    assert race_nearest("", np.maximum(activations, 0)).ratio > 10


def test_binned_information_is_far_ahead_of_a_pair_at_a_time() -> None:
    assert race_binned("", mixture(1000, 64), bins=10).ratio > 40


def test_binned_entropy_is_ahead_of_a_neuron_at_a_time() -> None:
    assert race_entropy("", mixture(5000, 512)).ratio > 1


def test_training_on_texts_is_ahead_of_a_loop_that_pads_to_the_longest() -> None:
    """Reads the data folder: `make test` has fetched it."""
    assert race_text(128) > 1.3


def test_a_training_step_on_images_is_ahead_of_a_loader_loop() -> None:
    assert race_images() > 1.05


def test_the_probe_of_the_online_code_is_ahead_of_a_loader_loop() -> None:
    seconds, ratio = race_probe()
    assert ratio > 3
    assert seconds < 30
