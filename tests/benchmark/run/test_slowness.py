"""A remark on a slow cell: none before a minute, none below ten times the median of its kind."""

import pytest

from benchmark.run.slowness import kind_of, slowness


def test_cells_of_one_kind_differ_in_condition_recipe_and_seed_alone() -> None:
    cell = {"entry": 0, "work": "score", "inputs": "evaluation", "scope": "tap", "condition": 0.0, "seed": 0}
    assert kind_of({**cell, "condition": 1.0, "seed": 7, "recipe": "lr0.1"}) == kind_of(cell)
    for other in ({"entry": 1}, {"work": "train"}, {"inputs": "in-distribution"}, {"scope": "network"}):
        assert kind_of({**cell, **other}) != kind_of(cell)


@pytest.mark.parametrize(
    ("seconds", "like", "remarked"),
    [
        (60, [1], True),
        (59.9, [1], False),  # before a minute nothing is said
        (100, [10], True),
        (99.9, [10], False),  # less than ten times as long
        (100, [10, 10, 9000], True),  # one that was slow too does not hide it
        (1e9, [], False),  # with none to compare it with
    ],
)
def test_a_remark_needs_a_minute_and_ten_times_the_median(seconds: float, like: list[float], remarked: bool) -> None:
    assert (slowness(seconds, like) is not None) == remarked


def test_the_remark_has_minutes_and_times_and_the_cure() -> None:
    said = slowness(1200, [2, 4, 6])
    assert said == (
        "at work for 20 min, 300 times as long as others of its kind; seconds_per_cell in the plan stops such a cell"
    )
    assert "6000 times" in str(slowness(60, [0.0]))  # of what took no time, one hundredth of a second is taken
