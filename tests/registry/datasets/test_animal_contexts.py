"""Animals in contexts: two files that must belong together, and six thousand images that are made of them."""

import gzip
import hashlib
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.data.splits import splits_of
from benchmark.plain.keeping import keeping
from registry import DATASETS, DataError, data_folder
from registry.datasets import animal_contexts
from registry.datasets._contexts import SIZE

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


@pytest.mark.long
@keeping()
def test_animal_contexts_are_six_thousand_images_to_the_byte() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("animal-contexts", data_folder())
    assert (len(data.train), len(data.held_out)) == (6000, 3000)
    found = fingerprint(DATASETS["animal-contexts"], data_folder())
    network = {"suite": "nico", "data": "animal-contexts", "condition": 1.0, "seed": 0, "data_fingerprint": found}
    splits = splits_of(network, data_folder())
    assert (len(splits.train), len(splits.evaluation)) == (3000, 1800)
    digest = hashlib.sha256(data.train.inputs.tobytes() + data.held_out.inputs.tobytes()).hexdigest()
    assert digest.startswith("123fa09d3567f941")


def test_no_silhouette_is_both_trained_on_and_held_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silhouette that stands in the package twice is one."""
    generator = np.random.default_rng(0)
    own = generator.integers(0, 256, (10, 600, 28, 28), dtype=np.uint8)
    shapes = np.concatenate([own, own[:, :400]], axis=1).reshape(-1, 28, 28)
    arrays = iter([shapes, np.repeat(np.arange(10), 1000)])
    monkeypatch.setattr(animal_contexts, "_array", lambda file: next(arrays))
    seen: list[set[bytes]] = []

    def remember(silhouettes: np.ndarray, backgrounds: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        seen.append({one.tobytes() for one in silhouettes})
        return np.zeros((len(silhouettes), 3, SIZE, SIZE), np.uint8)

    monkeypatch.setattr(animal_contexts, "rendered", remember)
    animal_contexts.load(tmp_path)
    for animal in range(6):  # six contexts to train on, then six held out
        calls = seen[12 * animal : 12 * animal + 12]
        assert not set.union(*calls[:6]) & set.union(*calls[6:])
        assert (len(set.union(*calls[:6])), len(set.union(*calls[6:]))) == (350, 250)
