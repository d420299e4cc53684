"""Which examples a measure reads whose cost grows with the square of their number: the same ones for every network."""

import numpy as np
from numpy.typing import NDArray

from benchmark.measures._canonical import canonical


def seeded_rows(matrix: NDArray[np.float32], most: int) -> NDArray[np.float64]:
    """At most so many rows of a matrix (S, N): all, or a seeded sample without replacement; in canonical order.

    >>> seeded_rows(np.array([[2.0], [3.0]], dtype=np.float32), 2).tolist()
    [[2.0], [3.0]]
    """
    if len(matrix) > most:
        matrix = matrix[np.random.default_rng(0).permutation(len(matrix))[:most]]
    return canonical(matrix).matrix.astype(np.float64)
