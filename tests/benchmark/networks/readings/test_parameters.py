"""The number of parameters and the sum of their squares, of a network whose weights are known."""

import pytest
import torch
from made_at_hand import at_hand
from torch import nn

from benchmark.networks.readings.parameters import compute


def test_weights_biases_and_frozen_ones_count_and_what_is_shared_counts_once() -> None:
    network = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False))
    network[2].weight = network[1].weight
    network[0].bias.requires_grad_(False)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.fill_(2.0)
    found = compute(at_hand(network))
    assert found["count"].tolist() == [3 * 2 + 2 + 2 * 2]
    assert found["squares"].tolist() == [4.0 * 12]


def test_the_root_of_the_squares_is_the_norm_that_training_keeps() -> None:
    network = nn.Linear(40, 30)
    norm = float(torch.cat([parameter.detach().double().flatten() for parameter in network.parameters()]).norm())
    assert compute(at_hand(network))["squares"][0] == pytest.approx(norm**2, rel=1e-12)
