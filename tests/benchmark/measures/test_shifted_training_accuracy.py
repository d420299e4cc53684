"""Accuracy on shifted training inputs, counted by hand."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value

NAME = "shifted-training-accuracy"
LABELS = np.arange(30) % 3


def test_it_is_the_share_of_labels_that_are_found_again_over_the_transforms() -> None:
    half = np.where(np.arange(30) < 15, (LABELS + 1) % 3, LABELS)
    taken = {"keeping/a": one_hot(LABELS, 3), "keeping/b": one_hot(half, 3), "logits": one_hot(0 * LABELS, 3)}
    assert number(NAME, read(training_set={**taken, "labels": LABELS})) == pytest.approx(0.75)


def test_without_a_transform_that_keeps_the_task_it_is_undefined() -> None:
    found = value(NAME, read(training_set={"logits": one_hot(LABELS, 3), "labels": LABELS}))
    assert (found.value, found.reason) == (None, "the suite declares no transform that keeps its task")
