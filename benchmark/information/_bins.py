"""Which bin a value belongs to: the one that numpy.histogram would give it in float64.

In: a checked matrix, and how the edges are spread. Out: a `Grid`, and the code of every value.
"""

from typing import Any, Literal, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information._kernel_cache import kernel
from benchmark.information._matrix import Matrix

Edges = Literal["global", "per-neuron", "robust"]
MAX_BINS = 256  # a code is one byte
CODED = 16  # neurons coded together: a cache line or two of each sample, and as many rows to write to
ROUNDING = 4  # in units of the dtype's precision: three operations on a value, two on an edge, and some room
ROBUST = (0.001, 0.999)  # the quantiles between which "robust" edges are spread


class Bounds(NamedTuple):
    """The lowest and the highest value between which bins are spread: of each neuron (N,), or one for all (1,)."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


class Grid(NamedTuple):
    """The bins of each neuron: edges (N, bins + 1), or (1, bins + 1) where all share one range.

    The other fields are what it takes to guess a bin, in the dtype of the values, for each neuron (N,).
    """

    edges: NDArray[np.float64]
    lows: NDArray[Any]
    scales: NDArray[Any]  # bins per unit; 0 where the edges do not ascend and every value counts as equal
    margins: NDArray[
        np.float32
    ]  # how far from the middle of a bin, in bins, rounding cannot matter; negative: it always may
    ends: NDArray[Any]  # the middles of the first and the last bin, in bins


def bounds_of(matrix: Matrix, edges: Edges) -> Bounds:
    """The values between which the bins of a matrix are spread. Raises ValueError for unknown edges."""
    if edges == "per-neuron":
        return Bounds(matrix.low, matrix.high)
    if edges == "global":
        return Bounds(matrix.low.min(keepdims=True), matrix.high.max(keepdims=True))
    if edges == "robust":
        return Bounds(*np.quantile(matrix.values, ROBUST).astype(np.float64)[:, None])
    raise ValueError(f"edges must be 'global', 'per-neuron' or 'robust', got {edges!r}")


def grid_of(matrix: Matrix, bins: int, edges: Edges | Bounds) -> Grid:
    """The bins of a matrix. Raises ValueError for fewer than 1 or more than 256 bins, and for unknown edges."""
    if not 1 <= bins <= MAX_BINS:
        raise ValueError(f"bins must be from 1 to {MAX_BINS}, got {bins}")
    low, high = edges if isinstance(edges, Bounds) else bounds_of(matrix, edges)
    # numpy.linspace for each range by itself: over several at once it rounds otherwise where one of them is 0 wide
    found = np.arange(bins + 1) * ((high - low) / bins)[:, None] + low[:, None]
    found[:, -1] = high
    ascend = np.all(found[:, :-1] < found[:, 1:], axis=1)
    limits = np.finfo(matrix.dtype)
    width = high - low
    # where no product or difference of a guess leaves the range of the dtype
    calm = ascend & (width > limits.tiny * 2**60) & (width < limits.max / 2**60)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        doubts = ROUNDING * float(limits.eps) * bins * (1.0 + np.maximum(np.abs(low), np.abs(high)) / width)
        scales = np.where(calm, bins / width, ascend)
    margins = np.where(calm, 0.5 - doubts, -1.0)
    lows, scales, margins = (np.broadcast_to(a, matrix.low.shape).astype(matrix.dtype) for a in (low, scales, margins))
    return Grid(found, lows, scales, margins, np.array([0.5, bins - 0.5], dtype=matrix.dtype))


@kernel(forceinline=True)
def _guess(value: Any, low: Any, scale: Any, margin: Any, ends: Any) -> Any:
    """The bin of a value if rounding cannot change it, else -1 - (a bin near it). End bins take what lies outside."""
    place = min(max((value - low) * scale, ends[0]), ends[1])  # within the end bins any place will do
    code = np.int32(place)
    sure = abs(place - np.floor(place) - ends[0]) < margin
    return code if sure else np.int32(-1) - code


@kernel(forceinline=True)
def _settled(guess: int, value: float, edges: NDArray[np.float64], own: int) -> int:
    """The bin as numpy.histogram finds it, by steps from a guess that rounding may have made wrong."""
    code = guess if guess >= 0 else -1 - guess
    while code > 0 and value < edges[own, code]:
        code -= 1
    while code < edges.shape[1] - 2 and value >= edges[own, code + 1]:
        code += 1
    return code


@kernel(forceinline=True)
def code_row(row: NDArray[Any], first: int, grid: Any, codes: NDArray[np.int32]) -> None:
    """Write the bins of `row`, one sample's values of the neurons from number `first` on, to `codes`."""
    last = first + len(row)
    low, scale, margin, ends = grid.lows[first:last], grid.scales[first:last], grid.margins[first:last], grid.ends
    # without a branch, so that several values are guessed at a time; few rows hold a value in doubt
    lowest = np.int32(0)
    for n in range(len(row)):
        codes[n] = _guess(row[n], low[n], scale[n], margin[n], ends)
        lowest = min(lowest, codes[n])
    if lowest < 0:
        for n in range(len(row)):
            codes[n] = _settled(codes[n], np.float64(row[n]), grid.edges, min(first + n, len(grid.edges) - 1))


@kernel(parallel=True, nogil=True)
def bin_codes(values: NDArray[Any], grid: Any) -> Any:
    """The bin of every value, (N, S) bytes."""
    samples, neurons = values.shape
    result = np.zeros((neurons, samples), dtype=np.uint8)
    for tile in prange((neurons + CODED - 1) // CODED):
        first: Any = np.int64(tile) * CODED
        last: Any = min(first + CODED, neurons)
        codes = np.empty(CODED, dtype=np.int32)
        for sample in range(samples):
            code_row(values[sample, first:last], first, grid, codes)
            for n in range(last - first):
                if grid.scales[first + n] > 0.0:
                    result[first + n, sample] = codes[n]
    return result
