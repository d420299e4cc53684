"""What goes into the last layer of a network.

In: a network at hand, and inputs. Out: that layer, what goes into it and what comes out.
"""

from contextlib import ExitStack
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.networks.activations import evaluation_mode
from benchmark.reading import AtHand, NotForThese

BATCH = 128  # inputs at once


def last_features(at_hand: AtHand, inputs: NDArray[Any]) -> tuple[nn.Linear, NDArray[np.float32], NDArray[np.float32]]:
    """The linear layer whose output the logits are, its inputs (B, H) and the logits (B, K), in float32.

    Args:
        at_hand: The network.
        inputs: (B, ...).

    Raises:
        NotForThese: Its logits are not the output of one linear layer.
    """
    with evaluation_mode(at_hand.network), torch.no_grad():
        batches = (at_hand.arguments(inputs[row : row + BATCH]) for row in range(0, len(inputs), BATCH))
        found = [_of_batch(at_hand.network, arguments) for arguments in batches]
    features, logits = (np.concatenate(parts) for parts in zip(*(pair for _, *pair in found), strict=True))
    return found[0][0], features, logits


def _of_batch(network: nn.Module, arguments: tuple[Tensor, ...]) -> tuple[nn.Linear, NDArray[Any], NDArray[Any]]:
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
            return layer, as_array(features), as_array(logits)
    raise NotForThese("its logits are not the output of a linear layer")


def as_array(tensor: Tensor) -> NDArray[np.float32]:
    """A tensor as numbers of numpy."""
    return tensor.detach().float().cpu().numpy()
