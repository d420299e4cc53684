"""Each stage of the nearest-neighbour kernel by itself, against a plain form of its own invariant."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from benchmark.information import _columns as columns
from benchmark.information import _margins as margins
from benchmark.information._jitter import jittered
from benchmark.information._prepared import LANES, PAD, column_cuts, prepare

GENERATOR = np.random.default_rng(0)
CASES = {
    "continuous": GENERATOR.normal(size=(2, 300)),
    "after ReLU": np.maximum(GENERATOR.normal(size=(2, 300)), 0),
    "coarse grid": np.round(2 * GENERATOR.normal(size=(2, 300))),
    "one value": np.ones((2, 50)),
    "eight samples": GENERATOR.normal(size=(2, 8)),
    "heavy tails": GENERATOR.standard_cauchy((2, 300)),
}
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


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(8, 30))
def test_columns_split_no_run_and_are_never_shorter_than_the_lanes(runs: list[int], width: int) -> None:
    samples = sum(runs)
    stops = np.repeat(np.cumsum(runs), runs).astype(np.int32)
    cuts = np.empty(samples // LANES + 2, dtype=np.int32)
    count = column_cuts(stops, width, cuts)
    edges = [*cuts[:count].tolist(), samples]
    assert edges[0] == 0
    assert set(edges) <= {0, *np.cumsum(runs).tolist()}
    sizes = np.diff(edges)
    assert count == 1 or sizes.min() >= LANES
    assert sizes.max() <= max(runs) + width + width // 2 + LANES


@cases
def test_prepare_sorts_ranks_and_bounds_runs(rows: np.ndarray) -> None:
    prepared = prepare(rows)
    for n, row in enumerate(rows):
        ascending = np.sort(row)
        assert np.array_equal(prepared.padded[n, PAD : PAD + len(row)], ascending)
        assert np.isneginf(prepared.padded[n, :PAD]).all()
        assert np.isposinf(prepared.padded[n, PAD + len(row) :]).all()
        assert np.array_equal(row[prepared.order[n]], ascending)
        assert np.array_equal(prepared.order[n][prepared.rank[n]], np.arange(len(row)))
        assert np.array_equal(prepared.run_start[n], np.searchsorted(ascending, ascending, "left"))
        assert np.array_equal(prepared.run_stop[n], np.searchsorted(ascending, ascending, "right"))
        assert np.array_equal(prepared.clump_start[n], prepared.run_start[n])
        assert np.array_equal(prepared.clump_stop[n], prepared.run_stop[n])


@pytest.mark.parametrize("name", CASES)
def test_what_was_equal_before_the_jitter_is_a_clump_and_in_one_column(name: str) -> None:
    before = CASES[name]
    prepared, plain = prepare(jittered(before, 0), before), prepare(before)
    for found, known in zip(prepared, plain, strict=True):
        if found is prepared.clump_start or found is prepared.clump_stop or found is prepared.column_start:
            assert np.array_equal(found, known)
    assert np.array_equal(prepared.columns, plain.columns)
    assert np.array_equal(prepared.grain < np.inf, plain.grain == 0)
    assert (prepared.grain > 0).all()
    tied = name in ("after ReLU", "coarse grid", "one value")
    assert (prepared.grain < np.inf).all() == tied
    assert (prepared.run_stop - prepared.run_start == 1).all()


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


@njit
def counted(prepared, rank, distance):
    """In neuron 0."""
    return margins.count_within(margins.margin(prepared, 0), rank, distance)


@cases
@pytest.mark.parametrize("jitter", [False, True])
def test_counts_are_those_of_all_samples(rows: np.ndarray, jitter: bool) -> None:
    moved = jittered(rows, 0) if jitter else rows
    prepared = prepare(moved, rows)
    ascending = np.sort(moved[0])
    for rank in range(0, len(ascending), 7):
        gaps = np.abs(ascending - ascending[rank])
        for distance in (0.0, *np.unique(gaps)[:: max(1, len(ascending) // 6)], 2 * gaps.max()):
            expected = ((gaps < distance) if distance > 0 else (gaps == 0)).sum()
            assert counted(prepared, rank, distance) == expected
