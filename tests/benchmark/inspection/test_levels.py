"""How far a number is off before it is found, against numbers drawn anew, and how likely a forged cell is drawn."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from benchmark.inspection.levels import Spread, probability, spreads

PART = {"entry": 0, "inputs": "evaluation", "scope": "tap", "anchor": None, "recipe": "r", "read_on": None}


def score(value: float | None) -> Any:
    return {"work": "score", "outcome": "done", "measures": {"m": {"value": value}}, "metrics": {"a": {"value": 1.0}}}


def cells(values: dict[tuple[float, int], float | None], **changes: Any) -> tuple[list[Any], dict[str, Any]]:
    rows = [{**PART, **changes, "key": f"{changes}{c}.{s}", "condition": c, "seed": s} for c, s in values]
    return rows, {f"{changes}{c}.{s}": score(value) for (c, s), value in values.items()}


def test_the_spread_is_that_of_seeds_within_each_setting() -> None:
    rows, records = cells(
        {(0.0, 0): 1.0, (0.0, 1): 3.0, (1.0, 0): 10.0, (1.0, 1): 10.0, (1.0, 2): 13.0, (0.5, 0): 99.0}
    )
    found = spreads({**rows[0], "key": "another"}, rows, records)
    assert found["m"] == Spread(pytest.approx(np.sqrt((2 + 6) / 3)), 3)  # type: ignore[arg-type]
    assert found["a"] == Spread(0.0, 3)
    others, more = cells({(0.0, 0): -50.0, (0.0, 1): 50.0}, inputs="in-distribution")
    assert spreads({**rows[0], "key": "another"}, [*rows, *others], {**records, **more}) == found
    forged = {**records, rows[0]["key"]: score(1e9)}
    assert spreads(rows[0], rows, forged)["m"] == Spread(pytest.approx(np.sqrt(6 / 2)), 2)  # type: ignore[arg-type]


def test_without_two_seeds_nothing_is_known() -> None:
    rows, records = cells({(0.0, 0): 1.0, (1.0, 0): 3.0, (0.5, 0): None, (0.5, 1): 2.0})
    assert "m" not in spreads(rows[0], rows, records)


def test_a_network_trained_again_is_a_false_alarm_in_one_of_twenty() -> None:
    """Ten settings of two seeds; one of the networks is drawn again from the same distribution."""
    generator = np.random.default_rng(0)
    alarms = 0
    for _ in range(2000):
        seeds = generator.normal(size=(10, 2))
        deviation = float(np.sqrt(((seeds - seeds.mean(1, keepdims=True)) ** 2).sum() / 10))
        alarms += abs(generator.normal() - generator.normal()) > Spread(deviation, 10).smallest_forgery(1)
    assert 0.035 < alarms / 2000 < 0.065
    assert (
        Spread(1.0, 10).smallest_forgery(20) > Spread(1.0, 10).smallest_forgery(1) > Spread(1.0, 99).smallest_forgery(1)
    )


@pytest.mark.parametrize(("drawn", "cells", "forged"), [(1, 5, 2), (3, 6, 1), (2, 6, 4), (5, 6, 3), (6, 6, 1)])
def test_the_probability_is_that_of_all_draws_counted(drawn: int, cells: int, forged: int) -> None:
    draws = list(combinations(range(cells), drawn))
    found = sum(min(draw) < forged for draw in draws)
    assert probability(drawn, cells, forged) == pytest.approx(found / len(draws))
