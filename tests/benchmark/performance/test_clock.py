"""Work by the clock: both sides have turns, a warm-up is not counted, and threads are as before."""

from math import isfinite

import pytest
from numba import get_num_threads

from benchmark.performance import clock
from benchmark.performance.clock import one_thread, seconds, times_as_long


def test_both_sides_of_a_race_have_a_turn_in_each_round() -> None:
    turns: list[str] = []
    ratio = times_as_long(lambda: turns.append("ours"), lambda: turns.append("theirs"))
    assert turns == ["ours", "theirs"] * 4
    assert isfinite(ratio)


def ticking(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still but for what is added to its only number."""
    now = [0.0]
    monkeypatch.setattr(clock.time, "perf_counter", lambda: now[0])
    return now


def test_seconds_are_the_median_of_the_runs_after_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    now, durations = ticking(monkeypatch), [100.0, 3.0, 1.0, 2.0]

    def work() -> None:
        now[0] += durations.pop(0)

    assert seconds(work, repeats=3) == 2.0
    assert durations == []


def test_a_ratio_is_that_of_all_rounds_but_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    now, ours, theirs = ticking(monkeypatch), [50.0, 1.0, 2.0, 3.0], [50.0, 4.0, 4.0, 4.0]

    def spend(durations: list[float]) -> None:
        now[0] += durations.pop(0)

    assert times_as_long(lambda: spend(ours), lambda: spend(theirs)) == 2.0


def test_kernels_have_one_thread_meanwhile_and_as_many_as_before_after_it() -> None:
    before = get_num_threads()
    with one_thread():
        assert get_num_threads() == 1
    assert get_num_threads() == before
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert get_num_threads() == before
