"""What the nearest-neighbour kernel knows of each neuron by itself, computed once: sorted values, ranks and columns.

In: neurons (N, S). Out: `Prepared`.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information._kernel_cache import kernel
from benchmark.information._lanes import LANES

PAD = 16  # infinite values at either end of a sorted neuron and of a column, so that edges need no test
KEY_BITS = 4
KEY = 1 << KEY_BITS  # every 16th sorted value is a key
CLOSE = 2.0**-40  # of a value: what lies no further apart may have changed places in a jitter
WIDTH = 2.4  # samples in a column, in square roots of all samples


class Prepared(NamedTuple):
    """Everything about the neurons (N, S) that does not depend on the partner."""

    order: NDArray[np.int32]  # (N, S) samples in ascending order of value
    rank: NDArray[np.int32]  # (N, S) each sample's place in that order
    padded: NDArray[np.float64]  # (N, PAD + S + PAD + ...) sorted values between -inf and +inf
    low_keys: NDArray[np.float64]  # (N, blocks) the first value of each 16 of `padded`
    high_keys: NDArray[np.float64]  # (N, blocks) the last value of each 16
    run_start: NDArray[np.int32]  # (N, S) by rank: the first rank with the same value
    run_stop: NDArray[np.int32]  # (N, S) by rank: one past the last rank with the same value
    clump_start: NDArray[np.int32]  # (N, S) by rank: the first rank of those that were equal before they were jittered
    clump_stop: NDArray[np.int32]  # (N, S) by rank: one past the last of them
    grain: NDArray[np.float64]  # (N,) how far the values of the longest clump lie apart; +inf if it fits into a column
    column: NDArray[np.int32]  # (N, S) by sample: the column it falls into
    column_start: NDArray[np.int32]  # (N, columns + 1) ranks at which columns start; unused ones are S
    columns: NDArray[np.int32]  # (N,) how many columns


@kernel()
def column_cuts(run_stop: NDArray[np.int32], width: int, cuts: NDArray[np.int32]) -> int:
    """Write the ranks at which columns start into `cuts` and return how many columns there are.

    No run of equal values is split, no column is shorter than eight samples, and none is longer than about 1.5 widths
    unless one run is.
    """
    samples = len(run_stop)
    columns, start, rank = 1, 0, 0
    cuts[0] = 0
    while rank < samples:
        stop = run_stop[rank]
        if rank - start >= width or (rank - start >= LANES and stop - start > width + width // 2):
            cuts[columns] = rank
            columns += 1
            start = rank
        rank = stop
    if columns > 1 and samples - start < LANES:
        columns -= 1
    cuts[columns:] = samples
    return columns


def prepare(rows: NDArray[np.float64], before: NDArray[np.float64] | None = None) -> Any:
    """Sort, rank and cut every neuron of (N, S). `before` are the values before a jitter moved them, if one did."""
    order = np.empty(rows.shape, dtype=np.int32)
    for row, place in zip(rows, order, strict=True):
        place[:] = np.argsort(row)
    return prepare_sorted(rows, order, rows if before is None else before)


@kernel(parallel=True, nogil=True)
def prepare_sorted(rows: NDArray[np.float64], order: NDArray[np.int32], before: NDArray[np.float64]) -> Any:
    """The same, when the order is known. What was equal before stays in one column."""
    neurons, samples = rows.shape
    blocks = (PAD + samples + PAD) // KEY + 1
    width = max(LANES, int(WIDTH * np.sqrt(samples)))
    rank = np.empty((neurons, samples), dtype=np.int32)
    padded = np.full((neurons, blocks * KEY), np.inf)
    # a key that is never inside a radius beyond either end
    low_keys = np.full((neurons, blocks + 2 * KEY), -np.inf)
    high_keys = np.full((neurons, blocks + 2 * KEY), np.inf)
    run_start = np.empty((neurons, samples), dtype=np.int32)
    run_stop = np.empty((neurons, samples), dtype=np.int32)
    clump_start = np.empty((neurons, samples), dtype=np.int32)
    clump_stop = np.empty((neurons, samples), dtype=np.int32)
    grain = np.empty(neurons)
    column = np.empty((neurons, samples), dtype=np.int32)
    column_start = np.empty((neurons, samples // LANES + 2), dtype=np.int32)
    columns = np.empty(neurons, dtype=np.int32)
    for n in prange(neurons):
        ascending = order[n]
        padded[n, :PAD] = -np.inf
        start, first = 0, 0
        for r in range(samples):
            rank[n, ascending[r]] = r
            value = rows[n, ascending[r]]
            padded[n, PAD + r] = value
            if value != rows[n, ascending[start]]:
                run_stop[n, start:r] = r
                start = r
            run_start[n, r] = start
            last, now = before[n, ascending[max(r - 1, 0)]], before[n, ascending[r]]
            if abs(now - last) > CLOSE * abs(now):
                clump_stop[n, first:r] = r
                first = r
            clump_start[n, r] = first
        run_stop[n, start:] = samples
        clump_stop[n, first:] = samples
        longest = np.argmax(clump_stop[n] - clump_start[n])
        first, stop = clump_start[n, longest], clump_stop[n, longest]
        grain[n] = padded[n, PAD + stop - 1] - padded[n, PAD + first] if stop - first > width else np.inf
        for b in range(blocks):
            low_keys[n, KEY + b] = padded[n, b * KEY]
            high_keys[n, b] = padded[n, b * KEY + KEY - 1]
        columns[n] = column_cuts(clump_stop[n], width, column_start[n])
        for c in range(columns[n]):
            for r in range(column_start[n, c], column_start[n, c + 1]):
                column[n, order[n, r]] = c
    return Prepared(
        order,
        rank,
        padded,
        low_keys,
        high_keys,
        run_start,
        run_stop,
        clump_start,
        clump_stop,
        grain,
        column,
        column_start,
        columns,
    )
