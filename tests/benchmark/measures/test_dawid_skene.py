"""Dawid and Skene's accuracies against plain loops and accuracies that were planted; once for all; where they fail."""

from math import prod

import numpy as np
import pytest
from made_peers import with_classes

from benchmark.estimator import Settings
from benchmark.measures._candidates import Votes, votes
from benchmark.measures.dawid_skene import accuracies, compute
from benchmark.plain.keeping import keeping

DRAWN = np.random.default_rng(0)


def planted(accuracy: list[float], classes: int, examples: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and the answers (Q, S) of candidates that err independently, each wrong class alike."""
    labels = DRAWN.integers(0, classes, examples)
    shape = (len(accuracy), examples)
    wrong = (labels + DRAWN.integers(1, classes, shape)) % classes
    return labels, np.where(DRAWN.random(shape) < np.array(accuracy)[:, None], labels, wrong)


def estimated(answers: np.ndarray, classes: int) -> np.ndarray:
    return np.array(accuracies(Votes(answers.astype(np.int16).tobytes(), len(answers), classes)))


def by_loops(answers: list[list[int]], classes: int, rounds: int) -> list[float]:
    """The formula as it stands, example by example."""
    examples = range(len(answers[0]))
    truth = []
    for s in examples:
        count = [sum(own[s] == k for own in answers) for k in range(classes)]
        most = [k for k in range(classes) if count[k] == max(count)]
        truth.append([1 / len(most) if k in most else 0 for k in range(classes)])
    a: list[float] = []
    for _ in range(rounds):
        a = [sum(truth[s][own[s]] for s in examples) / len(examples) for own in answers]
        kept = [min(max(one, 0.5 / len(examples)), 1 - 0.5 / len(examples)) for one in a]
        for s in examples:
            likely = [
                prod(one if own[s] == k else (1 - one) / (classes - 1) for one, own in zip(kept, answers, strict=True))
                for k in range(classes)
            ]
            truth[s] = [one / sum(likely) for one in likely]
    return a


@pytest.mark.parametrize("classes", [2, 3])
def test_they_are_those_of_plain_loops(classes: int) -> None:
    answers = planted([0.9, 0.8, 0.6, 0.5], classes, 30)[1]
    expected = by_loops(answers.tolist(), classes, 300)
    assert estimated(answers, classes) == pytest.approx(expected, abs=1e-6)
    for own in range(4):
        found = compute(with_classes(answers.tolist(), own, of=classes), Settings()).value
        assert found == pytest.approx(expected[own], abs=1e-6)


@pytest.mark.parametrize("classes", [2, 5])
def test_planted_accuracies_are_found_without_a_label(classes: int) -> None:
    labels, answers = planted([0.95, 0.9, 0.8, 0.7, 0.6, 0.55, 0.75], classes, 5000)
    # what is to be found is the share right in the sample; the estimate strays by some 1 / sqrt(5000) = .014
    assert estimated(answers, classes) == pytest.approx((answers == labels).mean(axis=1), abs=0.03)


def test_what_the_classes_are_called_changes_nothing_and_neither_does_the_order_of_candidates() -> None:
    answers = planted([0.9, 0.7, 0.6, 0.6, 0.5], 3, 200)[1]
    found = estimated(answers, 3)
    assert estimated(np.array([2, 0, 1])[answers], 3) == pytest.approx(found, abs=1e-9)
    assert estimated(answers[::-1], 3)[::-1] == pytest.approx(found, abs=1e-9)


def test_where_all_agree_all_are_right_as_far_as_so_few_examples_say() -> None:
    assert estimated(np.tile(np.arange(300) % 3, (4, 1)), 3) == pytest.approx(1.0, abs=1e-9)
    right, wrong = (7 / 8) ** 4, 2 * (1 / 16) ** 4  # four candidates, of accuracy 7/8: half an example of four below 1
    assert estimated(np.tile([0, 1, 2, 1], (4, 1)), 3) == pytest.approx(right / (right + wrong), abs=1e-12)


def test_a_bloc_that_errs_together_counts_as_right() -> None:
    right, shortcut = np.arange(40) % 2, np.arange(40) // 2 % 2
    found = estimated(np.array([right, right, shortcut, shortcut, shortcut]), 2)
    assert found == pytest.approx([0.5, 0.5, 1, 1, 1], abs=0.02)


def test_it_is_estimated_once_for_all_candidates() -> None:
    answers = planted([0.9, 0.7, 0.6], 3, 50)[1].tolist()
    with keeping():
        found = [accuracies(votes(with_classes(answers, own, of=3))[0]) for own in range(3)]
        assert found[0] is found[1] is found[2]
        assert accuracies(votes(with_classes(answers[:2], of=3))[0]) is not found[0]
