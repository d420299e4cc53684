"""The sum of the logarithms of spectral norms, of matrices whose norms are known."""

import numpy as np
import pytest
from made_readings import number, read, value

from benchmark.measures import MEASURES

NAME = "sum-log-spectral-norms"


def test_it_is_the_logarithm_of_their_product() -> None:
    given = read(spectra={"a": np.array([2.0, 1.0]), "b": np.array([0.5, 0.1]), "c": np.array([7.0])})
    assert number(NAME, given) == pytest.approx(np.log(7.0), abs=1e-15)


def test_it_is_a_placebo_and_undefined_without_matrices() -> None:
    assert MEASURES[NAME].placebo
    assert value(NAME, read(spectra={"a": np.zeros(2)})).value is None
