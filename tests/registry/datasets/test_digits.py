"""Both MNIST data sets: a duplicate counts once, and stays among the training examples."""

import numpy as np

from registry.datasets._digits import digits


def test_exact_duplicates_are_dropped_and_stay_in_train() -> None:
    images = np.zeros((6, 28, 28), dtype=np.uint8)
    images[:, 0, 0] = [1, 2, 1, 3, 2, 4]
    labels = np.arange(6)
    data = digits((images[:3], labels[:3]), (images[3:], labels[3:]))
    assert data.train.labels.tolist() == [0, 1]
    assert data.held_out.labels.tolist() == [3, 5]
