"""The loss of the first epoch: that of the history, whatever came later, and none where there was no epoch."""

from dataclasses import replace

from made_outputs import HISTORY, A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.first_epoch_loss import MEASURE, compute
from benchmark.types import Value


def measured(*losses: float) -> Value:
    one, other = (compute(replace(outputs(m), history=replace(HISTORY, losses=losses)), Settings()) for m in (A, B))
    assert one == other
    return one


def test_it_is_the_first_loss_whatever_came_later() -> None:
    assert measured(2.5).value == 2.5
    assert measured(2.5, 0.1, 9.0).value == 2.5


def test_without_an_epoch_there_is_none() -> None:
    assert measured() == Value(None, reason="no epoch was trained")


def test_it_is_a_placebo() -> None:
    assert MEASURE.placebo
