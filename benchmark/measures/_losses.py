"""What the measures that know labels as given share: losses, accuracy and margins, each from logits and labels."""

from collections.abc import Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def losses(logits: NDArray[np.float32], labels: Labels) -> Floats:
    """Cross-entropies (S,) of logits (S, K) with labels (S,), in nats; in float64, so that no large logit overflows.

    >>> losses(np.zeros((1, 4), dtype=np.float32), np.array([2])) == np.log(4)
    array([ True])
    """
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels])


def mean(values: Sequence[float] | Floats) -> float:
    """The mean of numbers (S,), whose sum is rounded once: their order changes no bit."""
    return fsum(values) / len(values)
