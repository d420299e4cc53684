"""The pairs i < j of N neurons as one range of numbers, so that any cut of the range is a fair share of the work."""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def pair_count(neurons: int) -> int:
    """How many pairs N neurons have."""
    return neurons * (neurons - 1) // 2


@njit(cache=True)
def pair_of(number: int) -> Any:
    """Pair number j (j - 1) / 2 + i is (i, j) with i < j."""
    j = np.int64((1.0 + np.sqrt(1.0 + 8.0 * number)) / 2.0)
    while j * (j - 1) // 2 > number:
        j -= 1
    while j * (j + 1) // 2 <= number:
        j += 1
    return number - j * (j - 1) // 2, j
