"""The loss at midpoints against torch's cross-entropy, and in closed form."""

import numpy as np
import pytest
import torch
from made_readings import number, one_hot, read, value
from torch.nn.functional import cross_entropy

NAME = "mixup-midpoints"


def of(logits: np.ndarray, labels: np.ndarray) -> float:
    arrays = {"midpoints": logits.astype(np.float32), "midpoint-labels": labels}
    return number(NAME, read(training_set=arrays))


def test_it_is_the_mean_over_classes_of_their_mean_cross_entropy() -> None:
    generator = np.random.default_rng(0)
    logits, labels = generator.normal(size=(90, 4)), generator.choice(4, 90, p=[0.7, 0.2, 0.1, 0])  # one has no pair
    given, names = torch.from_numpy(logits.astype(np.float32)).double(), torch.from_numpy(labels)
    by_class = [float(cross_entropy(given[names == k], names[names == k])) for k in range(3)]
    assert of(logits, labels) == pytest.approx(np.mean(by_class), abs=1e-12)
    assert of(logits, labels) != pytest.approx(float(cross_entropy(given, names)), abs=1e-2)


def test_it_is_the_log_of_the_classes_where_nothing_is_known_0_where_all_is_and_large_without_overflow() -> None:
    labels = np.arange(30) % 3
    assert of(np.zeros((30, 3)), labels) == pytest.approx(np.log(3), abs=1e-15)
    assert of(one_hot(labels, 3, 1e4), labels) == 0.0
    assert of(one_hot((labels + 1) % 3, 3, 1e4), labels) == pytest.approx(1e4)


@pytest.mark.parametrize("arrays", [{}, {"midpoints": np.zeros((0, 2)), "midpoint-labels": np.zeros(0, dtype=int)}])
def test_it_is_undefined_without_midpoints(arrays: dict[str, np.ndarray]) -> None:
    found = value(NAME, read(training_set={"logits": np.zeros((4, 2)), "labels": np.arange(4), **arrays}))
    assert found.value is None
    assert found.reason == "no two training inputs that are labelled alike have a point half-way between them"
