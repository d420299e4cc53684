r"""Linear CKA between the activations of seeds: how alike networks of the same recipe see examples. First and last tap.

$$\frac{1}{R} \sum_{r=1}^{R} \frac{\lVert A^\top B_r \rVert_F^2}{\lVert A^\top A \rVert_F \, \lVert B_r^\top B_r
\rVert_F}$$

$A$ has the activations of a tap, one row for each example, and $B_r$ those of the same tap of the network with the
other seed $r$; the mean of each column is taken off first. It is 1 where the activations are the same up to rotation,
shift and one scale for all, and 0 where no neuron of one has a linear relation to any of the other.

It fails where the training sets are others too, as where seeds redraw data and no `data_seed` is said: networks then
differ for that. The hypotheses are that those which learn the task come to alike activations and those which memorize
single examples do not (Morcos et al. 2018), while a shortcut is so simple that all find it. It is undefined where a
tap is constant in the network or in one of the others.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value

REFERENCE = "Kornblith et al. 2019, section 3; of networks that memorize: Morcos, Raghu, Bengio 2018"


def compute_first(outputs: Outputs, settings: Settings) -> Value:
    """Mean linear CKA of the first tap with that of each peer, from 0 to 1."""
    return _mean(outputs, next(iter(outputs.activations.by_tap)))


def compute_last(outputs: Outputs, settings: Settings) -> Value:
    """Mean linear CKA of the last tap with that of each peer, from 0 to 1."""
    return _mean(outputs, next(reversed(list(outputs.activations.by_tap))))


def _mean(outputs: Outputs, tap: str) -> Value:
    matrices = [one.activations.by_tap[tap].astype(np.float64) for one in (outputs, *outputs.peers)]
    if not all((matrix != matrix[:1]).any() for matrix in matrices):
        return Value(None, reason=f"tap {tap} is constant in the network or in one of another seed")
    own, *others = (matrix - matrix.mean(axis=0) for matrix in matrices)
    return Value(sum(cka(own, other) for other in others) / len(others))


def cka(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Linear CKA of two matrices (S, N) and (S, M) whose columns have the mean 0, neither of them 0.

    >>> round(cka(np.array([[1.0], [-1.0]]), np.array([[3.0, 0.0], [-3.0, 0.0]])), 12)
    1.0
    """
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)  # so that no square leaves the range of numbers
    if len(a) < max(a.shape[1], b.shape[1]):  # the same sums over pairs of examples, where these are fewer
        one, two = a @ a.T, b @ b.T
        return float((one * two).sum() / (np.linalg.norm(one) * np.linalg.norm(two)))
    return float(np.linalg.norm(a.T @ b) ** 2 / (np.linalg.norm(a.T @ a) * np.linalg.norm(b.T @ b)))


MEASURES = (
    Measure(
        name="cka-of-seeds-first",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_first,
        reference=REFERENCE,
        summary="Linear CKA of the first tap with that of networks with other seeds: how alike they see examples.",
        over="seeds",
        on_request=True,
    ),
    Measure(
        name="cka-of-seeds-last",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_last,
        reference=REFERENCE,
        summary="Linear CKA of the last tap with that of networks with other seeds.",
        over="seeds",
        on_request=True,
    ),
)
