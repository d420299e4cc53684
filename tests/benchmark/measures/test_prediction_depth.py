"""Agreement with neighbours and prediction depth, counted one input at a time, and with scikit-learn's classifier."""

from collections import Counter

import numpy as np
import pytest
from made_readings import number, one_hot, read, value
from sklearn.neighbors import KNeighborsClassifier

from benchmark.measures.prediction_depth import majority

GENERATOR = np.random.default_rng(0)
OWN = GENERATOR.integers(0, 3, 200)


def of(name: str, own: np.ndarray, *taps: np.ndarray) -> float:
    return number(name, read(one_hot(own, 3), training_neighbours={f"t{n}": labels for n, labels in enumerate(taps)}))


def test_agreement_is_that_of_scikit_learn_s_classifier_where_no_two_labels_are_equally_frequent() -> None:
    points, labels, asked = (
        GENERATOR.normal(size=(150, 2)),
        GENERATOR.integers(0, 2, 150),
        GENERATOR.normal(size=(200, 2)),
    )
    classifier = KNeighborsClassifier(n_neighbors=29).fit(points, labels)
    near = labels[classifier.kneighbors(asked, return_distance=False)]
    found = of("knn-agreement-first", OWN, near, 0 * near)
    assert found == pytest.approx((classifier.predict(asked) == OWN).mean(), abs=1e-15)
    assert 0.2 < found < 0.6


def test_of_equally_frequent_labels_the_one_with_the_nearest_example_is_said() -> None:
    near = GENERATOR.integers(0, 3, (300, 4))
    for row, said in zip(near.tolist(), majority(near, 3).tolist(), strict=True):
        assert said == Counter(row).most_common(1)[0][0]  # of equal ones it gives the first that it has met


def test_what_the_classes_are_called_changes_nothing() -> None:
    taps, other = [GENERATOR.integers(0, 3, (200, 8)) for _ in range(3)], np.array([2, 0, 1])
    for name in ("knn-agreement-first", "prediction-depth"):
        assert of(name, OWN, *taps) == of(name, other[OWN], *(other[tap] for tap in taps))


def test_depth_is_the_number_of_taps_up_to_the_last_that_disagrees() -> None:
    right, wrong = np.zeros(8, dtype=int), np.ones(8, dtype=int)
    ways = [np.where([tap >> bit & 1 for tap in range(8)], wrong, right) for bit in range(3)]  # each of 8 ways once
    taps = [way[:, None] for way in ways]
    # Agreement at all taps is 0; a last disagreement at the first tap 1 (one way), at the second 2 (two), third 3.
    assert of("prediction-depth", right, *taps) == pytest.approx((0 + 1 + 2 * 2 + 4 * 3) / 8, abs=1e-15)
    assert of("prediction-depth", right, *taps[::-1]) == pytest.approx((0 + 1 + 2 * 2 + 4 * 3) / 8, abs=1e-15)
    assert of("knn-agreement-first", right, *taps) == 0.5


def test_the_order_of_the_taps_is_that_of_the_reading() -> None:
    right, wrong = np.repeat(OWN[:, None], 5, axis=1), np.repeat((OWN[:, None] + 1) % 3, 5, axis=1)
    assert of("prediction-depth", OWN, wrong, right, right) == 1
    assert of("prediction-depth", OWN, right, right, wrong) == 3
    assert (of("knn-agreement-first", OWN, right, wrong), of("knn-agreement-first", OWN, wrong, right)) == (1, 0)


def test_the_agreement_of_each_tap_stands_in_the_details() -> None:
    taps = {"a": np.repeat(OWN[:, None], 3, axis=1), "b": np.zeros((200, 3), dtype=int)}
    found = value("prediction-depth", read(one_hot(OWN, 3), training_neighbours=taps))
    assert found.details == {"agreement": {"a": 1.0, "b": (OWN == 0).mean()}}
