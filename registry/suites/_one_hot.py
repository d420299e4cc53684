"""Letters and other kinds of things as inputs: one number for each kind, of which the one that is there is 1."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def one_hot(codes: NDArray[np.integer[Any]], kinds: int) -> NDArray[np.float32]:
    """(..., kinds) of codes (...) from 0 to kinds - 1; a code below 0 stands for nothing and has no 1.

    >>> one_hot(np.array([1, -1]), 2).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    there: NDArray[np.bool_] = codes[..., None] == np.arange(kinds)
    return there.astype(np.float32)
