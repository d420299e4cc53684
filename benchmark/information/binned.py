"""Plug-in entropy and mutual information from equal-width bins.

In: activations (S, N). Out: nats. A value belongs to the bin that numpy.histogram would give it in float64: half-open
bins between the edges of numpy.histogram_bin_edges, the maximum in the last bin. Bansal, Pruthi, Belinkov 2022,
section 3 (entropy: 100 bins over one range for the whole matrix).
"""

from typing import Any, Literal

import numpy as np
from numba import njit, prange
from numpy.typing import ArrayLike, NDArray

from benchmark.information._matrix import neuron_rows
from benchmark.information._pairs import pair_count, pair_of

Edges = Literal["global", "per-neuron"]
MAX_BINS = 256  # a code is one byte


def entropy(activations: ArrayLike, bins: int = 100, edges: Edges = "global") -> NDArray[np.float64]:
    """Entropy (N,) of each neuron, in nats: between 0 and ln(bins); 0 for a constant neuron.

    `edges`: "global" spreads the bins over the range of this whole matrix, "per-neuron" over that of each neuron. A
    range that float64 cannot split into that many bins counts as constant. Raises ValueError for unusable
    activations, naming the neuron, and for less than one bin.

    >>> import numpy as np
    >>> entropy(np.array([[0.0, 1.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [0.6931, 0.0]
    """
    codes = _codes(activations, bins, edges)
    samples = codes.shape[1]
    return _entropies(codes, bins, _n_log_n(samples))


def mutual_information(activations: ArrayLike, bins: int = 10, edges: Edges = "per-neuron") -> NDArray[np.float64]:
    """Mutual information (N, N) of every pair of neurons, in nats: H_i + H_j - H_ij over a bins x bins table.

    Symmetric, 0 <= I <= min(H_i, H_j), the diagonal is the entropy. The plug-in estimate of independent neurons is
    not 0 but about (bins - 1)^2 / 2S. Raises ValueError as `entropy` does.

    >>> import numpy as np
    >>> mutual_information(np.array([[0.0, 0.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [[0.6931, 0.6931], [0.6931, 0.6931]]
    """
    codes = _codes(activations, bins, edges)
    samples = codes.shape[1]
    table = _n_log_n(samples)
    entropies = _entropies(codes, bins, table)
    joint = _joint_entropies(codes, bins, table)
    information = entropies[:, None] + entropies[None, :] - joint
    information = np.clip(information, 0.0, np.minimum.outer(entropies, entropies))
    np.fill_diagonal(information, entropies)
    return information


def _codes(activations: ArrayLike, bins: int, edges: Edges) -> NDArray[np.uint8]:
    """The bin of every value, (N, S). A neuron whose range cannot be split is in bin 0 throughout."""
    if not 1 <= bins <= MAX_BINS:
        raise ValueError(f"bins must be from 1 to {MAX_BINS}, got {bins}")
    if edges not in ("global", "per-neuron"):
        raise ValueError(f"edges must be 'global' or 'per-neuron', got {edges!r}")
    rows = neuron_rows(activations, minimum=2)
    low, high = rows.min(axis=1), rows.max(axis=1)
    if edges == "global":
        low, high = np.full_like(low, low.min()), np.full_like(high, high.max())
    return _assign(rows, low, high, bins)


def _n_log_n(samples: int) -> NDArray[np.float64]:
    """n ln n for n = 0 to samples."""
    counts = np.arange(samples + 1, dtype=np.float64)
    counts[1:] *= np.log(counts[1:])
    return counts


@njit(cache=True, parallel=True)
def _assign(rows: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], bins: int) -> Any:
    """Bins (N, S) by a first guess and steps to the right edge; edges as numpy.linspace rounds them."""
    neurons, samples = rows.shape
    codes = np.zeros((neurons, samples), dtype=np.uint8)
    for neuron in prange(neurons):
        start, width = low[neuron], high[neuron] - low[neuron]
        edges = np.arange(bins + 1) * (width / bins) + start
        edges[bins] = high[neuron]
        if np.all(edges[:-1] < edges[1:]):
            for sample in range(samples):
                value = rows[neuron, sample]
                code = int(min((value - start) / width * bins, bins - 1.0))
                while code > 0 and value < edges[code]:
                    code -= 1
                while code < bins - 1 and value >= edges[code + 1]:
                    code += 1
                codes[neuron, sample] = code
    return codes


@njit(cache=True, parallel=True)
def _entropies(codes: NDArray[np.uint8], bins: int, n_log_n: NDArray[np.float64]) -> Any:
    """H = (S ln S - sum n ln n) / S of every row."""
    neurons, samples = codes.shape
    result = np.empty(neurons)
    for neuron in prange(neurons):
        counts = np.zeros(bins, dtype=np.int64)
        for sample in range(samples):
            counts[codes[neuron, sample]] += 1
        total = 0.0
        for b in range(bins):
            total += n_log_n[counts[b]]
        result[neuron] = (n_log_n[samples] - total) / samples
    return result


@njit(cache=True, parallel=True)
def _joint_entropies(codes: NDArray[np.uint8], bins: int, n_log_n: NDArray[np.float64]) -> Any:
    """H_ij of every pair of rows, (N, N), symmetric; the diagonal is left at 0."""
    neurons, samples = codes.shape
    result = np.zeros((neurons, neurons))
    for pair in prange(pair_count(neurons)):
        i, j = pair_of(pair)
        counts = np.zeros(bins * bins, dtype=np.int64)
        for sample in range(samples):
            counts[codes[i, sample] * bins + codes[j, sample]] += 1
        total = 0.0
        for cell in range(bins * bins):
            total += n_log_n[counts[cell]]
        entropy_ij = (n_log_n[samples] - total) / samples
        result[i, j] = entropy_ij
        result[j, i] = entropy_ij
    return result
