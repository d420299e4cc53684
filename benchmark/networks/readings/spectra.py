"""Singular values of every weight matrix, the largest first.

There is one array for each parameter with two axes or more, under the parameter's name; the kernels of a convolution
are the matrix (out, rest). Tables of embeddings are left out: they map no vectors, and with a large vocabulary they
would cost more than all else.
"""

import torch

from benchmark.networks.readings._matrices import weight_matrices
from benchmark.reading import Arrays, AtHand, Reading


def compute(at_hand: AtHand) -> Arrays:
    """The singular values (R,) of each matrix, in float64."""
    with torch.no_grad():
        return {
            name: torch.linalg.svdvals(weight.double().flatten(1)).cpu().numpy()
            for name, weight in weight_matrices(at_hand.network)
        }


READING = Reading(
    name="spectra",
    axis="network",
    compute=compute,
    reference="Bartlett et al. 2017 (spectral norms), Martin and Mahoney 2021 (eigenvalues of weights)",
)
