"""Files that are no photographs, or no longer, or not regular ones."""

import os
import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from registry.pictures import MOST_PIXELS

SIDE = 64


def of_format(name: str, file: str = "photo.jpg") -> Callable[[Path], Path]:
    """A photograph in another format, under the name of a JPEG."""

    def make(folder: Path) -> Path:
        Image.new("RGB", (80, 60), "red").save(folder / file, format=name)
        return folder / file

    return make


def containing(content: bytes, name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def linking(target: str, name: str = "link.jpg") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to(target)
        return folder / name

    return make


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.jpg")
    return folder / "pipe.jpg"


def folder_of_that_name(folder: Path) -> Path:
    (folder / "folder.jpg").mkdir()
    return folder / "folder.jpg"


def own_socket(folder: Path) -> Path:
    here = Path.cwd()
    os.chdir(folder)  # a socket's path has few letters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket.jpg")
    finally:
        os.chdir(here)
    return folder / "socket.jpg"


def png_part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(width: int, height: int) -> Callable[[Path], Path]:
    """A PNG of a hundred bytes that says that it has so many pixels."""
    header = png_part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = png_part(b"IDAT", zlib.compress(b"\0" * 100)) + png_part(b"IEND", b"")
    return containing(b"\x89PNG\r\n\x1a\n" + header + rest, "bomb.png")


HIDDEN = "a hidden file, which some program has left"


NONE = "no image that can be read (UnidentifiedImageError)"


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "EPS": (of_format("EPS"), "its format is EPS: of JPEG, PNG and WebP it can be read"),
    "PDF": (of_format("PDF"), "its format is PDF: of JPEG, PNG and WebP it can be read"),
    "TIFF": (of_format("TIFF"), "its format is TIFF: of JPEG, PNG and WebP it can be read"),
    "GIF": (of_format("GIF"), "its format is GIF: of JPEG, PNG and WebP it can be read"),
    "BMP": (of_format("BMP"), "its format is BMP: of JPEG, PNG and WebP it can be read"),
    "PPM": (of_format("PPM"), NONE),
    "empty": (containing(b"", "empty.jpg"), NONE),
    "of Finder": (containing(b"\0\0\0\1Bud1", ".DS_Store"), HIDDEN),
    "of another Finder": (containing(b"\0\5\x16\7", "._bear_0.jpg"), HIDDEN),
    "a hidden image": (of_format("JPEG", ".bear.jpg"), HIDDEN),
    "a device": (linking("/dev/zero"), "no file: a device"),
    "a link to nothing": (linking("nowhere"), "a link to nothing"),
    "a link to itself": (linking("link.jpg"), "a link to nothing"),
    "a link to a folder": (linking(".."), "no file: a folder"),
    "a link to a text": (linking("/etc/hostname"), NONE),
    "a pipe": (pipe, "no file: a pipe"),
    "a socket": (own_socket, "no file: a socket"),
    "a folder": (folder_of_that_name, "no file: a folder"),
    "a bomb": (bomb(50_000, 50_000), f"too many pixels: at most {MOST_PIXELS:,} are read"),
    "half a bomb": (bomb(11_000, 11_000), f"11000 x 11000 pixels are too many: at most {MOST_PIXELS:,} are read"),
    "no pixels": (bomb(0, 0), NONE),
    "a name that is no text": (containing(b"x", "photo\udcff\udc80.jpg"), NONE),
    "a name of two lines": (containing(b"x", "a\nb\x1b[31m\u202e.jpg"), NONE),
    "a name that ends a line": (containing(b"x", " x  # y\\x41.jpg "), NONE),
}
