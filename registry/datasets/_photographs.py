"""Photographs of somebody else's: JPEG, PNG and WebP are read, whatever a file's name says, and nothing else is opened.

In: the path of a file. Out: its pixels, upright and in RGB; or in a few words why there are none. A line of `skip.txt`
names a file that is left out, and why.
"""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry.pictures import UnusablePicture, read_picture, square

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
    try:
        picture, mode = read_picture(path, FORMATS, SMALLEST)
    except UnusablePicture:
        raise
    except Exception as error:  # Pillow raises nearly anything at what it does not expect
        other = _another_format(path)
        raise ValueError(other or f"no image that can be read ({type(error).__name__})") from error
    return square(picture, side), mode


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
