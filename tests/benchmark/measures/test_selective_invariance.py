"""Selective invariance against scikit-learn's mutual information, and its closed forms."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value
from sklearn.metrics import mutual_info_score

GENERATOR = np.random.default_rng(0)
NAME = "selective-invariance"


def noisy(classes: np.ndarray, share: float) -> np.ndarray:
    drawn = GENERATOR.random(len(classes)) < share
    return np.where(drawn, GENERATOR.integers(0, classes.max() + 1, len(classes)), classes)


def test_it_is_the_mean_of_what_is_kept_less_the_mean_of_what_is_left() -> None:
    own = GENERATOR.integers(0, 4, 300)
    kept = [noisy(own, share) for share in (0.1, 0.2, 0.5, 0.6)]
    left = [noisy(own, share) for share in (0.7, 0.8, 0.9)]
    given = {f"keeping/{number}": one_hot(one, 4) for number, one in enumerate(kept)}
    given |= {f"destroying/{number}": one_hot(one, 4) for number, one in enumerate(left)} | {"noise": one_hot(own, 4)}
    expected = [np.mean([mutual_info_score(own, one) for one in some]) for some in (kept, left)]
    found = value(NAME, read(one_hot(own, 4), transforms=given))
    assert found.value == pytest.approx(expected[0] - expected[1], abs=1e-12)
    assert found.details == pytest.approx({"keeping": expected[0], "destroying": expected[1]}, abs=1e-12)


def test_all_kept_and_all_lost_is_the_entropy_of_the_answers_and_the_other_way_round_its_negative() -> None:
    own = np.arange(120) % 3
    same, lost = one_hot((own + 1) % 3, 3), one_hot(0 * own, 3)  # renamed alike, every answer still tells the class
    best = read(one_hot(own, 3), transforms={"keeping/a": same, "destroying/b": lost})
    worst = read(one_hot(own, 3), transforms={"keeping/a": lost, "destroying/b": same})
    assert number(NAME, best) == pytest.approx(np.log(3), abs=1e-15)
    assert number(NAME, worst) == -number(NAME, best)


def test_the_order_of_examples_and_classes_changes_no_bit() -> None:
    logits, kept, left = GENERATOR.normal(size=(3, 200, 5))
    rows, classes = np.random.default_rng(1).permutation(200), np.random.default_rng(2).permutation(5)
    parts = {"keeping/a": kept, "destroying/b": left}
    moved = {name: array[rows][:, classes] for name, array in parts.items()}
    given, other = read(logits, transforms=parts), read(logits[rows][:, classes], transforms=moved)
    assert number(NAME, given) == number(NAME, other)


@pytest.mark.parametrize(("there", "word"), [("keeping/a", "destroys"), ("destroying/a", "keeps"), ("noise", "keeps")])
def test_it_is_undefined_where_the_suite_declares_no_transform_of_one_kind(there: str, word: str) -> None:
    found = value(NAME, read(np.zeros((9, 2)), transforms={there: np.zeros((9, 2), np.float32)}))
    assert found.value is None
    assert found.reason == f"the suite declares no transform that {word} its task"
