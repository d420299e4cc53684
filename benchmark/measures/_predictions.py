"""What the measures of predictions alone share.

Sums over the examples are rounded once, so that the order of the examples changes no bit.
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray


def probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Softmax (S, K) of logits (S, K), in float64.

    >>> probabilities(np.array([[0.0, 0.0], [1000.0, 0.0]], dtype=np.float32)).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def mean_probabilities(predicted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean probability (K,) of each class, from probabilities (S, K).

    >>> mean_probabilities(np.array([[0.5, 0.5], [1.0, 0.0]])).tolist()
    [0.75, 0.25]
    """
    return np.array([fsum(of_class) / len(of_class) for of_class in predicted.T])


def class_products(predicted: NDArray[np.float64]) -> NDArray[np.float64]:
    """The product P'P (K, K) of probabilities (S, K): how far classes are predicted together.

    >>> class_products(np.array([[0.5, 0.5], [1.0, 0.0]])).tolist()
    [[1.25, 0.25], [0.25, 0.25]]
    """
    return np.array([[fsum(a * b) for b in predicted.T] for a in predicted.T])
