"""Singular values of a network's matrices: which are read, and the product of the largest."""

from math import exp

import numpy as np
import pytest
from made_readings import read

from benchmark.measures._weight_spectra import log_norm_product, singular_values


def test_matrices_of_zeros_are_left_out() -> None:
    given = read(spectra={"a": np.array([2.0, 1.0]), "dead": np.zeros(3), "b": np.array([5.0])})
    assert [values.tolist() for values in singular_values(given)] == [[2.0, 1.0], [5.0]]
    assert exp(log_norm_product(given)) == pytest.approx(10.0)
