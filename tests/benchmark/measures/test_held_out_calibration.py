"""Calibration error, in cases that can be counted, and where confidence is what is right by construction."""

import numpy as np
import pytest
from made_readings import number, read

NAME = "held-out-calibration-error"


def of(sure: np.ndarray, right: np.ndarray) -> float:
    """Of two classes, of which the first is predicted with these probabilities from 1/2 on."""
    logits = np.stack([np.log(sure / (1 - sure)), np.zeros_like(sure)], axis=1).astype(np.float32)
    labels = np.where(right, 0, 1)
    return number(NAME, read(np.zeros((3, 2)), held_out_as_given={"logits": logits, "labels": labels}))


def test_two_bins_by_hand() -> None:
    sure, right = np.repeat([0.55, 0.95], [30, 70]), np.zeros(100, dtype=bool)
    right[:15], right[30:93] = True, True  # 50 % and 90 % right
    assert of(sure, right) == pytest.approx(0.3 * 0.05 + 0.7 * 0.05, abs=1e-6)


def test_over_and_under_confident_bins_do_not_cancel() -> None:
    sure, right = np.repeat([0.55, 0.95], 50), np.zeros(100, dtype=bool)
    right[:50] = True  # 45 points too unsure, then 95 too sure
    assert of(sure, right) == pytest.approx(0.5 * 0.45 + 0.5 * 0.95, abs=1e-6)


def test_many_examples_that_are_right_as_often_as_they_are_sure_have_nearly_none() -> None:
    generator = np.random.default_rng(0)
    sure = 0.5 + 0.499 * generator.random(100_000)
    assert of(sure, generator.random(100_000) < sure) < 0.005
    assert of(sure, generator.random(100_000) < sure - 0.1) == pytest.approx(0.1, abs=0.005)


def test_certainty_lies_in_the_last_bin() -> None:
    """With a probability of .982 that is right: together they are half right, apart they would be off by .509."""
    given = {"logits": np.array([[1e4, 0.0], [4.0, 0.0]], dtype=np.float32), "labels": np.array([1, 0])}
    expected = (1 + 1 / (1 + np.exp(-4))) / 2 - 0.5
    assert number(NAME, read(np.zeros((3, 2)), held_out_as_given=given)) == pytest.approx(expected, abs=1e-12)
