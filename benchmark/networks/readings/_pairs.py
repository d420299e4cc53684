"""Pairs of examples that are labelled alike.

In: labels. Out: the rows of both of each pair, the same for every network with these labels.
"""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def pairs_alike(labels: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Each example with another one of its label, as one seeded permutation of each class says.

    Args:
        labels: (T,).

    Returns:
        The rows (M,) of the first and of the second of each pair. Who would be paired with itself is left out, so that
        a class of one example has no pair.

    >>> first, second = pairs_alike(np.array([0, 1, 0, 1, 0]))
    >>> bool((first != second).all()), bool((first % 2 == second % 2).all())
    (True, True)
    """
    generator = np.random.default_rng(0)
    first = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    second = [generator.permutation(rows) for rows in first]
    one, other = np.concatenate(first), np.concatenate(second)
    return one[one != other], other[one != other]
