"""Suites, measures and data sets that each break one promise."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmark.types import Measure, Outputs, Value
from registry import (
    SUITES,
    Condition,
    Data,
    Examples,
    Splits,
    TaskSuite,
)


def suite(**changes: Any) -> TaskSuite:
    return replace(SUITES["toy-shuffled"], **changes)


def remade(change: Callable[[Splits, Condition, int], dict[str, Examples]]) -> TaskSuite:
    """toy-shuffled with some of its splits changed."""

    def make(data: Data, condition: Condition, seed: int) -> Splits:
        splits = SUITES["toy-shuffled"].make(data, condition, seed)
        return replace(splits, **change(splits, condition, seed))

    return suite(make=make)


def moved(examples: Examples, by: float) -> Examples:
    return replace(examples, inputs=examples.inputs + np.float32(by))


def narrower(examples: Examples) -> Examples:
    return Examples(examples.inputs[:, :2], examples.labels)


def fewer(examples: Examples, by: int) -> Examples:
    return Examples(examples.inputs[by:], examples.labels[by:])


def measure(compute: Callable[..., Any], needs: tuple[str, ...] = ("activations",)) -> Measure:
    better = {"heuristic": "high", "example-level": "low"}
    return Measure(name="broken", better=better, needs=needs, compute=compute, reference="a test")


def by_labels(outputs: Outputs) -> Value:
    return Value(float(outputs.labels[0]))


def drawn_data(number: str = "1") -> Data:
    """Data that a generator which nobody has seeded draws, in units of a number."""
    return Data(*(Examples(float(number) * np.random.random((9, 2)), [0, 1, 1] * 3) for _ in range(2)))
