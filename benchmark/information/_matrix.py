"""The edge of the estimators: whatever holds activations becomes a checked matrix, or is refused.

In: activations, numpy or torch, any float dtype. Out: a `Matrix`, or a ValueError that names the neuron.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Differences of values up to here are finite in float64.
LARGEST = float(np.finfo(np.float64).max) / 4


@dataclass(frozen=True)
class Matrix:
    """Values (S, N), float32 or float64, and the smallest and largest of each neuron (N,) in float64."""

    values: NDArray[Any]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def rows(self) -> NDArray[np.float64]:
        """The neurons as contiguous float64 rows (N, S)."""
        return np.ascontiguousarray(self.values.T, dtype=np.float64)


def checked(activations: ArrayLike, minimum: int) -> Matrix:
    """Activations (S, N) as a Matrix.

    Raises ValueError for another shape, fewer than `minimum` samples, and NaN, infinite or too large values, naming
    the first neuron that has one.
    """
    values = _as_numpy(activations)
    if values.ndim != 2:
        raise ValueError(f"activations must have shape (samples, neurons), got {values.shape}")
    if values.dtype.kind not in "fiub":
        raise ValueError(f"activations must be real numbers, got {values.dtype}")
    samples, neurons = values.shape
    if neurons == 0:
        raise ValueError("activations have no neurons")
    if samples < minimum:
        raise ValueError(f"{samples} samples are too few: this estimator needs at least {minimum}")
    single = values.dtype in (np.float16, np.float32)  # float32 holds these exactly, and is half to read
    values = np.ascontiguousarray(values, dtype=np.float32 if single else np.float64)
    low, high = values.min(axis=0).astype(np.float64), values.max(axis=0).astype(np.float64)  # NaN goes through both
    good = (np.abs(low) <= LARGEST) & (np.abs(high) <= LARGEST)
    if not good.all():
        neuron = int(np.flatnonzero(~good)[0])
        column = values[:, neuron].astype(np.float64)
        value = column[~(np.abs(column) <= LARGEST)][0]
        raise ValueError(f"neuron {neuron} has the value {value}: activations must be finite and below {LARGEST:.0e}")
    return Matrix(values, low, high)


def _as_numpy(activations: Any) -> NDArray[Any]:
    if hasattr(activations, "detach"):  # a torch tensor: numpy knows no bfloat16, and torch need not be imported here
        tensor = activations.detach().cpu()
        return np.asarray((tensor.double() if tensor.element_size() == 8 else tensor.float()).numpy())
    return np.asarray(activations)
