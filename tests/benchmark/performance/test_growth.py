"""How times grow: each case once, in pairs, as a multiple of the one case."""

import numpy as np
import pytest

from benchmark.performance import growth
from benchmark.performance.inputs import hard, mixture


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock by which an estimator takes as many seconds as there are numbers in its matrix, times its setting."""
    monkeypatch.setattr(growth, "seconds", lambda run: run())
    for estimator in (growth.nearest, growth.binned):
        monkeypatch.setattr(estimator, "mutual_information", lambda matrix, setting=1: float(matrix.size * setting))


def test_a_case_is_the_time_of_a_pair_over_that_of_the_base(work: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "mixture", lambda samples, neurons: np.broadcast_to(0.0, (samples, neurons)))
    rows = dict(growth.growth())
    assert len(rows) == 4 + 3 + 3 + 4 + 3 + 6
    assert rows["kNN, S = 5,000"] == "2.00"
    assert rows["kNN, k = 10"] == "10.00"
    assert rows["binned, B = 100"] == "100.00"
    # S N numbers for N (N - 1) / 2 pairs: the time of a pair goes by 1 / (N - 1)
    assert rows["kNN, N = 128"] == f"{63 / 127:.2f}"
    assert rows["binned, N = 64"] == f"{255 / 63:.2f}"


def test_hard_inputs_are_measured_beside_the_mixture(work: None) -> None:
    found = growth.hard_inputs()
    assert [name for name, _ in found] == list(hard(mixture(10, 4)))
    assert {times for _, times in found} == {"1.00"}
