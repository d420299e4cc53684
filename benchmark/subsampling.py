"""Halves of one network's outputs: how far a measure moves with the examples and neurons it happens to be read on.

In: outputs. Out: outputs on a seeded half of the examples, in which each tap has a seeded half of its neurons; drawn
without replacement, since an example that stands twice is its own nearest neighbour. The standard deviation over such
halves is the standard error on the whole (Shao and Wu 1989, the delete-d jackknife with d = n / 2).
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import NearestSettings, Settings
from benchmark.types import Activations, Outputs

PAIRS = 4096  # of a half, at most: their own error is small beside that of the neurons


def halves(outputs: Outputs, settings: Settings) -> list[Outputs]:
    """As many as the settings ask for, the same rows for every network; none where a half is too small to measure."""
    examples = len(outputs.labels)
    needed = settings.mi.k + 1 if isinstance(settings.mi, NearestSettings) else 2
    if examples // 2 < needed:
        return []
    parts = []
    for draw, activations in enumerate(_activations(outputs.activations, settings.sub_samples)):
        parts.append(outputs.at(_rows(examples, draw), activations))
    return parts


def for_halves(settings: Settings) -> Settings:
    """The same settings on a sample of the pairs."""
    pairs = PAIRS if settings.mi.pairs == "all" else min(PAIRS, settings.mi.pairs)
    return settings.model_copy(update={"mi": settings.mi.model_copy(update={"pairs": pairs})})


@lru_cache(maxsize=1)
def _activations(activations: Activations, count: int) -> list[Activations]:
    """The halves of one network's activations, kept for all that is computed on them."""
    return [
        Activations(
            {
                tap: matrix[np.ix_(_rows(len(matrix), draw), _neurons(matrix.shape[1], draw, number))]
                for number, (tap, matrix) in enumerate(activations.by_tap.items())
            }
        )
        for draw in range(count)
    ]


def _rows(examples: int, draw: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng((0, draw)).permutation(examples)[: examples // 2])


def _neurons(neurons: int, draw: int, tap: int) -> NDArray[np.int64]:
    """Half of them, two where that leaves a pair."""
    kept = min(neurons, max(2, neurons // 2))
    return np.sort(np.random.default_rng((1, draw, tap)).permutation(neurons)[:kept])
