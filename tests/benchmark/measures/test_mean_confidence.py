"""Mean confidence: the largest probability, in closed form for equal and for certain predictions."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, outputs
from scipy.special import softmax

from benchmark.estimator import Settings
from benchmark.measures.mean_confidence import compute


def confidence(logits: np.ndarray) -> float:
    value = compute(replace(outputs(A), logits=logits.astype(np.float32)), Settings()).value
    assert value is not None
    return value


def test_it_is_the_mean_of_the_largest_probabilities() -> None:
    logits = np.random.default_rng(0).normal(size=(200, 4)).astype(np.float32)
    assert confidence(logits) == pytest.approx(softmax(logits.astype(float), axis=1).max(axis=1).mean(), abs=1e-12)


def test_it_is_one_over_the_classes_where_all_are_alike_and_1_where_one_is_certain() -> None:
    assert confidence(np.ones((50, 5))) == pytest.approx(0.2, abs=1e-15)
    assert confidence(1e6 * np.eye(5)) == 1.0


def test_the_order_of_examples_and_classes_changes_no_bit() -> None:
    logits = np.random.default_rng(1).normal(size=(300, 2))
    rows = np.random.default_rng(2).permutation(300)
    assert confidence(logits) == confidence(logits[rows][:, ::-1])
