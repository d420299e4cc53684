"""Long words: length tells the syllables to the degree alpha, and nothing else moves."""

import numpy as np
import pytest
from made_data import random_words

from registry import SUITES, Data, DataError, Examples


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
def test_words_are_as_long_as_usual_to_the_degree_alpha_and_nothing_else_moves(alpha: float) -> None:
    splits = SUITES["long-words"].make(random_words(), alpha, 0)
    for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
        assert np.bincount(examples.labels).tolist() == [120, 120]
        long = examples.inputs[:, 8].any(axis=1)
        assert np.array_equal(long, examples.groups == 1)
        for label in (0, 1):
            assert (long == label)[examples.labels == label].mean() == (1 + share) / 2
        assert len(np.unique(examples.inputs, axis=0)) == 240
    first = SUITES["long-words"].make(random_words(), 0.0, 0).train
    kept = (splits.train.inputs == first.inputs).all(axis=(1, 2))
    assert kept.mean() == 1 - alpha / 2  # only words of unusual length give way


def test_words_of_which_the_length_is_not_known_are_refused() -> None:
    words = random_words()
    with pytest.raises(DataError, match="these words are not said to be short or long"):
        SUITES["long-words"].make(Data(Examples(words.train.inputs, words.train.labels), words.held_out), 0.0, 0)
