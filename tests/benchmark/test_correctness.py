"""Accuracy: that of scikit-learn, its binomial error, and the share of examples whose mean it is."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, outputs
from sklearn.metrics import accuracy_score

from benchmark.correctness import share_correct
from benchmark.types import Value


def correct(labels: np.ndarray, logits: np.ndarray) -> Value:
    return share_correct(replace(outputs(A[: len(labels)]), labels=labels, logits=logits.astype(np.float32)))


@pytest.mark.parametrize(("examples", "classes"), [(1, 2), (37, 3), (200, 10)])
def test_it_is_that_of_scikit_learn_and_the_mean_of_its_examples(examples: int, classes: int) -> None:
    generator = np.random.default_rng(examples)
    labels, logits = generator.integers(0, classes, examples), generator.normal(size=(examples, classes))
    found = correct(labels, logits)
    assert found.value == accuracy_score(labels, logits.argmax(axis=1))
    assert found.by_example is not None
    assert found.by_example.mean() == found.value
    assert np.array_equal(found.by_example == 1, logits.argmax(axis=1) == labels)


def test_the_error_is_that_of_other_examples() -> None:
    generator, drawn = np.random.default_rng(0), []
    for _ in range(400):
        labels = np.zeros(150, dtype=int)
        drawn.append(correct(labels, np.stack([generator.random(150) < 0.7, np.full(150, 0.5)], axis=1)))
    spread = np.std([value.value for value in drawn], ddof=1)
    assert np.mean([value.standard_error for value in drawn]) == pytest.approx(spread, rel=0.12)


def test_always_right_and_always_wrong_have_no_error() -> None:
    labels = np.arange(20) % 2
    for sign, share in ((1, 1.0), (-1, 0.0)):
        found = correct(labels, sign * np.eye(2)[labels])
        assert (found.value, found.standard_error) == (share, 0.0)


def test_of_equal_logits_the_first_counts() -> None:
    assert correct(np.array([0, 1, 2]), np.zeros((3, 3))).value == pytest.approx(1 / 3)
