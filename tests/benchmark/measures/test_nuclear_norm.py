"""The nuclear norm against numpy's own, its closed forms and its bounds."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, outputs
from scipy.special import softmax

from benchmark.estimator import Settings
from benchmark.measures.nuclear_norm import compute


def norm(logits: np.ndarray) -> float:
    value = compute(replace(outputs(A), logits=logits.astype(np.float32)), Settings()).value
    assert value is not None
    return value


@pytest.mark.parametrize("shape", [(200, 4), (3, 10), (1, 2)])
def test_it_is_that_of_numpy_over_the_largest_that_there_can_be(shape: tuple[int, int]) -> None:
    logits = 3 * np.random.default_rng(0).normal(size=shape)
    singular = np.linalg.svd(softmax(logits.astype(np.float32).astype(float), axis=1), compute_uv=False)
    assert norm(logits) == pytest.approx(singular.sum() / np.sqrt(min(shape) * shape[0]), abs=1e-6)
    assert 0 < norm(logits) <= 1


def test_certain_predictions_of_all_classes_alike_have_1_and_of_one_class_the_least() -> None:
    classes = np.arange(20) % 4
    assert norm(1e4 * np.eye(4)[classes]) == pytest.approx(1.0, abs=1e-12)
    assert norm(1e4 * np.eye(4)[0 * classes]) == pytest.approx(np.sqrt(1 / 4), abs=1e-12)
    assert norm(np.zeros((20, 4))) == pytest.approx(1 / 4, abs=1e-7)


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = np.random.default_rng(1).normal(size=(300, 3))
    assert norm(logits) == norm(logits[np.random.default_rng(2).permutation(300)])
