"""Sorted neurons, their runs and clumps of equal values, and the columns they are cut into, against plain forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neuron_pairs import CASES

from benchmark.information._jitter import jittered
from benchmark.information._prepared import LANES, PAD, column_cuts, prepare

cases = pytest.mark.parametrize("rows", CASES.values(), ids=CASES.keys())


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
