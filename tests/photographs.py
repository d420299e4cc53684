"""Small folders of photographs in NICO++'s layout, what can be wrong in them, and such data without a folder."""

from pathlib import Path

import numpy as np
from PIL import Image

from registry import Data, Examples
from registry.datasets._nico import ANIMALS, CONTEXTS

FIRST = "with_context/train/grass/bear"


def photographs(root: Path, count: int = 4) -> Path:
    """So many of each animal in each context."""
    generator = np.random.default_rng(0)
    for context in CONTEXTS:
        for animal in ANIMALS:
            folder = root / "with_context" / "train" / context / animal
            folder.mkdir(parents=True)
            for number in range(count):
                pixels = generator.integers(0, 256, (70, 90 + number, 3), dtype=np.uint8)
                Image.fromarray(pixels).save(folder / f"{animal}_{number}.jpg")
    return root


def random_animals(per_cell: int = 12, own: int = 60) -> Data:
    """Random images of every animal in every context, more of them in its own."""
    generator = np.random.default_rng(0)
    parts = []
    for _ in range(2):
        cells = [(a, c) for a in range(6) for c in range(6) for _ in range(own if a == c else per_cell)]
        labels, contexts = np.array(cells).T
        inputs = generator.integers(0, 256, (len(cells), 3, 64, 64), dtype=np.uint8)
        parts.append(Examples(inputs, labels, contexts))
    return Data(*parts)


def grey(folder: Path) -> Path:
    Image.new("L", (80, 60), 77).save(folder / "grey.jpg")
    return folder / "grey.jpg"


def cmyk(folder: Path) -> Path:
    Image.new("CMYK", (80, 60), (10, 200, 30, 0)).save(folder / "cmyk.jpg")
    return folder / "cmyk.jpg"


def transparent(folder: Path) -> Path:
    Image.new("RGBA", (80, 60), (10, 200, 30, 5)).save(folder / "transparent.png")
    return folder / "transparent.png"


def broken(folder: Path) -> Path:
    whole = (folder / "bear_0.jpg").read_bytes()
    (folder / "broken.jpg").write_bytes(whole[: len(whole) // 2])
    return folder / "broken.jpg"


def no_image(folder: Path) -> Path:
    (folder / "list.txt").write_text("not an image")
    return folder / "list.txt"


def one_pixel(folder: Path) -> Path:
    Image.new("RGB", (1, 1)).save(folder / "one.png")
    return folder / "one.png"


BAD = {
    broken: "no image that can be read (OSError)",
    no_image: "no image that can be read (UnidentifiedImageError)",
    one_pixel: "1 x 1 pixels are too few",
}
