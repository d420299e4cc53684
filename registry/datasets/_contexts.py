"""Six rendered contexts, and animals in them: what `animal-contexts` is made of.

In: silhouettes and a seeded generator. Out: colour images. All arithmetic is elementwise, so that every machine renders
the same bytes. Part of version 1 of the data: written down once, and not changed since.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SIZE = 64  # pixels of a side
SHEET = 256  # pixels of a side of a sheet of texture, from which backgrounds are cut
SHEETS = 8  # so many for each context
SCALES = (52, 54, 56, 58, 60)  # pixels of a silhouette's side

Generator = np.random.Generator
Plane = NDArray[np.float32]  # (SHEET, SHEET)


def sheets(context: str, generator: Generator) -> NDArray[np.uint8]:
    """Textures of a context, from which backgrounds are cut.

    Args:
        context: Its name, as "grass".
        generator: What draws them.

    Returns:
        (SHEETS, SHEET, SHEET, 3) bytes.
    """
    return np.stack([_painted(_TEXTURES[context](generator)) for _ in range(SHEETS)])


def rendered(silhouettes: NDArray[np.uint8], backgrounds: NDArray[np.uint8], generator: Generator) -> NDArray[np.uint8]:
    """Images of silhouettes, each in a random place, size and shade before a random cutting of a background.

    A shade is near black or near white: the one that stands out, or either before a background that is neither light
    nor dark.

    Args:
        silhouettes: (S, 28, 28) bytes.
        backgrounds: (SHEETS, SHEET, SHEET, 3) bytes, as `sheets` returns them.
        generator: What draws place, size, shade and cutting.

    Returns:
        (S, 3, SIZE, SIZE) bytes.
    """
    images = np.empty((len(silhouettes), SIZE, SIZE, 3), dtype=np.uint8)
    for row, silhouette in enumerate(silhouettes):
        top, left = SIZE * generator.integers(0, SHEET // SIZE), generator.integers(0, SHEET - SIZE)
        cutting = backgrounds[generator.integers(SHEETS), top : top + SIZE, left : left + SIZE]
        brightness = int(cutting.sum(dtype=np.int64)) / cutting.size
        image = cutting.astype(np.float32)
        if generator.random() < 0.5:
            image = image[:, ::-1]
        side = int(generator.choice(SCALES))
        y, x = generator.integers(0, SIZE - side + 1, 2)
        light = brightness < 90 or (brightness < 165 and generator.random() < 0.5)
        shade = (255 if light else 0) + (-1 if light else 1) * generator.integers(0, 50, 3)
        cover = _enlarged(silhouette, side)[:, :, None] / np.float32(255)
        part = image[y : y + side, x : x + side]
        image[y : y + side, x : x + side] = part * (1 - cover) + shade.astype(np.float32) * cover
        images[row] = np.rint(image)
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))


def _enlarged(plane: NDArray[np.uint8], side: int) -> Plane:
    """A square plane at another size, by bilinear interpolation."""
    rows = _between(plane.astype(np.float32), side)
    return _between(rows.T, side).T


def _between(plane: Plane, side: int) -> Plane:
    """The rows of a plane at another number of rows, by linear interpolation."""
    places = np.arange(side, dtype=np.float32) * np.float32((len(plane) - 1) / (side - 1))
    low = np.minimum(places.astype(np.int64), len(plane) - 2)
    share = (places - low)[:, None].astype(np.float32)
    return np.asarray(plane[low] * (1 - share) + plane[low + 1] * share)


def _noise(generator: Generator, grain: int, across: int | None = None) -> Plane:
    """Smooth noise (SHEET, SHEET) in [0, 1].

    Args:
        generator: What draws it.
        grain: How many pixels high its spots are.
        across: How many pixels wide they are, by default as many.
    """
    shape = (SHEET // grain + 2, SHEET // (across or grain) + 2)
    coarse = generator.random(shape, dtype=np.float32)
    return _between(_between(coarse, SHEET).T, SHEET).T


def _mixed(first: tuple[int, ...], second: tuple[int, ...], share: Plane) -> NDArray[np.float32]:
    """Two colours (3,) mixed at every pixel, by the share (SHEET, SHEET) of the second one."""
    a, b = np.asarray(first, np.float32), np.asarray(second, np.float32)
    return np.asarray(a + (b - a) * share[:, :, None])


def _painted(colours: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Colours as bytes."""
    return np.clip(np.rint(colours), 0, 255).astype(np.uint8)


def _grass(generator: Generator) -> NDArray[np.float32]:
    blades = 0.7 * _noise(generator, 16, 2) + 0.3 * _noise(generator, 64)
    return _mixed((30, 80, 20), (130, 190, 70), blades)


def _water(generator: Generator) -> NDArray[np.float32]:
    waves = 0.7 * _noise(generator, 3, 24) + 0.3 * _noise(generator, 48)
    return _mixed((20, 60, 130), (130, 190, 230), waves)


def _autumn(generator: Generator) -> NDArray[np.float32]:
    leaves = np.rint(_noise(generator, 6) * 4) / np.float32(4)
    return _mixed((110, 40, 10), (240, 170, 50), np.asarray(0.8 * leaves + 0.2 * _noise(generator, 32)))


def _dim(generator: Generator) -> NDArray[np.float32]:
    return _mixed((5, 5, 15), (45, 40, 60), np.asarray(0.5 * _noise(generator, 2) + 0.5 * _noise(generator, 64)))


def _outdoor(generator: Generator) -> NDArray[np.float32]:
    sky = _mixed((150, 200, 245), (235, 240, 250), _noise(generator, 24, 64))
    ground = _mixed((150, 130, 90), (200, 185, 140), _noise(generator, 8))
    rows = np.arange(SHEET)
    horizon = np.array([0.5, 0.6, 0.7, 0.8])[rows // SIZE]  # each row of cuttings has its own
    return np.where((rows % SIZE > SIZE * horizon)[:, None, None], ground, sky)


def _rock(generator: Generator) -> NDArray[np.float32]:
    grain = 0.4 * _noise(generator, 2) + 0.3 * _noise(generator, 8) + 0.3 * _noise(generator, 32)
    return _mixed((70, 70, 72), (190, 186, 180), grain)


_TEXTURES: dict[str, Callable[[Generator], NDArray[np.float32]]] = {
    "grass": _grass,
    "water": _water,
    "autumn": _autumn,
    "dim": _dim,
    "outdoor": _outdoor,
    "rock": _rock,
}
