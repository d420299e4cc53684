"""What the machine could do at best, from the arithmetic of each kernel and the speed of its innermost operation alone.

In: nothing. Out: a row for each kernel: the arithmetic, the time of a pair at that limit, and the share reached by one
thread.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.information import _columns as columns
from benchmark.information import _histograms as histograms
from benchmark.information import _lanes as lanes
from benchmark.information import binned, nearest
from benchmark.information._kernel_cache import kernel
from benchmark.information._prepared import prepare
from benchmark.information.pairs import pair_count
from benchmark.performance.clock import one_thread, seconds
from benchmark.performance.inputs import Floats, mixture

K = 3
TURNS = 20_000  # of an innermost operation, for its time
CACHED = 1024  # values that it runs over: they stay in the first-level cache

Limit = tuple[str, str, str, str]


def limits() -> list[Limit]:
    """kNN with k = 3, and binned MI counted by bit masks (B = 10) and by samples (B = 30), at S = 2,500."""
    activations, wide = mixture(2500, 64), mixture(2500, 256)
    samples = len(activations)
    candidates, push, count = _candidates(activations), _push_seconds(), _count_seconds()
    common, one_more = _common_seconds(), _raise_seconds()
    leaves = samples / lanes.LANES
    words = -(-samples // histograms.WORD)
    rows = [
        (
            "kNN, k = 3",
            f"{leaves:.0f} leaves x ({lanes.LANES - 1} + {candidates:.0f} points in some lane's square) distances of "
            f"eight at {push * 1e9:.1f} ns, and {samples:,} samples x 2 margins x 2 sides x a comparison of eight and "
            f"one of sixteen at {count * 1e9:.1f} ns",
            leaves * (lanes.LANES - 1 + candidates) * push + samples * 4 * count,
            _pair_seconds(lambda: nearest.mutual_information(activations, K), 64),
        ),
        (
            "binned, B = 10",
            f"9 x 9 x {words} words compared at {common * 1e9:.3f} ns",
            81 * words * common,
            _pair_seconds(lambda: binned.mutual_information(wide, 10), 256),
        ),
        (
            "binned, B = 30",
            f"{samples:,} counts raised at {one_more * 1e9:.2f} ns",
            samples * one_more,
            _pair_seconds(lambda: binned.mutual_information(wide, 30), 256),
        ),
    ]
    return [
        (work, arithmetic, f"{limit * 1e6:.2f}", f"{limit / reached:.0%}") for work, arithmetic, limit, reached in rows
    ]


def _pair_seconds(work: Callable[[], object], neurons: int) -> float:
    with one_thread():
        return seconds(work) / pair_count(neurons)


def _candidates(activations: Floats) -> float:
    """How many points lie within the k-th distance of one of a leaf's eight: no method by eights can leave them out."""
    p = prepare(np.ascontiguousarray(activations[:, :2].T))
    s = columns.scratch(len(activations))
    columns.build(p, 0, 1, s)
    columns.all_kth_distances(p, 0, s, (0,) * K)
    sizes = np.diff(p.column_start[0, : p.columns[0] + 1])
    points = np.concatenate([columns.first_position(p, 0, c) + np.arange(size) for c, size in enumerate(sizes)])
    x, y = s.x[points], s.y[points]
    found = []
    for c in range(p.columns[0]):
        start = columns.first_position(p, 0, c)
        for leaf in range(start, start + sizes[c] - lanes.LANES + 1, lanes.LANES):
            own = slice(leaf, leaf + lanes.LANES)
            distance = np.maximum(abs(s.x[own, None] - x), abs(s.y[own, None] - y))
            found.append((distance <= s.radius[own, None]).any(axis=0).sum() - lanes.LANES)
    return float(np.mean(found))


@kernel()
def _push(values: NDArray[np.float64], turns: int, places: Any) -> None:
    x = lanes.load(values, 0)
    found = lanes.no_neighbours(places)
    for turn in range(turns):
        found = lanes.nearest_of(found, x, x, values, values, turn % CACHED)
    lanes.store(values, 0, lanes.farthest(found))


@kernel()
def _count(values: NDArray[np.float64], turns: int) -> int:
    total = 0
    for turn in range(turns):
        place = (turn * lanes.COUNTED) % CACHED
        total += lanes.keys_up(values, place, 0.1, 0.5) + lanes.count_up(values, place, 0.1, 0.5)
    return total


@kernel()
def _common(masks: NDArray[np.uint64], turns: int) -> int:
    total = 0
    for _ in range(turns):
        total += histograms.common(masks[0], masks[1])
    return total


@kernel()
def _raise(codes: NDArray[np.uint8], turns: int) -> Any:
    counts = np.zeros(256, dtype=np.int64)
    for turn in range(turns):
        counts[codes[turn % CACHED]] += 1
    return counts


def _push_seconds() -> float:
    values = np.random.default_rng(0).normal(size=CACHED + lanes.COUNTED)
    return seconds(lambda: _push(values, TURNS, (0,) * K)) / TURNS


def _count_seconds() -> float:
    values = np.random.default_rng(0).normal(size=CACHED + lanes.COUNTED)
    return seconds(lambda: _count(values, TURNS)) / TURNS


def _common_seconds() -> float:
    masks = np.random.default_rng(0).integers(0, 2**63, size=(2, CACHED)).astype(np.uint64)
    return seconds(lambda: _common(masks, TURNS // 100)) / (TURNS // 100) / CACHED


def _raise_seconds() -> float:
    codes = np.random.default_rng(0).integers(0, 256, size=CACHED).astype(np.uint8)
    return seconds(lambda: _raise(codes, TURNS)) / TURNS
