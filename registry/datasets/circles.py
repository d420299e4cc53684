"""Two noisy concentric circles of 2,000 points (the paper's Figure 1): half to train on, half held out."""

from pathlib import Path

import numpy as np

from registry import Data, Dataset, Examples


def load(folder: Path) -> Data:
    """Points (1000, 2) in each part, without a unit. The inner ring has the label 1."""
    from sklearn.datasets import make_circles  # scikit-learn costs a second: only where the points are needed

    points, labels = make_circles(2000, factor=0.4, noise=0.2, random_state=0)
    points, labels = points.astype(np.float32), labels.astype(np.int64)
    return Data(train=Examples(points[:1000], labels[:1000]), held_out=Examples(points[1000:], labels[1000:]))


DATASET = Dataset(
    name="circles",
    modality="vector",
    load=load,
    reference="scikit-learn make_circles(2000, factor=0.4, noise=0.2), Bansal, Pruthi, Belinkov 2022, Figure 1",
    licence="generated",
    size="generated",
    origin="generated",
)
