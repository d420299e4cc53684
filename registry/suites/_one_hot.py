"""Things of a few kinds, as letters, as inputs: one number for each kind, which is 1 for the kind that is there."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def one_hot(codes: NDArray[np.integer[Any]], kinds: int) -> NDArray[np.float32]:
    """Codes as inputs.

    Args:
        codes: (...) from 0 to kinds - 1. A code below 0 stands for nothing, and has no 1.
        kinds: How many kinds there are.

    Returns:
        (..., kinds) in float32.

    >>> one_hot(np.array([1, -1]), 2).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    there: NDArray[np.bool_] = codes[..., None] == np.arange(kinds)
    return there.astype(np.float32)
