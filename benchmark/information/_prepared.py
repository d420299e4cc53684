"""What the nearest-neighbour kernel knows of each neuron by itself, computed once: sorted values, ranks and columns.

In: neurons (N, S). Out: `Prepared`.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information._kernel_cache import kernel
from benchmark.information._lanes import LANES

PAD = 16  # infinite values at either end of a sorted neuron and of a column, so that no test for the ends is needed
KEY_BITS = 4
KEY = 1 << KEY_BITS  # every 16th sorted value is a key
CLOSE = 2.0**-40  # share of a value: two values that are this close may have changed places when they were jittered
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


@kernel(_nrt=False)
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


def prepare(rows: NDArray[np.float64], before: NDArray[np.float64] | None = None) -> Prepared:
    """Sort, rank and cut every neuron of (N, S). `before` are the values before a jitter moved them, if one did."""
    neurons, samples = rows.shape
    blocks = (PAD + samples + PAD) // KEY + 1
    prepared = Prepared(
        order=np.empty(rows.shape, dtype=np.int32),
        rank=np.empty(rows.shape, dtype=np.int32),
        padded=np.full((neurons, blocks * KEY), np.inf),
        # a key that is never inside a radius beyond either end
        low_keys=np.full((neurons, blocks + 2 * KEY), -np.inf),
        high_keys=np.full((neurons, blocks + 2 * KEY), np.inf),
        run_start=np.empty(rows.shape, dtype=np.int32),
        run_stop=np.empty(rows.shape, dtype=np.int32),
        clump_start=np.empty(rows.shape, dtype=np.int32),
        clump_stop=np.empty(rows.shape, dtype=np.int32),
        grain=np.full(neurons, np.inf),
        column=np.empty(rows.shape, dtype=np.int32),
        column_start=np.empty((neurons, samples // LANES + 2), dtype=np.int32),
        columns=np.empty(neurons, dtype=np.int32),
    )
    for row, order in zip(rows, prepared.order, strict=True):
        order[:] = np.argsort(row)
    prepare_sorted(prepared, rows, rows if before is None else before, max(LANES, int(WIDTH * np.sqrt(samples))))
    return prepared


@kernel(parallel=True, nogil=True)
def prepare_sorted(p: Any, rows: NDArray[np.float64], before: NDArray[np.float64], width: int) -> None:
    """Fill in what follows from `order`."""
    for n in prange(len(rows)):
        prepare_neuron(p, n, rows, before, width)


@kernel(_nrt=False)
def prepare_neuron(p: Any, n: int, rows: NDArray[np.float64], before: NDArray[np.float64], width: int) -> None:
    """Fill in what follows from `order` for one neuron. Values that were equal before the jitter share a column."""
    samples = rows.shape[1]
    p.padded[n, :PAD] = -np.inf
    fill_runs(p.order[n], rows[n], 0.0, p.run_start[n], p.run_stop[n])
    fill_runs(p.order[n], before[n], CLOSE, p.clump_start[n], p.clump_stop[n])
    for r in range(samples):
        p.rank[n, p.order[n, r]] = r
        p.padded[n, PAD + r] = rows[n, p.order[n, r]]
    longest = 0
    first = 0
    while first < samples:
        stop = p.clump_stop[n, first]
        if stop - first > max(longest, width):
            longest = stop - first
            p.grain[n] = p.padded[n, PAD + stop - 1] - p.padded[n, PAD + first]
        first = stop
    for b in range(p.padded.shape[1] // KEY):
        p.low_keys[n, KEY + b] = p.padded[n, b * KEY]
        p.high_keys[n, b] = p.padded[n, b * KEY + KEY - 1]
    p.columns[n] = column_cuts(p.clump_stop[n], width, p.column_start[n])
    for c in range(p.columns[n]):
        for r in range(p.column_start[n, c], p.column_start[n, c + 1]):
            p.column[n, p.order[n, r]] = c


@kernel(_nrt=False)
def fill_runs(
    order: NDArray[np.int32],
    row: NDArray[np.float64],
    close: float,
    starts: NDArray[np.int32],
    stops: NDArray[np.int32],
) -> None:
    """Write, by rank, where a run begins and ends in which no two neighbours differ by more than the share `close`."""
    start = 0
    for r in range(1, len(order) + 1):
        if r == len(order) or abs(row[order[r]] - row[order[r - 1]]) > close * abs(row[order[r]]):
            for inside in range(start, r):
                starts[inside], stops[inside] = start, r
            start = r
