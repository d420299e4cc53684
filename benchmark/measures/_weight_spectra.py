"""What the measures of weights share: the singular values of each weight matrix that has any but 0."""

from math import fsum, log

import numpy as np
from numpy.typing import NDArray

from benchmark.types import Outputs, Value

NO_MATRIX = Value(None, reason="no weight matrix of the network has a singular value above 0")


def singular_values(outputs: Outputs) -> list[NDArray[np.float64]]:
    """Those of each weight matrix (R,), the largest first; matrices of zeros are left out."""
    return [values for values in outputs.readings["spectra"].arrays.values() if values[0] > 0]


def log_norm_product(outputs: Outputs) -> float:
    """The logarithm of the product of the spectral norms, by which margins of networks of one form are comparable."""
    return fsum(log(values[0]) for values in singular_values(outputs))
