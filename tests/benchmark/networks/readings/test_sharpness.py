"""Losses under noise against scipy's softmax, a loss that is linear in the weights, and scales that cancel."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from made_at_hand import TRAINING, at_hand, network, read_by, texts_at_hand
from scipy.special import log_softmax
from torch import nn

from benchmark.networks.readings.sharpness import READING, compute
from benchmark.reading import AtHand
from registry import Examples


def linear_at_hand(weights: list[list[float]], inputs: np.ndarray) -> AtHand:
    """A linear map without bias of inputs (T, N), all of which have label 0."""
    model = nn.Linear(inputs.shape[1], len(weights), bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor(weights))
    training = Examples(inputs.astype(np.float32), np.zeros(len(inputs), dtype=np.int64))
    return at_hand(
        model, training=training, read_by=lambda one, given: ({}, one(torch.from_numpy(given)).detach().numpy())
    )


def test_losses_are_the_cross_entropies_of_training_examples_with_labels_as_given() -> None:
    found = compute(at_hand())
    expected = -log_softmax(read_by(network(), TRAINING.inputs)[1].astype(float), axis=1)[range(15), TRAINING.labels]
    assert found["losses"] == pytest.approx(expected, abs=1e-12)
    assert found["noisy"].shape == (5, 15)
    assert READING.axis == "network"


def test_noise_is_a_twentieth_of_the_absolute_weight_times_one_normal_number_for_all_examples() -> None:
    """Where the first class is out of the question its loss is -w x, and w = 0 has no noise."""
    found = compute(linear_at_hand([[1.0], [0.0]], -np.linspace(100, 200, 7)[:, None]))
    assert found["losses"] == pytest.approx(np.linspace(100, 200, 7))
    shares = found["noisy"] / found["losses"] - 1
    assert shares == pytest.approx(np.repeat(shares[:, :1], 7, axis=1), abs=1e-6)
    twice = compute(linear_at_hand([[2.0], [0.0]], -np.linspace(100, 200, 7)[:, None]))
    assert twice["noisy"] == pytest.approx(2 * found["noisy"], rel=1e-6)
    wide = compute(linear_at_hand([[1.0] * 2000, [0.0] * 2000], -np.eye(2000) * 100))["noisy"] / 100 - 1
    assert wide.std(axis=1) == pytest.approx(0.05 * np.ones(5), rel=0.07)  # over four standard errors
    assert np.abs(np.corrcoef(wide)[np.triu_indices(5, 1)]).max() < 0.1


def test_scales_of_a_neuron_that_cancel_change_nothing() -> None:
    one = nn.Sequential(nn.Flatten(), nn.Linear(32, 8, bias=False), nn.ReLU(), nn.Linear(8, 3, bias=False)).eval()
    two, scales = deepcopy(one), 2.0 ** torch.arange(-4, 4)
    with torch.no_grad():
        two[1].weight *= scales[:, None]
        two[3].weight /= scales
    first, second = compute(at_hand(one)), compute(at_hand(two))
    assert first["noisy"] == pytest.approx(second["noisy"], rel=1e-6)
    assert first["noisy"] != pytest.approx(np.stack([first["losses"]] * 5), rel=1e-3)


def test_texts_have_them_too() -> None:
    assert compute(texts_at_hand())["noisy"].shape == (5, 8)
