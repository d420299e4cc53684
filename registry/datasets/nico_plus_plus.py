"""NICO++: photographs of six animals in six contexts, from the published folders."""

import logging
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import Data, DataError, Dataset, Examples
from registry.datasets._images import first_of_each
from registry.datasets._nico import ANIMALS, CONTEXTS

SIDE = 64  # pixels to which images are brought
SMALLEST = 16  # pixels of a side that still shows something
HELD_OUT = 0.3  # of each animal in each context
SKIPPED = "skip.txt"
COMMENT = "  # "
FILES = {f"with_context/train/*/{animal}/*": None for animal in ANIMALS}
LOG = logging.getLogger(__name__)


def load(folder: Path) -> Data:
    """Images (S, 3, 64, 64), each content once; those that `skip.txt` names, one path in the folder a line, stay out.

    Raises DataError with what cannot be used, as lines that can be put there.
    """
    skipped = _skipped(folder)
    images: list[NDArray[np.uint8]] = []
    cells: list[tuple[int, int]] = []
    bad: list[str] = []
    for cell, path in _photographs(folder):
        name = path.relative_to(folder).as_posix()
        if name in skipped:
            continue
        try:
            images.append(read_image(path))
            cells.append(cell)
        except ValueError as error:
            bad.append(f"{name}{COMMENT}{error}")
    if bad:
        raise DataError("\n".join([f"to leave out what cannot be used, add to {folder / SKIPPED}:", *bad]))
    return _parted(images, cells)


def _skipped(folder: Path) -> set[str]:
    """The paths in `skip.txt`; what follows COMMENT in a line is why."""
    path = folder / SKIPPED
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return {line.partition(COMMENT)[0].strip() for line in lines}


def _photographs(folder: Path) -> Iterator[tuple[tuple[int, int], Path]]:
    """(animal, context) and path of each."""
    for (animal, name), (context, where) in product(enumerate(ANIMALS), enumerate(CONTEXTS)):
        place = folder / "with_context" / "train" / where / name
        yield from (((animal, context), path) for path in sorted(place.glob("*")))


def _parted(images: list[NDArray[np.uint8]], cells: list[tuple[int, int]]) -> Data:
    """The first of each content; of each animal in each context a seeded share is held out."""
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
    """(3, SIDE, SIDE): cut to a square about the centre and resized with antialiasing. Raises ValueError."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            if min(opened.size) < SMALLEST:
                raise ValueError(f"{opened.width} x {opened.height} pixels are too few")
            if opened.mode != "RGB":
                LOG.warning("%s: mode %s, read as RGB", path, opened.mode)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"no image that can be read ({type(error).__name__})") from error
    fitted = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(np.asarray(fitted).transpose(2, 0, 1))


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
)
