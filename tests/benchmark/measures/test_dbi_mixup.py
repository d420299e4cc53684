"""The product that won PGDL, against scikit-learn's index and torch's loss."""

from typing import Any

import numpy as np
import pytest
import torch
from made_readings import number, read, value
from sklearn.metrics import davies_bouldin_score
from torch.nn.functional import cross_entropy

NAME = "pgdl-dbi-mixup"
GENERATOR = np.random.default_rng(0)
LABELS = np.arange(60) % 3
TAKEN: dict[str, Any] = {
    "labels": LABELS,
    "first-tap": (GENERATOR.normal(size=(60, 4)) + 2 * np.eye(4)[LABELS]).astype(np.float32),
    "midpoints": GENERATOR.normal(size=(60, 3)).astype(np.float32),
    "midpoint-labels": LABELS,
}


def test_it_is_the_index_of_the_rectified_first_tap_times_the_loss_half_way() -> None:
    index = davies_bouldin_score(np.maximum(TAKEN["first-tap"], 0).astype(float), LABELS)
    loss = float(cross_entropy(torch.from_numpy(TAKEN["midpoints"]).double(), torch.from_numpy(LABELS)))  # equal sizes
    found = value(NAME, read(training_set=TAKEN))
    assert found.value == pytest.approx(index * loss, rel=1e-9)
    assert found.details == pytest.approx({"davies-bouldin": index, "mixup-midpoints": loss}, rel=1e-9)


def test_classes_that_lie_further_apart_have_a_smaller_one() -> None:
    apart = {**TAKEN, "first-tap": TAKEN["first-tap"] + 20 * np.eye(4, dtype=np.float32)[LABELS]}
    assert number(NAME, read(training_set=apart)) < 0.3 * number(NAME, read(training_set=TAKEN))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"midpoints": np.zeros((0, 3))}, "no two training inputs that are labelled alike"),
        ({"labels": 0 * LABELS}, "the first tap does not set the classes of the training set apart"),
        ({"first-tap": np.ones((60, 4), np.float32)}, "the first tap does not set the classes of the training set"),
    ],
)
def test_it_is_undefined_where_a_factor_is(changes: dict[str, np.ndarray], words: str) -> None:
    found = value(NAME, read(training_set={**TAKEN, **changes}))
    assert found.value is None
    assert str(found.reason).startswith(words)
