"""Losses, margins and log-odds of examples against torch, scipy and by hand."""

import numpy as np
import pytest
import torch
from scipy.special import logit, softmax
from torch.nn.functional import cross_entropy

from benchmark.measures._losses import accuracy, log_odds, losses, margins, mean

LOGITS = np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32)
LABELS = np.random.default_rng(1).integers(0, 4, 50)


def test_losses_are_those_of_torch() -> None:
    expected = cross_entropy(torch.from_numpy(LOGITS).double(), torch.from_numpy(LABELS), reduction="none")
    assert losses(LOGITS, LABELS) == pytest.approx(expected.numpy(), abs=1e-13)


def test_a_margin_is_to_the_largest_other_logit_and_positive_where_the_answer_is_right() -> None:
    found = margins(LOGITS, LABELS)
    by_hand = [row[label] - max(np.delete(row, label)) for row, label in zip(LOGITS.astype(float), LABELS, strict=True)]
    assert found == pytest.approx(by_hand, abs=1e-15)
    assert (found > 0).mean() == accuracy(LOGITS, LABELS)


def test_log_odds_are_those_of_the_largest_probability_and_tell_apart_what_is_rounded_to_1() -> None:
    assert log_odds(LOGITS) == pytest.approx(logit(softmax(LOGITS.astype(float), axis=1).max(axis=1)), abs=1e-12)
    sure = np.array([[100.0, 0.0, 0.0], [200.0, 0.0, 0.0]], dtype=np.float32)
    assert log_odds(sure) == pytest.approx([100 - np.log(2), 200 - np.log(2)], abs=1e-12)


def test_a_mean_is_rounded_once() -> None:
    assert mean([1e16, 1.0, -1e16]) == 1 / 3
