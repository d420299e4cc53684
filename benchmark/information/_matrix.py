"""The edge of the estimators: whatever holds activations becomes one float64 row for each neuron, or is refused."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Differences of values up to here are finite in float64.
LARGEST = float(np.finfo(np.float64).max) / 4


def neuron_rows(activations: ArrayLike, minimum: int) -> NDArray[np.float64]:
    """(S, N) activations, numpy or torch, any float dtype, as a contiguous (N, S) float64 array.

    Raises ValueError for another shape, fewer than `minimum` samples, and NaN, infinite or too large values, naming
    the first neuron that has one.
    """
    matrix = _as_numpy(activations)
    if matrix.ndim != 2:
        raise ValueError(f"activations must have shape (samples, neurons), got {matrix.shape}")
    if matrix.dtype.kind not in "fiub":
        raise ValueError(f"activations must be real numbers, got {matrix.dtype}")
    samples, neurons = matrix.shape
    if neurons == 0:
        raise ValueError("activations have no neurons")
    if samples < minimum:
        raise ValueError(f"{samples} samples are too few: this estimator needs at least {minimum}")
    rows = np.ascontiguousarray(matrix.T, dtype=np.float64)
    bad = ~(np.abs(rows) <= LARGEST).all(axis=1)
    if bad.any():
        neuron = int(np.flatnonzero(bad)[0])
        values = rows[neuron]
        value = values[~(np.abs(values) <= LARGEST)][0]
        raise ValueError(f"neuron {neuron} has the value {value}: activations must be finite and below {LARGEST:.0e}")
    return rows


def _as_numpy(activations: Any) -> NDArray[Any]:
    if hasattr(activations, "detach"):  # a torch tensor: numpy knows no bfloat16, and torch need not be imported here
        return np.asarray(activations.detach().cpu().double().numpy())
    return np.asarray(activations)


def constant(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the neurons (N, S) have one and the same value for every sample."""
    return np.asarray(rows.min(axis=1) == rows.max(axis=1))
