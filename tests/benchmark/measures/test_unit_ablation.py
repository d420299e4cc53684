"""Answers that are kept under ablation, counted by hand."""

import numpy as np
import pytest
from made_readings import one_hot, read, value


def test_it_is_the_share_of_answers_that_stay_over_the_draws_and_then_over_the_taps() -> None:
    own = np.arange(20) % 2
    changed = {"a/1": 0, "a/2": 3, "a/3": 9, "b.c/1": 20}
    draws = {name: one_hot(np.where(np.arange(20) < count, 1 - own, own), 2) for name, count in changed.items()}
    found = value("unit-ablation", read(one_hot(own, 2), unit_ablation=draws))
    assert found.per_tap == pytest.approx({"a": 1 - 12 / 60, "b.c": 0.0})
    assert found.value == pytest.approx(0.4)


def test_on_some_examples_it_counts_these_alone() -> None:
    own = np.arange(20) % 2
    other = one_hot(np.where(np.arange(20) < 10, 1 - own, own), 2)
    given = read(one_hot(own, 2), unit_ablation={"a/1": other})
    for rows, expected in ((np.arange(10), 0.0), (np.arange(10, 20), 1.0), (np.arange(5, 15), 0.5)):
        assert value("unit-ablation", given.at(rows)).value == expected
