"""Logits and labels as given on training examples, and on points half-way between two that are labelled alike.

The arrays are `logits` (T, K), `labels` (T,) and `first-tap` (T, N), the activations of the first tap, of at most 1,000
seeded training examples; for numbers also `midpoints` (M, K), the logits of (x_i + x_j) / 2 for pairs labelled alike,
with `midpoint-labels` (M,). Each class has one seeded permutation, which says who is paired with whom. For each
transform that keeps the task there is `keeping/NAME` (T, K).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.networks.readings._pairs import pairs_alike
from benchmark.networks.readings._transformed import transformed
from benchmark.reading import Arrays, AtHand, Reading


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name."""
    inputs, labels = at_hand.training.inputs, at_hand.training.labels
    taps, logits = at_hand.read(inputs)
    found: dict[str, NDArray[Any]] = {"logits": logits, "labels": labels, "first-tap": next(iter(taps.values()))}
    found |= {f"keeping/{name}": at_hand.logits(made) for name, made in transformed(inputs, at_hand.transforms.keeping)}
    if inputs.dtype.kind == "f":
        first, second = pairs_alike(labels)
        found["midpoints"] = at_hand.logits((inputs[first] + inputs[second]) / np.float32(2))
        found["midpoint-labels"] = labels[first]
    return found


READING = Reading(
    name="training-set",
    axis="network",
    compute=compute,
    reference="Natekar and Sharma 2020 (midpoints of training inputs, winner of PGDL)",
)
