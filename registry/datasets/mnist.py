"""MNIST in torchvision's layout: 60,000 digits to train on, 10,000 held out."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import Data, DataError, Dataset
from registry._torchvision import import_torchvision
from registry.datasets._digits import REFERENCE, digits

FILES = tuple(
    f"MNIST/raw/{part}-{content}-ubyte" for part in ("train", "t10k") for content in ("images-idx3", "labels-idx1")
)


def fetch(folder: Path) -> None:
    torchvision = import_torchvision()
    try:
        torchvision.datasets.MNIST(root=str(folder), download=True)
    except (OSError, RuntimeError) as error:
        raise DataError(f"cannot download MNIST: {error}; put torchvision's MNIST/raw into {folder}") from error


def load(folder: Path) -> Data:
    return digits(_part(folder, train=True), _part(folder, train=False))


def _part(folder: Path, train: bool) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    try:
        part = import_torchvision().datasets.MNIST(root=str(folder), train=train, download=False)
    except (AssertionError, RuntimeError, ValueError) as error:
        raise DataError(
            f"{folder / 'MNIST/raw'}: {error or 'not in the idx format'}; delete it and fetch again"
        ) from error
    return part.data.numpy(), part.targets.numpy()


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
)
