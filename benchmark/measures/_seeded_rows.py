"""Which examples a measure reads whose cost grows with the square of their number: the same ones for every network."""

import numpy as np
from numpy.typing import NDArray


def seeded_rows(matrix: NDArray[np.float32], most: int) -> NDArray[np.float64]:
    """At most so many rows of a matrix (S, N), in their order: all, or a seeded sample without replacement.

    >>> seeded_rows(np.arange(3, dtype=np.float32)[:, None], 3).tolist()
    [[0.0], [1.0], [2.0]]
    """
    if len(matrix) <= most:
        return matrix.astype(np.float64)
    rows = np.random.default_rng(0).permutation(len(matrix))[:most]
    return matrix[np.sort(rows)].astype(np.float64)
