"""What goes into the last layer for training examples, what comes out, and its weights.

The arrays are `features` (T, H), the inputs of the last layer, and `logits` (T, K) of at most 1,000 seeded training
examples, with `labels` (T,) as given; and `weight` (K, H) of that layer, with `bias` (K,) where it has one. All is
computed in float32. A network whose logits are not the output of one linear layer has no such reading.
"""

from contextlib import ExitStack
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.networks.activations import evaluation_mode
from benchmark.reading import Arrays, AtHand, NotForThese, Reading

BATCH = 128  # inputs at once


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name."""
    inputs, labels = at_hand.training.inputs, at_hand.training.labels
    with evaluation_mode(at_hand.network), torch.no_grad():
        batches = (at_hand.arguments(inputs[row : row + BATCH]) for row in range(0, len(inputs), BATCH))
        found = [_of_batch(at_hand.network, arguments) for arguments in batches]
    features, logits = (np.concatenate(parts) for parts in zip(*(pair for _, *pair in found), strict=True))
    layer = found[0][0]
    given = {"features": features, "logits": logits, "labels": labels, "weight": _array(layer.weight)}
    return given if layer.bias is None else given | {"bias": _array(layer.bias)}


def _of_batch(network: nn.Module, arguments: tuple[Tensor, ...]) -> tuple[nn.Linear, NDArray[Any], NDArray[Any]]:
    """The linear layer whose output the logits are, its inputs and the logits."""
    fired: list[tuple[nn.Linear, Tensor, Tensor]] = []

    def keep(layer: nn.Module, given: tuple[Tensor, ...], output: Tensor) -> None:
        if isinstance(layer, nn.Linear) and given:
            fired.append((layer, given[0], output))

    with ExitStack() as hooks:
        for module in network.modules():
            hooks.callback(module.register_forward_hook(keep).remove)
        logits = network(*arguments)
    for layer, features, output in reversed(fired):
        if torch.equal(output, logits):
            return layer, _array(features), _array(logits)
    raise NotForThese("its logits are not the output of a linear layer")


def _array(tensor: Tensor) -> NDArray[Any]:
    return tensor.detach().float().cpu().numpy()


READING = Reading(
    name="last-layer",
    axis="network",
    compute=compute,
    reference="Daxberger et al. 2021, Laplace redux (last-layer Laplace approximations)",
)
