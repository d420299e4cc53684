"""Losses on training examples as they are, and with noise on the weights that is a twentieth of each weight.

The arrays are `losses` (T,), the cross-entropies of at most 1,000 seeded training examples with labels as given, in
nats, and `noisy` (5, T), the same with each weight w of a matrix replaced by w + 0.05 |w| g, where g is standard normal
in five draws. So the noise on a matrix has a twentieth of its root mean square, and what scales a weight scales its
noise. Biases, scales of normalizations and tables of embeddings stay as they are.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmark.networks.readings._noise import noisy
from benchmark.reading import Arrays, AtHand, Reading

SIZE = 0.05  # of the absolute value of a weight
DRAWS = 5


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name."""

    def losses(network: nn.Module) -> NDArray[np.float64]:
        logits = torch.from_numpy(at_hand.read_by(network, at_hand.training.inputs)[1]).double()
        return cross_entropy(logits, torch.from_numpy(at_hand.training.labels), reduction="none").numpy()

    draws = (noisy(at_hand.network, draw, _share) for draw in range(1, DRAWS + 1))
    return {"losses": losses(at_hand.network), "noisy": np.stack([losses(network) for network in draws])}


def _share(weight: Tensor) -> Tensor:
    return SIZE * weight.abs()


READING = Reading(
    name="sharpness",
    axis="network",
    compute=compute,
    reference="Andriushchenko et al. 2023 (adaptive sharpness on average over noise), normalized as Kwon et al. 2021",
)
