"""What the measures of predictions alone share."""

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
