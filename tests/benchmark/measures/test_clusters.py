"""The Davies-Bouldin index against scikit-learn's, and what changes no bit of it."""

import numpy as np
import pytest
from sklearn.metrics import davies_bouldin_score

from benchmark.measures._clusters import davies_bouldin_index

GENERATOR = np.random.default_rng(0)
CLASSES = GENERATOR.choice(4, 120, p=[0.5, 0.3, 0.15, 0.05])
FEATURES = GENERATOR.normal(size=(120, 5)) + CLASSES[:, None]


def of(features: np.ndarray, classes: np.ndarray) -> float | None:
    return davies_bouldin_index(features, [np.flatnonzero(classes == one) for one in np.unique(classes)])


def test_it_is_that_of_scikit_learn() -> None:
    assert of(FEATURES, CLASSES) == pytest.approx(davies_bouldin_score(FEATURES, CLASSES), rel=1e-12)


def test_the_order_of_examples_and_neurons_changes_no_bit_and_one_centre_is_none() -> None:
    rows, neurons = np.random.default_rng(1).permutation(120), np.random.default_rng(2).permutation(5)
    assert of(FEATURES[rows][:, neurons], CLASSES[rows]) == of(FEATURES, CLASSES)
    assert of(np.ones((4, 2)), np.array([0, 0, 1, 1])) is None
