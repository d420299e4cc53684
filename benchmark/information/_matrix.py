"""The edge of the estimators: whatever holds activations becomes a checked matrix, or is refused.

In: activations, numpy or torch, any float dtype. Out: a `Matrix`, or a ValueError that names the neuron.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.information._extremes import extremes

# Differences of values up to here are finite in float64.
LARGEST = float(np.finfo(np.float64).max) / 4
TENSOR_DEVICES = ("cuda",)  # where torch computes; tensors on any other are copied to the CPU's kernels


@dataclass(frozen=True)
class Matrix:
    """Values (S, N), float32 or float64, and the smallest and largest of each neuron (N,) in float64."""

    given: Any  # an array, or a tensor on an accelerator
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def samples(self) -> int:
        """S."""
        return len(self.given)

    @property
    def dtype(self) -> Any:
        """Of the values, as numpy names it."""
        return np.dtype(str(self.given.dtype).removeprefix("torch."))

    @property
    def tensor(self) -> Any:
        """The values as a tensor on its accelerator, None for an array."""
        return None if isinstance(self.given, np.ndarray) else self.given

    @property
    def values(self) -> NDArray[Any]:
        """The values (S, N) as an array, contiguous by samples."""
        return self.given if self.tensor is None else np.asarray(self.tensor.cpu().numpy())

    @property
    def rows(self) -> NDArray[np.float64]:
        """The neurons as contiguous float64 rows (N, S)."""
        return np.ascontiguousarray(self.values.T, dtype=np.float64)


def checked(activations: ArrayLike, minimum: int) -> Matrix:
    """Activations (S, N) as a Matrix.

    Args:
        activations: (S, N), of any real dtype, an array or a tensor.
        minimum: The fewest samples that the estimator can use.

    Raises:
        ValueError: Another shape, fewer than `minimum` samples, or a value that is NaN, infinite or too large. The
            message names the first neuron that has one.

    >>> found = checked([[0.0, 3.0], [1.0, 2.0]], minimum=2)
    >>> found.samples, found.low.tolist(), found.high.tolist()
    (2, [0.0, 2.0], [1.0, 3.0])
    """
    values = _as_floats(activations)
    if values.ndim != 2:
        raise ValueError(f"activations must have shape (samples, neurons), got {tuple(values.shape)}")
    samples, neurons = values.shape
    if neurons == 0:
        raise ValueError("activations have no neurons")
    if samples < minimum:
        raise ValueError(f"{samples} samples are too few: this estimator needs at least {minimum}")
    low, high = (_float64(extreme) for extreme in _extremes(values))
    good = (np.abs(low) <= LARGEST) & (np.abs(high) <= LARGEST)
    if not good.all():
        neuron = int(np.flatnonzero(~good)[0])
        column = _float64(values[:, neuron])
        value = column[~(np.abs(column) <= LARGEST)][0]
        raise ValueError(f"neuron {neuron} has the value {value}: activations must be finite and below {LARGEST:.0e}")
    return Matrix(values, low, high)


def _as_floats(activations: Any) -> Any:
    """An array, or a tensor if it lies on an accelerator, of float32 where that holds every value, else of float64."""
    if hasattr(activations, "detach"):  # a torch tensor: numpy knows no bfloat16, and torch need not be imported here
        tensor, device = activations.detach(), activations.device.type
        if device not in TENSOR_DEVICES:
            tensor = tensor.cpu()
        if device not in (*TENSOR_DEVICES, "cpu"):
            warnings.warn(f"computed on the CPU: there is no way for tensors on {device}", stacklevel=5)
        tensor = tensor.double() if tensor.element_size() == 8 else tensor.float()
        if device in TENSOR_DEVICES:
            return tensor
        activations = tensor.numpy()
    values = np.asarray(activations)
    if values.dtype.kind not in "fiub":
        raise ValueError(f"activations must be real numbers, got {values.dtype}")
    single = values.dtype in (np.float16, np.float32)  # float32 holds these exactly, and is half to read
    return np.ascontiguousarray(values, dtype=np.float32 if single else np.float64)


def _extremes(values: Any) -> Any:
    """Smallest and largest of each column; NaN where one is not finite."""
    return extremes(values) if isinstance(values, np.ndarray) else values.aminmax(dim=0)


def _float64(values: Any) -> NDArray[np.float64]:
    return np.asarray(values if isinstance(values, np.ndarray) else values.cpu().numpy(), dtype=np.float64)
