"""The spectral meta-learner in closed form for three candidates, on planted ones, and where it is undefined."""

from itertools import permutations

import numpy as np
import pytest
from made_peers import with_classes

from benchmark.estimator import Settings
from benchmark.measures.spectral_meta_learner import compute
from benchmark.types import Value

DRAWN = np.random.default_rng(0)


def planted(accuracy: list[float], examples: int, share: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    """Labels, of which this share are 1, and the answers (Q, S) of candidates that err independently."""
    labels = (np.arange(examples) < share * examples).astype(int)
    right = DRAWN.random((len(accuracy), examples)) < np.array(accuracy)[:, None]
    return labels, np.where(right, labels, 1 - labels)


def of_all(answers: np.ndarray, of: int = 2) -> list[Value]:
    return [compute(with_classes(answers.tolist(), own, of), Settings()) for own in range(len(answers))]


def values(answers: np.ndarray) -> list[float]:
    return [one.value for one in of_all(answers) if one.value is not None]


def test_of_three_candidates_it_is_what_the_three_covariances_say() -> None:
    """Three numbers v_i v_j have one solution: v_1^2 = q_12 q_13 / q_23."""
    answers = planted([0.9, 0.75, 0.65], 500)[1]
    q = np.cov(2 * answers - 1, bias=True)
    expected = [np.sqrt(q[i, j] * q[i, k] / q[j, k]) for i, j, k in list(permutations(range(3)))[::2]]
    assert values(answers) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_planted_balanced_accuracies_are_found_up_to_what_the_classes_share(share: float) -> None:
    accuracy = [0.95, 0.9, 0.8, 0.7, 0.6, 0.55, 0.75]
    labels, answers = planted(accuracy, 8000, share)
    balanced = np.array([[(one == labels)[labels == k].mean() for k in (0, 1)] for one in answers]).mean(axis=1)
    b = 2 * share - 1
    assert values(answers) == pytest.approx(np.sqrt(1 - b**2) * (2 * balanced - 1), abs=0.04)


def test_one_that_is_worse_than_chance_is_negative_and_the_names_of_the_classes_change_nothing() -> None:
    answers = planted([0.9, 0.8, 0.7, 0.25], 2000)[1]
    found = values(answers)
    assert found[3] < -0.3 < 0 < found[2] < found[1] < found[0]
    assert values(1 - answers) == pytest.approx(found, abs=1e-9)


def test_where_most_take_the_same_shortcut_they_have_the_best_number() -> None:
    right, shortcut = np.arange(40) % 2, np.arange(40) // 2 % 2
    found = values(np.array([right, shortcut, shortcut, shortcut]))
    assert found == pytest.approx([0, 1, 1, 1], abs=1e-4)


@pytest.mark.parametrize(
    ("answers", "classes", "reason"),
    [
        ([[0, 1, 2]] * 3, 3, "it is for two classes, and these are 3"),
        ([[0, 1, 0]] * 2, 2, "it needs 3 candidates, and these are 2"),
        ([[0, 0, 0]] * 3, 2, "no two candidates covary"),
        ([[0, 0, 0], [0, 0, 0], [0, 1, 0]], 2, "no two candidates covary"),
    ],
)
def test_it_is_undefined_with_the_reason(answers: list[list[int]], classes: int, reason: str) -> None:
    assert {(one.value, one.reason) for one in of_all(np.array(answers), classes)} == {(None, reason)}
