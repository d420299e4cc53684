"""The projection norm is the length of all differences together; what is taken is tested with the reading."""

import numpy as np
import pytest
from made_readings import read, value

from benchmark.measures import MEASURES


def test_it_is_the_norm_over_all_parameters_and_low_is_good() -> None:
    found = value(
        "projection-norm", read(projection={"distance": np.array([3.0, 4.0]), "reference": np.array([10.0, 0.0])})
    )
    assert found.value == pytest.approx(5)
    assert found.details["relative"] == pytest.approx(0.5)
    assert set(MEASURES["projection-norm"].better.values()) == {"low"}


def test_a_reference_of_zeros_has_no_relative_distance() -> None:
    found = value("projection-norm", read(projection={"distance": np.ones(1), "reference": np.zeros(1)}))
    assert found.value == 1
    assert found.details == {"relative": None}
