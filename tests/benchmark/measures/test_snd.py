"""Soft neighbourhood density against plain loops, its closed forms and bounds, and the sample that bounds its cost."""

from math import exp, log, sqrt

import numpy as np
import pytest
from measured_logits import certain, drawn, number, reason, shuffled
from scipy.special import softmax

from benchmark.measures.snd import EXAMPLES, compute


def by_loops(logits: np.ndarray) -> float:
    rows = softmax(logits.astype(float), axis=1).tolist()
    total = 0.0
    for s, one in enumerate(rows):
        weights = []
        for other in (row for r, row in enumerate(rows) if r != s):
            cosine = sum(a * b for a, b in zip(one, other, strict=True))
            cosine /= sqrt(sum(a * a for a in one)) * sqrt(sum(b * b for b in other))
            weights.append(exp(cosine / 0.05))
        total -= sum(w / sum(weights) * log(w / sum(weights)) for w in weights)
    return total / len(rows)


@pytest.mark.parametrize("shape", [(40, 4), (30, 2), (2, 3), (9, 1)])
def test_it_is_what_loops_over_pairs_give(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=2)
    assert number(compute, logits) == pytest.approx(by_loops(logits), abs=1e-10)
    assert 0 <= number(compute, logits) <= log(max(shape[0] - 1, 1)) + 1e-12


def test_it_is_largest_where_all_predictions_are_alike() -> None:
    assert number(compute, certain(np.zeros(50, int), 3)) == pytest.approx(log(49), abs=1e-12)
    assert number(compute, np.ones((50, 3))) == pytest.approx(log(49), abs=1e-12)


def test_certain_classes_have_neighbours_of_their_own_alone() -> None:
    # of 40 in 4 classes: 9 with cosine 1 and 30 with 0, whose weight is exp(-20) of theirs
    found = number(compute, certain(np.arange(40) % 4, 4))
    assert found == pytest.approx(log(9), abs=1e-6)


def test_two_examples_have_one_neighbour_each_and_one_has_none() -> None:
    assert str(number(compute, drawn(1, 2, 5))) == "0.0"
    assert reason(compute, drawn(1, 1, 5)) == "one example has no neighbour"


def test_of_many_examples_a_sample_is_read_that_is_the_same_for_every_network() -> None:
    logits = drawn(2, 3 * EXAMPLES, 4, scale=3)
    found = number(compute, logits)
    assert found == number(compute, logits)
    assert found < log(EXAMPLES - 1)
    read = np.random.default_rng(0).permutation(3 * EXAMPLES)[:EXAMPLES]
    changed = np.where(np.isin(np.arange(3 * EXAMPLES), read)[:, None], logits, -logits)
    assert found == number(compute, changed)
    assert found != number(compute, -logits)


def test_the_order_of_examples_changes_no_bit() -> None:
    for seed in range(50):
        logits = drawn(seed, 23, 5, scale=3)
        assert number(compute, logits) == number(compute, shuffled(logits))
    logits = drawn(3, EXAMPLES, 3)
    assert number(compute, logits) == number(compute, shuffled(logits))
