"""Two overlapping Gaussian blobs in the plane: made for tests and first steps."""

from pathlib import Path

import numpy as np

from registry import Data, Dataset, Examples


def load(folder: Path) -> Data:
    """Points (120, 2) in each part, without a unit."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, 240)
    points = (generator.normal(size=(240, 2)) + 2.0 * labels[:, None]).astype(np.float32)
    return Data(train=Examples(points[:120], labels[:120]), held_out=Examples(points[120:], labels[120:]))


DATASET = Dataset(
    name="toy-blobs",
    modality="vector",
    load=load,
    reference="none: made for tests and first steps",
    licence="generated",
    size="generated",
    origin="generated",
)
