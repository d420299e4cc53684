"""Fully connected networks, each hidden layer of which is tapped before its ReLU."""

from collections import OrderedDict
from math import prod

from torch import nn

from registry import Tap

WIDEST = 2**16
DEEPEST = 1000


def perceptron(
    input_shape: tuple[int, ...], widths: tuple[int, ...], num_classes: int, drop_out: float = 0.0
) -> nn.Module:
    """A network of the modules hidden1, relu1, hidden2, ... logits, with Xavier-uniform weights and zero biases.

    Args:
        input_shape: The shape of one example, which comes flat.
        widths: How many neurons each hidden layer has.
        num_classes: How many logits it gives.
        drop_out: The share of the neurons of each hidden layer that every step of training sets to 0, behind the ReLU
            and so behind the tap.

    >>> perceptron((3,), (16,), 2).hidden1
    Linear(in_features=3, out_features=16, bias=True)
    """
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    features = prod(input_shape)
    for number, width in enumerate(widths, start=1):
        layers[f"hidden{number}"] = _linear(features, width)
        layers[f"relu{number}"] = nn.ReLU()
        if drop_out:
            layers[f"drop{number}"] = nn.Dropout(drop_out)
        features = width
    layers["logits"] = _linear(features, num_classes)
    return nn.Sequential(layers)


def hidden_taps(count: int) -> tuple[Tap, ...]:
    """The taps of the first `count` hidden layers, each before its ReLU.

    >>> [tap.module_path for tap in hidden_taps(2)]
    ['hidden1', 'hidden2']
    """
    return tuple(Tap(f"hidden{number}") for number in range(1, count + 1))


def taps_of_equal_layers(width: int, depth: int, drop_out: float) -> tuple[Tap, ...]:
    """The taps of a network with `depth` hidden layers of `width` neurons each.

    Raises:
        ValueError: There is no such network.

    >>> taps_of_equal_layers(0, 2, 0.0)
    Traceback (most recent call last):
    ValueError: width is 0, not from 1 to 65536
    """
    if not 1 <= width <= WIDEST:
        raise ValueError(f"width is {width}, not from 1 to {WIDEST}")
    if not 1 <= depth <= DEEPEST:
        raise ValueError(f"depth is {depth}, not from 1 to {DEEPEST}")
    if not 0 <= drop_out < 1:
        raise ValueError(f"drop_out is {drop_out:g}, not from 0 to below 1")
    return hidden_taps(depth)


def _linear(features: int, width: int) -> nn.Linear:
    layer = nn.Linear(features, width)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer
