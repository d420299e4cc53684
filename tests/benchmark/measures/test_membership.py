"""The confidence gap by scipy's softmax, and the area under the curve by scikit-learn."""

import numpy as np
import pytest
from made_readings import number, read
from scipy.special import softmax
from sklearn.metrics import roc_auc_score

GENERATOR = np.random.default_rng(0)
TRAINING, READ = 2 * GENERATOR.normal(size=(80, 4)), GENERATOR.normal(size=(50, 4))


def of(name: str, training: np.ndarray, own: np.ndarray) -> float:
    arrays = {"logits": training.astype(np.float32), "labels": np.zeros(len(training), dtype=np.int64)}
    return number(name, read(own, training_set=arrays))


def confidence(logits: np.ndarray) -> np.ndarray:
    return softmax(logits.astype(np.float32).astype(float), axis=1).max(axis=1)


def test_the_gap_is_the_difference_of_mean_confidences() -> None:
    expected = confidence(TRAINING).mean() - confidence(READ).mean()
    assert of("confidence-gap", TRAINING, READ) == pytest.approx(expected, abs=1e-14)
    assert of("confidence-gap", READ, READ) == 0.0


def test_the_area_is_that_of_scikit_learn_by_confidence() -> None:
    expected = roc_auc_score([1] * 80 + [0] * 50, [*confidence(TRAINING), *confidence(READ)])
    assert of("membership-auc", TRAINING, READ) == pytest.approx(expected, abs=1e-14)
    assert of("membership-auc", READ, TRAINING) == pytest.approx(1 - expected, abs=1e-14)


def test_ties_count_half_and_confidence_that_is_rounded_to_1_is_still_compared() -> None:
    sure = np.array([[200.0, 0.0]] * 3)
    assert of("membership-auc", sure, sure) == 0.5
    assert of("membership-auc", 2 * sure, sure) == 1.0
