"""The sum of the training losses: of all epochs, rounded once, and none where there was no epoch."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from made_outputs import HISTORY, A, outputs

from benchmark.estimator import Settings
from benchmark.measures.training_speed import MEASURE, compute
from benchmark.types import Value


def measured(*losses: float) -> Value:
    return compute(replace(outputs(A), history=replace(HISTORY, losses=losses)), Settings())


def test_it_is_the_sum_of_all_losses_rounded_once() -> None:
    losses = np.random.default_rng(0).exponential(size=200).tolist()
    assert measured(*losses).value == float(sum(map(Fraction, losses)))
    assert measured(1.0, 2**-53, 2**-53).value == 1 + 2**-52
    assert measured(2.5).value == 2.5


def test_what_is_learned_sooner_has_less() -> None:
    slow, fast = measured(2.0, 1.5, 1.0, 0.1).value, measured(2.0, 0.2, 0.1, 0.1).value
    assert slow is not None
    assert fast is not None
    assert fast < slow


def test_without_an_epoch_there_is_none() -> None:
    assert measured() == Value(None, reason="no epoch was trained")


def test_slow_is_good_under_a_shortcut_alone() -> None:
    assert MEASURE.better == {"heuristic": "high", "example-level": "low"}
