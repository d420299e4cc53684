"""The mean of the logarithms of spectral norms: by hand, and that depth alone does not move it."""

import numpy as np
import pytest
from made_readings import number, read, value

from benchmark.measures import MEASURES

NAME = "mean-log-spectral-norm"


def test_it_is_the_logarithm_of_the_geometric_mean_of_those_that_are_not_zero() -> None:
    given = read(spectra={"a": np.array([8.0, 1.0]), "b": np.array([2.0, 0.1]), "c": np.zeros(3)})
    assert number(NAME, given) == pytest.approx(np.log(4.0), abs=1e-15)  # the root of 8 * 2


@pytest.mark.parametrize("layers", [1, 2, 9])
def test_more_layers_of_one_norm_change_nothing(layers: int) -> None:
    given = read(spectra={str(layer): np.array([3.0, 0.5]) for layer in range(layers)})
    assert number(NAME, given) == pytest.approx(np.log(3.0), rel=1e-14)


def test_it_is_a_placebo_and_undefined_without_matrices() -> None:
    assert MEASURES[NAME].placebo
    assert value(NAME, read(spectra={"a": np.zeros(2)})).value is None
