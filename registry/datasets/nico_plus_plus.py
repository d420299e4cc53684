"""NICO++: photographs of six animals in six contexts, from the published folders."""

import logging
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import Data, Dataset, Examples
from registry.datasets._images import first_of_each
from registry.datasets._nico import ANIMALS, CONTEXTS
from registry.errors import UnusableFiles
from registry.foreign_text import printable

SIDE = 64  # pixels to which images are brought
HELD_OUT = 0.3  # of each animal in each context
SKIPPED = "skip.txt"
FILES = {f"with_context/train/*/{animal}/*": None for animal in ANIMALS}
LOG = logging.getLogger(__name__)


def load(folder: Path) -> Data:
    """Photographs (S, 3, 64, 64) of six animals in six contexts, each content once.

    Those that `skip.txt` names stay out: a path in the folder on each line.

    Raises:
        UnusableFiles: Some photographs cannot be used. Its lines can be put into `skip.txt`.
    """
    from registry.datasets._photographs import is_skipped, skip_line, skipped

    left_out = skipped(folder / SKIPPED)
    images: list[NDArray[np.uint8]] = []
    cells: list[tuple[int, int]] = []
    bad: list[str] = []
    for cell, path in _photographs(folder):
        name = path.relative_to(folder).as_posix()
        if is_skipped(name, left_out):
            continue
        try:
            images.append(read_image(path))
            cells.append(cell)
        except ValueError as error:
            bad.append(skip_line(name, str(error)))
    if bad:
        raise UnusableFiles(f"to leave out what cannot be used, add to {folder / SKIPPED}:", bad)
    return _parted(images, cells)


def _photographs(folder: Path) -> Iterator[tuple[tuple[int, int], Path]]:
    """The (animal, context) and the path of each photograph."""
    for (animal, name), (context, where) in product(enumerate(ANIMALS), enumerate(CONTEXTS)):
        place = folder / "with_context" / "train" / where / name
        yield from (((animal, context), path) for path in sorted(place.glob("*")))


def _parted(images: list[NDArray[np.uint8]], cells: list[tuple[int, int]]) -> Data:
    """The first photograph of each content; of each animal in each context a seeded share is held out."""
    first = first_of_each(images)
    labels, contexts = np.array([cells[row] for row in first], dtype=np.int64).reshape(-1, 2).T
    examples = Examples(np.array([images[row] for row in first]).reshape(-1, 3, SIDE, SIDE), labels, contexts)
    generator = np.random.default_rng(0)
    held_out = np.zeros(len(examples), dtype=bool)
    for animal, context in np.ndindex(len(ANIMALS), len(CONTEXTS)):
        rows = generator.permutation(np.flatnonzero((labels == animal) & (contexts == context)))
        held_out[rows[: round(HELD_OUT * len(rows))]] = True
    return Data(examples.at(np.flatnonzero(~held_out)), examples.at(np.flatnonzero(held_out)))


def read_image(path: Path) -> NDArray[np.uint8]:
    """A photograph, cut to a square about its centre and resized with antialiasing.

    Returns:
        (3, SIDE, SIDE) bytes.

    Raises:
        ValueError: It cannot be used: why, in a few words.
    """
    from registry.datasets._photographs import read_photograph

    image, mode = read_photograph(path, SIDE)
    if mode != "RGB":
        LOG.warning("%s: mode %s, read as RGB", printable(str(path)), mode)
    return image


DATASET = Dataset(
    name="nico-plus-plus",
    modality="image",
    load=load,
    files=FILES,
    or_files={SKIPPED: None, **FILES},
    reference="Zhang et al. 2023: NICO++, https://nicochallenge.com; its folder with_context",
    licence="none stated; for research, cite the paper",
    size="about 4 GB, of which six animals in six contexts are read",
    origin="published",
    version=2,  # sixteen-bit grey keeps its greys, what is transparent is white
)
