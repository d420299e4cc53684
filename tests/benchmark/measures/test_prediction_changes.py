"""Changes of predictions between epochs, counted by hand."""

import numpy as np
import pytest
from made_readings import number, read, value

NAME = "prediction-changes"


def test_it_is_the_share_of_predictions_that_change() -> None:
    predictions = np.array([[0, 1, 2, 0], [0, 1, 1, 1], [0, 1, 2, 1]])  # two change, then one
    assert number(NAME, read(epochs={"predictions": predictions})) == pytest.approx(3 / 8)


def test_a_training_of_one_epoch_has_none() -> None:
    found = value(NAME, read(epochs={"predictions": np.zeros((1, 4), dtype=int)}))
    assert (found.value, found.reason) == (None, "the training had one epoch")
