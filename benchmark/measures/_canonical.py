"""The examples and neurons of a tap in an order that their values alone decide, so that the given one changes no bit.

Sums of floating-point numbers are rounded by their order, and so are eigenvalues. In: the activations of one network.
Out: the matrix of each tap in that order, once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmark.types import Activations


@dataclass(frozen=True, eq=False)
class Canonical:
    """A matrix (S, N) in canonical order, and which example (S,) each of its rows is."""

    matrix: NDArray[np.float32]
    examples: NDArray[np.int64]


def canonical_taps(activations: Activations) -> dict[str, Canonical]:
    """Each tap by itself in canonical order: the same example may stand in another row of another tap."""
    by_tap = activations.by_tap
    return activations.once("canonical", None, lambda: {tap: canonical(matrix) for tap, matrix in by_tap.items()})


def canonical(matrix: NDArray[np.float32]) -> Canonical:
    """A matrix (S, N) with its neurons sorted by the values that each has, then its examples by theirs.

    Only neurons with the same values on other examples keep the order in which they were given.

    >>> matrix = np.array([[2.0, 5.0], [1.0, 7.0], [3.0, 5.0]], dtype=np.float32)
    >>> bool((canonical(matrix).matrix == canonical(matrix[::-1, ::-1]).matrix).all())
    True
    """
    plain = matrix + np.float32(0)  # -0 becomes 0: the same value has the same bytes
    by_neuron = plain[:, _order(np.sort(plain, axis=0).T)]
    examples = _order(by_neuron)
    return Canonical(by_neuron[examples], examples)


def _order(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """How rows are sorted by their bytes, which is fast: any order that the values alone decide will do."""
    whole = np.ascontiguousarray(rows)
    return np.argsort(whole.view(np.dtype((np.void, whole.shape[1] * whole.itemsize)))[:, 0], kind="stable")
