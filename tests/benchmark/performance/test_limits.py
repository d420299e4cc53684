"""What a machine could do at best: the arithmetic of each kernel, counted from its definition."""

import numpy as np
import pytest
from numba import get_num_threads

from benchmark.performance import limits
from benchmark.performance.inputs import mixture


def test_candidates_are_the_points_within_reach_of_one_of_the_eight() -> None:
    """Eight points of equal y in each column: against all points of the plane, a leaf at a time."""
    activations = mixture(300, 2)
    x, y = activations.T
    distance = np.maximum(abs(x[:, None] - x), abs(y[:, None] - y))
    radius = np.sort(distance, axis=1)[:, limits.K]
    reached = (distance <= radius[:, None]).sum(axis=1) - 1
    assert reached.min() >= limits.K
    found = limits._candidates(activations)
    assert limits.K <= found <= len(x) - 8  # of eight at once: no fewer than one of them needs
    assert found < 8 * reached.mean()  # and no more than all of them do


def test_a_limit_is_said_with_its_arithmetic_and_the_share_that_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_push_seconds", "_count_seconds", "_common_seconds", "_raise_seconds"):
        monkeypatch.setattr(limits, name, lambda: 1e-9)
    monkeypatch.setattr(limits, "_candidates", lambda activations: 13.0)
    monkeypatch.setattr(limits, "_pair_seconds", lambda work, neurons: 1e-4)
    (knn, said, microseconds, share), masks, samples = limits.limits()
    assert knn == "kNN, k = 3"
    assert said.startswith("312 leaves x (7 + 13 points in some lane's square) distances of eight at 1.0 ns")
    # 2500 / 8 leaves x 20 distances and 2,500 samples x 4 comparisons, each of 1 ns
    assert microseconds == f"{(2500 / 8 * 20 + 2500 * 4) / 1000:.2f}"
    assert share == "16%"
    assert masks[2] == f"{9 * 9 * 40 / 1000:.2f}"
    assert samples[2] == "2.50"


def test_the_time_of_a_pair_is_that_of_all_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(limits, "seconds", lambda work: work() or 6.0)
    assert limits._pair_seconds(lambda: threads.append(get_num_threads()), 4) == 1.0
    assert threads == [1]
