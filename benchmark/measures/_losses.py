"""What the measures of readings share: losses, margins and log-odds of examples, each from logits, and means."""

from collections.abc import Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from benchmark.types import Outputs

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
LOW = 0.1  # the share of the training examples that is below their low margin


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


def margins(logits: NDArray[np.float32], labels: Labels) -> Floats:
    """By how much the logit of the label (S,) is above the largest other one, below 0 where it is not.

    >>> margins(np.array([[3.0, 1.0, 2.0]], dtype=np.float32), np.array([2])).tolist()
    [-1.0]
    """
    rows, others = np.arange(len(labels)), logits.astype(np.float64)
    own = others[rows, labels]
    others[rows, labels] = -np.inf
    return np.asarray(own - others.max(axis=1))


def low_margin(outputs: Outputs) -> float:
    """The margin that a tenth of the training examples of the reading `training-set` stays below."""
    taken = outputs.readings["training-set"]
    return float(np.quantile(margins(taken["logits"], taken["labels"]), LOW))


def log_odds(logits: NDArray[np.float32]) -> Floats:
    """The log-odds (S,) of the predicted class: they order examples as its probability does, and do not saturate.

    >>> log_odds(np.array([[3.0, 1.0], [0.0, 1000.0]], dtype=np.float32)).tolist()
    [2.0, 1000.0]
    """
    ordered = np.sort(logits.astype(np.float64), axis=1)
    return np.asarray(ordered[:, -1] - logsumexp(ordered[:, :-1], axis=1))


def accuracy(logits: NDArray[np.float32], labels: Labels) -> float:
    """The share of examples whose label has the largest logit."""
    return int((logits.argmax(axis=1) == labels).sum()) / len(labels)
