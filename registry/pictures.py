"""Pictures from files: opened by Pillow in the formats that are named, upright and in RGB, or refused in a few words.

In: the path of a file. Out: a picture whose pixels are decoded; what reads many makes arrays of them one by one.
"""

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from registry.folders import why_no_file

MOST_PIXELS = 100_000_000  # of a picture: a small file can say that it has any number
MOST = f"at most {MOST_PIXELS:,} are read"
ORIENTATION = 0x0112  # the tag of EXIF that says how a camera was held
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
WHITE = 65535  # of grey in sixteen bits


class UnusablePicture(ValueError):
    """A picture that is not to be used, although Pillow might open it: why, in a few words."""


def read_picture(path: Path, formats: tuple[str, ...], smallest: int = 1) -> tuple[Image.Image, str]:
    """A picture as it is seen.

    Of an animation it is the first frame. Grey of sixteen bits keeps its greys, and what is transparent is laid on
    white. Metadata are read for the orientation alone, and left aside where they cannot be read.

    Args:
        path: The file.
        formats: Those that Pillow may open: some of the others it hands to programs such as Ghostscript.
        smallest: Pixels that the shorter side has at least.

    Returns:
        The picture in RGB, and the mode in which Pillow has read it ("RGB", "L", ...).

    Raises:
        UnusablePicture: It is no file, or it can be opened and is not to be used.
        Exception: Whatever Pillow raises at what it cannot read, which is nearly anything.
    """
    if reason := why_no_file(path):
        raise UnusablePicture(reason)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, and of many pixels, which are counted here
        try:
            with Image.open(path, formats=formats) as opened:
                _check_size(opened, smallest)
                return _in_colours(_upright(opened)), opened.mode
        except Image.DecompressionBombError as error:
            raise UnusablePicture(f"too many pixels: {MOST}") from error


def square(picture: Image.Image, side: int) -> NDArray[np.uint8]:
    """A picture cut to a square about its centre, and resized with antialiasing.

    Args:
        picture: In RGB.
        side: Pixels of a side.

    Returns:
        (3, side, side).
    """
    fitted = ImageOps.fit(picture, (side, side), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(np.asarray(fitted).transpose(2, 0, 1))


def _check_size(image: Image.Image, smallest: int) -> None:
    """Raises UnusablePicture for too few pixels or too many."""
    if min(image.size) < smallest:
        raise UnusablePicture(f"{image.width} x {image.height} pixels are too few")
    if image.width * image.height > MOST_PIXELS:
        raise UnusablePicture(f"{image.width} x {image.height} pixels are too many: {MOST}")


def _upright(image: Image.Image) -> Image.Image:
    """The image as the camera saw it, whatever way it was held."""
    image.load()  # by this, Pillow turns a TIFF itself, and no longer says how it was held
    try:
        turn = TURNED.get(image.getexif().get(ORIENTATION) or 1)
    except Exception:  # Pillow raises nearly anything here too; without its EXIF it is an image all the same
        turn = None
    return image.copy() if turn is None else image.transpose(turn)


def _in_colours(image: Image.Image) -> Image.Image:
    """The image in RGB."""
    if image.mode == "F":
        raise UnusablePicture("its greys are floats, and nobody says which of them is white")
    if image.mode.startswith("I"):  # grey of sixteen bits
        return _of_sixteen_bits(np.asarray(image, np.int64), image.info.get("transparency"))
    if not image.has_transparency_data:
        return image.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def _of_sixteen_bits(greys: NDArray[np.int64], transparent: object) -> Image.Image:
    """Greys (H, W) from 0, which is black, to 65535; the one that is transparent, if there is such, is white."""
    if greys.size and not 0 <= greys.min() <= greys.max() <= WHITE:
        raise UnusablePicture(f"its greys are {greys.min()} to {greys.max()}, and 0 to {WHITE} are read")
    eight = np.rint(greys / (WHITE / 255))
    if isinstance(transparent, int):
        eight[greys == transparent] = 255
    return Image.fromarray(eight.astype(np.uint8)).convert("RGB")
