"""Softmax: that of scipy for logits of any size."""

import numpy as np
import pytest
from scipy.special import softmax

from benchmark.measures._predictions import probabilities


@pytest.mark.parametrize("scale", [0.0, 1.0, 100.0, 1e30])
def test_probabilities_are_those_of_scipy_in_float64(scale: float) -> None:
    logits = (scale * np.random.default_rng(0).normal(size=(20, 3))).astype(np.float32)
    found = probabilities(logits)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, softmax(logits.astype(np.float64), axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, rtol=1e-15)


def test_a_number_added_to_all_logits_of_an_example_changes_nothing() -> None:
    logits = np.random.default_rng(1).integers(-8, 8, size=(20, 3)).astype(np.float32)
    assert np.array_equal(probabilities(logits), probabilities(logits + np.arange(20, dtype=np.float32)[:, None]))
