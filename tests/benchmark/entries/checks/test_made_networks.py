"""The networks on which readings are checked: the same each time, of the shapes asked for, with every part there."""

from typing import get_args

import numpy as np
import pytest

from benchmark.entries.checks.made_networks import LABELLED, Made, at_hand


@pytest.mark.parametrize("made", get_args(Made))
def test_they_read_as_many_examples_and_classes_as_asked_for(made: Made) -> None:
    given = at_hand(made, 7, 4)
    by_tap, logits = given.read(given.inputs)
    assert logits.shape == (7, 4)
    assert np.array_equal(given.logits(given.inputs), logits)
    assert all(len(matrix) == 7 for matrix in by_tap.values())
    assert by_tap
    assert len(given.training) == len(given.held_out) == LABELLED
    assert set(given.training.labels) == {0, 1, 2, 3}
    assert given.num_classes == 4
    assert bool(given.transforms.keeping) == bool(given.transforms.destroying) == (made != "vector")


@pytest.mark.parametrize("made", get_args(Made))
def test_they_are_the_same_each_time_and_no_two_sets_of_examples_are(made: Made) -> None:
    one, two = at_hand(made, 30, 3), at_hand(made, 30, 3)
    assert np.array_equal(one.inputs, two.inputs)
    assert np.array_equal(one.logits(one.inputs), two.logits(two.inputs))
    assert not np.array_equal(one.inputs, one.training.inputs)
    assert not np.array_equal(one.training.inputs, one.held_out.inputs)
    assert len(np.unique(one.logits(one.inputs), axis=0)) > 25  # it tells examples apart
