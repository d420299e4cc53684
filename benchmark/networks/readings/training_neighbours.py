"""Labels as given of the training examples that lie nearest to each input, at each tap.

There is one array (S, k) for each tap, under its module path, first tap first: the labels of the k = 30 nearest of at
most 1,000 seeded training examples, the nearest first; of all of them where they are fewer. Distances are Euclidean,
between the activations as they are tapped.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.reading import Arrays, AtHand, Reading

NEIGHBOURS = 30


def compute(at_hand: AtHand) -> Arrays:
    """The labels (S, k) of each tap."""
    own, training = (at_hand.read(inputs)[0] for inputs in (at_hand.inputs, at_hand.training.inputs))
    return {tap: at_hand.training.labels[_nearest(own[tap], known)] for tap, known in training.items()}


def _nearest(own: NDArray[np.float32], known: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rows of `known` (T, N) that are nearest to each row of `own` (S, N), the nearest first."""
    centre = known.mean(axis=0, dtype=np.float64)  # distances are small beside activations that share a large mean
    rows, others = own - centre, known - centre
    distances = (others**2).sum(axis=1) - 2 * rows @ others.T  # squared, less what is the same for a whole row
    count = min(NEIGHBOURS, len(known))
    near = np.sort(np.argpartition(distances, count - 1, axis=1)[:, :count], axis=1)
    order = np.take_along_axis(distances, near, axis=1).argsort(axis=1, kind="stable")
    return np.take_along_axis(near, order, axis=1)


READING = Reading(
    name="training-neighbours",
    axis="examples",
    compute=compute,
    reference="Baldock, Maennel, Neyshabur 2021 (k-nearest-neighbour probes of every layer, k = 30)",
)
