"""Shift consistency and effective invariance, by hand and at their bounds."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value
from scipy.special import softmax

NAMES = ["shift-consistency", "effective-invariance"]
GENERATOR = np.random.default_rng(0)
OWN, *KEPT = GENERATOR.normal(size=(4, 60, 3)).astype(np.float32)
TAKEN = {f"keeping/{one}": logits for one, logits in enumerate(KEPT)} | {"destroying/x": OWN, "noise": OWN}


def test_consistency_is_the_share_of_equal_answers_over_all_transforms() -> None:
    same = [int(np.argmax(one) == np.argmax(other)) for kept in KEPT for one, other in zip(OWN, kept, strict=True)]
    assert number("shift-consistency", read(OWN, transforms=TAKEN)) == pytest.approx(np.mean(same), abs=1e-15)


def test_invariance_weighs_each_equal_answer_by_the_geometric_mean_of_both_confidences() -> None:
    found = []
    for kept in KEPT:
        for one, other in zip(OWN, kept, strict=True):
            first, second = softmax(one.astype(float)), softmax(other.astype(float))
            place = first.argmax()
            found.append(np.sqrt(first[place] * second[place]) if place == second.argmax() else 0.0)
    assert number("effective-invariance", read(OWN, transforms=TAKEN)) == pytest.approx(np.mean(found), abs=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_sure_and_unchanged_is_1_and_all_changed_is_0(name: str) -> None:
    classes = np.arange(30) % 3
    sure = read(one_hot(classes, 3, 1e4), transforms={"keeping/a": one_hot(classes, 3, 1e4)})
    lost = read(one_hot(classes, 3, 1e4), transforms={"keeping/a": one_hot((classes + 1) % 3, 3, 1e4)})
    assert (number(name, sure), number(name, lost)) == (1.0, 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_transform_that_keeps_the_task_they_are_undefined(name: str) -> None:
    found = value(name, read(OWN, transforms={"destroying/x": OWN}))
    assert (found.value, found.reason) == (None, "the suite declares no transform that keeps its task")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_examples_changes_no_bit(name: str) -> None:
    rows = np.random.default_rng(1).permutation(60)
    moved = {part: logits[rows] for part, logits in TAKEN.items()}
    assert number(name, read(OWN[rows], transforms=moved)) == number(name, read(OWN, transforms=TAKEN))
