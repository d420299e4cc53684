"""What the measures of clusters share: how far apart those of some classes lie.

Sums are of sorted numbers, so that neither the order of the examples nor that of the neurons changes a bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def davies_bouldin_index(features: NDArray[np.float64], members: Sequence[NDArray[np.int64]]) -> float | None:
    """Mean over the classes of the likeness to the class that is most like it; None where two have one centre.

    Args:
        features: (S, N).
        members: The rows of the examples of each class, of two classes or more.

    >>> davies_bouldin_index(np.array([[0.0], [2.0], [9.0], [11.0]]), [np.array([0, 1]), np.array([2, 3])])
    0.2222222222222222
    """
    centres = np.stack([mean_row(features[rows]) for rows in members])
    within = np.array([mean_row(norms(features[rows] - centre)) for rows, centre in zip(members, centres, strict=True)])
    apart = np.stack([norms(centres - centre) for centre in centres])
    np.fill_diagonal(apart, np.inf)
    return float(((within[:, None] + within) / apart).max(axis=1).mean()) if apart.all() else None


def mean_row(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over the examples. They are sorted first, so that their order changes no bit."""
    return np.asarray(np.sort(values, axis=0).mean(axis=0))


def norms(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The Euclidean norm of each row (B, N). Neurons are sorted first, so that their order changes no bit."""
    return np.asarray(np.sqrt(np.sort(values**2, axis=1).sum(axis=1)))
