"""All-pairs neighbour counts of Kraskov's first estimator: the kernel under `nearest.mutual_information`.

For one pair (x, y) of neurons every sample is a point in the plane. Once per neuron: sort it and cut its order into
columns (`_prepared.py`). Once per pair: put the samples, in the order of y, into the columns of
x, so that each column comes out sorted by y (`build`); find the distance to the k-th neighbour of eight points of a
column at a time, one a lane (`kth_distances`); count the samples that are nearer than that in x and in y alone
(`count_within`). Every comparison is one of float64 differences, as in the plain definition, so the counts are exact.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from benchmark.information import _lanes as lanes
from benchmark.information._kernel_cache import kernel
from benchmark.information._prepared import KEY, PAD

LANES = lanes.LANES
BLOCK = 4  # candidates looked at before the next test whether more are needed


class Scratch(NamedTuple):
    """What one pair needs while it is computed; one for each thread. Positions are places in the columns with pads."""

    x: NDArray[np.float64]  # by position
    y: NDArray[np.float64]  # by position; -inf and +inf in the pads
    position: NDArray[np.int32]  # (S,) by the rank of y
    filled: NDArray[np.int32]  # by column: one past its last position so far
    beside: NDArray[np.int32]  # by position: how far the left and the right column were filled then, (positions, 2)
    radius: NDArray[np.float64]  # by position: the distance to the k-th neighbour
    within_x: NDArray[np.int32]  # (S,) by the rank of y: n_x + 1
    within_y: NDArray[np.int32]  # (S,) by the rank of y: n_y + 1
    counted: NDArray[np.int64]  # (S + 1,) how often a marginal count was met


@kernel()
def scratch(samples: int) -> Any:
    """Room for one pair of S samples."""
    columns = samples // LANES + 2
    positions = samples + 2 * PAD * columns
    return Scratch(
        np.zeros(positions),
        np.empty(positions),
        np.empty(samples, dtype=np.int32),
        np.empty(columns, dtype=np.int32),
        np.empty((positions, 2), dtype=np.int32),
        np.empty(positions),
        np.empty(samples, dtype=np.int32),
        np.empty(samples, dtype=np.int32),
        np.zeros(samples + 1, dtype=np.int64),
    )


@kernel()
def first_position(p: Any, i: int, column: int) -> int:
    """The position of a column's first point."""
    return p.column_start[i, column] + PAD * (2 * column + 1)


@kernel()
def build(p: Any, i: int, j: int, s: Any) -> None:
    """Put the samples into the columns of neuron i in the order of neuron j.

    Afterwards the points of column c lie from first_position(c) on in ascending y, between pads of -inf and +inf, and
    `beside` holds, for each point, the position of the same y in the columns to the left and right.
    """
    columns = p.columns[i]
    for c in range(columns):
        start = first_position(p, i, c)
        size = p.column_start[i, c + 1] - p.column_start[i, c]
        s.filled[c] = start
        s.y[start - PAD : start] = -np.inf
        s.y[start + size : start + size + PAD] = np.inf
    order, column = p.order[j], p.column[i]
    for y in range(len(order)):
        c = column[order[y]]
        position = s.filled[c]
        s.filled[c] = position + 1
        s.position[y] = position
        s.beside[position, 0] = s.filled[max(c - 1, 0)]
        s.beside[position, 1] = s.filled[min(c + 1, columns - 1)]
    rows, ascending = p.rows[i], p.padded[j]
    for y in range(len(order)):
        s.x[s.position[y]] = rows[order[y]]
        s.y[s.position[y]] = ascending[PAD + y]


@kernel(forceinline=True)
def scan_up(found: Any, x: Any, y: Any, side: Any, s: Any, position: int) -> Any:
    """Let points of a column from `position` upward come by until they are too far in every lane.

    `side` is each lane's distance in x to the column: a lane that is nearer to its k-th neighbour needs none of it.
    """
    while lanes.any_below(lanes.larger(side, lanes.gap(lanes.broadcast(s.y[position]), y)), lanes.farthest(found)):
        for step in range(BLOCK):
            found = lanes.nearest_of(found, x, y, s.x[position + step], s.y[position + step])
        position += BLOCK
    return found


@kernel(forceinline=True)
def scan_down(found: Any, x: Any, y: Any, side: Any, s: Any, position: int) -> Any:
    """The same from just below `position` downward."""
    while lanes.any_below(lanes.larger(side, lanes.gap(y, lanes.broadcast(s.y[position - 1]))), lanes.farthest(found)):
        for step in range(1, BLOCK + 1):
            found = lanes.nearest_of(found, x, y, s.x[position - step], s.y[position - step])
        position -= BLOCK
    return found


@kernel()
def position_of(s: Any, start: int, size: int, y: float) -> Any:
    """The first position in a column of that size whose y is not below the given one."""
    return start + np.searchsorted(s.y[start : start + size], y)


@kernel()
def kth_distances(p: Any, i: int, c: int, leaf: int, s: Any, places: Any) -> None:
    """Write the distance to the k-th neighbour of the eight points from position `leaf` of column c to `radius` there.

    k is the length of the tuple `places`.
    """
    x, y = lanes.load(s.x, leaf), lanes.load(s.y, leaf)
    found = lanes.nearest_among(lanes.no_neighbours(places), x, y)
    inside = lanes.gap(x, x)
    found = scan_up(found, x, y, inside, s, leaf + LANES)
    found = scan_down(found, x, y, inside, s, leaf)
    columns = p.columns[i]
    for left in (True, False):
        other = c - 1 if left else c + 1
        while 0 <= other < columns:
            start, stop = p.column_start[i, other], p.column_start[i, other + 1]
            if left:
                side = lanes.gap(x, lanes.broadcast(p.padded[i, PAD + stop - 1]))
            else:
                side = lanes.gap(lanes.broadcast(p.padded[i, PAD + start]), x)
            if not lanes.any_below(side, lanes.farthest(found)):
                break
            if abs(other - c) == 1:
                position = s.beside[leaf, 0 if left else 1]
            else:
                position = position_of(s, first_position(p, i, other), stop - start, s.y[leaf])
            found = scan_up(found, x, y, side, s, position)
            found = scan_down(found, x, y, side, s, position)
            other += -1 if left else 1
    lanes.store(s.radius, leaf, lanes.farthest(found))


@kernel(forceinline=True)
def count_within(
    ascending: NDArray[np.float64],
    low_keys: NDArray[np.float64],
    high_keys: NDArray[np.float64],
    run_start: int,
    run_stop: int,
    distance: float,
) -> int:
    """How many samples of a neuron are nearer than the distance to those of rank run_start, these included.

    `ascending` is a row of `padded`, and the sixteen keys from a block on tell the block where the last one lies. Every
    test is v - value < distance (or value - v), which is monotone along the sorted values; at distance 0 none passes.
    """
    value = ascending[PAD + run_start]

    block = (PAD + run_stop - 1) // KEY
    inside = KEY
    while inside == KEY:
        inside = lanes.count_up(high_keys, block, value, distance)
        block += inside
    stop = block * KEY + lanes.count_up(ascending, block * KEY, value, distance)

    block = (PAD + run_start) // KEY
    inside = KEY
    while inside == KEY:
        # low_keys are shifted by KEY: block b stands at b + KEY, the sixteen up to it begin at b + 1
        inside = lanes.count_down(low_keys, block + 1, value, distance)
        block -= inside
    start = (block + 1) * KEY - lanes.count_down(ascending, block * KEY, value, distance)
    return stop - start if distance > 0.0 else run_stop - run_start


@kernel()
def all_kth_distances(p: Any, i: int, s: Any, places: Any) -> None:
    """Write every sample's distance to its k-th neighbour to `radius`, by position."""
    for c in range(p.columns[i]):
        start = first_position(p, i, c)
        stop = start + p.column_start[i, c + 1] - p.column_start[i, c]
        for leaf in range(start, stop - LANES, LANES):
            kth_distances(p, i, c, leaf, s, places)
        kth_distances(p, i, c, stop - LANES, s, places)  # reaches back, so that every lane holds a point


@kernel()
def count_margins(p: Any, i: int, j: int, s: Any) -> None:
    """Add to `counted` how often each marginal count, n_x + 1 and n_y + 1 alike, is met over all samples."""
    ascending, low_keys, high_keys = p.padded[i], p.low_keys[i], p.high_keys[i]
    run_start, run_stop, tied = p.run_start[i], p.run_stop[i], p.tied[i]
    order, rank = p.order[j], p.rank[i]
    for y in range(len(order)):
        distance, x = s.radius[s.position[y]], rank[order[y]]
        # without ties a rank is its own run: two loads less for each count
        first, last = (run_start[x], run_stop[x]) if tied else (x, x + 1)
        s.within_x[y] = count_within(ascending, low_keys, high_keys, first, last, distance)
    ascending, low_keys, high_keys = p.padded[j], p.low_keys[j], p.high_keys[j]
    run_start, run_stop, tied = p.run_start[j], p.run_stop[j], p.tied[j]
    for y in range(len(order)):
        first, last = (run_start[y], run_stop[y]) if tied else (y, y + 1)
        s.within_y[y] = count_within(ascending, low_keys, high_keys, first, last, s.radius[s.position[y]])
    # apart from the searches: an increment at an address that a search must find first holds up the next search
    for y in range(len(s.within_x)):
        s.counted[s.within_x[y]] += 1
        s.counted[s.within_y[y]] += 1


@kernel()
def mean_digamma_share(
    p: Any, digamma: NDArray[np.float64], places: Any, i: NDArray[np.int64], j: NDArray[np.int64], result: Any
) -> None:
    """Write the mean of psi(n_x + 1) + psi(n_y + 1) of the pairs i[n], j[n] to result[n].

    Counts are added as integers and weighed at the end, so the order of samples or neurons changes no bit.
    """
    samples = p.rows.shape[1]
    s = scratch(samples)
    for n in range(len(result)):
        s.counted[:] = 0
        build(p, i[n], j[n], s)
        all_kth_distances(p, i[n], s, places)
        count_margins(p, i[n], j[n], s)
        total = 0.0
        for count in range(1, samples + 1):
            total += s.counted[count] * digamma[count]
        result[n] = total / samples


@kernel(parallel=True, nogil=True)
def mean_digammas(
    p: Any,
    digamma: NDArray[np.float64],
    places: Any,
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    firsts: NDArray[np.int64],
) -> Any:
    """Mean of psi(n_x + 1) + psi(n_y + 1) over the samples for the pairs i[n], j[n] of neurons (P,).

    `digamma[n]` is psi(n). `firsts` cuts the pairs into shares of the work.
    """
    result = np.empty(len(i))
    for share in prange(len(firsts) - 1):
        own = slice(firsts[share], firsts[share + 1])
        mean_digamma_share(p, digamma, places, i[own], j[own], result[own])
    return result
