"""The smallest and the largest value of every neuron, in one pass over the matrix."""

from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

SHARE = 1024  # samples looked at by one thread at a time


@njit(cache=True, parallel=True)
def extremes(values: NDArray[Any]) -> Any:
    """Smallest and largest (N,) of each column of (S, N), S > 0; NaN where one of its values is not finite."""
    samples, neurons = values.shape
    shares = (samples + SHARE - 1) // SHARE
    low, high = np.empty((shares, neurons), values.dtype), np.empty((shares, neurons), values.dtype)
    doubt = np.zeros((shares, neurons), values.dtype)  # 0 while all values are finite, then NaN for good
    for share in prange(shares):
        first = np.int64(share) * SHARE
        low[share], high[share] = values[first], values[first]
        last = min(first + SHARE, samples) - 1
        for s in range(first, last + 1, 4):
            a, b, c, d = values[s], values[min(s + 1, last)], values[min(s + 2, last)], values[min(s + 3, last)]
            _see(a, b, c, d, low[share], high[share], doubt[share])
    for share in range(1, shares):
        _see(low[share], high[share], low[share], high[share], low[0], high[0], doubt[0])
        doubt[0] += doubt[share]
    return low[0] + doubt[0], high[0] + doubt[0]


@njit(cache=True)
def _see(a: Any, b: Any, c: Any, d: Any, low: NDArray[Any], high: NDArray[Any], doubt: NDArray[Any]) -> None:
    """Four samples (N,) come by."""
    for n in range(len(low)):
        doubt[n] += ((a[n] - a[n]) + (b[n] - b[n])) + ((c[n] - c[n]) + (d[n] - d[n]))
        low[n] = _smaller(_smaller(_smaller(a[n], b[n]), _smaller(c[n], d[n])), low[n])
        high[n] = _larger(_larger(_larger(a[n], b[n]), _larger(c[n], d[n])), high[n])


@njit(cache=True, forceinline=True)
def _smaller(a: Any, b: Any) -> Any:
    return a if a < b else b


@njit(cache=True, forceinline=True)
def _larger(a: Any, b: Any) -> Any:
    return a if a > b else b
