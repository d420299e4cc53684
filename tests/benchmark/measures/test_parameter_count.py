"""The number of parameters as a placebo."""

from math import log

import numpy as np
import pytest
from made_readings import number, read, value

from benchmark.measures import MEASURES

NAME = "parameter-count"


def parameters(count: int, squares: float = 1.0) -> dict[str, np.ndarray]:
    return {"count": np.array([count]), "squares": np.array([squares])}


def test_it_is_the_logarithm_of_the_number_of_parameters_and_nothing_else() -> None:
    assert number(NAME, read(parameters=parameters(1000))) == pytest.approx(3 * log(10), abs=1e-14)
    assert number(NAME, read(parameters=parameters(7, 3.0))) == number(NAME, read(parameters=parameters(7, 99.0)))


def test_it_is_a_placebo_and_undefined_without_parameters() -> None:
    assert MEASURES[NAME].placebo
    assert value(NAME, read(parameters=parameters(0, 0.0))).value is None
