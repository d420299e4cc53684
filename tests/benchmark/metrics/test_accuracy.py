"""Accuracy as a metric: that of scikit-learn, and higher is better."""

from dataclasses import replace

import numpy as np
from made_outputs import A, outputs
from sklearn.metrics import accuracy_score

from benchmark.metrics.accuracy import METRIC


def test_it_is_the_share_that_scikit_learn_finds() -> None:
    generator = np.random.default_rng(0)
    labels, logits = generator.integers(0, 5, 200), generator.normal(size=(200, 5)).astype(np.float32)
    value = METRIC.compute(replace(outputs(A), labels=labels, logits=logits))
    assert value.value == accuracy_score(labels, logits.argmax(axis=1))


def test_a_network_that_is_always_right_has_the_best_and_one_that_never_is_the_worst() -> None:
    labels = np.arange(200) % 2
    right = np.eye(2, dtype=np.float32)[labels]
    best, worst = (METRIC.compute(replace(outputs(A), labels=labels, logits=logits)) for logits in (right, -right))
    assert (best.value, worst.value) == (1.0, 0.0)
    assert METRIC.higher_is_better
