"""The columns of one pair, and the distances to the k-th neighbour within them, against all points of the plane."""

import numpy as np
import pytest
from neuron_pairs import CASES

from benchmark.information import _columns as columns
from benchmark.information._prepared import PAD, prepare

cases = pytest.mark.parametrize("rows", CASES.values(), ids=CASES.keys())


def built(rows: np.ndarray):
    prepared, scratch = prepare(rows), columns.scratch(rows.shape[1])
    columns.build(prepared, 0, 1, scratch)
    return prepared, scratch


def positions(prepared, scratch) -> np.ndarray:
    """Where each sample stands in the columns, in the order of neuron 1."""
    points = np.concatenate([np.arange(start, start + size) for start, size in spans(prepared)])
    return points[scratch.rank[points, 1].argsort()]


def spans(prepared) -> list[tuple[int, int]]:
    """First position and size of every column of neuron 0."""
    starts = prepared.column_start[0]
    return [(columns.first_position(prepared, 0, c), starts[c + 1] - starts[c]) for c in range(prepared.columns[0])]


@cases
def test_build_sorts_every_column_by_y_and_notes_the_places_beside_it(rows: np.ndarray) -> None:
    prepared, scratch = built(rows)
    x, y = rows
    found = spans(prepared)
    assert sum(size for _, size in found) == len(x)
    for c, (start, size) in enumerate(found):
        inside = slice(start, start + size)
        assert (np.diff(scratch.y[inside]) >= 0).all()
        assert np.isneginf(scratch.y[start - PAD : start]).all()
        assert np.isposinf(scratch.y[start + size : start + size + PAD]).all()
        ranks = slice(prepared.column_start[0, c], prepared.column_start[0, c + 1])
        assert sorted(scratch.x[inside]) == sorted(np.sort(x)[ranks])
        for position in range(start, start + size):
            for side, other in ((0, c - 1), (1, c + 1)):
                if 0 <= other < len(found):
                    place, (first, many) = scratch.beside[position, side], found[other]
                    assert (scratch.y[first:place] <= scratch.y[position]).all()
                    assert (scratch.y[place : first + many] >= scratch.y[position]).all()
    order = prepared.order[1]
    position = positions(prepared, scratch)
    assert np.array_equal(scratch.x[position], x[order])
    assert np.array_equal(scratch.y[position], y[order])
    assert np.array_equal(scratch.rank[position, 0], prepared.rank[0][order])
    assert np.array_equal(scratch.rank[position, 1], np.arange(len(x)))


@cases
@pytest.mark.parametrize("k", [1, 3])
def test_kth_distances_are_those_of_all_points(rows: np.ndarray, k: int) -> None:
    prepared, scratch = built(rows)
    columns.all_kth_distances(prepared, 0, scratch, (0,) * k)
    x, y = (row[prepared.order[1]] for row in rows)
    distances = np.maximum(np.abs(x[:, None] - x), np.abs(y[:, None] - y))
    assert np.array_equal(scratch.radius[positions(prepared, scratch)], np.sort(distances, axis=1)[:, k])
