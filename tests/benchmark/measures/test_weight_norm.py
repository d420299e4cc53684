"""The norm of the weights: that of the last epoch, which is the one of all parameters of the trained network."""

from dataclasses import replace

import torch
from made_outputs import HISTORY, A, outputs
from torch import nn

from benchmark.estimator import Settings
from benchmark.measures.weight_norm import MEASURE, compute
from benchmark.networks.inputs import Tensors
from benchmark.networks.training import train
from registry import Training


def test_it_is_the_norm_of_the_last_epoch() -> None:
    history = replace(HISTORY, weight_norms=(5.0, 1.0, 2.0))
    assert compute(replace(outputs(A), history=history), Settings()).value == 2.0


def test_it_is_that_of_all_parameters_the_frozen_ones_too() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    network[0].requires_grad_(False)
    inputs, labels = torch.randn(8, 3), torch.arange(8) % 2
    history = train(network, Tensors(inputs), labels, Training(batch_size=4, max_epochs=2))
    found = compute(replace(outputs(A), history=history), Settings()).value
    square = sum(float((parameter.detach().double() ** 2).sum()) for parameter in network.parameters())
    assert abs(found - square**0.5) < 1e-5


def test_it_is_a_placebo() -> None:
    assert MEASURE.placebo
