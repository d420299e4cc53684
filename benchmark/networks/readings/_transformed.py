"""Inputs under each of several transforms, checked.

In: inputs, and transforms by name. Out: the inputs that each of them makes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.transforms import Transform


def transformed(inputs: NDArray[Any], transforms: Mapping[str, Transform]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The inputs under each transform; each one draws from a generator of its own, whatever others there are.

    Args:
        inputs: (S, ...).
        transforms: By name.

    Yields:
        The name, and inputs (S, ...).

    Raises:
        ValueError: A transform has changed the shape or the type of the inputs.
    """
    for name, transform in transforms.items():
        made = transform(inputs.copy(), np.random.default_rng([*name.encode()]))
        shape, kind = getattr(made, "shape", None), getattr(made, "dtype", None)
        if shape != inputs.shape:
            raise ValueError(f"transform {name!r} makes {shape} of inputs {inputs.shape}: it must keep their shape")
        if kind != inputs.dtype:
            raise ValueError(f"transform {name!r} makes {kind} of {inputs.dtype}: it must keep their type")
        yield name, made
