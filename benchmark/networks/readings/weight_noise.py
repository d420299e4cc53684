"""Logits with noise on the weights: a tenth of each weight matrix's root mean square, in three draws.

The arrays are `noise-1` to `noise-3`, each (S, K). The noise is Gaussian, drawn for each matrix by itself and by its
name, so that on one machine and another, and in networks of one form, it is the same up to its size. Biases, scales of
normalizations and tables of embeddings stay as they are.
"""

from torch import Tensor

from benchmark.networks.readings._noise import noisy
from benchmark.reading import Arrays, AtHand, Reading

SIZE = 0.1  # of the root mean square of the matrix
DRAWS = 3


def compute(at_hand: AtHand) -> Arrays:
    """The logits (S, K) of each draw."""
    draws = range(1, DRAWS + 1)
    return {f"noise-{draw}": at_hand.read_by(noisy(at_hand.network, draw, _share), at_hand.inputs)[1] for draw in draws}


def _share(weight: Tensor) -> Tensor:
    return SIZE * weight.square().mean().sqrt()


READING = Reading(
    name="weight-noise",
    axis="examples",
    compute=compute,
    reference="Neyshabur et al. 2017, Exploring generalization in deep learning (noise relative to the weights)",
)
