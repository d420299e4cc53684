"""Distances to the k-th neighbour of one pair (x, y) of neurons, each sample a point in the plane.

The samples are put, in the order of y, into the columns of x (`_prepared.py`), so that each column comes out sorted by
y (`build`). Then eight points of a column at a time, one in each lane, are compared with those that may be their
neighbours (`all_kth_distances`). Every comparison is one of float64 differences, as in the plain definition.

If numba counts references to arrays, it does so in the innermost loops too, where that takes a third of the time. So
most kernels are compiled without counting (`_nrt=False`): they may neither make an array nor return one.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmark.information import _lanes as lanes
from benchmark.information._kernel_cache import kernel
from benchmark.information._prepared import PAD

LANES, COUNTED = lanes.LANES, lanes.COUNTED
BLOCK = 4  # candidates looked at before the next test whether more are needed


class Scratch(NamedTuple):
    """Working memory for one pair, one for each thread. A position is a place in the columns, pads included."""

    x: NDArray[np.float64]  # by position
    y: NDArray[np.float64]  # by position; -inf and +inf in the pads
    rank: NDArray[np.int32]  # by position: that of x and that of y, (positions, 2)
    filled: NDArray[np.int32]  # by column + 1: one past its last position so far
    beside: NDArray[np.int32]  # by position: how far the left and the right column were filled then, (positions, 2)
    radius: NDArray[np.float64]  # by position: the distance to the k-th neighbour


@kernel()
def scratch(samples: int) -> Any:
    """Working memory for one pair of S samples."""
    columns = samples // LANES + 2
    positions = samples + 2 * PAD * columns
    return Scratch(
        np.zeros(positions),
        np.empty(positions),
        np.empty((positions, 2), dtype=np.int32),
        np.empty(columns + 2, dtype=np.int32),
        np.empty((positions, 2), dtype=np.int32),
        np.empty(positions),
    )


@kernel(_nrt=False)
def first_position(p: Any, i: int, column: int) -> int:
    """The position of a column's first point."""
    return p.column_start[i, column] + PAD * (2 * column + 1)


@kernel(_nrt=False)
def build(p: Any, i: int, j: int, s: Any) -> None:
    """Put the samples into the columns of neuron i in the order of neuron j.

    Afterwards the points of column c lie from first_position(c) on in ascending y, between pads of -inf and +inf, and
    `beside` holds, for each point, the position of the same y in the columns to the left and right.
    """
    columns = p.columns[i]
    for c in range(columns):
        start = first_position(p, i, c)
        size = p.column_start[i, c + 1] - p.column_start[i, c]
        s.filled[c + 1] = start
        s.y[start - PAD : start] = -np.inf
        s.y[start + size : start + size + PAD] = np.inf
    s.filled[0], s.filled[columns + 1] = first_position(p, i, 0), start
    order, column, rank, xs, ys, filled = p.order[j], p.column[i], p.rank[i], p.padded[i], p.padded[j], s.filled
    for y in range(len(order)):
        sample = np.uint64(order[y])
        own, x = np.uint64(column[sample]), rank[sample]
        position = np.uint64(filled[own + np.uint64(1)])
        filled[own + np.uint64(1)] += 1
        s.beside[position, 0], s.beside[position, 1] = filled[own], filled[own + np.uint64(2)]
        s.rank[position, 0], s.rank[position, 1] = x, y
        s.x[position], s.y[position] = xs[np.uint64(PAD + x)], ys[PAD + y]


class Grid(NamedTuple):
    """The columns of one pair."""

    x: NDArray[np.float64]  # by position
    y: NDArray[np.float64]  # by position
    beside: NDArray[np.int32]  # by position, as in `Scratch`
    ascending: NDArray[np.float64]  # of neuron i, padded
    starts: NDArray[np.int32]  # the rank at which each column starts
    columns: int


@kernel(forceinline=True, _nrt=False)
def scan_block(found: Any, x: Any, y: Any, g: Any, position: int) -> Any:
    """Update the k nearest distances with the four points of a column from `position` on."""
    for step in range(BLOCK):
        found = lanes.nearest_of(found, x, y, g.x, g.y, position + step)
    return found


@kernel(forceinline=True, _nrt=False)
def scan_up(found: Any, x: Any, y: Any, side: Any, g: Any, position: int) -> Any:
    """Scan a column upward from `position` until its points are too far in every lane.

    `side` is each lane's distance in x to the column. A lane whose k-th neighbour is nearer than that needs no point
    of the column.
    """
    while lanes.any_below(lanes.larger(side, lanes.gap(lanes.broadcast(g.y, position), y)), lanes.farthest(found)):
        found = scan_block(found, x, y, g, position)
        position += BLOCK
    return found


@kernel(forceinline=True, _nrt=False)
def scan_down(found: Any, x: Any, y: Any, side: Any, g: Any, position: int) -> Any:
    """Scan a column downward from just below `position` until its points are too far in every lane."""
    while lanes.any_below(lanes.larger(side, lanes.gap(y, lanes.broadcast(g.y, position - 1))), lanes.farthest(found)):
        position -= BLOCK
        found = scan_block(found, x, y, g, position)
    return found


@kernel(forceinline=True, _nrt=False)
def side_of(g: Any, c: int, other: int, x: Any) -> Any:
    """Each lane's distance in x from column c to another one; infinite where there is no other."""
    edge = g.starts[min(other, g.columns)] if other > c else g.starts[max(other, -1) + 1] - 1
    return lanes.apart(x, lanes.broadcast(g.ascending, PAD + edge))


@kernel(forceinline=True, _nrt=False)
def position_of(g: Any, column: int, y: float) -> Any:
    """The first position in a column whose y is not below the given one."""
    start = g.starts[column] + PAD * (2 * column + 1)
    stop = start + g.starts[column + 1] - g.starts[column]
    while start < stop:
        middle = (start + stop) // 2
        if g.y[middle] < y:
            start = middle + 1
        else:
            stop = middle
    return start


@kernel(forceinline=True, _nrt=False)
def window(g: Any, position: int, y: Any, side: Any, distance: Any) -> Any:
    """The first and the last position (exclusive) that some lane needs, of the sixteen on either side of one."""
    below = lanes.count_above(g.y, position - COUNTED, lanes.lowest(y, side, distance))
    above = lanes.count_below(g.y, position, lanes.highest(y, side, distance))
    return position - below, position + above


@kernel(forceinline=True, _nrt=False)
def blocks(start: int, stop: int) -> Any:
    """How many blocks hold the positions from start to stop."""
    return (stop - start + BLOCK - 1) // BLOCK


@kernel(forceinline=True, _nrt=False)
def scan_further(found: Any, x: Any, y: Any, g: Any, c: int, leaf: int, way: int, start: int, stop: int) -> Any:
    """Scan what lies beyond the window (start to stop) in the next column to the left or right, then columns beyond."""
    middle = g.beside[leaf, (way + 1) // 2]
    other = c + way if max(middle - start, stop - middle) == COUNTED else c + 2 * way
    below, above = start, start + BLOCK * blocks(start, stop)
    side = side_of(g, c, other, x)
    while lanes.any_below(side, lanes.farthest(found)):
        if other != c + way:
            below = position_of(g, other, g.y[leaf])
            above = below
        found = scan_up(found, x, y, side, g, above)
        found = scan_down(found, x, y, side, g, below)
        other += way
        side = side_of(g, c, other, x)
    return found


@kernel(_nrt=False)
def kth_distances(g: Any, c: int, start: int, last: int, radius: Any, places: Any, kept: Any, windows: Any) -> None:
    """Write the k-th distances of the points of column c to `radius`. Its leaves begin at `start` up to `last`.

    There are four passes over the leaves. Each pass reads from memory what the one before it has left for a leaf, so
    the processor need not wait for one leaf's distances before it goes on to the next leaf.
    """
    leaves = (last - start + 2 * LANES - 1) // LANES
    held = len(places) * LANES
    for n in range(leaves):
        leaf = min(start + n * LANES, last)  # the last one reaches back, so that every lane holds a point
        x, y = lanes.load(g.x, leaf), lanes.load(g.y, leaf)
        found = lanes.nearest_among(lanes.no_neighbours(places), x, y)
        found = scan_block(found, x, y, g, leaf - BLOCK)
        found = scan_block(found, x, y, g, leaf + LANES)
        lanes.store_all(kept, n * held, found)
    for n in range(leaves):
        leaf = min(start + n * LANES, last)
        x, y = lanes.load(g.x, leaf), lanes.load(g.y, leaf)
        found = lanes.load_all(kept, n * held, places)
        inside = lanes.gap(x, x)
        found = scan_up(found, x, y, inside, g, leaf + LANES + BLOCK)
        found = scan_down(found, x, y, inside, g, leaf - BLOCK)
        lanes.store_all(kept, n * held, found)
    for n in range(leaves):
        leaf = min(start + n * LANES, last)
        x, y = lanes.load(g.x, leaf), lanes.load(g.y, leaf)
        distance = lanes.farthest(lanes.load_all(kept, n * held, places))
        windows[n, 0], windows[n, 1] = window(g, g.beside[leaf, 0], y, side_of(g, c, c - 1, x), distance)
        windows[n, 2], windows[n, 3] = window(g, g.beside[leaf, 1], y, side_of(g, c, c + 1, x), distance)
    for n in range(leaves):
        leaf = min(start + n * LANES, last)
        x, y = lanes.load(g.x, leaf), lanes.load(g.y, leaf)
        found = lanes.load_all(kept, n * held, places)
        left, left_stop, right, right_stop = windows[n, 0], windows[n, 1], windows[n, 2], windows[n, 3]
        on_left = blocks(left, left_stop)
        for block in range(on_left + blocks(right, right_stop)):
            position = left + BLOCK * block if block < on_left else right + BLOCK * (block - on_left)
            found = scan_block(found, x, y, g, position)
        for hand in range(2):
            found = scan_further(found, x, y, g, c, leaf, 2 * hand - 1, windows[n, 2 * hand], windows[n, 2 * hand + 1])
        lanes.store(radius, leaf, lanes.farthest(found))


@kernel(_nrt=False)
def of_all_columns(p: Any, i: int, s: Any, places: Any, kept: Any, windows: Any) -> None:
    """Call `kth_distances` for each column of neuron i."""
    g = Grid(s.x, s.y, s.beside, p.padded[i], p.column_start[i], p.columns[i])
    for c in range(g.columns):
        start = first_position(p, i, c)
        kth_distances(g, c, start, start + g.starts[c + 1] - g.starts[c] - LANES, s.radius, places, kept, windows)


@kernel()
def all_kth_distances(p: Any, i: int, s: Any, places: Any) -> None:
    """Write every sample's distance to its k-th neighbour to `radius`, by position. k is the length of `places`."""
    longest = 0
    for c in range(p.columns[i]):
        longest = max(longest, p.column_start[i, c + 1] - p.column_start[i, c])
    leaves = longest // LANES + 1
    of_all_columns(p, i, s, places, np.empty(leaves * len(places) * LANES), np.empty((leaves, 4), dtype=np.int64))
