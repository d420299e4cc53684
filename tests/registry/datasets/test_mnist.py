"""MNIST as torchvision lays it: digits are counted file by file, and what is wrong in a file is named."""

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from registry import DATASETS, DataError
from registry.datasets.mnist import FILES

IMAGES, LABELS = FILES[:2]


def written(folder: Path, train: int = 10, labels: int = 10) -> Path:
    """A folder of MNIST with so many images and labels to train on."""
    (folder / "MNIST" / "raw").mkdir(parents=True)
    generator = np.random.default_rng(0)
    for part, images, count in ((FILES[:2], train, labels), (FILES[2:], 7, 7)):
        content = generator.integers(0, 256, (images, 28, 28), dtype=np.uint8).tobytes()
        (folder / part[0]).write_bytes(struct.pack(">iiii", 0x803, images, 28, 28) + content)
        (folder / part[1]).write_bytes(struct.pack(">ii", 0x801, count) + bytes(n % 10 for n in range(count)))
    return folder


def test_mnist_reads_torchvision_files(tmp_path: Path) -> None:
    data = DATASETS["mnist"].load(written(tmp_path))
    assert (len(data.train), len(data.held_out)) == (10, 7)
    assert data.train.labels.tolist() == list(range(10))
    assert data.train.inputs.tobytes() == (tmp_path / IMAGES).read_bytes()[16:]
    (tmp_path / IMAGES).write_bytes(b"\0\0\0\0junk")
    with pytest.raises(DataError, match="MNIST/raw"):
        DATASETS["mnist"].load(tmp_path)


@pytest.mark.parametrize("labels", [9, 11])
def test_each_image_has_its_label(labels: int, tmp_path: Path) -> None:
    written(tmp_path, train=10, labels=labels)
    with pytest.raises(DataError, match=rf"/{IMAGES} has 10 images, \S*/{LABELS} has {labels} labels$"):
        DATASETS["mnist"].load(tmp_path)


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("file", "damage", "message"),
    [
        (IMAGES, lambda content: content[:-1], r"7855 bytes, but its header says 10 x 28 x 28, which are 7856; delete"),
        (IMAGES, lambda content: content + b"\0", r"7857 bytes, but its header says 10 x 28 x 28, which are 7856"),
        (IMAGES, lambda content: b"\0\0\x09\x03" + content[4:], "not an idx file of unsigned bytes with 3 axes"),
        (IMAGES, lambda content: content[:8], "not an idx file of unsigned bytes with 3 axes"),
        (IMAGES, lambda content: b"", "not an idx file of unsigned bytes with 3 axes; delete it and fetch again"),
        (IMAGES, lambda content: gzip.compress(content), "not an idx file"),
        (IMAGES, lambda content: content[:8] + struct.pack(">ii", 14, 56) + content[16:], "of 14 x 56 pixels, not of"),
        (IMAGES, lambda content: content[:4] + b"\xff" * 12, r"its header says 4294967295 x 4294967295 x 4294967295"),
        (LABELS, lambda content: b"\0\0\x08\x03" + content[4:], "not an idx file of unsigned bytes with 1 axes"),
        (LABELS, lambda content: content[:-1] + b"\x0a", "idx1-ubyte:10: label 10 is not in 0 to 9"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(file: str, damage: Damage, message: str, tmp_path: Path) -> None:
    path = written(tmp_path) / file
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DataError, match=message) as caught:
        DATASETS["mnist"].load(tmp_path)
    assert str(path) in str(caught.value)
