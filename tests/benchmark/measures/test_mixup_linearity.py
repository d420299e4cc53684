"""Mixup linearity by scipy's softmax, and at its bounds."""

import numpy as np
import pytest
from made_readings import number, one_hot, read, value
from scipy.special import softmax

NAME = "mixup-linearity"


def test_it_is_the_mean_distance_of_the_prediction_to_half_way_between_the_two() -> None:
    own, partner, mixed = np.random.default_rng(0).normal(size=(3, 70, 4)).astype(np.float32)
    first, second, middle = (softmax(part.astype(float), axis=1) for part in (own, partner, mixed))
    expected = np.linalg.norm(middle - (first + second) / 2, ord=1, axis=1).mean()
    found = number(NAME, read(own, transforms={"mixup": mixed, "mixup/partner": partner}))
    assert found == pytest.approx(expected, abs=1e-14)


def test_half_way_is_0_and_another_class_for_sure_is_2() -> None:
    classes = np.arange(30) % 3
    same, other = one_hot(classes, 3, 1e4), one_hot((classes + 1) % 3, 3, 1e4)
    assert number(NAME, read(same, transforms={"mixup": same, "mixup/partner": same})) == 0.0
    assert number(NAME, read(same, transforms={"mixup": other, "mixup/partner": same})) == 2.0


def test_texts_have_none() -> None:
    found = value(NAME, read(np.zeros((4, 2)), transforms={"keeping/a": np.zeros((4, 2))}))
    assert found.value is None
    assert "no point half-way" in str(found.reason)
