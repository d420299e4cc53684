"""Perceptrons: their sizes, how they begin, and that they are tapped before the ReLU."""

from itertools import pairwise
from math import prod, sqrt

import pytest
import torch
from torch import nn

from registry import Tap
from registry.families._perceptron import hidden_taps, perceptron


@pytest.mark.parametrize(
    ("shape", "widths", "classes"),
    [((3,), (16, 16), 2), ((2, 14, 14), (5,), 10), ((1,), (), 3), ((4, 2), (7, 6, 5), 2)],
)
def test_there_are_as_many_parameters_as_the_widths_say(
    shape: tuple[int, ...], widths: tuple[int, ...], classes: int
) -> None:
    network = perceptron(shape, widths, classes)
    sizes = [prod(shape), *widths, classes]
    assert sum(p.numel() for p in network.parameters()) == sum((a + 1) * b for a, b in pairwise(sizes))
    assert network(torch.zeros(2, prod(shape))).shape == (2, classes)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        network(torch.zeros(2, prod(shape) + 1))


def test_weights_begin_uniform_after_xavier_and_biases_at_zero() -> None:
    torch.manual_seed(0)
    for layer in perceptron((400,), (300, 200), 100):
        if isinstance(layer, nn.Linear):
            bound = sqrt(6 / (layer.in_features + layer.out_features))
            assert 0.99 * bound < layer.weight.abs().max() <= bound
            assert layer.weight.std().item() == pytest.approx(bound / sqrt(3), rel=0.02)
            assert not layer.bias.any()


def test_what_is_tapped_is_what_the_relu_gets() -> None:
    assert hidden_taps(2) == (Tap("hidden1"), Tap("hidden2"))
    network = perceptron((3,), (8, 8), 2)
    inputs = torch.randn(50, 3, generator=torch.Generator().manual_seed(0))
    first = network.get_submodule("hidden1")(inputs)
    assert first.min() < 0
    second = network.get_submodule("hidden2")(first.clamp(min=0))
    assert second.min() < 0
    assert torch.equal(network(inputs), network.get_submodule("logits")(second.clamp(min=0)))
