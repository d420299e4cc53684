"""9,000 images of animals: real silhouettes from the package animal-mnist before six rendered contexts."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry import Data, DataError, Dataset, Examples
from registry._packaged import Member, Package, fetch_members
from registry._pickles import read_pickle
from registry.datasets._contexts import rendered, sheets
from registry.datasets._gzip import unpacked
from registry.datasets._images import check_labels
from registry.datasets._nico import ANIMALS, CONTEXTS

PACKAGE = Package("animal-mnist==0.4", "aeebf3d9de4552d6fd2d5701424e1a5b9020f8e5115d68df9db252f2f53ce2ce")
FILES = {
    "animal_data_version_3.gz": "68a30346781a0984f839463a4615d2decb899d1ce65091bb92586311754a34ce",
    "animal_label_version_3.gz": "dec8dba7c469830989fbab46825021a08a38470753a512f27ada847eced97b57",
}
KINDS = ("bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra")  # as labels number them
SILHOUETTES = 1000  # of each kind
LARGEST = 8_000_000  # bytes of an unpacked file
HELD_OUT = 250  # of the distinct ones: 812 of birds, more of the others
# How many images there are of an animal in its own context and in each other one, to train on and held out.
OWN, OTHER = (500, 250), (100, 50)


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package animal-mnist. Raises DataError if it cannot be had."""
    path = "animal_mnist/data/Animal_MNIST/"
    fetch_members(PACKAGE, [(Member(path + name, digest), folder / name) for name, digest in FILES.items()])


def load(folder: Path) -> Data:
    """Images (S, 3, 64, 64) of bytes. Labels are animals and groups contexts, as `_nico.py` numbers them.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    images_file, labels_file = (folder / name for name in FILES)
    images, labels = _array(images_file), _array(labels_file)
    if images.shape != (len(KINDS) * SILHOUETTES, 28, 28) or images.dtype != np.uint8:
        raise DataError(f"{images_file}: expected 10,000 images of 28 x 28 bytes, got {images.shape} of {images.dtype}")
    check_labels(images_file, images, labels_file, labels, len(KINDS))
    generator = np.random.default_rng(0)
    backgrounds = [sheets(context, generator) for context in CONTEXTS]
    parts: list[list[tuple[NDArray[np.uint8], int, int]]] = [[], []]
    for animal, name in enumerate(ANIMALS):
        distinct = np.unique(images[labels == KINDS.index(name)], axis=0)  # many stand there several times
        own = generator.permutation(distinct)
        for part, silhouettes in enumerate((own[HELD_OUT:], own[:HELD_OUT])):
            start = 0
            for context in range(len(CONTEXTS)):
                count = OWN[part] if context == animal else OTHER[part]
                chosen = silhouettes[np.arange(start, start + count) % len(silhouettes)]
                parts[part].append((rendered(chosen, backgrounds[context], generator), animal, context))
                start += count
    return Data(*map(_examples, parts))


def _array(file: Path) -> NDArray[Any]:
    found = read_pickle(unpacked(file, LARGEST), str(file))
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "iu":
        raise DataError(f"{file}: expected an array of integers, got {getattr(found, 'dtype', type(found).__name__)}")
    return found


def _examples(parts: list[tuple[NDArray[np.uint8], int, int]]) -> Examples:
    counts = [len(images) for images, _, _ in parts]
    labels = np.repeat([animal for _, animal, _ in parts], counts)
    contexts = np.repeat([context for _, _, context in parts], counts)
    return Examples(np.concatenate([images for images, _, _ in parts]), labels, contexts)


DATASET = Dataset(
    name="animal-contexts",
    modality="image",
    load=load,
    fetch=fetch,
    files=FILES,
    reference="silhouettes of animal-mnist 0.4; contexts rendered here after NICO++ (Zhang et al. 2023)",
    licence="MIT (animal-mnist)",
    size="2.6 MB",
    origin="stand-in",
)
