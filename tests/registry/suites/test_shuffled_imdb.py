"""Shuffled IMDb: labels are redrawn for the share beta, and texts stay as they are."""

import numpy as np
import pytest
from made_data import random_reviews

from benchmark.data.splits import make_splits
from registry import SUITES, Data, DataError, Examples


def test_beta_redraws_labels_and_leaves_texts_alone() -> None:
    data = random_reviews()
    for beta in (0.0, 0.4, 1.0):
        splits = make_splits(SUITES["shuffled-imdb"], data, beta, 0)
        assert (splits.train.labels != data.train.labels).mean() == pytest.approx(beta / 2, abs=0.03)
        assert splits.train.inputs.tolist() == data.train.inputs.tolist()
        assert np.array_equal(splits.evaluation.labels, data.held_out.labels)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (np.array(["a", " "], dtype=np.dtypes.StringDType()), "train, row 1: the text is empty"),
        (np.array([1.0, 2.0]), "texts are inputs .* not float64"),
    ],
)
def test_texts_that_are_none_are_refused(inputs: np.ndarray, message: str) -> None:
    data = random_reviews()
    with pytest.raises(DataError, match=message):
        make_splits(SUITES["shuffled-imdb"], Data(Examples(inputs, np.array([0, 1])), data.held_out), 0.0, 0)
