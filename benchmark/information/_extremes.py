"""The smallest and the largest value of every neuron, in one pass over the matrix."""

from typing import Any

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information._kernel_cache import kernel

SHARE = 1024  # samples looked at by one thread at a time


def extremes(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Smallest and largest (N,) of each column of (S, N), S > 0; NaN where one of its values is not finite."""
    low, high = values[::SHARE].copy(), values[::SHARE].copy()
    doubt = np.zeros_like(low)  # 0 while all values are finite, then NaN for good
    _see_all(values, low, high, doubt)
    doubt = doubt.sum(axis=0)
    return low.min(axis=0) + doubt, high.max(axis=0) + doubt


@kernel(parallel=True, nogil=True)
def _see_all(values: NDArray[Any], low: NDArray[Any], high: NDArray[Any], doubt: NDArray[Any]) -> None:
    for share in prange(len(low)):
        first: Any = np.int64(share) * SHARE
        last: Any = min(first + SHARE, len(values)) - 1
        for s in range(first, last + 1, 4):
            a, b, c, d = values[s], values[min(s + 1, last)], values[min(s + 2, last)], values[min(s + 3, last)]
            _see(a, b, c, d, low[share], high[share], doubt[share])


@kernel()
def _see(a: Any, b: Any, c: Any, d: Any, low: NDArray[Any], high: NDArray[Any], doubt: NDArray[Any]) -> None:
    """Take four samples (N,) into account."""
    for n in range(len(low)):
        doubt[n] += ((a[n] - a[n]) + (b[n] - b[n])) + ((c[n] - c[n]) + (d[n] - d[n]))
        low[n] = _smaller(_smaller(_smaller(a[n], b[n]), _smaller(c[n], d[n])), low[n])
        high[n] = _larger(_larger(_larger(a[n], b[n]), _larger(c[n], d[n])), high[n])


@kernel(forceinline=True)
def _smaller(a: Any, b: Any) -> Any:
    return a if a < b else b


@kernel(forceinline=True)
def _larger(a: Any, b: Any) -> Any:
    return a if a > b else b
