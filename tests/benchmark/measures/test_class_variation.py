"""CDNV by loops, in closed form for two clouds, and where classes or their distance are missing."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.class_variation import compute
from benchmark.types import Value

CLASSES = np.repeat([0, 1, 3], [110, 60, 30])


def measured(classes: np.ndarray, matrix: np.ndarray) -> Value:
    logits = np.eye(classes.max() + 2)[classes].astype(np.float32)
    return compute(replace(outputs(np.ones((len(matrix), 2)), matrix), logits=logits), Settings())


def plain(classes: np.ndarray, matrix: np.ndarray) -> float:
    single = matrix.astype(np.float32).astype(float)
    terms = []
    for a, b in combinations(np.unique(classes), 2):
        one, other = single[classes == a], single[classes == b]
        gap = one.mean(axis=0) - other.mean(axis=0)
        terms.append((one.var(axis=0).sum() + other.var(axis=0).sum()) / (2 * gap @ gap))
    return float(np.mean(terms))


def test_it_is_the_mean_over_pairs_of_classes_of_the_last_tap() -> None:
    matrix = A + CLASSES[:, None]
    assert measured(CLASSES, matrix).value == pytest.approx(plain(CLASSES, matrix), rel=1e-9)


def test_two_clouds_have_their_variance_over_their_squared_distance_and_points_0() -> None:
    classes = np.arange(20000) % 2
    matrix = np.random.default_rng(0).normal(size=(20000, 4)) + 3 * classes[:, None]  # variance 4, distance^2 36
    assert measured(classes, matrix).value == pytest.approx(4 / 36, rel=0.05)
    assert measured(CLASSES, CLASSES[:, None] * np.ones(3)).value == 0


def test_order_scale_place_and_names_make_no_difference() -> None:
    order, matrix = np.random.default_rng(1).permutation(200), A + CLASSES[:, None]
    turned = 50 * matrix[order][:, ::-1] + 7
    assert measured(3 - CLASSES[order], turned).value == pytest.approx(measured(CLASSES, matrix).value, rel=1e-4)


def test_classes_of_one_example_are_left_out() -> None:
    with_one = np.where(np.arange(200) == 199, 2, CLASSES)
    assert measured(with_one, A).value == pytest.approx(plain(CLASSES[:199], A[:199]), rel=1e-9)


def test_it_is_undefined_without_two_classes_apart() -> None:
    few = "fewer than two classes are predicted for two examples each"
    assert measured(np.zeros(200, int), B).reason == few
    assert measured((np.arange(200) == 0).astype(int), B).reason == few
    assert measured(CLASSES, np.ones((200, 3))).reason == "two predicted classes have the same mean"
