"""Agreement of seeds against counting by hand, and its laws."""

import numpy as np
import pytest
from made_peers import with_classes, with_logits

from benchmark.estimator import Settings
from benchmark.measures.seed_agreement import compute


def agreement(classes: list[list[int]], own: int = 0, of: int = 3) -> float | None:
    return compute(with_classes(classes, own, of), Settings()).value


def test_it_is_the_mean_over_the_other_seeds_of_the_share_of_same_answers() -> None:
    classes = [[0, 1, 2, 0], [0, 1, 2, 1], [0, 0, 0, 1]]
    assert [agreement(classes, own) for own in range(3)] == [(3 + 1) / 8, (3 + 2) / 8, (1 + 2) / 8]


def test_of_two_seeds_both_have_the_same_number() -> None:
    drawn = np.random.default_rng(0).integers(0, 3, (2, 50)).tolist()
    assert agreement(drawn, 0) == agreement(drawn, 1) == np.mean(np.equal(*drawn))


def test_it_is_1_where_all_agree_and_one_over_the_classes_by_chance() -> None:
    assert agreement([[0, 2, 1], [0, 2, 1], [0, 2, 1]]) == 1
    drawn = np.random.default_rng(0).integers(0, 3, (11, 4000)).tolist()
    # 40,000 draws agree with chance 1/3: the standard deviation of their share is at most sqrt(2/9/4000) = .0075
    assert agreement(drawn) == pytest.approx(1 / 3, abs=0.02)


def test_how_sure_a_network_is_changes_nothing() -> None:
    logits = np.random.default_rng(1).normal(size=(3, 60, 4))
    once, scaled = (compute(with_logits([scale * one for one in logits]), Settings()).value for scale in (1, 50))
    assert once == scaled
