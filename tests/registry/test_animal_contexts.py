"""Animals in contexts: two files, of images and of their labels, that must belong together."""

import gzip
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from registry import DATASETS, DataError

DATASET = DATASETS["animal-contexts"]
IMAGES = np.zeros((10_000, 28, 28), dtype=np.uint8)
LABELS = np.arange(10_000) % 10


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (
            IMAGES,
            LABELS[:-1],
            r"animal_data_version_3.gz has 10000 images, \S*animal_label_version_3.gz has 9999 labels",
        ),
        (IMAGES, LABELS + 1, r"animal_label_version_3.gz:10: label 10 is not in 0 to 9"),
        (
            IMAGES[:-1],
            LABELS,
            r"animal_data_version_3.gz: expected 10,000 images of 28 x 28 bytes, got \(9999, 28, 28\)",
        ),
        (IMAGES.astype(np.int8), LABELS, r"animal_data_version_3.gz: expected 10,000 images of .* of int8"),
        (IMAGES, LABELS.tolist(), r"animal_label_version_3.gz: expected an array of integers, got list"),
        (IMAGES, LABELS / 2, r"animal_label_version_3.gz: expected an array of integers, got float64"),
        (np.zeros(8_000_000, np.uint8), LABELS, r"animal_data_version_3.gz: more than 8000000 bytes when unpacked"),
    ],
)
def test_files_that_do_not_belong_together_are_named(images: Any, labels: Any, message: str, tmp_path: Path) -> None:
    for name, content in zip(DATASET.files, (images, labels), strict=True):
        (tmp_path / name).write_bytes(gzip.compress(pickle.dumps(content), 1))
    with pytest.raises(DataError, match=message):
        DATASET.load(tmp_path)
