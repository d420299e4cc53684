"""NICO: alpha is a degree to which animals are in their own contexts, and it moves nothing else."""

import numpy as np
import pytest
from photographs import random_animals

from benchmark.data.splits import make_splits
from registry import SUITES, Data, DataError, Examples
from registry.suites.nico import own_share

SUITE = SUITES["nico"]


@pytest.mark.parametrize("alpha", [0.0, 0.2, 0.5, 1.0])
def test_a_degree_is_a_share_of_own_contexts_and_moves_nothing_else(alpha: float) -> None:
    splits = make_splits(SUITE, random_animals(), alpha, 0)
    for examples in (splits.train, splits.in_distribution):
        assert examples.groups is not None
        own = examples.groups == examples.labels
        assert own.mean() == pytest.approx(own_share(alpha), abs=0.01)
        assert (np.bincount(examples.labels) == 60).all()
        others = [((examples.labels == a) & (examples.groups == c)).sum() for a in range(6) for c in range(6) if a != c]
        assert max(others) - min(others) <= 1
    other = make_splits(SUITE, random_animals(), alpha, 1)
    assert np.array_equal(other.train.inputs, splits.train.inputs) == (alpha == 1)  # then all that there are
    assert np.array_equal(other.in_distribution.inputs, splits.in_distribution.inputs)  # that of all seeds
    evaluation = splits.evaluation
    assert evaluation.groups is not None
    assert (np.bincount(evaluation.labels * 6 + evaluation.groups) == 12).all()
    assert evaluation.inputs.dtype == np.float32
    assert abs(evaluation.inputs).max() < 2.1


def test_without_images_in_a_context_or_without_contexts_the_suite_says_so() -> None:
    data = random_animals()
    gone = (data.train.labels == 2) & (data.train.groups == 3)
    with pytest.raises(DataError, match="animal 2 has no images in context 3"):
        SUITE.make(Data(data.train.at(np.flatnonzero(~gone)), data.held_out), 0.0, 0)
    with pytest.raises(DataError, match="no contexts"):
        SUITE.make(Data(Examples(data.train.inputs, data.train.labels), data.held_out), 0.0, 0)
