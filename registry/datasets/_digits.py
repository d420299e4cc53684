"""What the two MNIST data sets share: duplicates go, images become bytes (n, 28, 28)."""

import numpy as np
from numpy.typing import NDArray

from registry import Data, Examples
from registry.datasets._images import first_of_each

REFERENCE = "LeCun, Cortes, Burges: The MNIST database of handwritten digits"


def digits(
    train: tuple[NDArray[np.uint8], NDArray[np.int64]], held_out: tuple[NDArray[np.uint8], NDArray[np.int64]]
) -> Data:
    """Both parts of MNIST without exact duplicates. An image of both parts stays in train only.

    Args:
        train: Images, (S, 28, 28) or (S, 784), and their labels (S,).
        held_out: The same of the held-out part.

    Returns:
        Images (S, 28, 28) of bytes.
    """
    images = np.concatenate([train[0], held_out[0]]).reshape(-1, 28, 28)
    labels = np.concatenate([train[1], held_out[1]])
    first = first_of_each(images)
    parts = first[first < len(train[0])], first[first >= len(train[0])]
    kept = [Examples(images[rows], labels[rows]) for rows in parts]
    return Data(train=kept[0], held_out=kept[1])
