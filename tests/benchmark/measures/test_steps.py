"""The number of steps: that of the history, whatever else the network gave."""

from dataclasses import replace

import pytest
from made_outputs import HISTORY, A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.steps import MEASURE, compute


@pytest.mark.parametrize("steps", [1, 7, 123_456])
def test_it_is_how_often_the_weights_were_updated(steps: int) -> None:
    for matrix in (A, B):
        value = compute(replace(outputs(matrix), history=replace(HISTORY, steps=steps)), Settings()).value
        assert type(value) is float
        assert value == steps


def test_it_is_a_placebo() -> None:
    assert MEASURE.placebo
