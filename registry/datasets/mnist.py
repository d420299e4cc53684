"""MNIST in torchvision's layout: 60,000 digits to train on, 10,000 held out."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import Data, DataError, Dataset
from registry._torchvision import import_torchvision
from registry.datasets._digits import REFERENCE, digits
from registry.datasets._idx import read_idx
from registry.datasets._images import check_labels

CLASSES = 10
FILES = tuple(
    f"MNIST/raw/{part}-{content}-ubyte" for part in ("train", "t10k") for content in ("images-idx3", "labels-idx1")
)


def fetch(folder: Path) -> None:
    """Put torchvision's files of MNIST into a folder. Raises DataError if they cannot be had."""
    torchvision = import_torchvision()
    try:
        torchvision.datasets.MNIST(root=str(folder), download=True)
    except (OSError, RuntimeError) as error:
        raise DataError(f"cannot download MNIST: {error}; put torchvision's MNIST/raw into {folder}") from error


def load(folder: Path) -> Data:
    """Images (S, 28, 28) of bytes. Labels are the digits.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    return digits(*(_part(*(folder / name for name in FILES[place : place + 2])) for place in (0, 2)))


def _part(images_file: Path, labels_file: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    images, labels = read_idx(images_file, 3), read_idx(labels_file, 1)
    if images.shape[1:] != (28, 28):
        raise DataError(f"{images_file}: images of {images.shape[1]} x {images.shape[2]} pixels, not of 28 x 28")
    check_labels(images_file, images, labels_file, labels, CLASSES)
    return images, labels.astype(np.int64)


DATASET = Dataset(
    name="mnist",
    modality="image",
    load=load,
    fetch=fetch,
    files=dict.fromkeys(FILES),
    reference=REFERENCE,
    licence="CC BY-SA 3.0",
    size="55 MB",
    origin="published",
    group="mnist",
)
