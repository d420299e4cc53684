"""All-pairs neighbour counts of Kraskov's first estimator: the kernel under `nearest.mutual_information`.

Once per neuron: sort it and cut its order into columns (`_prepared.py`). Once per pair: find each sample's distance to
its k-th neighbour (`_columns.py`) and count the samples that are nearer than that in x and in y alone (`count_within`).
Every comparison is one of float64 differences, as in the plain definition, so the counts are exact.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information import _lanes as lanes
from benchmark.information._columns import all_kth_distances, build, first_position, scratch
from benchmark.information._kernel_cache import kernel
from benchmark.information._prepared import KEY, KEY_BITS, PAD

KEYS = lanes.KEYS


class Margin(NamedTuple):
    """One neuron of `Prepared`."""

    ascending: NDArray[np.float64]  # a row of `padded`
    low_keys: NDArray[np.float64]
    high_keys: NDArray[np.float64]
    run_start: NDArray[np.int32]
    run_stop: NDArray[np.int32]
    clump_start: NDArray[np.int32]
    clump_stop: NDArray[np.int32]
    tied: bool  # its longest clump is wider than a column is meant to be, and of one value
    clumped: bool  # its longest clump is so wide, and its values lie a little apart


@kernel()
def margin(p: Any, n: int) -> Any:
    """Neuron n by itself."""
    runs, clumps = (p.run_start[n], p.run_stop[n]), (p.clump_start[n], p.clump_stop[n])
    tied = p.grain[n] == 0.0
    clumped = (p.grain[n] > 0.0) & (p.grain[n] < np.inf)
    return Margin(p.padded[n], p.low_keys[n], p.high_keys[n], *runs, *clumps, tied, clumped)


@kernel(forceinline=True, _nrt=False)
def count_within(m: Any, rank: Any, distance: float) -> Any:
    """How many samples of a neuron are nearer than `distance` to the one of this rank, itself included.

    If the distance is 0, how many have the same value. Keys tell the block in which the last such sample lies. Every
    test is v - value < distance (or value - v), which is monotone along the sorted values. The search begins at the
    rank itself, or in a neuron with a long clump at that end of its run or clump which is inside.
    """
    place = np.uint64(rank)
    if distance > 0.0:
        value = m.ascending[place + np.uint64(PAD)]
        first = last = np.int64(rank)
        if m.clumped:
            first, last = np.int64(m.clump_start[place]), np.int64(m.clump_stop[place]) - 1
            last = last if m.ascending[np.uint64(PAD + last)] - value < distance else np.int64(rank)
            first = first if value - m.ascending[np.uint64(PAD + first)] < distance else np.int64(rank)
        elif m.tied:
            first, last = np.int64(m.run_start[place]), np.int64(m.run_stop[place]) - 1
        block = (PAD + last) >> KEY_BITS
        inside = lanes.keys_up(m.high_keys, block, value, distance)
        while inside == KEYS:
            block += KEYS
            inside = lanes.keys_up(m.high_keys, block, value, distance)
        block = (block + inside) << KEY_BITS
        stop = block + lanes.count_up(m.ascending, block, value, distance)

        block = (PAD + first) >> KEY_BITS
        # low_keys are shifted by KEY: block b stands at b + KEY, the KEYS up to it begin at b + 1 + KEY - KEYS
        inside = lanes.keys_down(m.low_keys, block + 1 + KEY - KEYS, value, distance)
        while inside == KEYS:
            block -= KEYS
            inside = lanes.keys_down(m.low_keys, block + 1 + KEY - KEYS, value, distance)
        block = (block - inside) << KEY_BITS
        within = stop - block - KEY + lanes.count_down(m.ascending, block, value, distance)
    else:
        within = np.int64(m.run_stop[place]) - np.int64(m.run_start[place])
    return within


@kernel(_nrt=False)
def column_sum(
    in_x: Any, in_y: Any, rank: Any, radius: NDArray[np.float64], start: int, stop: int, weight: NDArray[np.int64]
) -> int:
    """The sum of weight[n_x + 1] + weight[n_y + 1] over the samples at the positions from start to stop."""
    total = 0
    for place in range(start, stop):
        position = np.uint64(place)
        distance = radius[position]
        within_x = count_within(in_x, rank[position, 0], distance)
        within_y = count_within(in_y, rank[position, 1], distance)
        total += weight[np.uint64(within_x)] + weight[np.uint64(within_y)]
    return total


@kernel()
def sum_of_digammas(p: Any, i: int, j: int, s: Any, weight: NDArray[np.int64]) -> int:
    """The sum of weight[n_x + 1] + weight[n_y + 1] over all samples. weight[c] is that of a count c from 0 on."""
    in_x, in_y = margin(p, i), margin(p, j)
    total = 0
    for c in range(p.columns[i]):
        start = first_position(p, i, c)
        stop = start + p.column_start[i, c + 1] - p.column_start[i, c]
        total += column_sum(in_x, in_y, s.rank, s.radius, start, stop, weight)
    return total


@kernel()
def mean_digamma_share(
    p: Any, weight: NDArray[np.int64], unit: float, places: Any, x: NDArray[np.int64], y: NDArray[np.int64], result: Any
) -> None:
    """Write the mean of psi(n_x + 1) + psi(n_y + 1) of the pairs x[n], y[n] to result[n].

    Weights are added as integers, so the order of samples or neurons changes no bit.
    """
    samples = p.order.shape[1]
    s = scratch(samples)
    for n in range(len(result)):
        build(p, x[n], y[n], s)
        all_kth_distances(p, x[n], s, places)
        result[n] = sum_of_digammas(p, x[n], y[n], s, weight) * unit / samples


@kernel(parallel=True, nogil=True)
def mean_digammas(
    p: Any,
    weight: NDArray[np.int64],
    unit: float,
    places: Any,
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    firsts: NDArray[np.int64],
) -> Any:
    """Mean of psi(n_x + 1) + psi(n_y + 1) over the samples for the pairs x[n], y[n] of neurons (P,).

    The columns are those of x. `weight[n]` is psi(n) in units of `unit`. `places` is a tuple of k members, whatever
    they are. `firsts` cuts the pairs into shares of the work.
    """
    result = np.empty(len(x))
    for share in prange(len(firsts) - 1):
        own = slice(firsts[share], firsts[share + 1])
        mean_digamma_share(p, weight, unit, places, x[own], y[own], result[own])
    return result
