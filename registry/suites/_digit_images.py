"""MNIST images as the paper's networks see them: every second pixel, 14 x 14, in [0, 1]."""

import numpy as np
from numpy.typing import NDArray

from registry import Examples
from registry.suites._conditions import chosen_share


def small_images(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Images (S, 28, 28) of bytes as (S, 14, 14) in [0, 1].

    >>> small_images(np.full((1, 28, 28), 255, dtype=np.uint8)).shape
    (1, 14, 14)
    """
    return images[:, ::2, ::2].astype(np.float32) / np.float32(255)


def told_halves(digits: Examples, alpha: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Whether each digit is one of 5 to 9, and a side that tells so for a share alpha, a coin flip for the rest.

    Args:
        digits: S of them.
        alpha: The share.
        seed: Of the draw.

    Returns:
        Labels (S,) and sides (S,), each 0 or 1.
    """
    generator = np.random.default_rng(seed)
    labels = (digits.labels >= 5).astype(np.int64)
    coins = generator.integers(0, 2, len(labels))
    return labels, np.where(chosen_share(len(labels), alpha, generator), labels, coins)
