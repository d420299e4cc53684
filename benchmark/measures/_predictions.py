"""What the measures of predictions alone share."""

import numpy as np
from numpy.typing import NDArray


def probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Softmax (S, K) of logits (S, K)."""
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
