"""Fully connected networks with taps before every ReLU (PROTOCOL: each hidden layer before its ReLU)."""

from collections import OrderedDict
from math import prod

from torch import nn

from registry import Tap


def perceptron(input_shape: tuple[int, ...], widths: tuple[int, ...], num_classes: int) -> nn.Module:
    """hidden1, relu1, hidden2, ... logits: Xavier-uniform weights, zero biases."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    features = prod(input_shape)
    for number, width in enumerate(widths, start=1):
        layers[f"hidden{number}"] = _linear(features, width)
        layers[f"relu{number}"] = nn.ReLU()
        features = width
    layers["logits"] = _linear(features, num_classes)
    return nn.Sequential(layers)


def hidden_taps(count: int) -> tuple[Tap, ...]:
    """The taps of the first `count` hidden layers."""
    return tuple(Tap(f"hidden{number}") for number in range(1, count + 1))


def _linear(features: int, width: int) -> nn.Linear:
    layer = nn.Linear(features, width)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer
