"""Halves of one network's outputs: how much reading other examples and neurons moves a measure.

In: outputs. Out: outputs on a seeded half of the examples, in which each tap has a seeded half of its neurons; drawn
without replacement, since an example that stands twice is its own nearest neighbour. Bins keep the range that they have
on the whole, so that a half measures the same quantity. How far the values on halves lie apart is no error of a
network's condition: of that other seeds tell.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import NearestSettings, Settings
from benchmark.types import Activations, Outputs

PAIRS = 4096  # of a half, at most: their own error is small beside that of the neurons


def halves(outputs: Outputs, settings: Settings) -> list[Outputs]:
    """Seeded halves of the examples and neurons of one network's outputs.

    Args:
        outputs: Outputs on S examples.
        settings: `sub_samples` is how many halves are drawn.

    Returns:
        Outputs on S // 2 examples each, the same ones for every network; none where these are too few to measure on.
    """
    examples = len(outputs.labels)
    needed = settings.mi.k + 1 if isinstance(settings.mi, NearestSettings) else 2
    if examples // 2 < needed:
        return []
    drawn = range(settings.sub_samples)
    return [outputs.at(rows_of_half(examples, draw), _half(outputs.activations, draw)) for draw in drawn]


def for_halves(settings: Settings) -> Settings:
    """The same settings with at most 4096 pairs of neurons."""
    pairs = PAIRS if settings.mi.pairs == "all" else min(PAIRS, settings.mi.pairs)
    return settings.model_copy(update={"mi": settings.mi.model_copy(update={"pairs": pairs})})


def _half(activations: Activations, draw: int) -> Activations:
    by_tap = activations.by_tap
    neurons = {tap: _neurons(by_tap[tap].shape[1], draw, number) for number, tap in enumerate(by_tap)}
    parts = {tap: matrix[np.ix_(rows_of_half(len(matrix), draw), neurons[tap])] for tap, matrix in by_tap.items()}
    return Activations(parts, activations, neurons)


def rows_of_half(examples: int, draw: int) -> NDArray[np.int64]:
    """The rows (S // 2,) of half of so many examples, another one for each draw."""
    return np.sort(np.random.default_rng((0, draw)).permutation(examples)[: examples // 2])


def _neurons(neurons: int, draw: int, tap: int) -> NDArray[np.int64]:
    """Half of them, two where that leaves a pair."""
    kept = min(neurons, max(2, neurons // 2))
    return np.sort(np.random.default_rng((1, draw, tap)).permutation(neurons)[:kept])
