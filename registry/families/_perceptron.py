"""Fully connected networks, each hidden layer of which is tapped before its ReLU."""

from collections import OrderedDict
from math import prod

from torch import nn

from registry import Tap


def perceptron(input_shape: tuple[int, ...], widths: tuple[int, ...], num_classes: int) -> nn.Module:
    """A network of the modules hidden1, relu1, hidden2, ... logits, with Xavier-uniform weights and zero biases.

    Args:
        input_shape: The shape of one example, which comes flat.
        widths: How many neurons each hidden layer has.
        num_classes: How many logits it gives.

    >>> perceptron((3,), (16,), 2).hidden1
    Linear(in_features=3, out_features=16, bias=True)
    """
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    features = prod(input_shape)
    for number, width in enumerate(widths, start=1):
        layers[f"hidden{number}"] = _linear(features, width)
        layers[f"relu{number}"] = nn.ReLU()
        features = width
    layers["logits"] = _linear(features, num_classes)
    return nn.Sequential(layers)


def hidden_taps(count: int) -> tuple[Tap, ...]:
    """The taps of the first `count` hidden layers, each before its ReLU.

    >>> [tap.module_path for tap in hidden_taps(2)]
    ['hidden1', 'hidden2']
    """
    return tuple(Tap(f"hidden{number}") for number in range(1, count + 1))


def _linear(features: int, width: int) -> nn.Linear:
    layer = nn.Linear(features, width)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer
