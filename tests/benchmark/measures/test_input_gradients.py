"""Input Jacobian and curvature, from the numbers of each example."""

import numpy as np
import pytest
from made_readings import number, read, value

GRADIENTS = {"jacobian": np.array([1.0, 2.0, 6.0]), "curvature": np.array([0.0, 1e-300, 6.0])}


def test_the_jacobian_is_a_mean_and_the_curvature_the_logarithm_of_one() -> None:
    given = read(gradients=GRADIENTS)
    assert number("input-jacobian", given) == 3.0
    assert number("input-curvature", given) == pytest.approx(np.log(2.0))  # a mean of logarithms would be -inf


def test_a_loss_that_is_flat_everywhere_has_no_curvature() -> None:
    found = value("input-curvature", read(gradients={**GRADIENTS, "curvature": np.zeros(3)}))
    assert (found.value, found.reason) == (None, "the loss is flat at every input")
