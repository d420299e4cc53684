"""Plug-in entropy and mutual information from equal-width bins.

In: activations (S, N). Out: nats. A value belongs to the bin that numpy.histogram would give it in float64: half-open
bins between the edges of numpy.histogram_bin_edges, the maximum in the last bin. Bansal, Pruthi, Belinkov 2022,
section 3 (entropy: 100 bins over one range for the whole matrix).
"""

from typing import Any, Literal, NamedTuple

import numpy as np
from numba import get_num_threads, njit, prange
from numpy.typing import ArrayLike, NDArray

from benchmark.information import pairs
from benchmark.information._matrix import Matrix, checked

Edges = Literal["global", "per-neuron", "robust"]
MAX_BINS = 256  # a code is one byte
WIDEST_TILE = 256  # neurons counted together: some cache lines of each sample's row, and their counts fit in the cache
ROUNDING = 16 * float(np.finfo(np.float64).eps)
LARGEST_SCALE = 1e300  # keeps products of a denormal range finite; a guess from it is settled by steps
ROBUST = (0.001, 0.999)  # the quantiles between which "robust" edges are spread


def entropy(activations: ArrayLike, bins: int = 100, edges: Edges = "global") -> NDArray[np.float64]:
    """Entropy (N,) of each neuron, in nats: between 0 and ln(bins); 0 for a constant neuron.

    `edges`: "global" spreads the bins over the range of this whole matrix, "robust" over that between its .1 % and its
    99.9 % quantile, with what lies outside in the end bins, "per-neuron" over that of each neuron. A range that float64
    cannot split into that many bins counts as constant. Raises ValueError for unusable activations, naming the neuron,
    and for less than one bin.

    >>> import numpy as np
    >>> entropy(np.array([[0.0, 1.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [0.6931, 0.0]
    """
    matrix = checked(activations, minimum=2)
    grid, logs = _grid(matrix, bins, edges), _logs(matrix.samples)
    if matrix.tensor is None:
        return _neuron_entropies(matrix, grid, logs.table) * logs.unit
    from benchmark.information import _tensors

    return logs.unit * _tensors.or_on_cpu(
        lambda: _tensors.neuron_entropies(
            _tensors.bin_codes(matrix.tensor, grid.edges, grid.scales > 0), bins, logs.table
        ),
        lambda: _neuron_entropies(matrix, grid, logs.table),
    )


def mutual_information(activations: ArrayLike, bins: int = 10, edges: Edges = "per-neuron") -> NDArray[np.float64]:
    """Mutual information (N, N) of every pair of neurons, in nats: H_i + H_j - H_ij over a bins x bins table.

    Symmetric, 0 <= I <= min(H_i, H_j), the diagonal is the entropy. The plug-in estimate of independent neurons is
    not 0 but about (bins - 1)^2 / 2S. Raises ValueError as `entropy` does.

    >>> import numpy as np
    >>> mutual_information(np.array([[0.0, 0.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [[0.6931, 0.6931], [0.6931, 0.6931]]
    """
    return pairs.matrix(pair_information(activations, bins, edges))


def pair_information(activations: ArrayLike, bins: int = 10, edges: Edges = "per-neuron") -> pairs.PairInformation:
    """The same, for `pairs.pair_summary` or for any pairs at all, computed when they are asked for.

    >>> import numpy as np
    >>> pair_information(np.eye(4)).of(np.array([0, 0]), np.array([1, 2])).round(4).tolist()
    [0.0849, 0.0849]
    """
    matrix = checked(activations, minimum=2)
    grid, logs = _grid(matrix, bins, edges), _logs(matrix.samples)

    def on_cpu() -> pairs.PairInformation:
        entropies, codes = _neuron_entropies(matrix, grid, logs.table), _codes(matrix.values, grid)
        return pairs.PairInformation(
            entropies * logs.unit, lambda i, j: _pair_information(codes, bins, entropies, logs.table, i, j) * logs.unit
        )

    if matrix.tensor is None:
        return on_cpu()
    from benchmark.information import _tensors

    return _tensors.pairs_or_on_cpu(
        lambda: _tensors.binned_pairs(_tensors.bin_codes(matrix.tensor, grid.edges, grid.scales > 0), bins, *logs),
        on_cpu,
    )


class Grid(NamedTuple):
    """The bins of each neuron: edges (N, bins + 1), or (1, bins + 1) where all share one range."""

    edges: NDArray[np.float64]
    scales: NDArray[np.float64]  # bins per unit; 0 where the edges do not ascend and every value counts as equal
    doubts: NDArray[np.float64]  # how near an edge, in bins, rounding may put a value on its wrong side


def _grid(matrix: Matrix, bins: int, edges: Edges) -> Grid:
    if not 1 <= bins <= MAX_BINS:
        raise ValueError(f"bins must be from 1 to {MAX_BINS}, got {bins}")
    if edges == "per-neuron":
        low, high = matrix.low, matrix.high
    elif edges == "global":
        low, high = matrix.low.min(keepdims=True), matrix.high.max(keepdims=True)
    elif edges == "robust":
        low, high = np.quantile(matrix.values, ROBUST).astype(np.float64)[:, None]
    else:
        raise ValueError(f"edges must be 'global', 'per-neuron' or 'robust', got {edges!r}")
    # numpy.linspace for each range by itself: over several at once it rounds otherwise where one of them is 0 wide
    found = np.arange(bins + 1) * ((high - low) / bins)[:, None] + low[:, None]
    found[:, -1] = high
    ascend = np.all(found[:, :-1] < found[:, 1:], axis=1)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        scales = np.divide(bins, high - low, out=np.zeros_like(low), where=ascend)
        # an edge is rounded by an ulp or two of its size, a place among the bins by as many of the number of bins
        doubts = ROUNDING * bins * (1.0 + np.maximum(np.abs(low), np.abs(high)) / (high - low))
    return Grid(found, np.minimum(scales, LARGEST_SCALE), np.where(scales < LARGEST_SCALE, doubts, 1.0))


class Logs(NamedTuple):
    """n ln n / S for n = 0 to S, as integers in `unit`s of nats: sums of them are exact, in whatever order."""

    table: NDArray[np.int64]
    unit: np.float64


def _logs(samples: int) -> Logs:
    counts = np.arange(samples + 1, dtype=np.float64)
    counts[1:] *= np.log(counts[1:]) / samples
    unit = np.float64(2.0) ** (np.ceil(np.log2(counts[-1])) - 61)  # an entropy and three of them stay below 2^63
    return Logs(np.rint(counts / unit).astype(np.int64), unit)


def _neuron_entropies(matrix: Matrix, grid: Grid, n_log_n: NDArray[np.int64]) -> NDArray[np.int64]:
    neurons = matrix.values.shape[1]
    tile = min(WIDEST_TILE, -(-neurons // get_num_threads()))
    return np.asarray(_entropies(matrix.values, grid, n_log_n, tile))


@njit(cache=True, forceinline=True)
def _guess(value: float, low: float, scale: float, doubt: float, bins: int) -> Any:
    """The bin where rounding cannot matter, else -1 - a bin next to it; the ends take what is outside."""
    place = min(max((value - low) * scale, 0.5), bins - 0.5)  # within the end bins any place will do
    code = np.int32(place)
    beyond = place - np.float64(code)
    sure = (beyond > doubt) & (beyond < 1.0 - doubt)
    return code if sure else np.int32(-1) - code


@njit(cache=True, forceinline=True)
def _settled(guess: int, value: float, edges: NDArray[np.float64], own: int, bins: int) -> int:
    """The bin by steps from a guess in doubt to the right edge, as numpy.histogram finds it."""
    if guess >= 0:
        return guess
    code = -1 - guess
    while code > 0 and value < edges[own, code]:
        code -= 1
    while code < bins - 1 and value >= edges[own, code + 1]:
        code += 1
    return code


@njit(cache=True, parallel=True)
def _entropies(values: NDArray[Any], grid: Any, n_log_n: NDArray[np.int64], width: int) -> Any:
    """H = (S ln S - sum n ln n) / S of every neuron of (S, N), `width` neurons at a time as they lie."""
    samples, neurons = values.shape
    edges, scales, doubts = grid.edges, grid.scales, grid.doubts
    bins = edges.shape[1] - 1
    result = np.zeros(neurons, dtype=np.int64)
    for tile in prange((neurons + width - 1) // width):
        first: Any = np.int64(tile) * width
        size = min(width, neurons - first)
        low, scale, doubt = np.empty(width), np.empty(width), np.empty(width)
        own = np.empty(width, dtype=np.int64)
        for place in range(size):
            own[place] = int(min(first + place, len(scales) - 1))
            low[place], scale[place], doubt[place] = edges[own[place], 0], scales[own[place]], doubts[own[place]]
        guesses = np.empty(width, dtype=np.int32)
        counts = np.zeros((width, bins), dtype=np.int32)
        for sample in range(samples):
            row = values[sample, first : first + size]
            # two loops: the first has no memory that depends on its result, so it runs several values at a time
            for place in range(size):
                guesses[place] = _guess(np.float64(row[place]), low[place], scale[place], doubt[place], bins)
            for place in range(size):
                counts[place, _settled(guesses[place], np.float64(row[place]), edges, own[place], bins)] += 1
        for place in range(size):
            if scale[place] > 0.0:
                total = 0
                for b in range(bins):
                    total += n_log_n[counts[place, b]]
                result[first + place] = n_log_n[samples] - total
    return result


@njit(cache=True, parallel=True)
def _codes(values: NDArray[Any], grid: Any) -> Any:
    """The bin of every value, (N, S) bytes."""
    samples, neurons = values.shape
    edges, scales, doubts = grid.edges, grid.scales, grid.doubts
    bins = edges.shape[1] - 1
    codes = np.zeros((neurons, samples), dtype=np.uint8)
    for neuron in prange(neurons):
        own = min(np.int64(neuron), len(scales) - 1)
        if scales[own] > 0.0:
            for sample in range(samples):
                value = np.float64(values[sample, neuron])
                guess = _guess(value, edges[own, 0], scales[own], doubts[own], bins)
                codes[neuron, sample] = _settled(guess, value, edges, own, bins)
    return codes


@njit(cache=True)
def _joint_entropy(a: NDArray[np.uint8], b: NDArray[np.uint8], counts: NDArray[np.int32], n_log_n: Any) -> int:
    """H_ij of two neurons' codes (S,); `counts` (bins, bins) is room for their joint histogram."""
    counts[:] = 0
    for sample in range(len(a)):
        counts[a[sample], b[sample]] += 1
    total = 0
    for count in counts.flat:
        total += n_log_n[count]
    return n_log_n[len(a)] - total


@njit(cache=True, parallel=True)
def _pair_information(
    codes: NDArray[np.uint8],
    bins: int,
    entropies: NDArray[np.int64],
    n_log_n: NDArray[np.int64],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
) -> Any:
    """H_i + H_j - H_ij of the pairs i[n], j[n] of neurons (P,), between 0 and the smaller entropy."""
    result = np.empty(len(i), dtype=np.int64)
    shares = min(len(i), 64)
    for share in prange(shares):
        counts = np.empty((bins, bins), dtype=np.int32)
        for n in range(len(i) * share // shares, len(i) * (share + 1) // shares):
            shared = entropies[i[n]] + entropies[j[n]] - _joint_entropy(codes[i[n]], codes[j[n]], counts, n_log_n)
            result[n] = min(max(shared, 0), entropies[i[n]], entropies[j[n]])
    return result
