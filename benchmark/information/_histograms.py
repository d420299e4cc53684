"""Entropies of histograms, of one neuron and of pairs, as exact sums of integers.

In: values with their `Grid`, or codes. Out: entropies in the unit of `Logs`. Joint histograms of few bins are counted
by comparing bit masks, 64 samples at a time, those of many bins by single samples. Both give the same counts.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import get_num_threads, prange, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from benchmark.information._bins import Grid, code_row
from benchmark.information._kernel_cache import kernel
from benchmark.information._matrix import Matrix
from benchmark.information.pairs import Neurons

WIDEST_TILE = 512  # neurons counted together: some cache lines of each row, and few enough that counts stay in cache
MASKED_BINS = 12  # up to this number B, comparing (B - 1)^2 S / 64 words takes less time than counting S samples
WORD = 64
SHARES = 64

Logarithms = NDArray[np.int64]  # Logs.table


class Logs(NamedTuple):
    """n ln n / S for n = 0 to S, as integers in `unit`s of nats: sums of them are exact, in whatever order."""

    table: NDArray[np.int64]
    unit: np.float64


def logs_of(samples: int) -> Logs:
    """The table for histograms of S samples."""
    counts = np.arange(samples + 1, dtype=np.float64)
    counts[1:] *= np.log(counts[1:]) / samples
    unit = np.float64(2.0) ** (np.ceil(np.log2(counts[-1])) - 61)  # an entropy and three of them stay below 2^63
    return Logs(np.rint(counts / unit).astype(np.int64), unit)


def neuron_entropies(matrix: Matrix, grid: Grid, n_log_n: Logarithms) -> NDArray[np.int64]:
    """H (N,) of every neuron."""
    neurons = matrix.values.shape[1]
    tile = min(WIDEST_TILE, -(-neurons // get_num_threads()))
    return np.asarray(_entropies(matrix.values, grid, n_log_n, tile))


@kernel(parallel=True, nogil=True)
def _entropies(values: NDArray[Any], grid: Any, n_log_n: Logarithms, width: int) -> Any:
    """H = (S ln S - sum n ln n) / S of every neuron of (S, N), `width` neurons at a time as they lie."""
    samples, neurons = values.shape
    bins = grid.edges.shape[1] - 1
    result = np.zeros(neurons, dtype=np.int64)
    for tile in prange((neurons + width - 1) // width):
        first: Any = np.int64(tile) * width
        last: Any = min(first + width, neurons)
        size = last - first
        codes = np.empty(size, dtype=np.int32)
        counts = np.zeros((size, bins), dtype=np.int32)
        for sample in range(samples):
            code_row(values[sample, first:last], first, grid, codes)
            for place in range(size):
                counts[np.uint64(place), np.uint64(codes[place])] += 1
        for place in range(size):
            if grid.scales[first + place] > 0.0:
                total = 0
                for b in range(bins):
                    total += n_log_n[counts[place, b]]
                result[first + place] = n_log_n[samples] - total
    return result


def joint_entropies(codes: NDArray[np.uint8], bins: int, n_log_n: Logarithms) -> Callable[[Neurons, Neurons], Any]:
    """A function that gives H_ij (P,) for neurons i and j (P,) of codes (N, S)."""
    if bins > MASKED_BINS:
        return lambda i, j: _by_samples(codes, bins, n_log_n, i, j)
    masks, sizes = _masks(codes, bins)
    return lambda i, j: _by_masks(masks, sizes, n_log_n, i, j)


def shared(entropies: NDArray[np.int64], joint: NDArray[np.int64], i: Neurons, j: Neurons) -> NDArray[np.int64]:
    """H_i + H_j - H_ij (P,), between 0 and the smaller of the two entropies."""
    own, other = entropies[i], entropies[j]
    return np.clip(own + other - joint, 0, np.minimum(own, other))


@intrinsic
def _ones(typing_context: Any, word: Any) -> Any:
    """How many bits of a word are set."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.uint64(types.uint64), code


@kernel(parallel=True, nogil=True)
def _masks(codes: NDArray[np.uint8], bins: int) -> Any:
    """Masks (N, bins, words), bit s set where sample s of the neuron is in the bin, and the samples in it (N, bins)."""
    neurons, samples = codes.shape
    masks = np.zeros((neurons, bins, (samples + WORD - 1) // WORD), dtype=np.uint64)
    sizes = np.zeros((neurons, bins), dtype=np.int64)
    for n in prange(neurons):
        for s in range(samples):
            masks[n, codes[n, s], s // WORD] |= np.uint64(1) << np.uint64(s % WORD)
            sizes[n, codes[n, s]] += 1
    return masks, sizes


@kernel()
def common(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> Any:
    """How many samples are in both masks."""
    total = np.uint64(0)
    for word in range(len(a)):
        total += _ones(a[word] & b[word])
    return np.int64(total)


@kernel()
def _joint_by_masks(a: Any, b: Any, in_a: Any, in_b: Any, rest: Any, n_log_n: Logarithms) -> int:
    """Sum of n ln n over the joint histogram of masks a, b (bins, words) with in_a, in_b (bins,) samples in their bins.

    The last row and column of the histogram follow from the others; `rest` (bins,) is room for what is left of in_b.
    """
    last = len(a) - 1
    total = 0
    for y in range(last + 1):
        rest[y] = in_b[y]
    for x in range(last):
        left = in_a[x]
        for y in range(last):
            count = common(a[x], b[y])
            total += n_log_n[count]
            left -= count
            rest[y] -= count
        total += n_log_n[left]
        rest[last] -= left
    for y in range(last + 1):
        total += n_log_n[rest[y]]
    return total


@kernel(parallel=True, nogil=True)
def _by_masks(masks: NDArray[np.uint64], sizes: NDArray[np.int64], n_log_n: Logarithms, i: Neurons, j: Neurons) -> Any:
    """H_ij of the pairs i[n], j[n] (P,)."""
    result = np.empty(len(i), dtype=np.int64)
    shares = min(len(i), SHARES)
    for share in prange(shares):
        rest = np.empty(sizes.shape[1], dtype=np.int64)
        for n in range(len(i) * share // shares, len(i) * (share + 1) // shares):
            a, b = i[n], j[n]
            joint = _joint_by_masks(masks[a], masks[b], sizes[a], sizes[b], rest, n_log_n)
            result[n] = n_log_n[-1] - joint
    return result


@kernel()
def _joint_by_samples(a: NDArray[np.uint8], b: NDArray[np.uint8], counts: Any, n_log_n: Logarithms) -> int:
    """Sum of n ln n over the joint histogram of codes a and b (S,), for which `counts` (bins, bins) is room."""
    counts[:] = 0
    for sample in range(len(a)):
        counts[a[sample], b[sample]] += 1
    total = 0
    for count in counts.flat:
        total += n_log_n[count]
    return total


@kernel(parallel=True, nogil=True)
def _by_samples(codes: NDArray[np.uint8], bins: int, n_log_n: Logarithms, i: Neurons, j: Neurons) -> Any:
    """H_ij of the pairs i[n], j[n] (P,)."""
    result = np.empty(len(i), dtype=np.int64)
    shares = min(len(i), SHARES)
    for share in prange(shares):
        counts = np.empty((bins, bins), dtype=np.int32)
        for n in range(len(i) * share // shares, len(i) * (share + 1) // shares):
            result[n] = n_log_n[-1] - _joint_by_samples(codes[i[n]], codes[j[n]], counts, n_log_n)
    return result
