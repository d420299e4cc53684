"""idx files: their header and their size must agree."""

import random
import struct
from pathlib import Path

import numpy as np
import pytest

from registry import DataError
from registry.datasets._idx import read_idx

PIXELS = bytes(range(120)) + bytes(120) + bytes([255] * 40)


def written(folder: Path, content: bytes = PIXELS, *sizes: int) -> Path:
    """Ten images of 7 x 4 pixels, or an array of other sizes."""
    sizes = sizes or (10, 7, 4)
    header = struct.pack(f">BBBB{len(sizes)}I", 0, 0, 8, len(sizes), *sizes)
    (folder / "file-ubyte").write_bytes(header + content)
    return folder / "file-ubyte"


def test_bytes_are_laid_out_row_by_row_behind_the_header(tmp_path: Path) -> None:
    found = read_idx(written(tmp_path), 3)
    assert (found.shape, found.dtype) == ((10, 7, 4), np.uint8)
    assert found[1, 2, 3] == 28 + 2 * 4 + 3
    assert read_idx(written(tmp_path, b"abc", 3), 1).tolist() == [97, 98, 99]
    assert read_idx(written(tmp_path, b"", 0), 1).shape == (0,)


@pytest.mark.parametrize(
    ("content", "axes", "message"),
    [
        (PIXELS, 1, "not an idx file of unsigned bytes with 1 axes; delete it and fetch again$"),
        (PIXELS[1:], 3, "295 bytes, but its header says 10 x 7 x 4, which are 296; delete it and fetch again$"),
    ],
)
def test_a_file_of_other_axes_or_of_another_size_is_named(
    content: bytes, axes: int, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(DataError, match=f"^{path}: {message}"):
        read_idx(path, axes)


def test_a_damaged_header_is_refused_whatever_it_says(tmp_path: Path) -> None:
    path = written(tmp_path)
    good = path.read_bytes()
    generator = random.Random(0)
    for _ in range(1000):
        damaged = bytearray(good)
        for _ in range(generator.randint(1, 3)):
            damaged[generator.randrange(16)] = generator.choice((0, 1, 4, 7, 8, 14, 28, 128, 255))
        path.write_bytes(damaged)
        if damaged == good:
            continue
        try:
            found = read_idx(path, 3)
        except DataError:
            continue
        assert found.size == len(good) - 16  # another shape of as many bytes
