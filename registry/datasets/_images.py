"""What the data sets of images share: each content counts once, and each image has its label."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry import DataError


def first_of_each(images: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]) -> NDArray[np.int64]:
    """The rows, ascending, of the first image of each content.

    Args:
        images: (S, ...) or S images.

    >>> first_of_each(np.array([[3], [1], [3]], dtype=np.uint8)).tolist()
    [0, 1]
    """
    first = {image.tobytes(): row for row, image in reversed(list(enumerate(images)))}
    return np.array(sorted(first.values()), dtype=np.int64)


def check_labels(
    images_file: Path, images: NDArray[np.uint8], labels_file: Path, labels: NDArray[np.integer[Any]], classes: int
) -> None:
    """Check that two files belong together: one label for each image, and each label a class.

    Args:
        images_file: Where the images come from, for messages.
        images: (S, ...).
        labels_file: Where the labels come from, for messages.
        labels: (S,).
        classes: How many classes there are: labels are 0 to classes - 1.

    Raises:
        DataError: They do not. Both files are named, or the file of the labels and the row, counted from 1.
    """
    if labels.shape != images.shape[:1]:
        raise DataError(f"{images_file} has {len(images)} images, {labels_file} has {labels.size} labels")
    outside = np.flatnonzero((labels < 0) | (labels >= classes))
    if len(outside):
        row = int(outside[0])
        raise DataError(f"{labels_file}:{row + 1}: label {labels[row]} is not in 0 to {classes - 1}")
