"""Shuffle persistence against scikit-learn's mutual information, and where a share of equal answers would mislead."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value
from sklearn.metrics import mutual_info_score

NAME = "shuffle-persistence"


def test_it_is_the_mean_information_over_the_transforms_that_destroy() -> None:
    own, *left = np.random.default_rng(0).integers(0, 3, (4, 80))
    taken = {f"destroying/{one}": one_hot(classes, 3) for one, classes in enumerate(left)}
    taken["keeping/a"] = one_hot(own, 3)
    expected = np.mean([mutual_info_score(own, classes) for classes in left])
    assert number(NAME, read(one_hot(own, 3), transforms=taken)) == pytest.approx(expected, abs=1e-14)


def test_one_answer_to_everything_shuffled_tells_nothing_however_frequent_that_answer_is() -> None:
    own = np.repeat([0, 1], [90, 10])
    assert number(NAME, read(one_hot(own, 2), transforms={"destroying/a": one_hot(0 * own, 2)})) == 0.0


def test_without_a_transform_that_destroys_the_task_it_is_undefined() -> None:
    found = value(NAME, read(np.zeros((5, 2)), transforms={"keeping/a": np.zeros((5, 2))}))
    assert (found.value, found.reason) == (None, "the suite declares no transform that destroys its task")
