"""Singular values of every weight matrix, the largest first.

There is one array for each parameter with two axes or more, under the parameter's name; the kernels of a convolution
are the matrix (out, rest). What is below 1e-8 of the largest one is rounding. Tables of embeddings are left out: they
map no vectors, and with a large vocabulary they would cost more than all else.
"""

import torch
from torch import Tensor

from benchmark.networks.readings._matrices import weight_matrices
from benchmark.reading import Arrays, AtHand, Reading


def compute(at_hand: AtHand) -> Arrays:
    """The singular values (R,) of each matrix, in float64."""
    with torch.no_grad():
        return {
            name: _singular_values(weight.double().flatten(1)).cpu().numpy()
            for name, weight in weight_matrices(at_hand.network)
        }


def _singular_values(matrix: Tensor) -> Tensor:
    """Roots of the eigenvalues of the smaller of its two products with itself: up to fifty times as fast."""
    wide = matrix.shape[0] <= matrix.shape[1]
    product = matrix @ matrix.T if wide else matrix.T @ matrix
    squares: Tensor = torch.linalg.eigvalsh(product)
    return squares.clamp(min=0).sqrt().flip(0)


READING = Reading(
    name="spectra",
    axis="network",
    compute=compute,
    reference="Bartlett et al. 2017 (spectral norms), Martin and Mahoney 2021 (eigenvalues of weights)",
)
