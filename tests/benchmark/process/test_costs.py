"""Seconds of the parts of a computation: sums by name, in the innermost block, and nothing outside of one."""

import time
from contextlib import suppress

import pytest

from benchmark.process.costs import costing, costs


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test sets."""
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


def test_a_part_that_is_done_several_times_has_the_sum(clock: list[float]) -> None:
    with costs() as parts:
        for name, seconds in (("a", 1.0), ("b", 2.0), ("a", 4.0)):
            with costing(name):
                clock[0] += seconds
        clock[0] += 50  # of no part
    assert parts == {"a": 5.0, "b": 2.0}


def test_a_part_that_fails_has_taken_time_too(clock: list[float]) -> None:
    with costs() as parts:
        with suppress(ValueError), costing("a"):
            clock[0] += 3
            raise ValueError("no")
        with costing("a"):
            clock[0] += 1
    assert parts == {"a": 4.0}


def test_a_block_inside_a_block_counts_for_itself(clock: list[float]) -> None:
    with costs() as outer:
        with costing("a"):
            clock[0] += 1
        with costs() as inner, costing("a"):
            clock[0] += 2
        with costing("a"):
            clock[0] += 4
    assert (outer, inner) == ({"a": 5.0}, {"a": 2.0})


def test_outside_of_a_block_nothing_is_counted(clock: list[float]) -> None:
    with costing("a"):
        clock[0] += 1
    with costs() as parts:
        pass
    with costing("a"):
        clock[0] += 1
    assert parts == {}
