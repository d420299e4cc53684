"""What the data sets of images share: each content counts once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def first_of_each(images: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]) -> NDArray[np.int64]:
    """The rows, ascending, of the first image of each content.

    >>> first_of_each(np.array([[3], [1], [3]], dtype=np.uint8)).tolist()
    [0, 1]
    """
    first = {image.tobytes(): row for row, image in reversed(list(enumerate(images)))}
    return np.array(sorted(first.values()), dtype=np.int64)
