"""What the measures of the spectrum share: which taps they read, and the eigenvalues of the covariance of a tap, once.

In: the activations of one network. Out: the eigenvalues of one tap, the largest first.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.measures._canonical import canonical_taps
from benchmark.types import Activations


def first_tap(activations: Activations) -> str:
    """The name of the tap that is nearest to the input."""
    return next(iter(activations.by_tap))


def last_tap(activations: Activations) -> str:
    """The name of the tap that is nearest to the output."""
    return list(activations.by_tap)[-1]


def constant_reason(activations: Activations, tap: str) -> str:
    """Why nothing can be said of a tap without any variance."""
    return f"all {activations.by_tap[tap].shape[1]} neurons are constant"


def eigenvalues(activations: Activations, tap: str) -> NDArray[np.float64]:
    """Eigenvalues (min(S, N),) of the covariance of the neurons of a tap, descending, in squared units of the tap.

    What is no larger than rounding makes it, max(S, N) machine epsilons of the largest one, is 0, as it is in numpy's
    `matrix_rank`. Of a tap whose neurons are all constant, all of them are 0.

    >>> activations = Activations({"0": np.array([[1.0, 5.0], [-1.0, 5.0]], dtype=np.float32)})
    >>> eigenvalues(activations, "0").tolist()
    [1.0, 0.0]
    """
    return activations.once("eigenvalues", tap, lambda: _eigenvalues(activations, tap))


def _eigenvalues(activations: Activations, tap: str) -> NDArray[np.float64]:
    matrix = canonical_taps(activations)[tap].matrix.astype(np.float64)
    centred = matrix - matrix.mean(axis=0)  # float64 sums equal float32 numbers exactly: constants become 0
    examples, neurons = matrix.shape
    # both products have the same eigenvalues but for zeros
    product = centred.T @ centred if neurons <= examples else centred @ centred.T
    found = np.linalg.eigvalsh(product / examples)[::-1]
    rounding = max(examples, neurons) * np.finfo(np.float64).eps * found[0]
    return np.where(found > rounding, found, 0.0)
