"""Answers, agreement and information, against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.metrics import mutual_info_score

from benchmark.measures._answers import agreement, answers, shared, undeclared, under
from benchmark.types import Taken


def test_information_is_that_of_scikit_learn_and_is_symmetric() -> None:
    generator = np.random.default_rng(0)
    first, second = generator.integers(0, 5, 90), generator.integers(0, 3, 90)
    assert shared(first, second) == pytest.approx(mutual_info_score(first, second), abs=1e-14)
    assert shared(first, second) == pytest.approx(shared(second, first), abs=1e-14)
    assert shared(first, np.zeros(90, dtype=int)) == 0.0


def test_answers_are_the_largest_logits_and_agreement_their_share() -> None:
    first = answers(np.array([[0, 1, 2], [3, 1, 1], [0, 5, 1]], dtype=np.float32))
    assert first.tolist() == [2, 0, 1]
    assert agreement(first, np.array([2, 1, 1])) == pytest.approx(2 / 3)


def test_transforms_of_one_role_are_found_by_name() -> None:
    taken = Taken("examples", {name: np.zeros(1) for name in ("keeping/b", "noise", "keeping/a", "destroying/c")})
    assert list(under(taken, "keeping")) == ["a", "b"]
    assert list(under(taken, "destroying")) == ["c"]
    assert undeclared("destroying").reason == "the suite declares no transform that destroys its task"
