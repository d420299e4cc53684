"""What the data sets of images share: each content counts once, and each image has its label."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry import DataError


def first_of_each(images: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]) -> NDArray[np.int64]:
    """The rows, ascending, of the first image of each content.

    >>> first_of_each(np.array([[3], [1], [3]], dtype=np.uint8)).tolist()
    [0, 1]
    """
    first = {image.tobytes(): row for row, image in reversed(list(enumerate(images)))}
    return np.array(sorted(first.values()), dtype=np.int64)


def check_labels(
    images_file: Path, images: NDArray[np.uint8], labels_file: Path, labels: NDArray[np.integer[Any]], classes: int
) -> None:
    """Check that two files belong together: one label (S,) for each image (S, ...), and each of them a class.

    Raises DataError that names the files, or the file and the row counted from 1.
    """
    if labels.shape != images.shape[:1]:
        raise DataError(f"{images_file} has {len(images)} images, {labels_file} has {labels.size} labels")
    outside = np.flatnonzero((labels < 0) | (labels >= classes))
    if len(outside):
        row = int(outside[0])
        raise DataError(f"{labels_file}:{row + 1}: label {labels[row]} is not in 0 to {classes - 1}")
