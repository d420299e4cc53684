"""Noise on the weight matrices of a network.

In: a network, and how large the noise on a weight is. Out: a changed copy.
"""

from collections.abc import Callable
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor, nn

from benchmark.networks.readings._matrices import weight_matrices


def noisy(network: nn.Module, draw: int, size: Callable[[Tensor], Tensor]) -> nn.Module:
    """A copy with Gaussian noise on its weight matrices.

    The noise is drawn for each matrix by itself and by its name: on one machine and another, and in networks of one
    form, it is the same up to its size.

    Args:
        network: It stays as it is.
        draw: The number of the draw.
        size: Takes a weight matrix; returns the standard deviation of the noise, one number or one for each weight.
    """
    changed = deepcopy(network)
    with torch.no_grad():
        for name, weight in weight_matrices(changed):
            generator = np.random.default_rng([draw, *name.encode()])
            noise = torch.from_numpy(generator.standard_normal(tuple(weight.shape), dtype=np.float32))
            weight.add_(size(weight) * noise.to(weight))
    return changed
