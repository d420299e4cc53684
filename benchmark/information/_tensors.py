"""Both estimators for activations that lie on an accelerator, in torch: the same integers counted, the same formulas.

Joint histograms are products of one-hot matrices; neighbours are found by sweeping outward along one neuron, for all
samples of many pairs at a time. Everything is in float64 or in integers that float32 holds exactly.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import cache
from math import isqrt
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.information._bins import Grid
from benchmark.information._histograms import shared
from benchmark.information.pairs import Neurons, PairInformation

CELLS = 1 << 24  # entries of joint histograms held at a time
WIDEST_BLOCK = 256  # neurons
SAMPLES = 1 << 13  # counted in one matrix product; float32 is exact up to 2^24
LANES = 1 << 22  # samples of pairs swept at a time
STEPS = 8  # candidates on either side before the samples that need no more are dropped

Result = TypeVar("Result")


def or_on_cpu(on_device: Callable[[], Result], on_cpu: Callable[[], Result]) -> Result:
    """What the device computes or, if its memory is not enough, what the CPU does, with a warning."""
    try:
        return on_device()
    except torch.OutOfMemoryError as error:
        warnings.warn(f"computed on the CPU, the device has too little memory: {error}", stacklevel=2)
        return on_cpu()


def pairs_or_on_cpu(on_device: Callable[[], PairInformation], on_cpu: Callable[[], PairInformation]) -> PairInformation:
    """As `or_on_cpu`, also for the pairs that are asked for later on."""
    instead = cache(on_cpu)
    found = or_on_cpu(on_device, instead)
    return PairInformation(found.own, lambda i, j: or_on_cpu(lambda: found.of(i, j), lambda: instead().of(i, j)))


def bin_codes(values: Tensor, grid: Grid) -> Tensor:
    """The bin (N, S) of values (S, N)."""
    rows = values.T.double().contiguous()
    inner = torch.as_tensor(grid.edges[:, 1:-1], device=rows.device).expand(len(rows), -1).contiguous()
    codes = torch.searchsorted(inner, rows, right=True, out_int32=True)
    return torch.where(torch.as_tensor(grid.scales > 0, device=rows.device)[:, None], codes, 0)


def neuron_entropies(codes: Tensor, bins: int, n_log_n: NDArray[np.int64]) -> NDArray[np.int64]:
    """H (N,) of each neuron from its codes (N, S), in the units of `n_log_n`."""
    table = torch.as_tensor(n_log_n, device=codes.device)
    counts = torch.zeros((len(codes), bins), dtype=torch.int64, device=codes.device)
    counts.scatter_add_(1, codes.long(), torch.ones_like(codes, dtype=torch.int64))
    return np.asarray((table[-1] - table[counts].sum(dim=1)).cpu().numpy())


def binned_pairs(codes: Tensor, bins: int, n_log_n: NDArray[np.int64], unit: np.float64) -> PairInformation:
    """Binned MI of pairs of neurons from their codes (N, S)."""
    entropies = neuron_entropies(codes, bins, n_log_n)
    table = torch.as_tensor(n_log_n, device=codes.device)
    width = max(1, min(WIDEST_BLOCK, isqrt(CELLS) // bins))

    def of(i: Neurons, j: Neurons) -> NDArray[np.float64]:
        joint = np.empty(len(i), dtype=np.int64)
        for own in _tiles(i, j, width):
            rows, row = torch.unique(torch.as_tensor(i[own], device=codes.device), return_inverse=True)
            columns, column = torch.unique(torch.as_tensor(j[own], device=codes.device), return_inverse=True)
            joint[own] = _joint_entropies(codes[rows], codes[columns], bins, table)[row, column].cpu().numpy()
        return shared(entropies, joint, i, j) * unit

    return PairInformation(entropies * unit, of)


def nearest_pairs(rows: Tensor, k: int, digamma: NDArray[np.float64]) -> PairInformation:
    """MI of pairs of neurons (N, S), float64, by Kraskov's first estimator. `digamma[n]` is psi(n)."""
    neurons, samples = rows.shape
    ascending, order = rows.sort(dim=1)
    table = torch.as_tensor(digamma, device=rows.device)

    def of(i: Neurons, j: Neurons) -> NDArray[np.float64]:
        found = []
        for first in range(0, len(i), max(1, LANES // samples)):
            x, y = (torch.as_tensor(n[first:][: max(1, LANES // samples)], device=rows.device) for n in (i, j))
            radius = torch.empty(len(x), samples, dtype=torch.float64, device=rows.device)
            radius.scatter_(1, order[x], _kth_distances(ascending[x], rows[y].gather(1, order[x]), k))
            counts = [_count_within(ascending[n], radius.gather(1, order[n])) for n in (x, y)]
            found.append((table[counts[0]].mean(dim=1) + table[counts[1]].mean(dim=1)).cpu().numpy())
        return np.asarray(digamma[samples] + digamma[k] - np.concatenate(found)) if found else np.zeros(0)

    return PairInformation(np.full(neurons, digamma[samples] - digamma[k]), of)


def _tiles(i: Neurons, j: Neurons, width: int) -> Iterator[NDArray[np.int64]]:
    """The places of the pairs, cut by the blocks of `width` neurons that i and j lie in."""
    tile = np.stack([i // width, j // width])
    order = np.lexsort(tile)
    turns = np.flatnonzero((tile[:, order[1:]] != tile[:, order[:-1]]).any(axis=0)) + 1
    yield from np.split(order, turns) if len(order) else []


def _joint_entropies(a: Tensor, b: Tensor, bins: int, n_log_n: Tensor) -> Tensor:
    """H_ij (I, J) of every neuron of codes a (I, S) with every one of b (J, S)."""
    counts = torch.zeros((len(a) * bins, len(b) * bins), dtype=torch.int32, device=a.device)
    for first in range(0, a.shape[1], SAMPLES):
        left, right = (_one_hot(codes[:, first : first + SAMPLES], bins) for codes in (a, b))
        counts += _product(left, right).int()
    return n_log_n[-1] - n_log_n[counts].view(len(a), bins, len(b), bins).sum(dim=(1, 3))


def _one_hot(codes: Tensor, bins: int) -> Tensor:
    """(N bins, S) of 0 and 1: whether a neuron's sample is in a bin."""
    return (codes[:, None, :] == torch.arange(bins, device=codes.device)[:, None]).float().flatten(0, 1)


def _product(left: Tensor, right: Tensor) -> Tensor:
    with torch.autocast(left.device.type, enabled=False):  # which would round the counts to eight bits
        return left @ right.T


def _kth_distances(x: Tensor, y: Tensor, k: int) -> Tensor:
    """Distance (P, S) of each sample to its k-th neighbour in the plane of x (P, S), ascending, and y (P, S)."""
    pairs, samples = x.shape
    # infinitely far samples before the first and behind the last: the sweep ends there
    x = torch.nn.functional.pad(x, (1, 0), value=-torch.inf)
    x = torch.nn.functional.pad(x, (0, 1), value=torch.inf).flatten()
    y = torch.nn.functional.pad(y, (1, 1)).flatten()
    row = torch.arange(pairs, device=x.device)[:, None] * (samples + 2)
    lane = (row + torch.arange(1, samples + 1, device=x.device)).flatten()
    start, end = (row.expand(-1, samples).flatten(), (row + samples + 1).expand(-1, samples).flatten())
    result = torch.empty_like(x)
    found = torch.full((k, len(lane)), torch.inf, dtype=torch.float64, device=x.device)
    offset = 1
    while len(lane):
        for step in range(offset, offset + STEPS):
            for other in (torch.maximum(lane - step, start), torch.minimum(lane + step, end)):
                _push(found, torch.maximum((x[other] - x[lane]).abs(), (y[other] - y[lane]).abs()))
        offset += STEPS
        farthest = found[-1]
        result[lane] = farthest
        left, right = torch.maximum(lane - offset, start), torch.minimum(lane + offset, end)
        open_still = (x[lane] - x[left] < farthest) | (x[right] - x[lane] < farthest)
        lane, start, end, found = lane[open_still], start[open_still], end[open_still], found[:, open_still]
    return result.view(pairs, samples + 2)[:, 1:-1]


def _push(found: Tensor, distance: Tensor) -> None:
    """Sink a distance (L,) into the k sorted ones (k, L): at each place the smaller stays, the larger goes on."""
    for resting in found:
        larger = torch.maximum(resting, distance)
        torch.minimum(resting, distance, out=resting)
        distance = larger


def _count_within(ascending: Tensor, radius: Tensor) -> Tensor:
    """n + 1 (P, S): how many values of a neuron (P, S), ascending, are nearer than the radius to each, itself included.

    By bisection with the definition's own test, a difference of two values, so it is exact.
    """
    below = torch.nextafter(radius, torch.zeros_like(radius))
    pairs, samples = ascending.shape
    place = torch.arange(samples, device=ascending.device).expand(pairs, -1)
    ends = []
    for side in (-1, 1):
        inside, outside = place.clone(), torch.full_like(place, samples if side > 0 else -1)
        for _ in range(samples.bit_length()):
            middle = (inside + outside) // 2 if side > 0 else (inside + outside + 1) // 2
            near = side * (ascending.gather(1, middle) - ascending) <= below
            inside, outside = torch.where(near, middle, inside), torch.where(near, outside, middle)
        ends.append(inside)
    return ends[1] - ends[0] + 1
