"""Agreement with the consensus against counting by hand; what all candidates share; where it fails."""

import numpy as np
import pytest
from made_peers import with_classes, with_logits
from scipy.special import softmax

from benchmark.estimator import Settings
from benchmark.measures.consensus import compute


def of_all(logits: np.ndarray) -> list[float | None]:
    """The number of each candidate."""
    return [compute(with_logits(list(logits), own), Settings()).value for own in range(len(logits))]


def test_it_is_the_share_of_answers_that_the_sum_of_the_probabilities_gives_too() -> None:
    logits = 2 * np.random.default_rng(0).normal(size=(5, 80, 3)).astype(np.float32)
    consensus = softmax(logits.astype(float), axis=2).mean(axis=0).argmax(axis=1)
    assert of_all(logits) == [np.mean(one.argmax(axis=1) == consensus) for one in logits]


def test_probabilities_are_summed_and_not_answers() -> None:
    """Two networks are barely for class 0 and one is sure of class 1: the sum is for 1."""
    unsure, sure = [[0.1, 0.0]], [[0.0, 9.0]]
    assert of_all(np.array([unsure, unsure, sure])) == [0, 0, 1]


def test_a_network_is_one_of_those_that_make_the_consensus() -> None:
    """Of two alone the one that is surer is the consensus, so that one agrees with itself and the other does not."""
    assert of_all(np.array([[[0.0, 9.0]], [[1.0, 0.0]]])) == [1, 0]


def test_where_most_take_the_same_shortcut_they_have_the_best_number() -> None:
    right, shortcut = [0, 1, 0, 1], [0, 0, 1, 1]
    classes = [right, shortcut, shortcut]
    assert [compute(with_classes(classes, own), Settings()).value for own in range(3)] == [0.5, 1, 1]


def test_neither_the_order_of_peers_nor_that_of_examples_changes_a_bit() -> None:
    logits = np.random.default_rng(1).normal(size=(6, 300, 3)).astype(np.float32)
    turned = with_logits(list(logits))
    swapped = type(turned)(**{**vars(turned), "peers": turned.peers[::-1]})
    rows = np.random.default_rng(2).permutation(300)
    once = compute(turned, Settings()).value
    assert once == compute(swapped, Settings()).value == compute(turned.at(rows), Settings()).value
    assert once == pytest.approx(0.5, abs=0.2)
