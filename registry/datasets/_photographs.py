"""Photographs of somebody else's: JPEG, PNG and WebP are read, whatever a file's name says, and nothing else is opened.

In: the path of a file. Out: its pixels, upright and in RGB; or in a few words why there are none. A line of `skip.txt`
names a file that is left out, and why.
"""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from registry.folders import why_no_file

FORMATS = ("JPEG", "PNG", "WEBP")  # of the others, Pillow hands some to programs such as Ghostscript
OTHERS = {
    **dict.fromkeys((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "TIFF"),
    **dict.fromkeys((b"%!PS", b"\xc5\xd0\xd3\xc6"), "EPS"),
    b"%PDF": "PDF",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"<svg": "SVG",
}
SMALLEST = 16  # pixels of the shortest side that still shows something
MOST_PIXELS = 100_000_000  # of an image: a small file can say that it has any number
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
COMMENT = "  # "  # in a line of skip.txt, before the reason


def read_photograph(path: Path, side: int) -> tuple[NDArray[np.uint8], str]:
    """An image cut to a square about its centre, and resized with antialiasing.

    Of an animation it is the first frame. Grey of sixteen bits keeps its greys, and what is transparent is laid on
    white. Metadata are read for the orientation alone, and left aside where they cannot be read.

    Args:
        path: The file.
        side: Pixels of a side.

    Returns:
        The image (3, side, side), and the mode in which Pillow has read it ("RGB", "L", ...).

    Raises:
        ValueError: The file cannot be used: why, in a few words.
    """
    if path.name.startswith("."):
        raise ValueError("a hidden file, which some program has left")
    if reason := why_no_file(path):
        raise ValueError(reason)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of many pixels, which are counted here
            with Image.open(path, formats=FORMATS) as opened:
                _check_size(opened)
                upright, mode = _in_colours(_upright(opened)), opened.mode
    except _Refused:
        raise
    except Image.DecompressionBombError as error:
        raise ValueError(f"too many pixels: {MOST}") from error
    except Exception as error:  # Pillow raises nearly anything at what it does not expect
        other = _another_format(path)
        raise ValueError(other or f"no image that can be read ({type(error).__name__})") from error
    fitted = ImageOps.fit(upright, (side, side), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(np.asarray(fitted).transpose(2, 0, 1)), mode


class _Refused(ValueError):
    """An image that can be read and is not to be used."""


def _check_size(image: Image.Image) -> None:
    """Raises `_Refused` for an image of too few pixels or too many."""
    if min(image.size) < SMALLEST:
        raise _Refused(f"{image.width} x {image.height} pixels are too few")
    if image.width * image.height > MOST_PIXELS:
        raise _Refused(f"{image.width} x {image.height} pixels are too many: {MOST}")


def _upright(image: Image.Image) -> Image.Image:
    """The image as the camera saw it, whatever way it was held."""
    try:
        turn = TURNED.get(image.getexif().get(ORIENTATION) or 1)
    except Exception:  # Pillow raises nearly anything here too; without its EXIF it is an image all the same
        turn = None
    return image.copy() if turn is None else image.transpose(turn)


def _in_colours(image: Image.Image) -> Image.Image:
    """The image in RGB."""
    if image.mode.startswith("I"):  # grey of sixteen bits
        return _of_sixteen_bits(np.asarray(image), image.info.get("transparency"))
    if not image.has_transparency_data:
        return image.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def _of_sixteen_bits(greys: NDArray[Any], transparent: Any) -> Image.Image:
    """Greys (H, W) from 0 to 65535; the one that is transparent, if there is such, is white."""
    eight = np.rint(np.clip(greys, 0, 65535) / 257)
    if isinstance(transparent, int):
        eight[greys == transparent] = 255
    return Image.fromarray(eight.astype(np.uint8)).convert("RGB")


def _another_format(path: Path) -> str | None:
    """What to say of a file that is an image of another format; None if it is none."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError:
        return None
    name = next((name for magic, name in OTHERS.items() if head.startswith(magic)), None)
    return name and f"its format is {name}: of JPEG, PNG and WebP it can be read"


def skip_line(name: str, reason: str) -> str:
    r"""The line of skip.txt that leaves a file out, whatever letters its name has.

    >>> print(skip_line("cat/photo\udcff\n.jpg", "no image"))
    cat/photo\xff\x0a.jpg  # no image
    """
    return f"{_written(name)}{COMMENT}{reason}"


def skipped(file: Path) -> frozenset[str]:
    """The names that skip.txt leaves out, as they are written there; none if there is no such file."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    return frozenset(line.partition(COMMENT)[0].strip() for line in lines)


def is_skipped(name: str, names: frozenset[str]) -> bool:
    """Whether skip.txt leaves a file out.

    Args:
        name: The file's name.
        names: What `skipped` has returned.
    """
    return name in names or _written(name) in names


def _written(name: str) -> str:
    """A name in one line that skip.txt gives back: what cannot be seen there, or would end it, by its code."""
    seen = "".join(letter if letter.isprintable() and letter != "\\" else _code(letter) for letter in name)
    return re.sub("^ | $|(?<=  )#", lambda found: _code(found[0]), seen)


def _code(letter: str) -> str:
    """The code of a letter; of one that stands for a byte of no text, that byte."""
    number = ord(letter) - 0xDC00 if "\udc80" <= letter <= "\udcff" else ord(letter)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
