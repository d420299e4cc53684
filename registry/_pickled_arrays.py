"""numpy's arrays as pickles tell of them: inert stand-ins, and the arrays that we make of them afterwards.

In: what a pickle says of a dtype and of an array. Out: an array of one of the plain kinds whose bytes fit its shape.
Nothing of numpy sees what the file says before all of it has been checked.
"""

import math
import re
import reprlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.errors import DataError

KINDS = re.compile(r"b1|[iu][1248]|f[248]|[SU][1-9][0-9]{0,5}")
MOST_AXES = 32
LAST_CHARACTER = 0x10FFFF


@dataclass
class PickledDtype:
    """A stand-in for a dtype.

    Attributes:
        code: The code of its kind, as "i4".
        order: Its byte order, once it has been built.
    """

    code: str
    order: str | None = None

    def build(self, state: tuple[Any, ...]) -> None:
        """Take the state that numpy writes: (3, byte order, None, None, None, item size, alignment, flags).

        Raises:
            DataError: The dtype is not plain, or cannot have such a state.
        """
        if len(state) != 8 or any(part is not None for part in state[2:5]):
            raise DataError(f"its dtype {self.code} is not plain: it has fields, metadata or a form that is not known")
        version, order, *_, size, _, flags = state
        own = np.dtype(self.code)
        if (version, order in ("<", ">", "|", "="), size in (-1, own.itemsize), flags) != (3, True, True, own.flags):
            raise DataError(f"its dtype {self.code} has a version, byte order, size or flags that it cannot have")
        self.order = order

    def made(self) -> np.dtype[Any]:
        """The real dtype.

        Raises:
            DataError: The pickle never built it.
        """
        if self.order is None:
            raise DataError(f"its dtype {self.code} is not whole")
        return np.dtype(f"{self.order}{self.code}")


@dataclass
class PickledArray:
    """A stand-in for an array, which is None until it has been built."""

    array: NDArray[Any] | None = None

    def build(self, state: tuple[Any, ...]) -> None:
        """Take the state that numpy writes: (1, shape, dtype, whether it is in Fortran's order, bytes).

        Raises:
            DataError: It has another form, or its parts do not fit together.
        """
        if self.array is not None or len(state) != 5 or state[0] != 1:
            raise DataError("the state of an array is none of the known form")
        _, shape, dtype, fortran, content = state
        self.array = _array(content, dtype, shape, "F" if fortran else "C")

    def made(self) -> NDArray[Any]:
        """The real array.

        Raises:
            DataError: The pickle never built it.
        """
        if self.array is None:
            raise DataError("an array is not whole")
        return self.array


def dtype_of(code: Any, *_: Any) -> PickledDtype:
    """A stand-in for a dtype, not built yet.

    Args:
        code: What a pickle calls the dtype by.

    Raises:
        DataError: It is not plain: bool, integers, floats, or text of a fixed width.

    >>> dtype_of("i4")
    PickledDtype(code='i4', order=None)
    """
    if not isinstance(code, str) or not KINDS.fullmatch(code):
        raise DataError(
            f"an array of dtype {reprlib.repr(code)}: only of bool, int, uint, float, and text of fixed width"
        )
    return PickledDtype(code)


def array_from_buffer(content: Any, dtype: Any, shape: Any, order: Any, axes: Any = None) -> PickledArray:
    """An array as protocol 5 has it made, of bytes at once.

    Args:
        content: The bytes.
        dtype: A stand-in that has been built.
        shape: The array's shape; if the order is "K", that of the bytes.
        order: "C", "F", or "K" for axes in another order.
        axes: For "K", which axis of the bytes each axis of the array is.

    Raises:
        DataError: They do not fit together.
    """
    return PickledArray(_array(content, dtype, shape, order, axes))


def _array(content: Any, dtype: Any, shape: Any, order: Any, axes: Any = None) -> NDArray[Any]:
    """The array of these bytes, a copy of its own.

    Raises:
        DataError: They do not fit together, or are no such values.
    """
    if not isinstance(dtype, PickledDtype) or not isinstance(content, bytes | bytearray):
        raise DataError("an array is not of a plain dtype and bytes")
    kind = dtype.made()
    if not _counts(shape) or len(shape) > MOST_AXES or math.prod(shape) * kind.itemsize != len(content):
        raise DataError(f"an array of {len(content)} bytes of {kind.str} does not have the shape {reprlib.repr(shape)}")
    if order not in ("C", "F", "K") or (order == "K" and not (_counts(axes) and sorted(axes) == [*range(len(shape))])):
        raise DataError("the order of an array's axes is not known")
    array: NDArray[Any] = np.ndarray(shape, kind, buffer=content, order="F" if order == "F" else "C")
    if (kind.kind == "b" and (array.view(np.uint8) > 1).any()) or (kind.kind == "U" and _above(array, kind).any()):
        raise DataError(f"an array of {kind.str} holds bytes that are no such value")
    return (array.transpose(axes) if order == "K" else array).copy(order="K")


def _counts(numbers: Any) -> bool:
    """Whether something is a tuple of whole numbers from 0 on."""
    return isinstance(numbers, tuple) and all(type(number) is int and number >= 0 for number in numbers)


def _above(array: NDArray[Any], kind: np.dtype[Any]) -> NDArray[np.bool_]:
    """Which numbers (S,) of an array of text stand for no character."""
    numbers = np.frombuffer(array.tobytes(), np.dtype(np.uint32).newbyteorder(kind.byteorder))
    return np.asarray(numbers > LAST_CHARACTER)
