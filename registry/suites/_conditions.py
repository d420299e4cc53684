"""The two knobs that several suites turn: a spurious feature that obeys the label, labels that are redrawn.

Both pick their examples by one seeded order, so for one seed the examples touched at a lower condition are a part of
those touched at a higher one.
"""

import numpy as np
from numpy.typing import NDArray

# Held-out examples are drawn alike for every network: their seed is none that a plan can name.
HELD_OUT_SEED = 2**32 - 1


def chosen_share(count: int, share: float, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Which examples are chosen: exactly round(share * count) of them.

    Args:
        count: How many examples there are.
        share: From 0 to 1.
        generator: What draws the order. From the same state, a larger share chooses others beside those of a smaller
            one.

    Returns:
        A mask (count,).

    >>> int(chosen_share(8, 0.25, np.random.default_rng(0)).sum())
    2
    """
    chosen = np.zeros(count, dtype=bool)
    chosen[generator.permutation(count)[: round(share * count)]] = True
    return chosen


def redrawn_labels(labels: NDArray[np.int64], share: float, num_classes: int, seed: int) -> NDArray[np.int64]:
    """Labels of which a share is redrawn uniformly from all classes, so that some of these keep their value.

    Args:
        labels: (S,).
        share: From 0 to 1.
        num_classes: How many classes there are.
        seed: What draws them.

    Returns:
        (S,).

    >>> redrawn_labels(np.array([0, 1, 1]), 0.0, 2, 0).tolist()
    [0, 1, 1]
    """
    generator = np.random.default_rng((seed, 1))  # a stream apart from the one that draws the inputs
    drawn = generator.integers(0, num_classes, len(labels))
    return np.where(chosen_share(len(labels), share, generator), drawn, labels)
