"""A probe: seconds of a whole epoch from a few steps, and of all pairs of neurons from a few."""

from itertools import count
from math import comb
from pathlib import Path

import pytest

from benchmark.inspection import probe
from benchmark.inspection.probe import epoch_seconds, scoring_seconds
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell


def test_the_probe_of_a_network_and_of_a_score_take_as_long_as_their_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = resolve(read_plan("toy", ("suites.0.training={max_epochs: 10}",)), tmp_path).cells
    more = resolve(read_plan("toy", ("suites.0.training={max_epochs: 1000}",)), tmp_path).cells
    # A clock that tells one second later each time: every training and every measurement takes as long.
    monkeypatch.setattr("benchmark.inspection.probe.time.perf_counter", count(0.0, 1.0).__next__)
    assert epoch_seconds(cells[0], tmp_path, 1) == epoch_seconds(more[0], tmp_path, 1) > 0
    assert scoring_seconds(cells[0], cells[1], tmp_path, 1) == pytest.approx(1.0)


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> list[Cell]:
    """A network and its scores, on a clock that tells one second later each time."""
    monkeypatch.setattr("benchmark.inspection.probe.time.perf_counter", count(0.0, 1.0).__next__)
    small = ("seeds=[0]", "limit=20", "suites.0.training.batch_size=4", "estimator.sub_samples=0")
    return resolve(read_plan("toy", small), Path()).cells


def test_an_epoch_takes_as_much_longer_as_it_has_more_steps(cells: list[Cell], monkeypatch: pytest.MonkeyPatch) -> None:
    assert epoch_seconds(cells[0], Path(), 1) == 1.0  # 5 steps of 5
    monkeypatch.setattr(probe, "STEPS", 2)
    assert epoch_seconds(cells[0], Path(), 1) == 5 / 2


def test_a_score_takes_as_much_longer_as_it_has_more_pairs_of_neurons(
    cells: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[list[int]] = []

    def score(reads, inputs, settings, measures, metrics) -> None:
        widths.append([matrix.shape[1] for matrix in reads["evaluation"].activations.by_tap.values()])

    monkeypatch.setattr(probe, "score", score)
    assert scoring_seconds(cells[0], cells[1], Path(), 1) == 1.0
    whole = widths[-1]
    assert min(whole) > 3
    monkeypatch.setattr(probe, "NEURONS", 3)
    expected = sum(comb(width, 2) for width in whole) / sum(comb(3, 2) for _ in whole)
    assert scoring_seconds(cells[0], cells[1], Path(), 1) == pytest.approx(expected)
    assert widths[-2:] == [[3] * len(whole)] * 2  # the first time loads and compiles, and does not count
