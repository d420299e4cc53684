"""What the neurons of a trained network do on a plane of inputs, as plain data for its record.

In: a suite's plane and a way to read the network. Out: for each tap and neuron its values there, a byte for each point.
"""

import base64
from collections.abc import Callable, Mapping
from math import inf

import numpy as np
from numpy.typing import NDArray

from benchmark.record import PlaneContent
from registry import Examples, Plane
from registry.arrays import float_inputs, plain_inputs

HIGHEST = 255
Reader = Callable[[Examples], Mapping[str, NDArray[np.float32]]]


def plane_reading(plane: Plane, read: Reader) -> PlaneContent:
    """Read a network on a plane.

    Args:
        plane: The square of inputs.
        read: Gives the activations (side * side, N) of each tap on examples, whose labels mean nothing here.

    Returns:
        `low`, `high` and `side` of the plane, and for each tap a text for each neuron (see `as_bytes`).
    """
    inputs = plane_inputs(plane)
    by_tap = read(Examples(inputs, np.zeros(len(inputs), dtype=np.int64)))
    taps = {tap: [as_bytes(neuron) for neuron in matrix.T] for tap, matrix in by_tap.items()}
    return {"low": plane.low, "high": plane.high, "side": plane.side, "taps": taps}


def plane_inputs(plane: Plane) -> NDArray[np.float32]:
    """The inputs (side * side, ...) of a plane. Raises ValueError that says which row cannot be read."""
    try:
        return float_inputs(plain_inputs(plane.inputs()))
    except ValueError as error:
        raise ValueError(f"the plane: {error}") from error


def as_bytes(values: NDArray[np.float32]) -> str:
    """A byte for each value: 0 for the lowest and 255 for the highest, in base64.

    Args:
        values: (S,) activations of one neuron.

    Returns:
        The S bytes as base64 text, all 0 if the values are all the same or one of them is not finite.

    >>> base64.b64decode(as_bytes(np.array([1.0, 2.0, 3.0], dtype=np.float32))).hex()
    '0080ff'
    """
    low, span = float(values.min()), float(values.max()) - float(values.min())
    shares = (values.astype(np.float64) - low) / span if 0 < span < inf else np.zeros(len(values))
    return base64.b64encode(np.rint(shares * HIGHEST).astype(np.uint8).tobytes()).decode()
