"""Which rows of a file are read: all of them, or a sample that is the same every time.

In: how many rows there are, and how many may be read. Out: rows, ascending.
"""

import numpy as np
from numpy.typing import NDArray


def chosen(of: int, examples: int) -> NDArray[np.int64]:
    """Rows spread over all of a file, as files are often sorted by their classes.

    Args:
        of: How many rows there are.
        examples: How many may be read.

    Returns:
        All rows, or so many of a seeded permutation; ascending.

    >>> chosen(3, 5).tolist(), len(chosen(1000, 5))
    ([0, 1, 2], 5)
    """
    if of <= examples:
        return np.arange(of, dtype=np.int64)
    return np.sort(np.random.default_rng(0).permutation(of)[:examples]).astype(np.int64)
