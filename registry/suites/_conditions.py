"""The two knobs that several suites turn: a spurious feature that obeys the label, labels that are redrawn.

Both pick their examples by one seeded order, so for one seed the examples touched at a lower condition are a part of
those touched at a higher one.
"""

import numpy as np
from numpy.typing import NDArray

# Held-out examples are drawn alike for every network: their seed is none that a plan can name.
HELD_OUT_SEED = 2**32 - 1


def chosen_share(count: int, share: float, generator: np.random.Generator) -> NDArray[np.bool_]:
    """A mask (count,) that is true for exactly round(share * count) examples."""
    chosen = np.zeros(count, dtype=bool)
    chosen[generator.permutation(count)[: round(share * count)]] = True
    return chosen


def redrawn_labels(labels: NDArray[np.int64], share: float, num_classes: int, seed: int) -> NDArray[np.int64]:
    """Labels (S,) of which that share is redrawn uniformly from all classes (so some keep their value)."""
    generator = np.random.default_rng((seed, 1))  # a stream apart from the one that draws the inputs
    drawn = generator.integers(0, num_classes, len(labels))
    return np.where(chosen_share(len(labels), share, generator), drawn, labels)
