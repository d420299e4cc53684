"""A training that is watched: the right numbers, at most a share of the time, and the same network to the bit."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader

from benchmark.ranking import monitor as watched
from benchmark.ranking.measuring import measured, settings_for
from benchmark.ranking.monitor import EXAMPLES, PAIRS, Monitor
from benchmark.types import Activations
from memorank import Settings
from registry import UserError

X = torch.randn(300, 6, generator=torch.Generator().manual_seed(0))
Y = (X[:, 0] > 0).long()


def network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 8), nn.Linear(8, 2)
    )


def trained(net: nn.Module, watch: Callable[[int], Any] = print, amp: bool = False) -> list[torch.Tensor]:
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    for step in range(12):
        rows = torch.randperm(len(X))[:50]
        with torch.autocast("cpu", torch.bfloat16, enabled=amp):
            loss = nn.functional.cross_entropy(net(X[rows]), Y[rows])
            watch(step)  # where it would do the most harm: before the gradients, inside autocast
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [*net.state_dict().values(), torch.rand(3)]


@pytest.mark.parametrize("amp", [False, True])
def test_a_watched_training_ends_to_the_bit_as_if_it_had_not_been(amp: bool) -> None:
    net = network()
    monitor = Monitor(net, DataLoader(X, batch_size=64), share=1)
    seen = trained(net, monitor.measure, amp)
    assert all(torch.equal(a, b) for a, b in zip(seen, trained(network(), amp=amp), strict=True))
    assert sorted(monitor.history.step.unique()) == list(range(12))
    assert net.training


def test_its_numbers_are_those_of_the_network_as_it_is_then() -> None:
    net = network()
    monitor = Monitor(net, X, share=1)
    found = monitor.measure(7)
    with torch.no_grad():
        hidden = nn.Sequential(*net[:4]).eval()(X)
        by_tap = {"0": net[0](X).numpy(), "4": net[4](hidden).numpy()}
    given = Activations(by_tap)
    settings = settings_for([given], PAIRS, Settings(sub_samples=0, samples=EXAMPLES))
    right = measured("any", given, settings)
    assert found is not None
    assert found["memorank/mean_mi"] == pytest.approx(right["mean-mi"].value, rel=1e-3)
    assert found["memorank/mean_entropy/4"] == pytest.approx(right["mean-entropy"].per_tap["4"], rel=1e-3)
    history = monitor.history
    assert list(history.columns) == ["step", "measure", "tap", "value"]
    whole = history[(history.measure == "mean-mi") & (history.tap == "")]
    assert whole.value.tolist() == [found["memorank/mean_mi"]]


def test_it_takes_no_more_than_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    net = network()
    monitor = Monitor(net, X, share=0.1)

    def slow(*given: Any) -> Any:
        clock[0] += 1.0
        return {}

    monkeypatch.setattr(watched, "measured", slow)
    monitor._rows.append(watched._Row(0, "mean-mi", "", 0.0))
    made = []
    for step in range(200):  # of one second each
        clock[0] += 1.0
        before = monitor.seconds
        monitor.measure(step)
        made += [step] * (monitor.seconds > before)
        assert monitor.seconds <= 1 + 0.1 * clock[0]
    assert len(made) > 15


def test_what_it_takes_to_prepare_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preparation of three seconds, of which each reading is one or more, is paid for by those of the training."""
    clock = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    plain = watched.Reader.read

    def slow(reader: watched.Reader) -> Any:
        clock[0] += 3.0
        return plain(reader)

    monkeypatch.setattr(watched.Reader, "read", slow)
    monitor = Monitor(network(), X, share=0.1)
    assert monitor.seconds == 3.0
    made = []
    for step in range(200):  # of one second each
        made += [step] if monitor.measure(step) else []
        clock[0] += 1.0
    assert made[:2] == [0, 87]  # 3 + 3 + 3 seconds are a tenth of 90, of which the first measurement took 3


@pytest.mark.parametrize("share", [0, -0.1, 1.5])
def test_a_share_is_a_part(share: float) -> None:
    with pytest.raises(UserError, match="share is a part of the time"):
        Monitor(network(), X, share=share)


def test_what_cannot_be_watched_is_refused_before_the_training() -> None:
    with pytest.raises(UserError, match="the network does not take these inputs"):
        Monitor(network(), X[:, :5])
    with pytest.raises(UserError, match="7 examples are too few: 40 are needed"):
        Monitor(network(), X[:7])


def test_other_ranks_measure_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched.distributed, "is_initialized", lambda: True)
    monkeypatch.setattr(watched.distributed, "get_rank", lambda: 1)
    monitor = Monitor(network(), X, share=1)
    assert monitor.measure(0) is None
    assert monitor.history.empty


def test_it_draws_its_two_curves() -> None:
    net = network()
    monitor = Monitor(net, X, share=1)
    trained(net, monitor.measure)
    axes = monitor.plot()
    (line,) = axes.get_lines()
    whole = monitor.history.query("tap == '' and measure == 'mean-mi'")
    np.testing.assert_array_equal(line.get_ydata(), whole.value)
    assert [one.get_ylabel() for one in axes.figure.axes] == ["mean MI (nats), solid", "mean entropy (nats), dashed"]
    import matplotlib.pyplot

    matplotlib.pyplot.close("all")


def test_calls_that_are_left_out_stand_at_the_axis_of_steps() -> None:
    import matplotlib.pyplot

    often, seldom = Monitor(network(), X, share=1), Monitor(network(), X, share=1e-9)
    for step in range(4):
        often.measure(step)
        seldom.measure(step)
    assert often.left_out == ""
    assert [one.plot().get_xlabel() for one in (often, seldom)] == [
        "step", "step (1 of 4 calls measured, as share is 1e-09)",
    ]  # fmt: skip
    matplotlib.pyplot.close("all")


def test_a_training_that_diverges_goes_on_and_its_numbers_are_missing() -> None:
    net = network()
    monitor = Monitor(net, X, share=1)
    with torch.no_grad():
        net[0].weight.fill_(torch.nan)
    found = monitor.measure(3)
    assert found is not None
    assert set(found.values()) == {None}
    assert monitor.history.value.isna().all()
