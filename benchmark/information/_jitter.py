"""Tiny noise that breaks ties for the nearest-neighbour estimator.

In: neurons (N, S) and a seed. Out: the same, every value moved a little, none past another.

How far a value may move goes by its nearest other value, so one huge value of a neuron does not drown the rest. Which
draw it gets goes by what its sample and its neuron hold, not by where they stand, so samples or neurons in another
order are the same values in that order. (Place decides only among neurons that the same exchange of samples turns into
each other.) The draws are hashes (Steele, Lea, Flood 2014, SplitMix64).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.information._kernel_cache import kernel

SHARE = 2.0**-16  # of the distance to the nearest other value of the neuron
ROUNDING = 2.0**-42  # of the value itself where that is more: what only float64's rounding tells apart is tied
TINY = 2.0**-900  # values below it may lie so close together that a draw between them underflows
LIFT, HIGHEST = 1000, 1020  # powers of two: by how much tiny values are lifted, and how high the largest may come
STEP = np.uint64(0x9E3779B97F4A7C15)
FACTORS = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
SHIFTS = np.uint64(30), np.uint64(27), np.uint64(31)
DRAWN = np.uint64(11)  # bits of a word that a draw does without

Words = NDArray[np.uint64]


def jittered(rows: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """The neurons (N, S), each value moved by less than its `reach`, uniformly and by its own draw.

    Where values are so small that float64 has no smaller ones for a draw, all neurons are multiplied by one power of
    two first, which changes neither what is nearest nor how many are nearer.

    >>> rows = np.array([[0.0, 0.0, 1.0, 3.0], [5.0, 5.0, 5.0, 5.0]])
    >>> found = jittered(rows, seed=0)
    >>> len(np.unique(found)), bool((abs(found - rows) < 0.001).all())
    (8, True)
    >>> bool((np.sort(jittered(rows[::-1, ::-1], seed=0)) == np.sort(found[::-1])).all())
    True
    """
    rows = _away_from_underflow(rows)
    neurons, samples = _keys(rows, seed)
    moved = np.empty_like(rows)
    _move(rows, np.argsort(rows, axis=1), neurons, samples, moved)
    return moved


def reach(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each value (S,) of a neuron may move.

    >>> (reach(np.array([0.0, 0.0, 1.0, 3.0])) / SHARE).tolist()
    [1.0, 1.0, 1.0, 2.0]
    """
    far = np.empty(len(row))
    _reach_into(far, row, np.argsort(row))
    return far


def _away_from_underflow(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """All neurons times the same power of two where a value is tiny, as large as it may be."""
    size = np.abs(rows)
    if not ((size > 0) & (size < TINY)).any():
        return rows
    return np.asarray(np.ldexp(rows, min(LIFT, HIGHEST - int(np.frexp(size.max())[1]))))


def _keys(rows: NDArray[np.float64], seed: int) -> tuple[Words, Words]:
    """A key (N,) for each neuron and one (S,) for each sample, no two of which are equal but by chance.

    A neuron's is a sum over its values and the keys of their samples, and the other way round: in a sum the order does
    not matter. Those that hold the same get numbers, and which of them gets which makes no difference.
    """
    bits = np.ascontiguousarray(rows + 0.0).view(np.uint64)  # -0.0 becomes 0.0, which is equal to it
    samples = np.full(rows.shape[1], np.random.SeedSequence(seed).generate_state(1, np.uint64)[0])
    for _ in range(2):  # a second time, for neurons that hold the same values on other samples
        neurons = np.empty(len(rows), dtype=np.uint64)
        _sum_over_samples(bits, samples, neurons)
        neurons, samples = _mixed(neurons + STEP), np.zeros_like(samples)
        _sum_over_neurons(bits, neurons, samples)
        samples = _mixed(samples)
    return _mixed(neurons + STEP * _numbers(neurons)), _mixed(samples + STEP * _numbers(samples))


@kernel(nogil=True)
def _move(
    rows: NDArray[np.float64], order: NDArray[np.int64], neurons: Words, samples: Words, moved: NDArray[np.float64]
) -> None:
    """Write the moved neurons (N, S), of which `order` are the samples in ascending order of their values."""
    for n in range(len(rows)):
        _reach_into(moved[n], rows[n], order[n])
        for s in range(len(samples)):
            word = _mixed(_mixed(samples[s] + neurons[n])) >> DRAWN
            moved[n, s] = rows[n, s] + moved[n, s] * (np.float64(word) * 2.0**-52 - 1.0)


@kernel(nogil=True)
def _reach_into(far: NDArray[np.float64], row: NDArray[np.float64], order: NDArray[np.int64]) -> None:
    """Write the reach of each value (S,) of a neuron."""
    start, samples = 0, len(row)
    for rank in range(1, samples + 1):
        value = row[order[start]]
        if rank < samples and row[order[rank]] == value:
            continue
        below = value - row[order[start - 1]] if start else np.inf
        above = row[order[rank]] - value if rank < samples else np.inf
        reached = max(SHARE * min(below, above), ROUNDING * abs(value))
        if rank - start == samples:
            reached = SHARE * abs(value) if value else SHARE
        for place in range(start, rank):
            far[order[place]] = reached
        start = rank


@kernel(nogil=True)
def _sum_over_samples(bits: Words, samples: Words, sums: Words) -> None:
    """Write the sum (N,) over each neuron's values and the keys of their samples."""
    for n in range(len(bits)):
        total = np.uint64(0)
        for s in range(len(samples)):
            total += _mixed(bits[n, s] ^ samples[s])
        sums[n] = total


@kernel(nogil=True)
def _sum_over_neurons(bits: Words, neurons: Words, sums: Words) -> None:
    """Add the sum (S,) over each sample's values and the keys of their neurons."""
    for n in range(len(bits)):
        for s in range(len(sums)):
            sums[s] += _mixed(bits[n, s] ^ neurons[n])


@kernel(forceinline=True, nogil=True)
def _mixed(words: Any) -> Any:
    """A permutation of all words that leaves no trace of how the given ones are related."""
    words = (words ^ (words >> SHIFTS[0])) * FACTORS[0]
    words = (words ^ (words >> SHIFTS[1])) * FACTORS[1]
    return words ^ (words >> SHIFTS[2])


def _numbers(words: Words) -> Words:
    """The number 0, 1, 2, ... of each word among those equal to it."""
    order = np.argsort(words, kind="stable")
    ascending, place = words[order], np.arange(len(words))
    starts = np.append(True, ascending[1:] != ascending[:-1])
    numbers = np.empty_like(words)
    numbers[order] = place - np.maximum.accumulate(np.where(starts, place, 0))
    return numbers
