"""When a measurement is due, of any trainer's steps."""

import pytest
import torch
from torch import nn

from memorank import UserError
from memorank.integrations._watching import Watching

X = torch.randn(60, 4, generator=torch.Generator().manual_seed(0))


def watching(every: int = 1, taps: str = "0") -> Watching:
    return Watching(X, taps, share=1, pairs=100, every=every)


def network() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 5), nn.Linear(5, 2))


def test_a_step_is_measured_once_however_often_it_is_told() -> None:
    """Batches whose gradients are accumulated make no step."""
    watch, seen = watching(every=3), []
    assert watch.begin(network(), 0).keys() >= {"memorank/mean_mi", "memorank/mean_entropy"}
    for step in (0, 0, 1, 1, 2, 3, 3, 3, 4, 6):
        seen += [step] if watch.after(step) else []
    assert seen == [3, 6]
    assert watch.history.step.unique().tolist() == [0, 3, 6]


def test_a_second_training_is_watched_anew() -> None:
    watch = watching()
    watch.begin(network(), 0)
    first = watch.monitor
    watch.after(1)
    assert watch.begin(network(), 7)
    assert watch.monitor is not first
    assert watch.history.step.unique().tolist() == [7]


def test_a_training_that_had_time_for_one_measurement_alone_ends_with_a_warning() -> None:
    watch = Watching(X, "0", share=1e-9, pairs=100, every=1)
    watch.begin(network(), 0)
    assert [watch.after(step) for step in (1, 2)] == [{}, {}]
    with pytest.warns(UserWarning, match="memorank: 1 of 3 calls measured, as share is 1e-09: give share=1 to"):
        watch.end()
    often = watching()
    often.begin(network(), 0)
    often.end()  # one measurement, and none was left out


def test_nothing_is_measured_before_a_training_begins() -> None:
    assert watching().after(1) == {}


@pytest.mark.parametrize("every", [0, -1, 1.5, "2"])
def test_a_number_of_steps_is_a_whole_one(every: int) -> None:
    with pytest.raises(UserError, match="every is a number of optimizer steps, 1 or more"):
        watching(every)
